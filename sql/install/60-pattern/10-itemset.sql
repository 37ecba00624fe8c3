--- itemset_options(min_support float8, max_length bigint, target text, algorithm text) -> jsonb
---                                                                      since 0.1.0
---
--- Builds the options of itemset_train by name; those left out keep their defaults.
---
---   option       default  range       meaning
---   min_support  0.01     above 0, 1  share of the baskets that a set must be in
---   max_length   0        0 to 1e6    maximum items in a set; 0: any number
---   target       all                  all: every frequent set; closed: those to which
---                                     no item can be added without losing a basket;
---                                     maximal: without the set becoming rare
---   algorithm    eclat                eclat, fp_growth or apriori: the result is the
---                                     same; eclat is fastest and needs least
CREATE FUNCTION itemset_options(
	min_support float8 DEFAULT NULL,
	max_length bigint DEFAULT NULL,
	target text DEFAULT NULL,
	algorithm text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'min_support', min_support, 'max_length', max_length, 'target', target, 'algorithm', algorithm));
COMMENT ON FUNCTION itemset_options(float8, bigint, text, text) IS 'options of itemset_train by name';

CREATE FUNCTION itemset_train_trans(internal, anyarray) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_itemset_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION itemset_train_trans(internal, anyarray, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_itemset_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION itemset_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_itemset_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- itemset_train(items anyarray [, options jsonb]) -> segment_model      since 0.1.0
---
--- Finds the sets of items that occur together in many baskets.
---
--- Input        items      one basket per row: what a user bought, what an order
---                         holds; an array of any type; if it has several
---                         dimensions, all its elements.  An item counts once for a
---                         basket, however often it is there; NULL items are left
---                         out.  An empty basket counts as one; a NULL one is
---                         skipped
---              options    see itemset_options
--- Output       a frequent-itemset model: the sets with their counts, rows_used,
---              rows_skipped, min_count, set_count, longest; NULL when no basket was
---              seen
--- Frequent     a set is frequent if at least min_count baskets have all its items;
---              min_count is ceil(min_support * baskets), at least 1
--- Exact        all such sets, and no others
--- Repeatable   the same baskets and options give the same bits in any order and plan
--- Ids          items of type smallint, int and bigint are numbers; all others are
---              their text, compared in byte order: date and time as ISO 8601,
---              numeric without trailing zeros.  '7' finds item 7 of a model, and
---              '007' does not
--- Cost         memory 12 bytes per item and per basket plus the distinct items, in
---              segment.training_memory, and as much again for the search; a model
---              takes 12 bytes per set.  Time grows with the number of sets
--- Errors       22023  an option is out of range, or options are not the same for
---                     all rows
---              54000  the rows do not fit into segment.training_memory, or the
---                     sets do not fit into it and segment.max_model_size:
---                     5,500,000 at most
--- Source       Zaki (2000), Eclat; Han, Pei & Yin (2000), FP-growth; Agrawal &
---              Srikant (1994), Apriori; Zaki & Hsiao (2005), closed sets
CREATE AGGREGATE itemset_train(items anyarray) (
	SFUNC = itemset_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = itemset_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE itemset_train(items anyarray, options jsonb) (
	SFUNC = itemset_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = itemset_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE itemset_train(anyarray) IS 'frequent itemsets of baskets, one basket per row';
COMMENT ON AGGREGATE itemset_train(anyarray, jsonb) IS 'frequent itemsets of baskets, one basket per row';

--- frequent_itemsets(model segment_model [, witness anycompatible])
---   -> rows (items, support_count bigint, support float8)              since 0.1.0
---
--- The sets in a model, ordered by size, then the most frequent first, then by
--- their items.
---
--- Input        model          a frequent-itemset model
---              witness        a value of the type of the items, which may be NULL:
---                             frequent_itemsets(model, NULL::bigint)
--- Output       items          text[], or an array of the witness's type;
---                             ascending: numbers by value, text in byte order
---              support_count  baskets with all of them
---              support        the share of all baskets
--- Errors       42804  not a frequent-itemset model
---              22P02  an item is not a value of the witness's type, or would come
---                     back as another: '007' as an integer
CREATE FUNCTION frequent_itemsets(
	model segment_model,
	OUT items text[], OUT support_count bigint, OUT support float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_frequent_itemsets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
CREATE FUNCTION frequent_itemsets(
	model segment_model, witness anycompatible,
	OUT items anycompatiblearray, OUT support_count bigint, OUT support float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_frequent_itemsets' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION frequent_itemsets(segment_model) IS 'itemsets in a model';
COMMENT ON FUNCTION frequent_itemsets(segment_model, anycompatible) IS 'itemsets in a model, items of the type of the witness';
