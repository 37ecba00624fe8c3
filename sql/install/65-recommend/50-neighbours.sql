CREATE FUNCTION cf_predict_trans(bytea, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_cf_predict_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cf_predict_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_cf_predict_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cf_predict_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cf_predict_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- cf_predict(similarity float8, neighbour_rating float8, neighbour_mean float8, user_mean float8) -> float8
---                                                                      since 0.1.0
---
--- The rating that a user will give an item, from those of neighbours:
--- user_mean + sum(s (r - m)) / sum(|s|).  GROUP BY user and item.
---
--- Input        similarity        of the neighbour, s; a negative one speaks for the
---                                opposite
---              neighbour_rating  what the neighbour gave the item, r
---              neighbour_mean    the neighbour's mean over all ratings, m
---              user_mean         the user's mean over all ratings, the same for all
---                                rows.
---                                One row per neighbour who rated the item: float8,
---                                numeric or integers; a row with a NULL is skipped
--- Output       in the units of ratings, not cut to their scale; NULL if there were
---              no neighbours, or all similarities are 0: coalesce(…, user_mean)
--- Items        can be neighbours in the same way: similarity of another item that
---              the user rated, the user's rating of it, that item's mean, and the
---              mean of the item in question
--- Exact        sums have twice the digits of float8: any order and plan agree to
---              1e-15
--- Range        numbers up to 1e50; one that is nearer to 0 than 1e-50 counts as 0
--- Cost         one pass, 64 bytes per group; parallel and distributed plans,
---              windows
--- Errors       22003  a number is NaN or infinite
---              22023  a number is beyond 1e50, or user_mean is not the same for
---                     all rows
--- Source       Resnick et al. (1994).  Checked against the predictions of Surprise
CREATE AGGREGATE cf_predict(similarity float8, neighbour_rating float8, neighbour_mean float8, user_mean float8) (
	SFUNC = cf_predict_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = cf_predict_combine,
	FINALFUNC = cf_predict_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cf_predict(float8, float8, float8, float8) IS 'rating that a user will give, from those of neighbours';
