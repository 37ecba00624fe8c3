--- power_options(…) -> jsonb                                             since 0.1.0
---
--- Builds the options of power_train by name; those left out keep their defaults.
---
---   option         default  range        meaning
---   standardize    true     true, false  bring the transformed values to mean 0 and
---                                        (population) standard deviation 1
---   feature_names  none     d names      names of the elements, all different; kept
---                                        in the model, shown by power_lambdas
---   when_too_few   error    error, null  has no effect here: one row is enough
---
--- Output       jsonb, checked by power_train
CREATE FUNCTION power_options(
	standardize boolean DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'standardize', standardize, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION power_options(boolean, text[], text) IS 'options of power_train by name';

--- power_train(features feature_vector, method text [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Learns how to make skewed elements more like normal ones: a few large values no
--- longer outweigh all others.
---
--- Input        features   feature_vector or float8[] of the same length d; NULL rows
---                         are skipped; missing elements do not count
---              method     yeo_johnson  a power for each element, found by maximum
---                                      likelihood; any values
---                         log1p        log(1 + x), for values above -1
---                         the same for all rows
---              options    see power_options
--- Output       a power transformation: lambdas, centers and scales, rows_used,
---              rows_skipped, iterations, converged; NULL when no row was seen.  A
---              constant element keeps its value, less the center; an element that no
---              row has stays missing
--- Formula      x >= 0: ((1 + x)^lambda - 1) / lambda, or log(1 + x) where lambda is
---              0; x < 0: minus the same of -x with 2 - lambda
--- Precision    lambda to about 1e-10, between -64 and 64
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget, on one type of processor
--- Cost         time n d for each of about 10 passes; memory 8 d n bytes up to
---              segment.training_memory, then on disk
--- Errors       2202E  vectors of different lengths
---              22003  values too large to square (yeo_johnson), or not above -1
---                     (log1p)
---              22004  method is NULL
---              22023  unknown method or option, or not the same for all rows
--- Warning      01000  a lambda ran to the limit of its range: values that hardly vary
---                     for their size
--- Source       Yeo & Johnson (2000); scikit-learn 1.2: PowerTransformer
CREATE FUNCTION power_train_trans(internal, feature_vector, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_power_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION power_train_trans(internal, feature_vector, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_power_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION power_train_trans(internal, float8[], text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_power_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION power_train_trans(internal, float8[], text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_power_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION power_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_power_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE power_train(features feature_vector, method text) (
	SFUNC = power_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = power_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE power_train(features feature_vector, method text, options jsonb) (
	SFUNC = power_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = power_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE power_train(features float8[], method text) (
	SFUNC = power_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = power_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE power_train(features float8[], method text, options jsonb) (
	SFUNC = power_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = power_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE power_train(feature_vector, text) IS 'a power of each element that makes it more like a normal one';
COMMENT ON AGGREGATE power_train(feature_vector, text, jsonb) IS 'a power of each element that makes it more like a normal one';
COMMENT ON AGGREGATE power_train(float8[], text) IS 'a power of each element that makes it more like a normal one';
COMMENT ON AGGREGATE power_train(float8[], text, jsonb) IS 'a power of each element that makes it more like a normal one';

--- power_transform(model segment_model, features feature_vector) -> feature_vector
---                                                                      since 0.1.0
---
--- A vector with its elements transformed.
---
--- Input        features   feature_vector or float8[] of the model's length
--- Output       a vector of the same length; missing elements stay missing
--- Errors       2202E  the vector does not fit the model
---              22003  an element has no transformed value: not above -1 (log1p), or
---                     beyond float8
---              42804  not a power transformation
CREATE FUNCTION power_transform(model segment_model, features feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_power_transform' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION power_transform(model segment_model, features float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_power_transform_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION power_transform(segment_model, feature_vector) IS 'vector with its elements transformed by a power transformation';
COMMENT ON FUNCTION power_transform(segment_model, float8[]) IS 'vector with its elements transformed by a power transformation';

--- power_inverse(model segment_model, features feature_vector) -> feature_vector
---                                                                      since 0.1.0
---
--- The way back from power_transform, to the units of the features.
---
--- Input        features   transformed feature_vector or float8[]
--- Output       a vector of the same length; missing elements stay missing
--- Errors       2202E  the vector does not fit the model
---              22003  no value has this transformed value, as with a negative lambda
---                     above -1 / lambda, or it is beyond float8
---              42804  not a power transformation
CREATE FUNCTION power_inverse(model segment_model, features feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_power_inverse' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION power_inverse(model segment_model, features float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_power_inverse_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION power_inverse(segment_model, feature_vector) IS 'vector in the units that a power transformation saw in training';
COMMENT ON FUNCTION power_inverse(segment_model, float8[]) IS 'vector in the units that a power transformation saw in training';

--- power_lambdas(model segment_model) -> rows (feature, lambda, center, scale)
---                                                                      since 0.1.0
---
--- What a power transformation does to each element.
---
--- Output       feature    name, or position from 1
---              lambda     power; 1 leaves values as they are, 0 is a logarithm; of
---                         log1p all 0
---              center     subtracted after the power
---              scale      divided by after that
---              NULL for an element that no row had
--- Errors       42804  not a power transformation
CREATE FUNCTION power_lambdas(
	model segment_model,
	OUT feature text, OUT lambda float8, OUT center float8, OUT scale float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_power_lambdas' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION power_lambdas(segment_model) IS 'power, center and scale of each element of a power transformation';
