/*-------------------------------------------------------------------------
 *
 * sample_size.h
 *	  How many users does an experiment need, and what would it find?
 *
 * src/kernel/experiment/sample_size.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SAMPLE_SIZE_H
#define SEG_KERNEL_SAMPLE_SIZE_H

#include "base/env.h"

/*
 * The variances of one user on which a test of two equal groups rests: if they
 * do not differ (that of a difference), and if they differ by the effect.
 */
typedef struct SegEffect
{
	double effect; /* the difference of the means */
	double null_variance;
	double variance;
} SegEffect;

/* Of shares; SEG_NOT_SHARE unless both lie between 0 and 1. */
extern SegStatus seg_effect_on_share(SegEnv *env, double baseline,
                                     double effect, SegEffect *result);

/* Of means, with a covariate of this correlation with the outcome. */
extern SegStatus
seg_effect_on_mean(SegEnv *env, double deviation, double effect,
                   double correlation, SegEffect *result);

/* Of ratios of means, by the delta method. */
typedef struct SegRatioColumns
{
	double numerator_mean;
	double numerator_deviation;
	double denominator_mean;
	double denominator_deviation;
	double correlation; /* of numerator and denominator */
} SegRatioColumns;

extern SegStatus
seg_effect_on_ratio(SegEnv *env, const SegRatioColumns *columns, double effect,
                    SegEffect *result);

/* Users of each of two groups. */
extern SegStatus
seg_sample_size(SegEnv *env, const SegEffect *effect, double power,
                double significance, int64_t *users);

/* Chance that a test of so many users in each group finds the effect. */
extern SegStatus seg_power(SegEnv *env, const SegEffect *effect, int64_t users,
                           double significance, double *power);

#endif /* SEG_KERNEL_SAMPLE_SIZE_H */
