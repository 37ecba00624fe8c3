/*-------------------------------------------------------------------------
 *
 * count.h
 *	  Counts that are kept as float8, in states that may come from elsewhere.
 *
 * src/base/count.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_COUNT_H
#define SEG_BASE_COUNT_H

#include <math.h>
#include <stdbool.h>

/* Up to here every whole number is a float8. */
#define SEG_HUGE_COUNT 0x1p53

static inline bool
seg_is_count(double x, double limit)
{
	return x >= 0 && x <= limit && x == floor(x);
}

#endif /* SEG_BASE_COUNT_H */
