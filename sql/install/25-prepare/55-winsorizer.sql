--- winsorizer_options(…) -> jsonb                                        since 0.1.0
---
--- Builds the options of winsorizer_train by name; those left out keep their defaults.
---
---   option         default  range        meaning
---   lower          0.01     0 to 1       share of the rows below the lower limit
---   upper          0.99     0 to 1       share of the rows below the upper limit
---   feature_names  none     d names      names of the elements, all different
---   when_too_few   error    error, null  has no effect here: one row is enough
---
--- Output       jsonb, checked by winsorizer_train
CREATE FUNCTION winsorizer_options(
	lower float8 DEFAULT NULL,
	upper float8 DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'lower', lower, 'upper', upper, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION winsorizer_options(float8, float8, text[], text) IS 'options of winsorizer_train by name';

--- winsorizer_train(features feature_vector [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Learns between which limits nearly all values of each element lie, so that
--- winsorize_features can pull in those beyond.
---
--- Input        features   feature_vector or float8[] of the same length d; NULL rows
---                         are skipped; missing elements do not count
---              options    see winsorizer_options
--- Output       a winsorizer: lows and highs, the quantiles lower and upper of each
---              element as percentile_cont gives them; rows_used, rows_skipped; NULL
---              when no row was seen
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget
--- Cost         time n d; memory 8 d n bytes up to segment.training_memory, then on
---              disk, and 8 bytes per row for a column at a time
--- Errors       2202E  vectors of different lengths
---              22023  unknown option, lower is not below upper, or options are not the
---                     same for all rows
--- Source       Dixon (1960); quantiles as numpy.quantile
CREATE FUNCTION winsorizer_train_trans(internal, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_winsorizer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION winsorizer_train_trans(internal, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_winsorizer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION winsorizer_train_trans(internal, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_winsorizer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION winsorizer_train_trans(internal, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_winsorizer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION winsorizer_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_winsorizer_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE winsorizer_train(features feature_vector) (
	SFUNC = winsorizer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = winsorizer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE winsorizer_train(features feature_vector, options jsonb) (
	SFUNC = winsorizer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = winsorizer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE winsorizer_train(features float8[]) (
	SFUNC = winsorizer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = winsorizer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE winsorizer_train(features float8[], options jsonb) (
	SFUNC = winsorizer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = winsorizer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE winsorizer_train(feature_vector) IS 'limits between which nearly all values lie';
COMMENT ON AGGREGATE winsorizer_train(feature_vector, jsonb) IS 'limits between which nearly all values lie';
COMMENT ON AGGREGATE winsorizer_train(float8[]) IS 'limits between which nearly all values lie';
COMMENT ON AGGREGATE winsorizer_train(float8[], jsonb) IS 'limits between which nearly all values lie';

--- winsorize_features(model segment_model, features feature_vector) -> feature_vector
---                                                                      since 0.1.0
---
--- A vector whose elements are within the limits of the model: one that is below its
--- lower limit, or above its upper one, becomes that limit.
---
--- Input        features   feature_vector or float8[] of the model's length
--- Output       a vector of the same length; missing elements stay missing, as does one
---              that no row of the training had
--- Errors       2202E  the vector does not fit the model
---              42804  not a winsorizer
CREATE FUNCTION winsorize_features(model segment_model, features feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_winsorize_features' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION winsorize_features(model segment_model, features float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_winsorize_features_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION winsorize_features(segment_model, feature_vector) IS 'vector within the limits of a winsorizer';
COMMENT ON FUNCTION winsorize_features(segment_model, float8[]) IS 'vector within the limits of a winsorizer';
