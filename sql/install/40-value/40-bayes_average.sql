CREATE FUNCTION bayes_average_trans(bytea, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_bayes_average_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION bayes_average_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_bayes_average_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION bayes_average_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_bayes_average_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- bayes_average(rating float8, prior_mean float8, prior_votes float8) -> float8
---                                                                      since 0.1.0
---
--- Average rating of an item, shrunk to what is believed before anybody has voted, so
--- that one vote of 5 does not beat a hundred of 4.8: (prior_votes * prior_mean + sum
--- of ratings) / (prior_votes + votes).
---
--- Input        rating       a vote; NULL: none, skipped
---              prior_mean   what an unknown item is expected to have, such as the
---                           average of all
---              prior_votes  how many votes that is worth, 0 or more
---                           Both are the same for all rows of a group
--- Output       between the average of the item and prior_mean; NULL when there is no
---              vote: coalesce(…, prior_mean)
--- Exact        the sum has twice the digits of float8: any order and plan agree to
---              1e-15
--- Cost         one pass; parallel and distributed plans, windows
--- Errors       22003  a number is NaN or infinite, or the average is beyond float8
---              22004  prior_mean or prior_votes is NULL
---              22023  prior_votes is negative, or one of both is not the same for all
---                     rows
CREATE AGGREGATE bayes_average(rating float8, prior_mean float8, prior_votes float8) (
	SFUNC = bayes_average_trans, STYPE = bytea, SSPACE = 60, COMBINEFUNC = bayes_average_combine,
	FINALFUNC = bayes_average_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bayes_average(float8, float8, float8) IS 'average of few votes, shrunk to what is believed beforehand';
