--- association_rules(model segment_model, min_confidence float8
---   [, min_lift float8 [, drop_redundant boolean]])
--- association_rules(model segment_model, min_confidence float8, min_lift float8,
---   witness anycompatible [, drop_redundant boolean])
---   -> rows (antecedent, consequent, support, confidence, lift, leverage, conviction,
---            coverage, support_count)                                  since 0.1.0
---
--- Rules of the form "baskets with these items tend to have that one", from
--- frequent itemsets.
---
--- Input        model          a frequent-itemset model of target all
---              min_confidence 0 to 1
---              min_lift       0 by default
---              witness        a value of the type of the items, which may be NULL:
---                             association_rules(model, 0.5, 0, NULL::int)
---              drop_redundant leave out a rule if one with the same consequent and
---                             only some of its antecedent's items is at least as
---                             confident; false by default
--- Output       antecedent     one or more items, ascending; text[], or an array of
---                             the witness's type
---              consequent     one item more; text, or of the witness's type
---              support        share of the baskets that have all of these items
---              confidence     of the baskets with the antecedent, the share that
---                             have the consequent too
---              lift           confidence / share of all baskets with the
---                             consequent: above 1 they go together, below 1 they
---                             avoid each other
---              leverage       support less what it would be if they were
---                             independent
---              conviction     how much more often the rule would fail if they were
---                             independent: Infinity when it never fails, NULL when
---                             every basket has the consequent
---              coverage       share of the baskets that have the antecedent
---              support_count  baskets that have all of these
--- Order        by confidence, lift and support, highest first; then by antecedent,
---              shorter ones first; then by consequent
--- Output       no rows when the model, min_confidence or min_lift is NULL
--- Errors       22004  drop_redundant is NULL
---              22023  min_confidence or min_lift is out of range
---              22P02  an item is not a value of the witness's type, or would come
---                     back as another: '007' as an integer
---              42804  not a frequent-itemset model
---              54000  more rules than fit into segment.training_memory
---              55000  the model has closed or maximal sets only
--- Source       Agrawal, Imielinski & Swami (1993); Brin et al. (1997);
---              Piatetsky-Shapiro (1991); Bayardo, Agrawal & Gunopulos (2000)
CREATE FUNCTION association_rules(
	model segment_model, min_confidence float8, min_lift float8 DEFAULT 0, drop_redundant boolean DEFAULT false,
	OUT antecedent text[], OUT consequent text,
	OUT support float8, OUT confidence float8, OUT lift float8, OUT leverage float8, OUT conviction float8,
	OUT coverage float8, OUT support_count bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_association_rules' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000;
CREATE FUNCTION association_rules(
	model segment_model, min_confidence float8, min_lift float8, witness anycompatible,
	drop_redundant boolean DEFAULT false,
	OUT antecedent anycompatiblearray, OUT consequent anycompatible,
	OUT support float8, OUT confidence float8, OUT lift float8, OUT leverage float8, OUT conviction float8,
	OUT coverage float8, OUT support_count bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_association_rules' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION association_rules(segment_model, float8, float8, boolean) IS 'association rules of an itemset model';
COMMENT ON FUNCTION association_rules(segment_model, float8, float8, anycompatible, boolean) IS
	'association rules of an itemset model, items of the type of the witness';

--- rule_recommend(model segment_model, basket anycompatiblearray, n bigint
---   [, min_confidence float8 [, min_lift float8]])
---   -> rows (item, score float8, because, rank int)                    since 0.1.0
---
--- What else belongs in a basket: the consequents of the best rules whose
--- antecedents it has.
---
--- Input        model          a frequent-itemset model of target all
---              basket         the items in it, of any type; NULLs and items that
---                             the model does not know are ignored
---              n              maximum number of rows
---              min_confidence, min_lift  of the rules that count, 0 by default
--- Output       item           not in the basket, of the type of its elements
---              score          confidence of the best rule for the item
---              because        the antecedent of that rule
---              rank           1 for the best, 2 for the next, …
--- Best         the highest confidence, then lift, then support; then the shorter
---              antecedent, then the lower items; rows come in this order
--- Output       no rows when no rule fits, or an argument is NULL
--- Cost         rules are arranged once per query, 8 bytes each; then a basket
---              takes a few microseconds
--- Errors       22023  n is negative, or min_confidence or min_lift out of range
---              22P02  an item of the model is not a value of the basket's type, or
---                     would come back as another: '007' as an integer
---              42804  not a frequent-itemset model
---              54000  the rules do not fit into segment.training_memory
---              55000  the model has closed or maximal sets only
CREATE FUNCTION rule_recommend(
	model segment_model, basket anycompatiblearray, n bigint, min_confidence float8 DEFAULT 0, min_lift float8 DEFAULT 0,
	OUT item anycompatible, OUT score float8, OUT because anycompatiblearray, OUT rank int
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_rule_recommend' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;
COMMENT ON FUNCTION rule_recommend(segment_model, anycompatiblearray, bigint, float8, float8) IS 'what else belongs in a basket, by association rules';
