--- feature_quantiles(features feature_vector, fractions float8[]) -> float8[][]
---                                                                      since 0.1.0
---
--- Exact quantiles of each element over the rows, as percentile_cont gives them for
--- one column.
---
--- Input        features   feature_vector or float8[] of the same length d; NULL rows
---                         are skipped, and a missing element is skipped for that
---                         element alone
---              fractions  1 to 1000 numbers from 0 to 1, the same for all rows
--- Output       one row for each element, one column for each fraction; NULL where no
---              row has the element; NULL when no row was seen
--- Repeatable   the same rows give the same bits in any order, plan and memory budget
--- Cost         memory 8 d n bytes up to segment.training_memory, then on disk, and 8
---              bytes per row for a column at a time; time n d
--- Errors       2202E  vectors of different lengths
---              22004  fractions are NULL, or have a NULL
---              22023  a fraction is not between 0 and 1, there are none, or they are
---                     not the same for all rows
---              54000  more than 1000 fractions, or more than 16777216 (2^24) results
CREATE FUNCTION feature_quantiles_trans(internal, feature_vector, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_quantiles_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_quantiles_trans(internal, float8[], float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_quantiles_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_quantiles_final(internal) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_feature_quantiles_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE feature_quantiles(features feature_vector, fractions float8[]) (
	SFUNC = feature_quantiles_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_quantiles_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE feature_quantiles(features float8[], fractions float8[]) (
	SFUNC = feature_quantiles_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_quantiles_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE feature_quantiles(feature_vector, float8[]) IS 'exact quantiles of each element';
COMMENT ON AGGREGATE feature_quantiles(float8[], float8[]) IS 'exact quantiles of each element';
