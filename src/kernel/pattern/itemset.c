/*-------------------------------------------------------------------------
 *
 * itemset.c
 *	  Frequent itemsets: options, model, training, and the sets in order.
 *
 * An itemset is frequent if enough baskets have all of its items; closed, if no
 * item could be added without losing a basket; maximal, if none could be added
 * without becoming rare.  These are properties of the set in the data, whatever
 * max_length says: that only bounds what is listed.
 *
 * Three algorithms find the same sets, and write the same tree.  Eclat is the
 * fast one (itemset_eclat.c; closed and maximal sets: itemset_closed.c).
 * FP-growth and Apriori are here because they search differently, so that each
 * checks the others; for closed and maximal sets they list all, and filter.
 *
 * src/kernel/pattern/itemset.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/itemset.h"

#include "base/radix_sort.h"
#include "base/sort.h"
#include "kernel/pattern/itemset_mining.h"
#include "base/tags.h"

#define OPTION(member) offsetof(SegItemsetParams, member)

static const char *const target_words[] = {"all", "closed", "maximal", NULL};
static const char *const algorithm_words[] = {"eclat",
                                              "fp_growth",
                                              "apriori",
                                              NULL};

/* clang-format off */
const SegOption seg_itemset_options[] = {
	/* zero is refused with its reason: see seg_itemset_check */
	{"min_support", SEG_OPTION_REAL, OPTION(min_support), 0.01, -1e300, 1e300, NULL,
		"share of the baskets that a set must be in"},
	{"max_length", SEG_OPTION_INT, OPTION(max_length), 0, 0, 1e6, NULL,
		"most items of a set; 0: any number"},
	{"target", SEG_OPTION_ENUM, OPTION(target), SEG_ITEMSET_ALL, 0, 0, target_words,
		"all, closed, maximal"},
	{"algorithm", SEG_OPTION_ENUM, OPTION(algorithm), SEG_ITEMSET_ECLAT, 0, 0, algorithm_words,
		"eclat, fp_growth, apriori"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegItemset, rows_used, 0, INT32_MAX),
	SEG_INT(SegItemset, rows_skipped, 0, 9007199254740992.0),
	SEG_INT(SegItemset, min_count, 1, INT32_MAX),
	SEG_INT(SegItemset, item_count, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegItemset, set_count, 0, SEG_ITEM_TREE_MAX),
	SEG_INT(SegItemset, longest, 0, SEG_ITEM_TREE_MAX),
	SEG_BOOL(SegItemset, has_all),
	SEG_INT(SegItemset, id_numbers, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegItemset, id_texts, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegItemset, node_count, 0, SEG_ITEM_TREE_MAX),
	SEG_JSON_FIELD(SegItemset, options),
	SEG_TEXT_FIELD(SegItemset, version),
	SEG_INTS(SegItemset, item_numbers, id_numbers, -9223372036854775808.0, 9223372036854775807.0),
	SEG_IDS_FIELD(SegItemset, item_texts, id_texts, SEG_FEW),
	SEG_INT32S(SegItemset, item_counts, item_count, 1, INT32_MAX),
	SEG_INT32S(SegItemset, node_items, node_count, 0, INT32_MAX),
	SEG_INT32S(SegItemset, node_counts, node_count, 0, INT32_MAX),
	SEG_INT32S(SegItemset, node_parents, node_count, SEG_ITEM_TREE_TOP, INT32_MAX),
	SEG_FIELD_END
};
/* clang-format on */

/* ---------- the model ---------- */

SegIds
seg_itemset_ids(const SegItemset *model)
{
	return (SegIds){model->item_count,
	                model->id_numbers > 0 ? model->item_numbers : NULL,
	                model->item_texts};
}

SegItemTree
seg_itemset_tree(const SegItemset *model)
{
	return (SegItemTree){model->node_count,
	                     model->node_items,
	                     model->node_counts,
	                     model->node_parents};
}

/*
 * If all frequent sets are there, so are all items as sets of one, and all
 * subsets of the longest set.
 */
static bool
all_sets_are_sound(const SegItemset *m)
{
	int64_t items = 0;

	if (m->set_count != m->node_count ||
	    seg_itemset_explodes(m->longest, m->node_count))
		return false;
	for (int64_t i = 0; i < m->node_count; i++)
	{
		if (m->node_parents[i] != SEG_ITEM_TREE_TOP)
			continue;
		if (m->node_counts[i] != m->item_counts[m->node_items[i]])
			return false;
		items++;
	}
	return items == m->item_count;
}

