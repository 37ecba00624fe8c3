/*-------------------------------------------------------------------------
 *
 * fold.h
 *	  Splits of users by a hash of their key.
 *
 * A key has one place on a line from 0 to 1 (base/place.h), and a split cuts the
 * line, so a larger share contains a smaller one.
 *
 * src/kernel/evaluate/fold.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FOLD_H
#define SEG_KERNEL_FOLD_H

#include "base/env.h"
#include "base/place.h"

/* Which of n equal parts, from 1: floor(place * n) + 1. */
static inline SegStatus
seg_fold(SegEnv *env, uint64_t place, int32_t n, int32_t *fold)
{
	if (n < 1)
		return seg_fail_range(env, SEG_ARGUMENT_RANGE, "n", n, 1, INT32_MAX);
	*fold = 1 + (int32_t) ((unsigned __int128) place * (uint32_t) n >> 64);
	return SEG_OK;
}

/* Is the place below a share? */
static inline SegStatus
seg_fold_is_train(SegEnv *env, uint64_t place, double share, bool *is_train)
{
	/* also true if it is NaN */
	if (!(share >= 0 && share <= 1))
	{
		SEG_TRY(seg_check_finite(env, "share", share));
		return seg_fail_range(env, SEG_ARGUMENT_RANGE, "share", share, 0, 1);
	}
	*is_train = seg_place_is_below(place, share);
	return SEG_OK;
}

#endif /* SEG_KERNEL_FOLD_H */
