--- forest_options(…) -> jsonb                                            since 0.1.0
---
--- Builds the options of forest_train by name; those left out keep their defaults.
---
---   option             default     range           meaning
---   trees              100         1 to 100000     how many
---   max_depth          12          1 to 32         splits from the root to a leaf at most
---   min_leaf_rows      5           1 to 1e9        rows of a leaf at least
---   features_per_split 0           0 to d          elements drawn at random that a split
---                                              chooses from; 0: the square root of
---                                              d for classes, d / 3 for numbers
---   max_bins           255         2 to 255        values told apart in each element; more
---                                              are cut at quantiles
---   class_weights      none        none, balanced  balanced: all labels get the same
---                                              sum of weights
---   monotone           none        d of -1, 0, 1   elements with which predictions may
---                                              only rise (1) or only fall (-1)
---   seed               0           0 to 2^53       start of the random draws
---   impute             none        none, mean,     how missing elements are filled in:
---                                  median,         by the mean or median of the rows in
---                                  constant        training, or by fill_value; the
---                                                  model does the same to rows that it
---                                                  scores
---   fill_value         none        any             what impute constant fills in
---   feature_names      none        d names         names of the elements, all different
---   when_too_few       error       error, null     what to do where all labels are the
---                                              same: fail, or return NULL
---
--- Output       jsonb, checked by forest_train
CREATE FUNCTION forest_options(
	trees bigint DEFAULT NULL,
	max_depth bigint DEFAULT NULL,
	min_leaf_rows bigint DEFAULT NULL,
	features_per_split bigint DEFAULT NULL,
	max_bins bigint DEFAULT NULL,
	class_weights text DEFAULT NULL,
	monotone int[] DEFAULT NULL,
	seed bigint DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'trees', trees, 'max_depth', max_depth, 'min_leaf_rows', min_leaf_rows,
		'features_per_split', features_per_split, 'max_bins', max_bins, 'class_weights', class_weights,
		'monotone', CASE WHEN monotone IS NOT NULL THEN jsonb_build_array(monotone) END, 'seed', seed,
		'impute', impute, 'fill_value', fill_value,
		'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION forest_options(bigint, bigint, bigint, bigint, bigint, text, int[], bigint, text, float8, text[], text) IS 'options of forest_train by name';

CREATE FUNCTION forest_train_trans(internal, anyelement, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, anyelement, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, anyelement, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, anyelement, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, anyelement, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, anyelement, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_class_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_forest_train_class_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION forest_train_trans(internal, anyelement, feature_vector) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, anyelement, feature_vector, jsonb) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, anyelement, feature_vector, jsonb, float8) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, anyelement, float8[]) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, anyelement, float8[], jsonb) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, anyelement, float8[], jsonb, float8) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_class_final(internal) IS 'result of forest_train';
CREATE FUNCTION forest_train_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, float8, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, float8, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, float8, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_trans(internal, float8, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_forest_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_forest_train_number_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION forest_train_trans(internal, float8, feature_vector) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, float8, feature_vector, jsonb) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, float8, feature_vector, jsonb, float8) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, float8, float8[]) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, float8, float8[], jsonb) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_trans(internal, float8, float8[], jsonb, float8) IS 'transition of forest_train';
COMMENT ON FUNCTION forest_train_final(internal) IS 'result of forest_train';

--- forest_train(label any | float8, features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- A random forest: the mean of many decision trees, each grown on rows drawn at
--- random, with splits among elements drawn at random.
---
--- Input        label      a number (of any type): the model predicts the number;
---                         anything else (boolean, text, an enum): the model
---                         predicts which of the labels, of which there are 2 to
---                         1000; cast codes of classes to text
---              features   a vector of d numbers, 1 to 16000; elements may be missing
---              options    see forest_options
---              weight     how much the row counts; finite, not negative
---                         A row with a NULL or of weight 0 is skipped
--- Output       a forest: its trees, what each element gained, and
---              out_of_bag_score: how well rows are predicted by the trees that did
---              not draw them (for classes the share of right ones, for numbers
---              R squared); NULL when no row was used
--- Missing      a split sends rows with a missing element to the side that fits
---              better in training; if it met none there, to the one with more rows
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n features_per_split per level and tree; memory d + 54 bytes per
---              row, d rounded up to a multiple of 8, besides the rows themselves
--- Errors       22000  all labels are the same class
---              2202E  rows of different lengths
---              22003  labels or weights too large to square, or not finite
---              22023  an option is out of range, or not the same for all rows
---              54000  more than 1000 classes, more rows than segment.training_memory has room
---                     for, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  one element alone tells two labels apart, of 50 rows or more
---                     each: its ROC AUC is 0.99 or more, or 0.01 or less
--- Source       Breiman (2001); rows are drawn Poisson(1) times, as Oza and Russell
---              (2001)
CREATE AGGREGATE forest_train(label anyelement, features feature_vector) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label anyelement, features feature_vector, options jsonb) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label anyelement, features feature_vector, options jsonb, weight float8) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label anyelement, features float8[]) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label anyelement, features float8[], options jsonb) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label anyelement, features float8[], options jsonb, weight float8) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE forest_train(anyelement, feature_vector) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(anyelement, feature_vector, jsonb) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(anyelement, feature_vector, jsonb, float8) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(anyelement, float8[]) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(anyelement, float8[], jsonb) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(anyelement, float8[], jsonb, float8) IS 'random forest of labels into a model';
CREATE AGGREGATE forest_train(label float8, features feature_vector) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label float8, features feature_vector, options jsonb) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label float8, features feature_vector, options jsonb, weight float8) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label float8, features float8[]) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label float8, features float8[], options jsonb) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_train(label float8, features float8[], options jsonb, weight float8) (
	SFUNC = forest_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = forest_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE forest_train(float8, feature_vector) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(float8, feature_vector, jsonb) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(float8, feature_vector, jsonb, float8) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(float8, float8[]) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(float8, float8[], jsonb) IS 'random forest of labels into a model';
COMMENT ON AGGREGATE forest_train(float8, float8[], jsonb, float8) IS 'random forest of labels into a model';
