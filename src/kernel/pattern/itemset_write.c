/*-------------------------------------------------------------------------
 *
 * itemset_write.c
 *	  Write sets that were found in no useful order as a tree.
 *
 * They are sorted, and each is written below what it has in common with the one
 * before.
 *
 * src/kernel/pattern/itemset_write.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/sort.h"
#include "kernel/pattern/itemset_mining.h"

static int
compare_sets(const void *of, int64_t a, int64_t b)
{
	const int32_t *const *sets = of; /* how many words, count, items */
	const int32_t *x = sets[a];
	const int32_t *y = sets[b];
	int32_t shorter = x[0] < y[0] ? x[0] : y[0];

	for (int32_t i = 2; i <= shorter; i++)
	{
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return (x[0] > y[0]) - (x[0] < y[0]);
}

/*
 * Write a set below what it has in common with the one before; nodes are those
 * of the latter.
 */
static SegStatus
write_set(SegItemTreeWriter *writer, const int32_t *set, const int32_t *before,
          int64_t *nodes)
{
	int32_t length = set[0] - 1;
	int32_t common = 0;

	if (before != NULL)
	{
		while (common < before[0] - 1 && common < length &&
		       before[common + 2] == set[common + 2])
			common++;
	}
	for (int32_t i = common; i < length; i++)
	{
		nodes[i] = writer->n;
		SEG_TRY(seg_item_tree_add(writer,
		                          set[i + 2],
		                          i == length - 1 ? set[1] : 0,
		                          i > 0 ? nodes[i - 1] : SEG_ITEM_TREE_TOP));
	}
	return SEG_OK;
}

SegStatus
seg_itemset_write(SegEnv *env, const SegItemLists *found, int32_t most,
                  SegItemTreeWriter *writer)
{
	SegItemWalk walk = seg_item_walk(found);
	int64_t n = 0;
	int64_t *order;
	int64_t *nodes;
	const int32_t **sets;
	const int32_t *items;
	int32_t length;

	SEG_ALLOC(env, order, found->n);
	SEG_ALLOC(env, sets, found->n);
	SEG_ALLOC(env, nodes, most);
	while (seg_item_walk_next(&walk, &items, &length))
	{
		order[n] = n;
		sets[n++] = items - 1; /* from its number of words on */
	}
	SEG_TRY(seg_sort(env, order, n, compare_sets, sets));
	for (int64_t i = 0; i < n; i++)
		SEG_TRY(write_set(writer,
		                  sets[order[i]],
		                  i > 0 ? sets[order[i - 1]] : NULL,
		                  nodes));
	return SEG_OK;
}
