--- imputer_options(…) -> jsonb                                           since 0.1.0
---
--- Builds the options of imputer_train by name; those left out keep their defaults.
---
---   option         default  range        meaning
---   fill_value     0        any          what strategy constant fills in
---   indicator      false    true, false  append an element for each one that was
---                                        missing in training: 1 where it is missing
---   feature_names  none     d names      names of the elements, all different
---   when_too_few   error    error, null  has no effect here: one row is enough
---
--- Output       jsonb, checked by imputer_train
CREATE FUNCTION imputer_options(
	fill_value float8 DEFAULT NULL,
	indicator boolean DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'fill_value', fill_value, 'indicator', indicator, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION imputer_options(float8, boolean, text[], text) IS 'options of imputer_train by name';

--- imputer_train(features feature_vector, strategy text [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Learns what to fill in for missing elements.
---
--- Input        features   feature_vector or float8[] of the same length d; NULL rows
---                         are skipped
---              strategy   mean or median of the rows that have the element, or
---                         constant; the same for all rows
---              options    see imputer_options
--- Output       an imputer: fills, missing_counts, rows_used, rows_skipped, indicated
---              elements; NULL when no row was seen.  An element that no row has is
---              filled with 0, or with the constant
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget, on one type of processor
--- Cost         time n d; memory 8 d n bytes up to segment.training_memory, then on
---              disk; median 8 bytes per row besides, for a column at a time
--- Errors       2202E  vectors of different lengths
---              22004  strategy is NULL
---              22023  unknown strategy or option, or not the same for all rows
---              54000  more than 16000 elements with indicators
--- Source       scikit-learn 1.2: SimpleImputer with keep_empty_features
CREATE FUNCTION imputer_train_trans(internal, feature_vector, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_imputer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION imputer_train_trans(internal, feature_vector, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_imputer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION imputer_train_trans(internal, float8[], text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_imputer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION imputer_train_trans(internal, float8[], text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_imputer_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION imputer_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_imputer_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE imputer_train(features feature_vector, strategy text) (
	SFUNC = imputer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = imputer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE imputer_train(features feature_vector, strategy text, options jsonb) (
	SFUNC = imputer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = imputer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE imputer_train(features float8[], strategy text) (
	SFUNC = imputer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = imputer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE imputer_train(features float8[], strategy text, options jsonb) (
	SFUNC = imputer_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = imputer_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE imputer_train(feature_vector, text) IS 'what to fill in for missing elements';
COMMENT ON AGGREGATE imputer_train(feature_vector, text, jsonb) IS 'what to fill in for missing elements';
COMMENT ON AGGREGATE imputer_train(float8[], text) IS 'what to fill in for missing elements';
COMMENT ON AGGREGATE imputer_train(float8[], text, jsonb) IS 'what to fill in for missing elements';

--- impute_missing(model segment_model, features feature_vector) -> feature_vector
---                                                                      since 0.1.0
---
--- A vector with its missing elements filled in.
---
--- Input        features   feature_vector or float8[] of the model's length
--- Output       a vector without missing elements; with the option indicator, one
---              element longer for each that was missing in training
--- Errors       2202E  the vector does not fit the model
---              42804  not an imputer
CREATE FUNCTION impute_missing(model segment_model, features feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_impute_missing' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION impute_missing(model segment_model, features float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_impute_missing_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION impute_missing(segment_model, feature_vector) IS 'vector with its missing elements filled in';
COMMENT ON FUNCTION impute_missing(segment_model, float8[]) IS 'vector with its missing elements filled in';
