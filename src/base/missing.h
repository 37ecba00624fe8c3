/*-------------------------------------------------------------------------
 *
 * missing.h
 *	  How a missing number is stored.
 *
 * src/base/missing.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_MISSING_H
#define SEG_BASE_MISSING_H

#include <stdint.h>
#include <string.h>

/*
 * A missing element: the one NaN that a vector may hold, always these bits.
 */
static inline double
seg_missing(void)
{
	const uint64_t bits = UINT64_C(0x7ff8000000000000);
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

#endif /* SEG_BASE_MISSING_H */
