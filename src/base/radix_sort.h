/*-------------------------------------------------------------------------
 *
 * radix_sort.h
 *	  Sort items by a double or by 64 bits, and small numbers.
 *
 * src/base/radix_sort.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_RADIX_SORT_H
#define SEG_BASE_RADIX_SORT_H

#include <string.h>

#include "base/env.h"

typedef struct SegRadixItem
{
	uint64_t key;
	union /* what the key belongs to */
	{
		int64_t index;
		double number;
	};
} SegRadixItem;

#define SEG_SIGN_BIT (UINT64_C(1) << 63)

/* A double, not NaN, as an integer that sorts alike; -0 is below 0. */
static inline uint64_t
seg_radix_key(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits & SEG_SIGN_BIT ? ~bits : bits | SEG_SIGN_BIT;
}

static inline double
seg_radix_unkey(uint64_t key)
{
	uint64_t bits = key & SEG_SIGN_BIT ? key & ~SEG_SIGN_BIT : ~key;
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* Sort by key, ascending and stable; scratch has room for n items. */
extern SegStatus seg_radix_sort(SegEnv *env, SegRadixItem *items,
                                SegRadixItem *scratch, int64_t n);

/* Sort non-negative numbers; scratch has room for n. */
extern void seg_radix_sort_int32(int32_t *x, int32_t *scratch, int64_t n);

#endif /* SEG_BASE_RADIX_SORT_H */
