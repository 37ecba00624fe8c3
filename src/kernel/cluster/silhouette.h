/*-------------------------------------------------------------------------
 *
 * silhouette.h
 *	  How much nearer rows are to their own group than to the next one.
 *
 * src/kernel/cluster/silhouette.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SILHOUETTE_H
#define SEG_KERNEL_SILHOUETTE_H

#include "base/rows.h"

/* Most rows that are compared; fewer when they have many elements. */
#define SEG_SILHOUETTE_MAX_ROWS  20000
#define SEG_SILHOUETTE_MAX_CELLS (INT64_C(1) << 24)

/* Mean silhouette of rows whose label follows the vector. */
extern SegStatus seg_silhouette(SegEnv *env, SegRows *rows, double *result);

/* The simplified silhouette of one row, from its two least squared distances. */
extern double seg_simplified_silhouette(double nearest, double second);

#endif /* SEG_KERNEL_SILHOUETTE_H */
