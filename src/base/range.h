/*-------------------------------------------------------------------------
 *
 * range.h
 *	  Which columns of numbers we can compute with: those whose squares, and
 *	  their reciprocals, are finite.
 *
 * src/base/range.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_RANGE_H
#define SEG_BASE_RANGE_H

#include <math.h>

#include "base/env.h"

/* Squares and sums of squares stay finite between these. */
#define SEG_LARGE_VALUE 1e140
#define SEG_SMALL_RANGE 1e-140

/*
 * Refuse an element, counted from 1, by its smallest and largest value.
 */
static inline SegStatus
seg_check_range(SegEnv *env, double low, double high, int64_t element)
{
	double largest = fmax(fabs(low), fabs(high));
	double range = high - low;
	bool large = largest > SEG_LARGE_VALUE;

	if (!large && (range == 0.0 || range >= SEG_SMALL_RANGE))
		return SEG_OK;
	return seg_fail_facts(env,
	                      SEG_VALUE_RANGE,
	                      (SegDiag){.what = large ? "largest magnitude"
	                                              : "range of the values",
	                                .name = large ? "large" : "small",
	                                .got = large ? largest : range,
	                                .want = (double) element});
}

#endif /* SEG_BASE_RANGE_H */
