/*-------------------------------------------------------------------------
 *
 * normal.h
 *	  The standard normal distribution: tails and quantiles.
 *
 * src/base/normal.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_NORMAL_H
#define SEG_BASE_NORMAL_H

#include "base/env.h"

/* Chance of a value at least as far from zero as z, on either side. */
extern double seg_normal_two_sided(double z);

/* The value that is exceeded with this chance, 0 < chance < 1. */
extern double seg_normal_exceeded(double chance);

/* Half the width of an interval around an estimate, in standard errors: 1.96
 * for a confidence of 0.95. SEG_NOT_SHARE unless that lies between 0 and
 * 1. */
extern SegStatus
seg_normal_half_width(SegEnv *env, double confidence, double *half_width);

/* Wilson's score interval for a share among n, at so many standard errors. */
extern void seg_wilson_interval(double share, double n, double z, double *low,
                                double *high);

#endif /* SEG_BASE_NORMAL_H */
