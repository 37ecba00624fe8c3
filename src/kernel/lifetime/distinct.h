/*-------------------------------------------------------------------------
 *
 * distinct.h
 *	  The distinct rows of a stream, in ascending order, with their weights.
 *
 * src/kernel/lifetime/distinct.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_DISTINCT_H
#define SEG_KERNEL_DISTINCT_H

#include "base/rows.h"

/*
 * A table of n rows: "columns" doubles, then the weight.  Rows ascend by their
 * first column, then the second, and so on; none are equal.
 */
typedef struct SegDistinct
{
	SegRows *rows;
	int32_t columns;
	int64_t limit; /* most rows of a table */
	double *x;     /* n rows of columns + 1 */
	int64_t n;
	bool is_last; /* there are no more tables */

	/* private */
	bool is_weighted;
	int64_t capacity;
	double *other; /* as large as x */
	int64_t *order;
	SegBlock block;
	int64_t at; /* in the block */
} SegDistinct;

/*
 * An extra column of the rows is their weight; otherwise they weigh 1.  A
 * stream of few distinct rows makes one table, the same for weighted rows as if
 * each had come as often as its weight says.  Other streams make several, whose
 * rows may be equal; these tables depend on the canonical order of the rows.
 */
extern SegStatus seg_distinct_open(SegEnv *env, SegRows *rows, int64_t limit,
                                   SegDistinct *table);

/* Start again, with tables of another size, no larger than the first. */
extern void seg_distinct_rewind(SegDistinct *table, int64_t limit);

/* Read the next table; *is_read is false at the end. */
extern SegStatus
seg_distinct_next(SegEnv *env, SegDistinct *table, bool *is_read);

#endif /* SEG_KERNEL_DISTINCT_H */
