/*-------------------------------------------------------------------------
 *
 * itemset_walk.c
 *	  A walk through the sets of a model, with their subsets.
 *
 * src/kernel/pattern/itemset_walk.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/itemset_walk.h"

SegStatus
seg_itemset_walk_begin(SegEnv *env, const SegItemset *model,
                       SegItemsetWalk *walk)
{
	SegItemTree tree = seg_itemset_tree(model);

	*walk = (SegItemsetWalk){.env = env, .model = model};
	SEG_TRY(seg_item_tree_index(env, &tree, &walk->index));
	return seg_item_subsets_begin(env,
	                              &walk->index,
	                              (int32_t) model->longest,
	                              &walk->subsets);
}

static SegStatus
itemset_walk_corrupt(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, seg_itemset_method.title, field);
}

/*
 * A model from outside may lack a subset, or have one in fewer baskets: its
 * validation looks at each way alone.
 */
SegStatus
seg_itemset_walk_to(SegItemsetWalk *walk, int64_t node, const int32_t **subsets,
                    int32_t *n)
{
	const int32_t *counts = walk->model->node_counts;

	*subsets = seg_item_subsets_next(&walk->subsets, node);
	if (*subsets == NULL)
		return itemset_walk_corrupt(walk->env, "node_items");
	*n = walk->subsets.length;
	for (int32_t i = 0; i<*n && * n> 1; i++)
	{
		if (counts[(*subsets)[i]] < counts[node])
			return itemset_walk_corrupt(walk->env, "node_counts");
	}
	return seg_count_steps(walk->env, &walk->steps, 8 * (int64_t) *n);
}
