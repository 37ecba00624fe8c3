--- tree_svg(model segment_model [, options jsonb [, tree bigint [, feature_names text[]]]])
---   -> text                                                            since 0.1.0
---
--- Draws a decision tree, or one tree of a forest or a boosted model, as an outline
--- of rules: each node below the one it comes from, as one SVG.
---
--- Input        model          of tree_train, forest_train or boosting_train
---              options        of chart_options
---              tree           number of the tree, from 1: the first one by default
---              feature_names  of the d elements; those of the model by default, or
---                             v[1], v[2], …
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when an argument is NULL
--- A row        the condition, the share of the weight of the training rows, as a
---              bar and a number, and what these rows are like: the most frequent
---              class with its share, or the mean of the labels; of a boosted model
---              what the tree adds to the score on average. Leaves are in color
--- Numbers      a threshold is exact if 7 digits are enough for it, or else rounded
---              behind its decimal point; tree_rules has all digits
--- Missing      "or missing" where rows without the element go, if there were any in
---              training
--- Large trees  option limit is how many leaves are shown; a node that is not opened
---              says how many it has. Splits that take away most of the squared
---              error, for classes of Gini's impurity, are opened first
--- Options      y_label  what is predicted
---              y_unit, y_format  of predicted numbers
---              colors   of the classes in the order of their names; from the ninth
---                       class on, the most frequent seven and one for the others
---              those without a meaning here are refused, like layout
--- Errors       22003  the mean of leaves is beyond float8
---              22004  feature_names contains NULL
---              22023  an option is unknown, out of range or not used; not as many
---                     names as elements; the model has no such tree
---              42804  not a model of trees
---              54000  a chart above 16 MB
CREATE FUNCTION tree_svg(
	model segment_model, options jsonb DEFAULT '{}', tree bigint DEFAULT 1, feature_names text[] DEFAULT '{}'
) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_tree_svg' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION tree_svg(segment_model, jsonb, bigint, text[]) IS 'a decision tree as an SVG';
