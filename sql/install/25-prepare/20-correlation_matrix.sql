--- correlation_matrix(features feature_vector) -> float8[][]             since 0.1.0
---
--- Pearson's correlation of every two elements of the vectors: 1 where one rises
--- in step with the other, -1 where it falls, 0 where neither says anything of the
--- other along a line.
---
--- Input        features   feature_vector or float8[] of the same length d, 1 to
---                         1000; NULL rows are skipped
--- Missing      two elements are compared over the rows that have both
--- Output       d * d numbers, symmetric, with 1 on the diagonal; NULL where an
---              element is constant over these rows, or fewer than two rows have
---              both; NULL when no row was seen
--- Repeatable   the same rows give the same bits in any order, plan and memory
---              budget, on one type of processor
--- Cost         time n d^2, memory 8 d n bytes up to segment.training_memory, then
---              on disk; 32 d^2 bytes while it is made
--- Errors       2202E  vectors of different lengths
---              54000  more than 1000 elements
--- Source       as corr() of SQL for each pair
CREATE FUNCTION feature_rows_trans(internal, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_rows_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_rows_trans(internal, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_rows_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION correlation_matrix_final(internal) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_correlation_matrix_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE correlation_matrix(features feature_vector) (
	SFUNC = feature_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = correlation_matrix_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE correlation_matrix(features float8[]) (
	SFUNC = feature_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = correlation_matrix_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE correlation_matrix(feature_vector) IS 'correlation of every two elements of vectors';
COMMENT ON AGGREGATE correlation_matrix(float8[]) IS 'correlation of every two elements of vectors';
