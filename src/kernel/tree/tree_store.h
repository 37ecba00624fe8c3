/*-------------------------------------------------------------------------
 *
 * tree_store.h
 *	  The trees of a model while it is trained.
 *
 * src/kernel/tree/tree_store.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_STORE_H
#define SEG_KERNEL_TREE_STORE_H

#include "kernel/tree/tree.h"
#include "kernel/tree/tree_grow.h"

typedef struct SegTreeStore
{
	int64_t dim;
	int64_t leaf_width;
	int64_t trees;
	int64_t nodes;
	int64_t leaves;
	int64_t room;  /* for nodes, and leaves */
	int64_t root;  /* of the tree being written */
	int64_t child; /* of its next split */
	int32_t *tree_ends;
	int32_t *features;
	int32_t *links;
	int32_t *missing_left;
	double *thresholds;
	double *covers;
	double *values;
	double *gains; /* per node */
} SegTreeStore;

extern SegStatus
seg_tree_store_make(SegEnv *env, int64_t dim, int64_t leaf_width,
                    int64_t most_trees, SegTreeStore *store);

/*
 * Write a tree of so many nodes, level by level: each is a split or a leaf, of
 * these rows (their weight) and leaf_width numbers.
 */
extern SegStatus
seg_tree_store_begin(SegEnv *env, SegTreeStore *store, int64_t nodes);
extern void
seg_tree_store_split(SegTreeStore *store, int32_t element, double threshold,
                     bool missing_left, double gain);
extern void
seg_tree_store_leaf(SegTreeStore *store, double cover, const double *values);
extern void seg_tree_store_end(SegTreeStore *store);

/*
 * Add the tree that was grown. covers: the weight of the rows of each leaf;
 * values: leaf_width numbers for each.
 */
extern SegStatus
seg_tree_store_add(SegEnv *env, SegTreeStore *store, const SegGrower *grower,
                   const double *covers, const double *values);

/* Keep the first trees only. */
extern void seg_tree_store_cut(SegTreeStore *store, int64_t trees);

/* Hand the trees over to a model, whose base and scores are set. */
extern SegStatus
seg_tree_store_finish(SegEnv *env, const SegTreeStore *store, SegTree *model);

#endif /* SEG_KERNEL_TREE_STORE_H */
