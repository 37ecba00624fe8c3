--- feature_importance(model segment_model) -> rows (feature, gain, splits)
---                                                                      since 0.1.0
---
--- How much does a model of trees use each element?
---
--- Output       feature  name of the element, or its number when the model has no names
---              gain     share of the loss taken away by all splits that is due to
---                       splits on this element; adds up to 1
---              splits   how many splits are on it
--- Bias         elements with many values have more ways to gain by chance than those
---              with few, and of two alike elements either may be chosen
--- Errors       42804  not a model of trees
CREATE FUNCTION feature_importance(
	model segment_model,
	OUT feature text, OUT gain float8, OUT splits bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_feature_importance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION feature_importance(segment_model) IS 'how much a model of trees uses each element';

--- tree_rules(model segment_model)
---   -> rows (tree, leaf, rule, share, prediction, class)                since 0.1.0
---
--- The rules of a model of trees: one row per leaf.
---
--- Output       tree        from 1
---              leaf        from 1, left to right
---              rule        conditions that lead to the leaf, as text:
---                          "spend > 312 and days_away <= 20"; "all" for a tree
---                          without splits. v[i] is element i of a model without
---                          names. Every split also sends missing elements to a
---                          side, which the text says only where it tells them from
---                          all numbers: "rating is missing"
---              share       of the weight of the training rows
---              prediction  the mean label, or the share of class; of a boosted model
---                          what the leaf adds to the score (of class)
---              class       the most frequent one; NULL for numbers, and for a boosted
---                          model of two classes, whose score is the log-odds of the
---                          second
--- Errors       42804  not a model of trees
CREATE FUNCTION tree_rules(
	model segment_model,
	OUT tree bigint, OUT leaf bigint, OUT rule text, OUT share float8, OUT prediction float8, OUT class text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_tree_rules' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION tree_rules(segment_model) IS 'the rules of a model of trees, one row per leaf';
