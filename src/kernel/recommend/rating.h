/*-------------------------------------------------------------------------
 *
 * rating.h
 *	  The range of ratings, similarities and their means.
 *
 * Within it, products of four of them and sums of any number of those stay in
 * the range of double, with all the digits of base/wide.h.
 *
 * src/kernel/recommend/rating.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RATING_H
#define SEG_KERNEL_RATING_H

#include <math.h>

#include "base/env.h"

#define SEG_RATING_MAX  1e50
#define SEG_RATING_ZERO 1e-50 /* anything nearer to 0 counts as 0 */

static inline SegStatus
seg_rating_check(SegEnv *env, const char *what, double *x)
{
	/* also false for NaN */
	if (!(fabs(*x) <= SEG_RATING_MAX))
	{
		SEG_TRY(seg_check_finite(env, what, *x));
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      what,
		                      *x,
		                      -SEG_RATING_MAX,
		                      SEG_RATING_MAX);
	}
	if (fabs(*x) < SEG_RATING_ZERO)
		*x = 0.0;
	return SEG_OK;
}

#endif /* SEG_KERNEL_RATING_H */
