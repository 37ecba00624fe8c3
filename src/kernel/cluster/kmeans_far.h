/*-------------------------------------------------------------------------
 *
 * kmeans_far.h
 *	  The rows farthest from their centers, which clusters without rows take
 *	  over.
 *
 * src/kernel/cluster/kmeans_far.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KMEANS_FAR_H
#define SEG_KERNEL_KMEANS_FAR_H

#include "base/env.h"

typedef struct SegFarRow
{
	double square;
	uint16_t label;
	double *x; /* a copy, with its weight */
} SegFarRow;

extern SegStatus
seg_far_create(SegEnv *env, int64_t n, int64_t stride, SegFarRow **far);
extern void seg_far_clear(SegFarRow *far, int64_t n);

/*
 * Keep the n farthest rows, farthest first; earlier rows win ties.  Only for a
 * row that is farther than the last one.
 */
extern void seg_far_keep(SegFarRow *far, int64_t n, double square,
                         uint16_t label, const double *x, int64_t stride);

#endif /* SEG_KERNEL_KMEANS_FAR_H */
