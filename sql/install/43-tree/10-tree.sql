--- tree_options(…) -> jsonb                                              since 0.1.0
---
--- Builds the options of tree_train by name; those left out keep their defaults.
---
---   option             default     range           meaning
---   max_depth          6           1 to 32         splits from the root to a leaf at most
---   max_leaves         65536       2 to 65536      leaves at most; splits that gain most
---                                              come first
---   min_leaf_rows      20          1 to 1e9        rows of a leaf at least
---   max_bins           255         2 to 255        values told apart in each element; more
---                                              are cut at quantiles
---   class_weights      none        none, balanced  balanced: all labels get the same
---                                              sum of weights
---   monotone           none        d of -1, 0, 1   elements with which predictions may
---                                              only rise (1) or only fall (-1)
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
--- Output       jsonb, checked by tree_train
CREATE FUNCTION tree_options(
	max_depth bigint DEFAULT NULL,
	max_leaves bigint DEFAULT NULL,
	min_leaf_rows bigint DEFAULT NULL,
	max_bins bigint DEFAULT NULL,
	class_weights text DEFAULT NULL,
	monotone int[] DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'max_depth', max_depth, 'max_leaves', max_leaves, 'min_leaf_rows', min_leaf_rows,
		'max_bins', max_bins, 'class_weights', class_weights,
		'monotone', CASE WHEN monotone IS NOT NULL THEN jsonb_build_array(monotone) END,
		'impute', impute, 'fill_value', fill_value,
		'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION tree_options(bigint, bigint, bigint, bigint, text, int[], text, float8, text[], text) IS 'options of tree_train by name';

CREATE FUNCTION tree_train_trans(internal, anyelement, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, anyelement, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, anyelement, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, anyelement, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, anyelement, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, anyelement, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_class_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_class_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_tree_train_class_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION tree_train_trans(internal, anyelement, feature_vector) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, anyelement, feature_vector, jsonb) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, anyelement, feature_vector, jsonb, float8) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, anyelement, float8[]) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, anyelement, float8[], jsonb) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, anyelement, float8[], jsonb, float8) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_class_final(internal) IS 'result of tree_train';
CREATE FUNCTION tree_train_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, float8, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, float8, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, float8, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_trans(internal, float8, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tree_train_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tree_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_tree_train_number_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION tree_train_trans(internal, float8, feature_vector) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, float8, feature_vector, jsonb) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, float8, feature_vector, jsonb, float8) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, float8, float8[]) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, float8, float8[], jsonb) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_trans(internal, float8, float8[], jsonb, float8) IS 'transition of tree_train';
COMMENT ON FUNCTION tree_train_final(internal) IS 'result of tree_train';

--- tree_train(label any | float8, features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- A decision tree: which combinations of elements tell users apart?  Splits the
--- rows in two again and again, each time where the labels of both sides become
--- most alike.
---
--- Input        label      a number (of any type): the model predicts the number;
---                         anything else (boolean, text, an enum): the model
---                         predicts which of the labels, of which there are 2 to
---                         1000; cast codes of classes to text
---              features   a vector of d numbers, 1 to 16000; elements may be missing
---              options    see tree_options
---              weight     how much the row counts; finite, not negative
---                         A row with a NULL or of weight 0 is skipped
--- Output       a decision tree: its splits and leaves, the share of squared error
---              (for classes: of Gini's impurity) that each element took away;
---              NULL when no row was used
--- Missing      a split sends rows with a missing element to the side that fits
---              better in training; if it met none there, to the one with more rows
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d per level; memory d + 41 bytes per row, d rounded up to a
---              multiple of 8, besides the rows themselves
--- Errors       22000  all labels are the same class
---              2202E  rows of different lengths
---              22003  labels or weights too large to square, or not finite
---              22023  an option is out of range, or not the same for all rows
---              54000  more than 1000 classes, more rows than segment.training_memory has room
---                     for, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  one element alone tells two labels apart, of 50 rows or more
---                     each: its ROC AUC is 0.99 or more, or 0.01 or less
--- Source       Breiman, Friedman, Olshen, Stone (1984); on histograms, as LightGBM
CREATE AGGREGATE tree_train(label anyelement, features feature_vector) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label anyelement, features feature_vector, options jsonb) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label anyelement, features feature_vector, options jsonb, weight float8) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label anyelement, features float8[]) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label anyelement, features float8[], options jsonb) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label anyelement, features float8[], options jsonb, weight float8) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tree_train(anyelement, feature_vector) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(anyelement, feature_vector, jsonb) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(anyelement, feature_vector, jsonb, float8) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(anyelement, float8[]) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(anyelement, float8[], jsonb) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(anyelement, float8[], jsonb, float8) IS 'decision tree of labels into a model';
CREATE AGGREGATE tree_train(label float8, features feature_vector) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label float8, features feature_vector, options jsonb) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label float8, features feature_vector, options jsonb, weight float8) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label float8, features float8[]) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label float8, features float8[], options jsonb) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE tree_train(label float8, features float8[], options jsonb, weight float8) (
	SFUNC = tree_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tree_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tree_train(float8, feature_vector) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(float8, feature_vector, jsonb) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(float8, feature_vector, jsonb, float8) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(float8, float8[]) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(float8, float8[], jsonb) IS 'decision tree of labels into a model';
COMMENT ON AGGREGATE tree_train(float8, float8[], jsonb, float8) IS 'decision tree of labels into a model';
