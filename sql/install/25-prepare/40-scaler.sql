--- scaler_train(features feature_vector, method text) -> segment_model     since 0.1.0
---
--- Learns where the elements of vectors lie and how far they spread, so that
--- scale_features brings them to one scale.
---
--- Input        features   feature_vector or float8[] of the same length d; NULL rows
---                         are skipped; missing elements do not count
---              method     standard  mean 0, (population) standard deviation 1
---                         minmax    smallest value 0, largest 1
---                         maxabs    largest magnitude 1; 0 stays 0
---                         robust    median 0, distance of the quartiles 1: outliers
---                                   do not matter
---                         the same for all rows
--- Output       a scaler: centers and scales, rows_used, rows_skipped, scaling; NULL
---              when no row was seen.  A constant element has scale 1, so it becomes
---              0 (maxabs: 1 or -1); an element that no row has stays missing
--- Repeatable   the same rows give the same bits in any order, plan and memory
---              budget, on one type of processor
--- Cost         time n d; memory 8 d n bytes up to segment.training_memory, then on
---              disk; robust 8 bytes per row besides, for a column at a time
--- Errors       2202E  vectors of different lengths
---              22003  the range of an element is beyond float8
---              22004  method is NULL
---              22023  unknown method, or not the same for all rows
--- Source       scikit-learn 1.2: StandardScaler, MinMaxScaler, MaxAbsScaler,
---              RobustScaler
CREATE FUNCTION scaler_train_trans(internal, feature_vector, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_scaler_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scaler_train_trans(internal, float8[], text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_scaler_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scaler_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_scaler_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE scaler_train(features feature_vector, method text) (
	SFUNC = scaler_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = scaler_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE scaler_train(features float8[], method text) (
	SFUNC = scaler_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = scaler_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE scaler_train(feature_vector, text) IS 'center and spread of each element, to bring them to one scale';
COMMENT ON AGGREGATE scaler_train(float8[], text) IS 'center and spread of each element, to bring them to one scale';

--- scaler_from_summary(summary segment_summary, method text) -> segment_model
---                                                                      since 0.1.0
---
--- The scaler that scaler_train would make of the rows of a feature summary, without
--- reading them again: of a year, from summaries of its days.
---
--- Input        summary    from feature_summary, or a rollup of such
---              method     standard, minmax or maxabs; see scaler_train
--- Output       a scaler; the same bits as from the rows, but for rows_skipped, which
---              is 0
--- Errors       0A000  method is robust: a summary has no quartiles
---              22003  the range of an element is beyond float8
---              22023  unknown method
---              42804  not a feature summary
CREATE FUNCTION scaler_from_summary(summary segment_summary, method text) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_scaler_from_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION scaler_from_summary(segment_summary, text) IS 'scaler of the rows of a feature summary';

--- scale_features(model segment_model, features feature_vector) -> feature_vector
---                                                                      since 0.1.0
---
--- A vector on the scale of the model: each element less its center, divided by its
--- scale.
---
--- Input        features   feature_vector or float8[] of the model's length
--- Output       a vector of the same length; missing elements stay missing
--- Errors       2202E  the vector does not fit the model
---              22003  a scaled element is beyond float8
---              42804  not a scaler
CREATE FUNCTION scale_features(model segment_model, features feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_scale_features' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION scale_features(model segment_model, features float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_scale_features_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION scale_features(segment_model, feature_vector) IS 'vector on the scale of a scaler';
COMMENT ON FUNCTION scale_features(segment_model, float8[]) IS 'vector on the scale of a scaler';

--- unscale_features(model segment_model, features feature_vector) -> feature_vector
---                                                                      since 0.1.0
---
--- The way back from scale_features: from a scaled vector, such as the center of a
--- cluster, to the units of the features.
---
--- Input        features   scaled feature_vector or float8[] of the model's length
--- Output       a vector of the same length; missing elements stay missing
--- Errors       2202E  the vector does not fit the model
---              22003  an element is beyond float8
---              42804  not a scaler
CREATE FUNCTION unscale_features(model segment_model, features feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_unscale_features' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION unscale_features(model segment_model, features float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_unscale_features_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION unscale_features(segment_model, feature_vector) IS 'vector in the units that a scaler saw in training';
COMMENT ON FUNCTION unscale_features(segment_model, float8[]) IS 'vector in the units that a scaler saw in training';