static bool
itemset_is_sound(const void *value)
{
	const SegItemset *m = value;
	SegIds ids = seg_itemset_ids(m);
	SegItemTree tree = seg_itemset_tree(m);

	if (!seg_ids_are_sound(&ids, m->id_numbers, m->id_texts))
		return false;
	for (int64_t i = 0; i < m->item_count; i++)
	{
		if (m->item_counts[i] < m->min_count ||
		    m->item_counts[i] > m->rows_used)
			return false;
	}
	if (!seg_item_tree_is_sound(&tree, m->item_count, m->item_counts))
		return false;
	for (int64_t i = 0; i < tree.n; i++)
	{
		if (tree.counts[i] > m->item_counts[tree.items[i]] ||
		    (tree.counts[i] > 0 && tree.counts[i] < m->min_count))
			return false;
	}
	return seg_item_tree_members(&tree) == m->set_count &&
	       seg_item_tree_longest(&tree) == m->longest &&
	       (m->has_all == 0 || all_sets_are_sound(m));
}

const SegMethod seg_itemset_method = {SEG_TAG_ITEMSET,
                                      1,
                                      false,
                                      "itemset",
                                      "frequent-itemset model",
                                      fields,
                                      sizeof(SegItemset),
                                      itemset_is_sound,
                                      NULL};

/* ---------- training ---------- */

SegStatus
seg_itemset_check(SegEnv *env, const SegItemsetParams *params)
{
	if (!(params->min_support > 0.0 && params->min_support <= 1.0))
		return seg_fail_facts(env,
		                      SEG_SHARE_RANGE,
		                      (SegDiag){.what = "min_support",
		                                .name = "baskets",
		                                .got = params->min_support});
	return SEG_OK;
}

typedef SegStatus (*Algorithm)(SegEnv *env, const SegBaskets *baskets,
                               size_t most_work, SegItemTreeWriter *writer);

/*
 * Find all frequent sets, or only the closed or maximal ones: except in Eclat,
 * by way of all sets up to one item longer.
 */
static SegStatus
itemset_mine(SegEnv *env, const SegItemRows *rows,
             const SegItemsetParams *params, SegBaskets *baskets,
             SegItemTreeWriter *writer)
{
	static const Algorithm algorithms[] = {seg_itemset_eclat,
	                                       seg_itemset_fp_growth,
	                                       seg_itemset_apriori};
	Algorithm algorithm = algorithms[params->algorithm];
	bool is_maximal = params->target == SEG_ITEMSET_MAXIMAL;
	SegItemTreeWriter all_writer;
	SegItemTree all;

	seg_item_tree_begin(writer,
	                    env,
	                    rows->most_nodes,
	                    rows->limited_by,
	                    "itemsets");
	if (params->max_length > 0 && params->max_length < INT32_MAX)
		baskets->most = (int32_t) params->max_length;
	if (params->target == SEG_ITEMSET_ALL)
		return algorithm(env, baskets, rows->most_work, writer);
	if (params->algorithm == SEG_ITEMSET_ECLAT)
		return seg_itemset_closed(env,
		                          baskets,
		                          is_maximal,
		                          rows->most_work,
		                          writer);
	if (baskets->most < INT32_MAX)
		baskets->most++;
	seg_item_tree_begin(&all_writer,
	                    env,
	                    rows->most_nodes,
	                    rows->limited_by,
	                    "itemsets");
	SEG_TRY(algorithm(env, baskets, rows->most_work, &all_writer));
	SEG_TRY(seg_item_tree_end(&all_writer, &all));
	return seg_itemset_filter(env,
	                          &all,
	                          is_maximal,
	                          baskets->most - (baskets->most < INT32_MAX),
	                          writer);
}

/*
 * Number items by their ids instead of ranks.
 */
static SegStatus
name_items(SegEnv *env, const SegBaskets *baskets, const SegIds *ids,
           SegItemTree *tree, SegItemset *model)
{
	int32_t *items = (int32_t *) tree->items;
	int32_t *counts;

	SEG_ALLOC(env, counts, baskets->items);
	for (int32_t r = 0; r < baskets->items; r++)
		counts[baskets->places[r]] = baskets->counts[r];
	for (int64_t i = 0; i < tree->n; i++)
		items[i] = baskets->places[items[i]];
	model->item_count = baskets->items;
	model->item_counts = counts;
	model->item_numbers = ids->numbers;
	model->id_numbers = ids->numbers != NULL ? ids->count : 0;
	model->item_texts = ids->names;
	model->id_texts = ids->numbers != NULL ? 0 : ids->count;
	return SEG_OK;
}

SegStatus
seg_itemset_train(SegEnv *env, const SegItemRows *rows,
                  const SegItemsetParams *params, SegItemset *model)
{
	int32_t min_count = seg_item_rows_share(rows, params->min_support);
	SegBaskets baskets;
	SegIds ids;
	SegItemTreeWriter writer;
	SegItemTree tree;

	SEG_TRY(seg_itemset_check(env, params));
	SEG_TRY(seg_baskets_make(env, rows, min_count, &baskets, &ids));
	SEG_TRY(seg_name_options(env,
	                         itemset_mine(env, rows, params, &baskets, &writer),
	                         "\"min_support\", \"max_length\" or \"target\""));
	SEG_TRY(seg_item_tree_end(&writer, &tree));
	SEG_TRY(name_items(env, &baskets, &ids, &tree, model));
	model->rows_used = baskets.n;
	model->min_count = min_count;
	model->has_all = params->target == SEG_ITEMSET_ALL;
	model->set_count = seg_item_tree_members(&tree);
	model->longest = seg_item_tree_longest(&tree);
	model->node_count = tree.n;
	model->node_items = tree.items;
	model->node_counts = tree.counts;
	model->node_parents = tree.parents;
	return SEG_OK;
}

