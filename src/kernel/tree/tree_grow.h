/*-------------------------------------------------------------------------
 *
 * tree_grow.h
 *	  Growing one tree.
 *
 * src/kernel/tree/tree_grow.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_GROW_H
#define SEG_KERNEL_TREE_GROW_H

#include "kernel/tree/tree_split.h"

/* How far a tree grows, the same for all trees of a model. */
typedef struct SegGrowth
{
	SegSplitRules rules;
	int64_t max_depth;
	int64_t max_leaves;         /* 0: no limit */
	int64_t features_per_split; /* drawn at random for each node; 0: all */
	uint64_t seed;
} SegGrowth;

typedef struct SegNode
{
	int32_t element; /* -1: a leaf */
	int32_t bin;     /* the last one that goes left */
	bool missing_left;
	int32_t link; /* first child, or number of the leaf */
	double gain;
	int64_t low; /* its rows: from low up to high - 1 */
	int64_t high;
	double value; /* of one output */
	SegRange range;
} SegNode;

/* A tree being grown, and room to grow one after another. */
typedef struct SegGrower
{
	const SegTreeData *data;
	const SegGrowth *growth;
	uint32_t *rows; /* those of a node stand together, in ascending order */
	int64_t number; /* of the tree, for random draws */

	SegNode *nodes;
	int32_t *order; /* scratch for who stores the tree: one per node */
	int64_t n_nodes;
	int64_t room;
	int64_t leaves;

	struct SegOpenNode *open; /* nodes with a split; a heap, or a stack */
	int64_t n_open;
	int64_t open_room;

	uint32_t *moved; /* rows on their way to the right child */
	SegGradient *gathered;
	SegSum *sums;             /* scratch for splits */
	SegSum *scratch;          /* a histogram that is not kept */
	SegSum **free_histograms; /* those kept before */
	int64_t n_free;
	int64_t n_histograms; /* made so far */
	int64_t most_histograms;
	int32_t *drawn; /* elements in random order */
	int32_t *sorted;
} SegGrower;

/* rows has room for n of them: the rows that any tree is grown from. */
extern SegStatus
seg_grower_make(SegEnv *env, const SegTreeData *data, const SegGrowth *growth,
                int64_t n, SegGrower *grower);

/* Grow a tree from the first n of grower->rows, which ascend. */
extern SegStatus
seg_grow(SegEnv *env, SegGrower *grower, int64_t n, int64_t number);

/* The leaf of any row. */
extern const SegNode *seg_grower_leaf(const SegGrower *grower, int64_t row);

#endif /* SEG_KERNEL_TREE_GROW_H */
