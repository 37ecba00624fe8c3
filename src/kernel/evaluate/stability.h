/*-------------------------------------------------------------------------
 *
 * stability.h
 *	  How far the distribution of a number has moved: the population stability
 *	  index.
 *
 * src/kernel/evaluate/stability.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_STABILITY_H
#define SEG_KERNEL_STABILITY_H

#include "kernel/evaluate/ranked_scores.h"

/*
 * Positives are current rows, negatives those that they are compared with, in at
 * most max_bins bins. SEG_UNDEFINED: one of both is missing.
 */
extern SegStatus
seg_population_stability(SegEnv *env, const SegRankedScores *ranked,
                         int64_t max_bins, double *result);

#endif /* SEG_KERNEL_STABILITY_H */
