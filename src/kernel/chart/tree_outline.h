/*-------------------------------------------------------------------------
 *
 * tree_outline.h
 *	  The nodes of a decision tree that a picture has room for, from the root down,
 *	  and what each says.
 *
 * src/kernel/chart/tree_outline.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_OUTLINE_H
#define SEG_KERNEL_TREE_OUTLINE_H

#include "kernel/chart/tree_chart.h"

typedef struct SegOutlineRow
{
	int64_t node;
	int64_t parent; /* its row; -1: this is the root */
	int depth;
	bool is_open;   /* the rows below it are shown */
	int64_t leaves; /* of the node; 1: it is a leaf */
	double share;   /* of the weight of all rows */
	double *scores; /* the mean of its leaves: a number, or one per class */
} SegOutlineRow;

typedef struct SegOutline
{
	int64_t count;
	SegOutlineRow *rows;
	int64_t leaves; /* of the whole tree */
	int deepest;    /* depth of a row */
} SegOutline;

/*
 * At most so many rows that are not open. Splits that take away more of the squared
 * error, for classes of Gini's impurity, are opened first.
 */
extern SegStatus seg_tree_outline(SegEnv *env, const SegTreeOfModel *tree,
                                  int64_t most, SegOutline *outline);

/* The shares of classes at a row, class_count of them. */
extern void seg_outline_classes(const SegTreeOfModel *tree,
                                const SegOutlineRow *row, double *shares);

/*
 * What a row says of its element: the name, and after it "≤ 12.5"; of the root,
 * that it has all rows.
 */
extern SegStatus
seg_outline_rule(SegEnv *env, const SegTreeOfModel *tree,
                 const SegOutline *outline, const SegOutlineRow *row,
                 SegText *name, SegText *comparison);

#endif /* SEG_KERNEL_TREE_OUTLINE_H */
