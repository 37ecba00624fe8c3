/*-------------------------------------------------------------------------
 *
 * frequent_sequence.c
 *	  Frequent sequences: options, model, training, and the sequences in order.
 *
 * A sequence is in a path if its items are there in this order, whatever stands
 * between them; with max_gap, each at most that many places after the one
 * before.  It is frequent if it is in enough paths; how often in one path does
 * not matter.
 *
 * src/kernel/pattern/frequent_sequence.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/frequent_sequence.h"

#include "kernel/pattern/frequent_sequence_mining.h"
#include "base/tags.h"

#define OPTION(member) offsetof(SegSequenceParams, member)

/* clang-format off */
const SegOption seg_frequent_sequence_options[] = {
	/* zero is refused with its reason: see seg_frequent_sequence_check */
	{"min_support", SEG_OPTION_REAL, OPTION(min_support), 0.01, -1e300, 1e300, NULL,
		"share of the paths that a sequence must be in"},
	{"max_length", SEG_OPTION_INT, OPTION(max_length), 0, 0, 1e6, NULL,
		"most items of a sequence; 0: any number"},
	{"max_gap", SEG_OPTION_INT, OPTION(max_gap), 0, 0, 1e6, NULL,
		"most places from one item to the next; 1: one behind the other; 0: any number"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegFrequentSequence, rows_used, 0, INT32_MAX),
	SEG_INT(SegFrequentSequence, rows_skipped, 0, 9007199254740992.0),
	SEG_INT(SegFrequentSequence, min_count, 1, INT32_MAX),
	SEG_INT(SegFrequentSequence, max_gap, 0, 1e6),
	SEG_INT(SegFrequentSequence, item_count, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegFrequentSequence, longest, 0, SEG_ITEM_TREE_MAX),
	SEG_INT(SegFrequentSequence, id_numbers, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegFrequentSequence, id_texts, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegFrequentSequence, sequence_count, 0, SEG_ITEM_TREE_MAX),
	SEG_JSON_FIELD(SegFrequentSequence, options),
	SEG_TEXT_FIELD(SegFrequentSequence, version),
	SEG_INTS(SegFrequentSequence, item_numbers, id_numbers, -9223372036854775808.0, 9223372036854775807.0),
	SEG_IDS_FIELD(SegFrequentSequence, item_texts, id_texts, SEG_FEW),
	SEG_INT32S(SegFrequentSequence, node_items, sequence_count, 0, INT32_MAX),
	SEG_INT32S(SegFrequentSequence, node_counts, sequence_count, 1, INT32_MAX),
	SEG_INT32S(SegFrequentSequence, node_parents, sequence_count, SEG_ITEM_TREE_TOP, INT32_MAX),
	SEG_FIELD_END
};
/* clang-format on */

/* ---------- the model ---------- */

SegIds
seg_frequent_sequence_ids(const SegFrequentSequence *model)
{
	return (SegIds){model->item_count,
	                model->id_numbers > 0 ? model->item_numbers : NULL,
	                model->item_texts};
}

SegItemTree
seg_frequent_sequence_tree(const SegFrequentSequence *model)
{
	return (SegItemTree){model->sequence_count,
	                     model->node_items,
	                     model->node_counts,
	                     model->node_parents};
}

static bool
frequent_sequence_is_sound(const void *value)
{
	const SegFrequentSequence *m = value;
	SegIds ids = seg_frequent_sequence_ids(m);
	SegItemTree tree = seg_frequent_sequence_tree(m);
	int64_t items = 0;

	if (!seg_ids_are_sound(&ids, m->id_numbers, m->id_texts))
		return false;
	if (!seg_item_tree_is_sound(&tree, m->item_count, NULL))
		return false;
	for (int64_t i = 0; i < tree.n; i++)
	{
		if (tree.counts[i] < m->min_count || tree.counts[i] > m->rows_used)
			return false;
		items += tree.parents[i] == SEG_ITEM_TREE_TOP;
	}
	return items == m->item_count && seg_item_tree_longest(&tree) == m->longest;
}

const SegMethod seg_frequent_sequence_method = {SEG_TAG_FREQUENT_SEQUENCE,
                                                1,
                                                false,
                                                "frequent_sequence",
                                                "frequent-sequence model",
                                                fields,
                                                sizeof(SegFrequentSequence),
                                                frequent_sequence_is_sound,
                                                NULL};

/* ---------- training ---------- */

SegStatus
seg_frequent_sequence_check(SegEnv *env, const SegSequenceParams *params)
{
	if (!(params->min_support > 0.0 && params->min_support <= 1.0))
		return seg_fail_facts(env,
		                      SEG_SHARE_RANGE,
		                      (SegDiag){.what = "min_support",
		                                .name = "paths",
		                                .got = params->min_support});
	return SEG_OK;
}

SegStatus
seg_frequent_sequence_train(SegEnv *env, const SegItemRows *rows,
                            const SegSequenceParams *params,
                            SegFrequentSequence *model)
{
	int32_t min_count = seg_item_rows_share(rows, params->min_support);
	SegPaths paths;
	SegIds ids;
	SegItemTreeWriter writer;
	SegItemTree tree;

	SEG_TRY(seg_frequent_sequence_check(env, params));
	SEG_TRY(seg_paths_make(env,
	                       rows,
	                       min_count,
	                       (int32_t) params->max_gap,
	                       &paths,
	                       &ids));
	if (params->max_length > 0)
		paths.most = (int32_t) params->max_length;
	seg_item_tree_begin(&writer,
	                    env,
	                    rows->most_nodes,
	                    rows->limited_by,
	                    "sequences");
	SEG_TRY(
		seg_name_options(env,
	                     seg_prefix_span(env, &paths, rows->most_work, &writer),
	                     "\"min_support\" or \"max_length\""));
	SEG_TRY(seg_item_tree_end(&writer, &tree));
	model->rows_used = rows->lists->n;
	model->min_count = min_count;
	model->max_gap = params->max_gap;
	model->item_count = ids.count;
	model->item_numbers = ids.numbers;
	model->id_numbers = ids.numbers != NULL ? ids.count : 0;
	model->item_texts = ids.names;
	model->id_texts = ids.numbers != NULL ? 0 : ids.count;
	model->longest = seg_item_tree_longest(&tree);
	model->sequence_count = tree.n;
	model->node_items = tree.items;
	model->node_counts = tree.counts;
	model->node_parents = tree.parents;
	return SEG_OK;
}

/* ---------- reading ---------- */

SegStatus
seg_frequent_sequence_order(SegEnv *env, const SegFrequentSequence *model,
                            int64_t **order)
{
	SegItemTree tree = seg_frequent_sequence_tree(model);
	int64_t n;
	int32_t *depths;

	SEG_ALLOC(env, depths, tree.n);
	(void) seg_item_tree_depths(&tree, depths);
	return seg_item_tree_order(env, &tree, depths, order, &n);
}

/* ---------- the trainer ---------- */

static SegStatus
frequent_sequence_check(SegEnv *env, const void *params)
{
	return seg_frequent_sequence_check(env, params);
}

static SegStatus
frequent_sequence_train(SegEnv *env, void *rows, const void *params,
                        void *model)
{
	return seg_frequent_sequence_train(env, rows, params, model);
}

const SegTrainer seg_frequent_sequence_trainer =
	{.method = &seg_frequent_sequence_method,
     .columns = {{SEG_COLUMN_OTHER}},
     .options = seg_frequent_sequence_options,
     .params_size = sizeof(SegSequenceParams),
     .check = frequent_sequence_check,
     .train = frequent_sequence_train};
