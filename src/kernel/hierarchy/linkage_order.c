/*-------------------------------------------------------------------------
 *
 * linkage_order.c
 *	  Merges in the order of their heights, with clusters numbered as they are
 *	  made.
 *
 * src/kernel/hierarchy/linkage_order.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/radix_sort.h"
#include "kernel/hierarchy/linkage.h"

/*
 * The top of a cluster: union-find with halved paths.
 */
static int32_t
find_top(int32_t *parent, int32_t at)
{
	while (parent[at] != at)
	{
		parent[at] = parent[parent[at]];
		at = parent[at];
	}
	return at;
}

static SegStatus
sort_by_height(SegEnv *env, const SegMerge *merges, int64_t count,
               SegRadixItem **result)
{
	SegRadixItem *items;
	SegRadixItem *scratch;

	SEG_ALLOC(env, items, count);
	SEG_ALLOC(env, scratch, count);
	for (int64_t i = 0; i < count; i++)
		items[i] =
			(SegRadixItem){seg_radix_key(merges[i].height), {.index = i}};
	SEG_TRY(seg_radix_sort(env, items, scratch, count));
	*result = items;
	return SEG_OK;
}

SegStatus
seg_linkage_order(SegEnv *env, const SegMerge *merges, int64_t n,
                  int32_t *first, int32_t *second, double *heights)
{
	SegRadixItem *items;
	int32_t *parent;

	SEG_TRY(sort_by_height(env, merges, n - 1, &items));
	SEG_ALLOC(env, parent, 2 * n - 1);
	for (int64_t i = 0; i < 2 * n - 1; i++)
		parent[i] = (int32_t) i;
	for (int64_t i = 0; i < n - 1; i++)
	{
		const SegMerge *merge = &merges[items[i].index];
		int32_t a = find_top(parent, merge->a);
		int32_t b = find_top(parent, merge->b);

		first[i] = a < b ? a : b;
		second[i] = a < b ? b : a;
		heights[i] = merge->height;
		parent[a] = parent[b] = (int32_t) (n + i);
	}
	return SEG_OK;
}
