/*-------------------------------------------------------------------------
 *
 * timefix.h
 *	  Which times are equal but for rounding.
 *
 * 3.6 - 2.4 and 1.2 are the same day and different doubles.  The rule is that of
 * aeqSurv in R's survival 3.5, on by default there too: neighbours among the
 * distinct times count as one if they are closer than the square root of the
 * machine epsilon, in themselves or relative to the mean of the distinct times.
 * A chain of such times is one time, its earliest.
 *
 * The rule needs all times, so states and summaries keep them as they came: what
 * counts as one does not depend on the order or the parts in which rows came.
 *
 * src/base/timefix.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TIMEFIX_H
#define SEG_BASE_TIMEFIX_H

#include <math.h>
#include <stdbool.h>

#include "base/wide.h"

#define SEG_TIMEFIX_GAP    0x1p-26 /* squared, the machine epsilon */
#define SEG_TIMEFIX_SHRINK 0x1p-64 /* no sum of times so small overflows */

typedef struct SegTimefix
{
	SegWide sum; /* of the distinct times, shrunk */
	double n;
	double gap; /* neighbours no farther apart are one time */
} SegTimefix;

/* Every distinct time, by their order. */
static inline void
seg_timefix_add(SegTimefix *fix, double time)
{
	fix->sum =
		seg_wide_add(fix->sum, (SegWide){time * SEG_TIMEFIX_SHRINK, 0.0});
	fix->n += 1.0;
}

/* Once all are added. */
static inline void
seg_timefix_settle(SegTimefix *fix)
{
	double mean = fix->n > 0.0 ? fix->sum.hi / fix->n : 0.0;

	fix->gap = fmax(SEG_TIMEFIX_GAP, mean * (SEG_TIMEFIX_GAP / SEG_TIMEFIX_SHRINK));
}

/* Are a time and the one before it, later and earlier, the same? */
static inline bool
seg_timefix_joins(const SegTimefix *fix, double earlier, double later)
{
	return later - earlier <= fix->gap;
}

/*
 * A number of periods, whose neighbours are the whole numbers, so no other time
 * is asked.
 */
static inline double
seg_timefix_periods(double periods)
{
	double whole = round(periods);

	return fabs(periods - whole) <= SEG_TIMEFIX_GAP ? whole : periods;
}

#endif /* SEG_BASE_TIMEFIX_H */
