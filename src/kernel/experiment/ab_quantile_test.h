/*-------------------------------------------------------------------------
 *
 * ab_quantile_test.h
 *	  Do quantiles of the variants of an experiment differ from those of its
 *	  control?
 *
 * src/kernel/experiment/ab_quantile_test.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_AB_QUANTILE_TEST_H
#define SEG_KERNEL_AB_QUANTILE_TEST_H

#include "kernel/experiment/ab_quantile_state.h"
#include "kernel/experiment/ab_test.h"

typedef struct SegAbQuantileOptions
{
	double quantile;
	int64_t control; /* a variant of the state */
	double confidence;
	SegAbAdjustment adjustment;
	const double *shares; /* as in ab_test.h */
	int64_t share_count;
} SegAbQuantileOptions;

/* What cannot be told is seg_missing(). */
typedef struct SegAbQuantileComparison
{
	int64_t n;
	double value; /* the quantile */
	double value_low;
	double value_high;
	double difference; /* from the control, as all that follows */
	double low;
	double high;
	double lift;
	double lift_low;
	double lift_high;
	double p_value;
	double adjusted_p_value;
} SegAbQuantileComparison;

typedef struct SegAbQuantileTest
{
	SegAbQuantileComparison *variants; /* as in the state */
	double mismatch_p_value;           /* of the sample-ratio check */
} SegAbQuantileTest;

extern SegStatus
seg_ab_quantile_test(SegEnv *env, const SegAbQuantileState *state,
                     const SegAbQuantileOptions *options,
                     SegAbQuantileTest *result);

#endif /* SEG_KERNEL_AB_QUANTILE_TEST_H */
