/*-------------------------------------------------------------------------
 *
 * kmeans_columns.h
 *	  A look at the rows before they are clustered.
 *
 * src/kernel/cluster/kmeans_columns.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KMEANS_COLUMNS_H
#define SEG_KERNEL_KMEANS_COLUMNS_H

#include "base/rows.h"

/* What one pass over the rows finds for each element. */
typedef struct SegKMeansColumns
{
	double *shift; /* near the mean; rows are seen relative to it */
	double *low;
	double *high;
	double *sum;      /* of x - shift */
	double *squares;  /* of x - shift */
	double *weight;   /* of the element in distances */
	double total;     /* of the weights of the rows */
	double variation; /* squared deviations from the mean, in the metric */
} SegKMeansColumns;

extern SegStatus
seg_kmeans_check_distinct(SegEnv *env, SegRows *rows, int64_t k);
extern SegStatus
seg_kmeans_columns(SegEnv *env, SegRows *rows, const double *sample, int64_t m,
                   bool standardize, SegKMeansColumns *columns);

#endif /* SEG_KERNEL_KMEANS_COLUMNS_H */
