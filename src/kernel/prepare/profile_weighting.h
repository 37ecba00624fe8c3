/*-------------------------------------------------------------------------
 *
 * profile_weighting.h
 *	  How features of a profile are placed from 0 to 1, and weighed.
 *
 * src/kernel/prepare/profile_weighting.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PROFILE_WEIGHTING_H
#define SEG_KERNEL_PROFILE_WEIGHTING_H

#include <math.h>

#include "kernel/prepare/profile_weights.h"

/*
 * A feature that is constant, or that no row has, is 0 and has no weight.
 */
static inline double
seg_profile_place(const SegProfileWeights *m, int64_t j, double x)
{
	double low = m->minima[j];
	double high = m->maxima[j];
	double z;

	if (isnan(x))
		return m->fills[j];
	if (!(low < high))
		return 0.0;
	z = (fmin(fmax(x, low), high) - low) / (high - low);
	return m->less_is_better[j] ? 1.0 - z : z;
}

/*
 * The statistics of the features of a model that says how they are placed, and
 * weights, which need not add up to 1. Features that do not vary are left alone.
 * lacking: what there is none of if all weights are 0.
 */
extern SegStatus
seg_profile_weigh(SegEnv *env, SegRows *rows, SegWeighting method,
                  const SegProfileWeights *m, double *statistics,
                  double *weights, const char **lacking);

#endif /* SEG_KERNEL_PROFILE_WEIGHTING_H */
