CREATE FUNCTION als_solve_trans(bytea, feature_vector, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_solve_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_solve_trans(bytea, feature_vector, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_solve_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_solve_trans(bytea, feature_vector, float8, float8, float8, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_solve_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_solve_trans(bytea, float8[], float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_solve_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_solve_trans(bytea, float8[], float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_solve_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_solve_trans(bytea, float8[], float8, float8, float8, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_solve_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_wr_solve_trans(bytea, feature_vector, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_wr_solve_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_wr_solve_trans(bytea, feature_vector, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_wr_solve_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_wr_solve_trans(bytea, float8[], float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_wr_solve_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_wr_solve_trans(bytea, float8[], float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_wr_solve_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_gram_trans(bytea, feature_vector) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_gram_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_gram_trans(bytea, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_gram_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_als_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION als_solve_final(bytea) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_als_solve_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION als_gram_final(bytea) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_als_gram_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- als_solve(factors feature_vector, rating float8, lambda float8
---   [, weight float8 [, gram float8[]]]) -> feature_vector
---                                                                      since 0.1.0
---
--- One half-step of alternating least squares: the factors of a user from those of
--- the items that the user rated, or of an item from those of its users.  GROUP BY
--- user or item.  It is ridge regression, solved exactly: the x that minimizes
--- sum(weight * (rating - x * factors)^2) + lambda * |x|^2.
---
--- Input        factors    of the other side, 1 to 500 numbers, as many in all rows;
---                         a vector or an array
---              rating     often less a mean: what is left to explain
---              lambda     0 or more, the same for all rows; larger values draw x
---                         to 0.  It is not multiplied by the number of ratings:
---                         see als_wr_solve
---              weight     how much the row counts, 1 if left out; a row of weight
---                         0 or with a NULL is skipped
---              gram       a matrix that is added to
---                         sum(weight * factors * factors'), the same for all rows,
---                         such as als_gram() of all items
--- Output       as many numbers as factors; NULL when no row was seen
--- Exact        terms are rounded to float8, their sums have twice the digits: any
---              order and plan agree to 1e-12, unless the equations are so nearly
---              singular that the answer has fewer digits than that anyway
--- Cost         8 d (d + 3) + 72 bytes per group of d factors, 4 d (d + 1) more
---              with gram; time d^2 per row, d^3 / 3 per group; parallel and
---              distributed plans, windows
--- Errors       2202E  factors of different lengths, or gram does not fit them
---              22000  lambda is too small: the rows do not determine all numbers
---              22003  a rating, lambda or gram is NaN or infinite, or a sum is
---                     beyond float8
---              22004  a missing element, or lambda or gram is NULL
---              22023  lambda or a weight is negative, gram is not a symmetric
---                     matrix, or lambda or gram is not the same for all rows
---              54000  more than 500 factors
--- Source       Zhou et al. (2008); with gram: Hu, Koren & Volinsky (2008).  Checked
---              against numpy.linalg.solve
CREATE AGGREGATE als_solve(factors feature_vector, rating float8, lambda float8) (
	SFUNC = als_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_solve(factors feature_vector, rating float8, lambda float8, weight float8) (
	SFUNC = als_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_solve(factors feature_vector, rating float8, lambda float8, weight float8, gram float8[]) (
	SFUNC = als_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_solve(factors float8[], rating float8, lambda float8) (
	SFUNC = als_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_solve(factors float8[], rating float8, lambda float8, weight float8) (
	SFUNC = als_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_solve(factors float8[], rating float8, lambda float8, weight float8, gram float8[]) (
	SFUNC = als_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE als_solve(feature_vector, float8, float8) IS 'factors of a user or item by ridge regression';
COMMENT ON AGGREGATE als_solve(feature_vector, float8, float8, float8) IS 'factors of a user or item by ridge regression';
COMMENT ON AGGREGATE als_solve(feature_vector, float8, float8, float8, float8[]) IS 'factors of a user or item by ridge regression';
COMMENT ON AGGREGATE als_solve(float8[], float8, float8) IS 'factors of a user or item by ridge regression';
COMMENT ON AGGREGATE als_solve(float8[], float8, float8, float8) IS 'factors of a user or item by ridge regression';
COMMENT ON AGGREGATE als_solve(float8[], float8, float8, float8, float8[]) IS 'factors of a user or item by ridge regression';

--- als_wr_solve(factors feature_vector, rating float8, lambda float8 [, weight float8]) -> feature_vector
---                                                                      since 0.1.0
---
--- The same with lambda multiplied by the number of ratings, or by the sum of their
--- weights: ALS-WR.  One lambda then serves users with few ratings and with many.
---
--- Input, Output, Cost, Errors  as for als_solve
--- Source       Zhou et al. (2008)
CREATE AGGREGATE als_wr_solve(factors feature_vector, rating float8, lambda float8) (
	SFUNC = als_wr_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_wr_solve(factors feature_vector, rating float8, lambda float8, weight float8) (
	SFUNC = als_wr_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_wr_solve(factors float8[], rating float8, lambda float8) (
	SFUNC = als_wr_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_wr_solve(factors float8[], rating float8, lambda float8, weight float8) (
	SFUNC = als_wr_solve_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_solve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE als_wr_solve(feature_vector, float8, float8) IS 'factors by ridge regression, with lambda per rating';
COMMENT ON AGGREGATE als_wr_solve(feature_vector, float8, float8, float8) IS 'factors by ridge regression, with lambda per rating';
COMMENT ON AGGREGATE als_wr_solve(float8[], float8, float8) IS 'factors by ridge regression, with lambda per rating';
COMMENT ON AGGREGATE als_wr_solve(float8[], float8, float8, float8) IS 'factors by ridge regression, with lambda per rating';

--- als_gram(factors feature_vector) -> float8[]                          since 0.1.0
---
--- The sum of factors * factors' over all rows: what als_solve takes as gram for
--- implicit feedback, where every item that a user did not choose counts a little.
---
--- Input        factors    1 to 500 numbers, as many in all rows; a vector or an
---                         array; NULL is skipped
--- Output       a symmetric matrix, {{…},{…}}; NULL when no row was seen
--- Exact        as als_solve
--- Errors       2202E  factors of different lengths
---              22003  a sum is beyond float8
---              22004  a missing element
---              54000  more than 500 factors
CREATE AGGREGATE als_gram(factors feature_vector) (
	SFUNC = als_gram_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_gram_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE als_gram(factors float8[]) (
	SFUNC = als_gram_trans, STYPE = bytea, SSPACE = 4096, COMBINEFUNC = als_combine,
	FINALFUNC = als_gram_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE als_gram(feature_vector) IS 'sum of the products of factors';
COMMENT ON AGGREGATE als_gram(float8[]) IS 'sum of the products of factors';
