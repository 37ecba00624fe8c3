/*-------------------------------------------------------------------------
 *
 * tree_split.h
 *	  The best way to divide the rows of a node in two.
 *
 * src/kernel/tree/tree_split.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_SPLIT_H
#define SEG_KERNEL_TREE_SPLIT_H

#include "kernel/tree/tree_histogram.h"

/* What a split must respect. */
typedef struct SegSplitRules
{
	int64_t min_leaf_rows;
	double min_leaf_hessian;
	double l2;
	const signed char *monotone; /* per element: -1, 0 or 1; NULL: none */
} SegSplitRules;

/* What a value in a node may be: its ancestors' splits are monotone. */
typedef struct SegRange
{
	double low;
	double high;
} SegRange;

typedef struct SegSplit
{
	double gain; /* loss taken away; 0: there is no split */
	int32_t element;
	int32_t bin; /* the last one that goes left */
	bool missing_left;
	double left_value; /* the best values; one output only */
	double right_value;
} SegSplit;

/* The best value of a node, of one output. */
extern double
seg_split_value(const SegTreeData *data, const SegSplitRules *rules,
                const SegSum *sum, SegRange range);

/*
 * Improve on the best split so far with those of an element. sums: of its bins;
 * node: of all rows; scratch: room for four sums.
 */
extern void
seg_split_element(const SegTreeData *data, const SegSplitRules *rules,
                  int32_t element, const SegSum *sums, const SegSum *node,
                  SegRange range, SegSum *scratch, SegSplit *best);

#endif /* SEG_KERNEL_TREE_SPLIT_H */
