/*-------------------------------------------------------------------------
 *
 * itemset_walk.h
 *	  A walk through the sets of a model, with their subsets.
 *
 * src/kernel/pattern/itemset_walk.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ITEMSET_WALK_H
#define SEG_KERNEL_ITEMSET_WALK_H

#include "kernel/pattern/itemset.h"

typedef struct SegItemsetWalk
{
	SegEnv *env;
	const SegItemset *model;
	SegItemTreeIndex index;
	SegItemSubsets subsets;
	int64_t steps;
} SegItemsetWalk;

extern SegStatus seg_itemset_walk_begin(SegEnv *env, const SegItemset *model,
                                        SegItemsetWalk *walk);

/*
 * Go to a set whose parent is on the way to the last one: its n subsets that lack
 * one of its items.
 */
extern SegStatus seg_itemset_walk_to(SegItemsetWalk *walk, int64_t node,
                                     const int32_t **subsets, int32_t *n);

/* Item i of the way to the walk's current set. */
static inline int32_t
seg_itemset_walk_item(const SegItemsetWalk *walk, int32_t i)
{
	return walk->model->node_items[walk->subsets.way[i]];
}

#endif /* SEG_KERNEL_ITEMSET_WALK_H */
