/*-------------------------------------------------------------------------
 *
 * fold.h
 *	  Splits of users by a hash of their key.
 *
 * A key has one place on a line from 0 to 1, set by its bytes and a salt, and a
 * split cuts the line.  So users keep their place from run to run and from
 * machine to machine, whatever other users there are, and a larger share
 * contains a smaller one.
 *
 * The place is seg_hash of the key, under the seed seg_hash of the salt (itself
 * under seed 0): frozen, because it decides which users were trained on.
 *
 * src/kernel/evaluate/fold.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FOLD_H
#define SEG_KERNEL_FOLD_H

#include <math.h>

#include "base/env.h"
#include "base/hash.h"
#include "base/text.h"

/* Place of a key, in units of 2^-64. */
static inline uint64_t
seg_fold_place(SegText key, SegText salt)
{
	return seg_hash(key.bytes,
	                (size_t) key.length,
	                seg_hash(salt.bytes, (size_t) salt.length, 0));
}

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
	*is_train = share == 1 || place < (uint64_t) ldexp(share, 64);
	return SEG_OK;
}

#endif /* SEG_KERNEL_FOLD_H */
