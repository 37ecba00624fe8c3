--- sum(v feature_vector), avg(v), stddev(v) -> feature_vector           since 0.1.0
---
--- Sum, mean and sample standard deviation of each element over the rows, as the
--- server's own aggregates do for one column.
---
--- Input        v          vectors of the same length; NULL rows are skipped, and a
---                         missing element is skipped for that element alone
--- Output       one vector; an element that no row has is missing in it, and for
---              stddev also one that only one row has; NULL when no row was seen
--- Repeatable   any order and plan give the same sum and avg to 1e-15 while the sum
---              of magnitudes is below 1e14 times the sum, and the same stddev to
---              1e-14 while the mean is below 1e6 times the stddev; a stddev below
---              about 1e-15 * sqrt(rows) times the mean is 0
--- Range        stddev works with squares: accurate for values between 1e-130 and
---              1e150
--- Cost         24 bytes per element, 40 for stddev; parallel and distributed
---              plans, windows
--- Errors       2202E  vectors of different lengths
---              22003  a sum, or for stddev a sum of squares, is beyond float8
---              XX001  a state stored elsewhere is damaged
--- Source       sums with twice the digits: Knuth (TwoSum), Dekker (1971)
---
--- They take vectors only. Over arrays, write avg(a::feature_vector): a sum(float8[])
--- would look like one of the server's own and could clash with one that the server
--- or another extension defines.
CREATE FUNCTION feature_vector_sums_trans(bytea, feature_vector) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_vector_sums_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_sums_trans(bytea, feature_vector) IS
	'transition of sum(feature_vector) and avg(feature_vector)';
CREATE FUNCTION feature_vector_sums_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_vector_sums_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_sums_combine(bytea, bytea) IS
	'merges states of sum(feature_vector) and avg(feature_vector)';
CREATE FUNCTION feature_vector_squares_trans(bytea, feature_vector) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_vector_squares_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_squares_trans(bytea, feature_vector) IS
	'transition of stddev(feature_vector)';
CREATE FUNCTION feature_vector_squares_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_vector_squares_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_squares_combine(bytea, bytea) IS
	'merges states of stddev(feature_vector)';
CREATE FUNCTION feature_vector_sum_final(bytea) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_sum_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_sum_final(bytea) IS
	'result of sum(feature_vector)';
CREATE FUNCTION feature_vector_avg_final(bytea) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_avg_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_avg_final(bytea) IS
	'result of avg(feature_vector)';
CREATE FUNCTION feature_vector_stddev_final(bytea) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_stddev_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_stddev_final(bytea) IS
	'result of stddev(feature_vector)';

CREATE AGGREGATE sum(feature_vector) (
	SFUNC = feature_vector_sums_trans,
	STYPE = bytea,
	SSPACE = 256,
	COMBINEFUNC = feature_vector_sums_combine,
	FINALFUNC = feature_vector_sum_final,
	FINALFUNC_MODIFY = READ_ONLY,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(feature_vector) IS
	'sum of each element over the rows';
CREATE AGGREGATE avg(feature_vector) (
	SFUNC = feature_vector_sums_trans,
	STYPE = bytea,
	SSPACE = 256,
	COMBINEFUNC = feature_vector_sums_combine,
	FINALFUNC = feature_vector_avg_final,
	FINALFUNC_MODIFY = READ_ONLY,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg(feature_vector) IS
	'mean of each element over the rows';
CREATE AGGREGATE stddev(feature_vector) (
	SFUNC = feature_vector_squares_trans,
	STYPE = bytea,
	SSPACE = 256,
	COMBINEFUNC = feature_vector_squares_combine,
	FINALFUNC = feature_vector_stddev_final,
	FINALFUNC_MODIFY = READ_ONLY,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE stddev(feature_vector) IS
	'sample standard deviation of each element over the rows';

--- min_elements(v feature_vector), max_elements(v) -> feature_vector    since 0.1.0
---
--- Smallest and largest value of each element over the rows. (min and max of
--- vectors would be the first and last vector in their order.)
---
--- Input        v          vectors of the same length; NULL rows are skipped, and a
---                         missing element is skipped for that element alone
--- Output       one vector; an element that no row has is missing in it; NULL when
---              no row was seen
--- Repeatable   any order and plan give the same bits
--- Cost         8 bytes per element; parallel and distributed plans, windows
--- Errors       2202E  vectors of different lengths
CREATE FUNCTION feature_vector_min_trans(feature_vector, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_min_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_min_trans(feature_vector, feature_vector) IS
	'transition and merge of min_elements(feature_vector)';
CREATE FUNCTION feature_vector_max_trans(feature_vector, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_max_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_max_trans(feature_vector, feature_vector) IS
	'transition and merge of max_elements(feature_vector)';
CREATE FUNCTION feature_vector_extreme_final(feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_extreme_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_extreme_final(feature_vector) IS
	'result of min_elements(feature_vector) and max_elements(feature_vector)';

CREATE AGGREGATE min_elements(feature_vector) (
	SFUNC = feature_vector_min_trans,
	STYPE = feature_vector,
	SSPACE = 128,
	COMBINEFUNC = feature_vector_min_trans,
	FINALFUNC = feature_vector_extreme_final,
	FINALFUNC_MODIFY = READ_ONLY,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE min_elements(feature_vector) IS
	'smallest value of each element over the rows';
CREATE AGGREGATE max_elements(feature_vector) (
	SFUNC = feature_vector_max_trans,
	STYPE = feature_vector,
	SSPACE = 128,
	COMBINEFUNC = feature_vector_max_trans,
	FINALFUNC = feature_vector_extreme_final,
	FINALFUNC_MODIFY = READ_ONLY,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_elements(feature_vector) IS
	'largest value of each element over the rows';
