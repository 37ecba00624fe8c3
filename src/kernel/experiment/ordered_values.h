/*-------------------------------------------------------------------------
 *
 * ordered_values.h
 *	  A quantile of counted values, and an interval for it.
 *
 * src/kernel/experiment/ordered_values.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ORDERED_VALUES_H
#define SEG_KERNEL_ORDERED_VALUES_H

#include "base/env.h"

typedef struct SegOrderedValues
{
	int64_t n;            /* rows */
	int64_t distinct;     /* at least 1 */
	const double *values; /* ascending */
	const int64_t *upto;  /* rows with this value or one before */
} SegOrderedValues;

extern SegStatus
seg_ordered_values(SegEnv *env, const double *values, const int64_t *counts,
                   int64_t distinct, SegOrderedValues *result);

/* Type 7 of Hyndman and Fan: that of percentile_cont. */
extern double
seg_ordered_quantile(const SegOrderedValues *values, double quantile);

/*
 * Values that the quantile of the population lies below, or above, with a chance
 * of tail at most; infinite where there are too few rows to tell.
 */
extern double
seg_ordered_lower(const SegOrderedValues *values, double quantile, double tail);
extern double
seg_ordered_upper(const SegOrderedValues *values, double quantile, double tail);

#endif /* SEG_KERNEL_ORDERED_VALUES_H */