/* ---------- reading ---------- */

int32_t
seg_itemset_items(const SegItemset *model, int64_t node, int32_t *items)
{
	SegItemTree tree = seg_itemset_tree(model);
	int32_t n = seg_item_tree_way(&tree, node, items);

	seg_radix_sort_int32(items, items + n, n);
	return n;
}

/* Sets of one size and count, with room for the largest group of them. */
typedef struct TiedSets
{
	int64_t size;
	int32_t *items; /* of one set after the other */
	int64_t *order;
	int64_t *sorted;
	int64_t steps;
} TiedSets;

static int
compare_tied(const void *of, int64_t a, int64_t b)
{
	const TiedSets *sets = of;
	const int32_t *x = sets->items + a * sets->size;
	const int32_t *y = sets->items + b * sets->size;

	for (int64_t i = 0; i < sets->size; i++)
	{
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return 0;
}

/*
 * Order n tied sets by their items.
 */
static SegStatus
order_tied(SegEnv *env, const SegItemset *model, TiedSets *sets, int64_t *nodes,
           int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		sets->order[i] = i;
		(void) seg_itemset_items(model, nodes[i], sets->items + i * sets->size);
		SEG_TRY(seg_count_steps(env, &sets->steps, 4 * sets->size));
	}
	SEG_TRY(seg_sort_in(env, sets->order, n, compare_tied, sets, sets->sorted));
	for (int64_t i = 0; i < n; i++)
		sets->sorted[i] = nodes[sets->order[i]];
	for (int64_t i = 0; i < n; i++)
		nodes[i] = sets->sorted[i];
	return SEG_OK;
}

/*
 * How many of n nodes are tied with the first.
 */
static int64_t
count_tied(const SegItemTree *tree, const int32_t *depths, const int64_t *nodes,
           int64_t n)
{
	int64_t tied = 1;

	while (tied < n && depths[nodes[tied]] == depths[nodes[0]] &&
	       tree->counts[nodes[tied]] == tree->counts[nodes[0]])
		tied++;
	return tied;
}

static SegStatus
make_room_for_tied(SegEnv *env, const SegItemTree *tree, const int32_t *depths,
                   const int64_t *nodes, int64_t n, TiedSets *sets)
{
	int64_t most = 0;
	int64_t most_items = 0;
	int64_t tied;

	for (int64_t from = 0; from < n; from += tied)
	{
		int64_t items; /* of all of them, and room to read the last */

		tied = count_tied(tree, depths, nodes + from, n - from);
		items = (tied + 1) * depths[nodes[from]];
		most = tied > most ? tied : most;
		most_items = items > most_items ? items : most_items;
	}
	SEG_ALLOC(env, sets->items, most_items);
	SEG_ALLOC(env, sets->order, most);
	SEG_ALLOC(env, sets->sorted, most);
	return SEG_OK;
}

SegStatus
seg_itemset_order(SegEnv *env, const SegItemset *model, int64_t **order)
{
	SegItemTree tree = seg_itemset_tree(model);
	TiedSets sets = {0};
	int32_t *depths;
	int64_t *nodes;
	int64_t n;
	int64_t tied;

	SEG_ALLOC(env, depths, tree.n);
	(void) seg_item_tree_depths(&tree, depths);
	SEG_TRY(seg_item_tree_order(env, &tree, depths, order, &n));
	nodes = *order;
	SEG_TRY(make_room_for_tied(env, &tree, depths, nodes, n, &sets));
	for (int64_t from = 0; from < n; from += tied)
	{
		tied = count_tied(&tree, depths, nodes + from, n - from);
		sets.size = depths[nodes[from]];
		if (tied > 1)
			SEG_TRY(order_tied(env, model, &sets, nodes + from, tied));
	}
	return SEG_OK;
}

/* ---------- the trainer ---------- */

static SegStatus
itemset_check(SegEnv *env, const void *params)
{
	return seg_itemset_check(env, params);
}

static SegStatus
itemset_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_itemset_train(env, rows, params, model);
}

const SegTrainer seg_itemset_trainer = {.method = &seg_itemset_method,
                                        .columns = {{SEG_COLUMN_OTHER}},
                                        .options = seg_itemset_options,
                                        .params_size = sizeof(SegItemsetParams),
                                        .check = itemset_check,
                                        .train = itemset_train};
