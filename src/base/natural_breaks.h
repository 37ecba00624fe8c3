/*-------------------------------------------------------------------------
 *
 * natural_breaks.h
 *	  Classes of least variance of numbers in order, exactly.
 *
 * src/base/natural_breaks.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_NATURAL_BREAKS_H
#define SEG_BASE_NATURAL_BREAKS_H

#include "base/radix_sort.h"

/* Sorted distinct numbers with their masses. */
typedef struct SegBreakItems
{
	const SegRadixItem *at;
	int64_t n;
	double mass; /* sum of the masses, which need not be exact */

	/* (x - center) * factor is at most 1 or so, and the subtraction is exact:
	 * sums of squares neither overflow nor cancel far from zero */
	double center;
	double factor;
} SegBreakItems;

/*
 * first[c] becomes the number of items below class c, for classes 0 to
 * classes - 1, of which there are at most n.
 */
extern SegStatus seg_natural_breaks(SegEnv *env, const SegBreakItems *items,
                                    int64_t classes, int64_t *first);

#endif /* SEG_BASE_NATURAL_BREAKS_H */
