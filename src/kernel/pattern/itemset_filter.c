/*-------------------------------------------------------------------------
 *
 * itemset_filter.c
 *	  Closed and maximal itemsets, by definition, from all frequent ones.
 *
 * A subset that lacks one item of a frequent set is not maximal and, if both
 * are in equally many baskets, not closed.
 *
 * src/kernel/pattern/itemset_filter.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/itemset_mining.h"

/*
 * Unmark the subsets that are not wanted.  Sets too long to be listed still
 * rule out theirs.
 */
static SegStatus
mark_subsets(SegEnv *env, const SegItemTree *all, bool is_maximal, bool *wanted)
{
	SegItemTreeIndex index;
	SegItemSubsets walk;
	int64_t steps = 0;
	int32_t *depths;

	SEG_ALLOC(env, depths, all->n);
	SEG_TRY(seg_item_tree_index(env, all, &index));
	SEG_TRY(seg_item_subsets_begin(env,
	                               &index,
	                               seg_item_tree_depths(all, depths),
	                               &walk));
	for (int64_t node = 0; node < all->n; node++)
	{
		const int32_t *subsets = seg_item_subsets_next(&walk, node);

		SEG_TRY(seg_count_steps(env, &steps, 4 * walk.length));
		for (int32_t i = 0; i < walk.length && walk.length > 1; i++)
		{
			if (is_maximal || all->counts[subsets[i]] == all->counts[node])
				wanted[subsets[i]] = false;
		}
	}
	return SEG_OK;
}

/*
 * Write the sets that are wanted, and the ways to them.
 */
static SegStatus
write_wanted(SegEnv *env, const SegItemTree *all, const bool *wanted,
             SegItemTreeWriter *writer)
{
	bool *is_way;
	int32_t *number;

	SEG_ALLOC(env, is_way, all->n);
	SEG_ALLOC(env, number, all->n);
	for (int64_t node = all->n - 1; node >= 0; node--)
	{
		is_way[node] |= wanted[node];
		if (is_way[node] && all->parents[node] != SEG_ITEM_TREE_TOP)
			is_way[all->parents[node]] = true;
	}
	for (int64_t node = 0; node < all->n; node++)
	{
		int32_t parent = all->parents[node];

		if (!is_way[node])
			continue;
		number[node] = (int32_t) writer->n;
		SEG_TRY(seg_item_tree_add(writer,
		                          all->items[node],
		                          wanted[node] ? all->counts[node] : 0,
		                          parent == SEG_ITEM_TREE_TOP
		                              ? SEG_ITEM_TREE_TOP
		                              : number[parent]));
	}
	return SEG_OK;
}

SegStatus
seg_itemset_filter(SegEnv *env, const SegItemTree *all, bool is_maximal,
                   int32_t most, SegItemTreeWriter *writer)
{
	int32_t *depths;
	bool *wanted;

	SEG_ALLOC(env, depths, all->n);
	SEG_ALLOC(env, wanted, all->n);
	(void) seg_item_tree_depths(all, depths);
	for (int64_t node = 0; node < all->n; node++)
		wanted[node] = depths[node] <= most;
	SEG_TRY(mark_subsets(env, all, is_maximal, wanted));
	return write_wanted(env, all, wanted, writer);
}
