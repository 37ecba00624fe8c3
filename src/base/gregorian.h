/*-------------------------------------------------------------------------
 *
 * gregorian.h
 *	  Months of the Gregorian calendar; days are counted from 2000-01-01.
 *
 * src/base/gregorian.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_GREGORIAN_H
#define SEG_BASE_GREGORIAN_H

#include <stdint.h>

/* Rounded down, also below 0; b is positive. */
static inline int64_t
seg_floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Months are counted from January of the year 0. */
extern int64_t seg_month_of_day(int64_t day);
extern int64_t seg_start_of_month(int64_t month);

#endif /* SEG_BASE_GREGORIAN_H */
