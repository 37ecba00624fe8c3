/*-------------------------------------------------------------------------
 *
 * tree_rows.h
 *	  Training rows in the form that trees are grown from.
 *
 * src/kernel/tree/tree_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_ROWS_H
#define SEG_KERNEL_TREE_ROWS_H

#include "kernel/tree/tree.h"
#include "kernel/tree/tree_bins.h"

typedef struct SegTreeRows
{
	int64_t n;
	int64_t classes; /* 0: labels are numbers */
	SegBins bins;
	double *y;       /* the number, or the number of the class */
	double *weights; /* those of row and class; NULL: all are 1 */
	double most_weight;
	double total_weight;
	double mean;                /* of y */
	unsigned char *is_held_out; /* NULL: no row is */
	int64_t held_out;
} SegTreeRows;

static inline double
seg_tree_weight(const SegTreeRows *rows, int64_t i)
{
	return rows->weights != NULL ? rows->weights[i] : 1.0;
}

/* Bytes that a method's training takes per row, besides those of its scores. */
extern int64_t seg_tree_row_bytes(int64_t dim);

/*
 * Read all rows (classes: those of their keys; NULL: labels are numbers), hold out a share of them, and set what the model says of them.
 */
extern SegStatus
seg_tree_read(SegEnv *env, SegRows *source, const SegClassRows *classes,
              const SegTreeParams *params, const char *title,
              double held_out_share, SegTreeRows *rows, SegTree *model);

/* The option "monotone" as an array, NULL if it is not given. */
extern SegStatus
seg_tree_monotone(SegEnv *env, const SegTreeParams *params,
                  const SegTreeRows *rows, const signed char **monotone);

#endif /* SEG_KERNEL_TREE_ROWS_H */
