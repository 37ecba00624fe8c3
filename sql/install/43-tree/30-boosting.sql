--- boosting_options(…) -> jsonb                                          since 0.1.0
---
--- Builds the options of boosting_train by name; those left out keep their
--- defaults.
---
---   option             default     range           meaning
---   loss               auto        auto, squared_error, poisson, quantile
---                                              what training makes small; auto: log
---                                              loss for classes, squared error for
---                                              numbers
---   quantile           0.5         1e-6 to 1-1e-6  the one that loss quantile predicts
---   trees              100         1 to 100000     rounds
---   learning_rate      0.1         1e-6 to 1       share of its best value that a tree
---                                              adds
---   max_leaves         31          2 to 65536      leaves of a tree at most; splits that
---                                              gain most come first
---   max_depth          32          1 to 32         splits from the root to a leaf at most
---   min_leaf_rows      20          1 to 1e9        rows of a leaf at least
---   min_leaf_hessian   0.001       0 to 1e9        sum of second derivatives of a leaf at
---                                              least
---   l2                 0           0 to 1e9        penalty on the squares of leaves
---   row_share          1           1e-6 to 1       share of the rows drawn at random for
---                                              each round
---   max_bins           255         2 to 255        values told apart in each element; more
---                                              are cut at quantiles
---   class_weights      none        none, balanced  balanced: all labels get the same
---                                              sum of weights
---   monotone           none        d of -1, 0, 1   elements with which predictions may
---                                              only rise (1) or only fall (-1)
---   patience           0           0 to 100000     early stopping: rounds without a
---                                              smaller loss of the rows held out;
---                                              0: none are held out
---   holdout_share      0.1         1e-6 to 0.9     share of the rows held out, by a hash
---                                              of their elements
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
--- Output       jsonb, checked by boosting_train
CREATE FUNCTION boosting_options(
	loss text DEFAULT NULL,
	quantile float8 DEFAULT NULL,
	trees bigint DEFAULT NULL,
	learning_rate float8 DEFAULT NULL,
	max_leaves bigint DEFAULT NULL,
	max_depth bigint DEFAULT NULL,
	min_leaf_rows bigint DEFAULT NULL,
	min_leaf_hessian float8 DEFAULT NULL,
	l2 float8 DEFAULT NULL,
	row_share float8 DEFAULT NULL,
	max_bins bigint DEFAULT NULL,
	class_weights text DEFAULT NULL,
	monotone int[] DEFAULT NULL,
	patience bigint DEFAULT NULL,
	holdout_share float8 DEFAULT NULL,
	seed bigint DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'loss', loss, 'quantile', quantile, 'trees', trees, 'learning_rate', learning_rate,
		'max_leaves', max_leaves, 'max_depth', max_depth, 'min_leaf_rows', min_leaf_rows,
		'min_leaf_hessian', min_leaf_hessian, 'l2', l2, 'row_share', row_share, 'max_bins', max_bins,
		'class_weights', class_weights,
		'monotone', CASE WHEN monotone IS NOT NULL THEN jsonb_build_array(monotone) END,
		'patience', patience, 'holdout_share', holdout_share, 'seed', seed, 'impute', impute, 'fill_value', fill_value,
		'feature_names', feature_names,
		'when_too_few', when_too_few));
COMMENT ON FUNCTION boosting_options(text, float8, bigint, float8, bigint, bigint, bigint, float8, float8, float8, bigint, text, int[], bigint, float8, bigint, text, float8, text[], text) IS 'options of boosting_train by name';

CREATE FUNCTION boosting_train_trans(internal, anyelement, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, anyelement, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, anyelement, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, anyelement, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, anyelement, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, anyelement, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_class_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_boosting_train_class_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION boosting_train_trans(internal, anyelement, feature_vector) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, anyelement, feature_vector, jsonb) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, anyelement, feature_vector, jsonb, float8) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, anyelement, float8[]) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, anyelement, float8[], jsonb) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, anyelement, float8[], jsonb, float8) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_class_final(internal) IS 'result of boosting_train';
CREATE FUNCTION boosting_train_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, float8, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, float8, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, float8, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_trans(internal, float8, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_boosting_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION boosting_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_boosting_train_number_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION boosting_train_trans(internal, float8, feature_vector) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, float8, feature_vector, jsonb) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, float8, feature_vector, jsonb, float8) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, float8, float8[]) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, float8, float8[], jsonb) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_trans(internal, float8, float8[], jsonb, float8) IS 'transition of boosting_train';
COMMENT ON FUNCTION boosting_train_final(internal) IS 'result of boosting_train';

--- boosting_train(label any | float8, features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Gradient boosting: a sum of small decision trees, each grown on what the trees
--- before it leave unexplained.  Usually the most accurate method for tables.
---
--- Input        label      a number (of any type): the model predicts the number;
---                         anything else (boolean, text, an enum): the model
---                         predicts which of the labels, of which there are 2 to
---                         1000; cast codes of classes to text
---              features   a vector of d numbers, 1 to 16000; elements may be missing
---              options    see boosting_options
---              weight     how much the row counts; finite, not negative
---                         A row with a NULL or of weight 0 is skipped
--- Output       a boosted model: its trees, what each element gained, train_loss, or
---              with early stopping holdout_loss; NULL when no row was used
--- Missing      a split sends rows with a missing element to the side that fits
---              better in training; if it met none there, to the one with more rows
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d per level and tree, 4 s for 1,000,000 rows of 8 elements and
---              100 trees; memory d + 49 bytes per row, d rounded up to a multiple of
---              8, besides the rows themselves
--- Errors       22000  all labels are the same class
---              2202E  rows of different lengths
---              22003  labels or weights too large to square, or not finite
---              22023  an option is out of range, or not the same for all rows
---              54000  more than 1000 classes, more rows than segment.training_memory has room
---                     for, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  one element alone tells two labels apart, of 50 rows or more
---                     each: its ROC AUC is 0.99 or more, or 0.01 or less
--- Source       Friedman (2001), Chen and Guestrin (2016); on histograms, as LightGBM
---              and scikit-learn's HistGradientBoosting
CREATE AGGREGATE boosting_train(label anyelement, features feature_vector) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label anyelement, features feature_vector, options jsonb) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label anyelement, features feature_vector, options jsonb, weight float8) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label anyelement, features float8[]) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label anyelement, features float8[], options jsonb) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label anyelement, features float8[], options jsonb, weight float8) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE boosting_train(anyelement, feature_vector) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(anyelement, feature_vector, jsonb) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(anyelement, feature_vector, jsonb, float8) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(anyelement, float8[]) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(anyelement, float8[], jsonb) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(anyelement, float8[], jsonb, float8) IS 'gradient boosting of labels into a model';
CREATE AGGREGATE boosting_train(label float8, features feature_vector) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label float8, features feature_vector, options jsonb) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label float8, features feature_vector, options jsonb, weight float8) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label float8, features float8[]) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label float8, features float8[], options jsonb) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE boosting_train(label float8, features float8[], options jsonb, weight float8) (
	SFUNC = boosting_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = boosting_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE boosting_train(float8, feature_vector) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(float8, feature_vector, jsonb) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(float8, feature_vector, jsonb, float8) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(float8, float8[]) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(float8, float8[], jsonb) IS 'gradient boosting of labels into a model';
COMMENT ON AGGREGATE boosting_train(float8, float8[], jsonb, float8) IS 'gradient boosting of labels into a model';
