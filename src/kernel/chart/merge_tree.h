/*-------------------------------------------------------------------------
 *
 * merge_tree.h
 *	  The last merges of a hierarchical clustering, with a place for each.
 *
 * src/kernel/chart/merge_tree.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_MERGE_TREE_H
#define SEG_KERNEL_MERGE_TREE_H

#include "kernel/chart/dendrogram.h"

typedef struct SegBranch
{
	int64_t first; /* branch that it is made of, as second; -1: this is a leaf */
	int64_t second; /* below first in the picture */
	int64_t row;    /* the first one of its rows */
	int64_t rows;
	double height;  /* where it was made; 0 for a single row */
	int64_t leaves; /* of the picture */
	double start;   /* where they begin, in leaves from the top */
	double place;   /* of its line */
	int64_t group;  /* cluster that it is in, from 0; -1: it is of several */
} SegBranch;

/*
 * First the leaves, in no order, then the merges; the last one is of all rows. The
 * leaves of a branch are together, those of first above.
 */
typedef struct SegMergeTree
{
	int64_t leaves;
	int64_t count; /* of branches */
	SegBranch *branches;
	double cut; /* a height between the clusters; below 0: there is none */
} SegMergeTree;

/* At most so many leaves: what the last merges merge. */
extern SegStatus seg_merge_tree(SegEnv *env, const SegDendrogram *dendrogram,
                                int64_t most, SegMergeTree *tree);

#endif /* SEG_KERNEL_MERGE_TREE_H */
