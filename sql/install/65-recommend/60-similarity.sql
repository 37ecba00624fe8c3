CREATE FUNCTION similarity_trans(bytea, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_similarity_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION similarity_trans(bytea, float8, float8, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_similarity_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION similarity_trans(bytea, float8, float8, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_similarity_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION similarity_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_similarity_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cosine_similarity_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cosine_similarity_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION pearson_similarity_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_pearson_similarity_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- cosine_similarity(a float8, b float8 [, min_support bigint [, shrinkage float8]]) -> float8
---                                                                      since 0.1.0
---
--- How alike two users are by the ratings of the items that both have rated, or two
--- items by the ratings of the users who rated both: sum(ab) / sqrt(sum(aa) sum(bb)).
---
--- Input        a, b           one row per item that both have rated: the rating of
---                             the one and of the other.  float8, numeric or
---                             integers; a row with a NULL is skipped
---              min_support    fewer rows give NULL; 1 if left out
---              shrinkage      draws similarities from few rows toward 0, by the
---                             factor n / (n + shrinkage) for n rows; 0 if left
---                             out.  Both are the same for all rows
--- Output       -1 to 1; NULL with fewer than min_support rows, or if all ratings of
---              one side are 0
--- Exact        sums have twice the digits of float8: any order and plan agree to
---              1e-15
--- Range        ratings up to 1e50; one that is nearer to 0 than 1e-50 counts as 0
--- Cost         one pass, 128 bytes per group; parallel and distributed plans,
---              windows
--- Errors       22003  a rating or shrinkage is NaN or infinite
---              22004  min_support or shrinkage is NULL
---              22023  a rating is beyond 1e50, min_support is below 1, shrinkage
---                     is negative, or one of them is not the same for all rows
CREATE AGGREGATE cosine_similarity(a float8, b float8) (
	SFUNC = similarity_trans, STYPE = bytea, SSPACE = 112, COMBINEFUNC = similarity_combine,
	FINALFUNC = cosine_similarity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE cosine_similarity(a float8, b float8, min_support bigint) (
	SFUNC = similarity_trans, STYPE = bytea, SSPACE = 112, COMBINEFUNC = similarity_combine,
	FINALFUNC = cosine_similarity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE cosine_similarity(a float8, b float8, min_support bigint, shrinkage float8) (
	SFUNC = similarity_trans, STYPE = bytea, SSPACE = 112, COMBINEFUNC = similarity_combine,
	FINALFUNC = cosine_similarity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cosine_similarity(float8, float8) IS 'cosine of common ratings';
COMMENT ON AGGREGATE cosine_similarity(float8, float8, bigint) IS 'cosine of common ratings';
COMMENT ON AGGREGATE cosine_similarity(float8, float8, bigint, float8) IS 'cosine of common ratings';

--- pearson_similarity(a float8, b float8 [, min_support bigint [, shrinkage float8]]) -> float8
---                                                                      since 0.1.0
---
--- The same by Pearson's correlation: whether both rate above their means together.
--- The means are those over the common ratings.
---
--- Input        as for cosine_similarity; the factor of shrinkage is
---              (n - 1) / (n - 1 + shrinkage)
--- Output       -1 to 1; NULL with fewer than min_support rows, or if the ratings of
---              one side do not differ, as those of one row do not
--- Exact        any order and plan agree to 1e-12 while the mean is below 1e8 times
---              the deviation.  Ratings that differ by less than about
---              1e-15 * sqrt(n) of their size do not differ
--- Range, Cost, Errors  as for cosine_similarity
--- Source       shrinkage: Koren (2010).  Checked against scipy.stats.pearsonr and
---              the predictions of Surprise
CREATE AGGREGATE pearson_similarity(a float8, b float8) (
	SFUNC = similarity_trans, STYPE = bytea, SSPACE = 112, COMBINEFUNC = similarity_combine,
	FINALFUNC = pearson_similarity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pearson_similarity(a float8, b float8, min_support bigint) (
	SFUNC = similarity_trans, STYPE = bytea, SSPACE = 112, COMBINEFUNC = similarity_combine,
	FINALFUNC = pearson_similarity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pearson_similarity(a float8, b float8, min_support bigint, shrinkage float8) (
	SFUNC = similarity_trans, STYPE = bytea, SSPACE = 112, COMBINEFUNC = similarity_combine,
	FINALFUNC = pearson_similarity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE pearson_similarity(float8, float8) IS 'correlation of common ratings';
COMMENT ON AGGREGATE pearson_similarity(float8, float8, bigint) IS 'correlation of common ratings';
COMMENT ON AGGREGATE pearson_similarity(float8, float8, bigint, float8) IS 'correlation of common ratings';
