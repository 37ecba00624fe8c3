/*-------------------------------------------------------------------------
 *
 * cox_rows.h
 *	  Rows of a Cox regression in the form its likelihood needs: from the
 *	  longest duration to the shortest, centered and scaled.
 *
 * src/kernel/survival/cox_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_COX_ROWS_H
#define SEG_KERNEL_COX_ROWS_H

#include "base/radix_sort.h"
#include "base/rows.h"

typedef struct SegCoxRows
{
	int64_t n;
	int64_t dim;
	int64_t events;
	int64_t event_times; /* different ones */
	double *x;           /* n * dim: (element - center) / scale */
	double *times;       /* n, descending; equal where they count as one */
	double longest;      /* duration, as it came */
	char *is_event;      /* n */
	double *center;      /* dim: the mean */
	double *scale;       /* dim: the deviation; 1 if the element never varies */
	double *reference;   /* dim: the mean, or 0 if all are -1, 0 or 1 */
	SegRadixItem *items; /* n: room for sorting */
	SegRadixItem *scratch; /* n */
} SegCoxRows;

/* Bytes of all that per row of dim elements. */
#define SEG_COX_ROWS_BYTES(dim) \
	((int64_t) sizeof(double) * ((dim) + 1) + 1 + \
	 2 * (int64_t) sizeof(SegRadixItem))

extern SegStatus seg_cox_rows(SegEnv *env, SegRows *source, bool timefix,
                              SegCoxRows *result);

#endif /* SEG_KERNEL_COX_ROWS_H */
