/*-------------------------------------------------------------------------
 *
 * ab_moments.h
 *	  Means and sums of products of the users of an experiment.
 *
 * src/kernel/experiment/ab_moments.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_AB_MOMENTS_H
#define SEG_KERNEL_AB_MOMENTS_H

#include "base/wide.h"
#include "kernel/experiment/ab_state.h"

/*
 * Means of the columns of a variant, and sums of products of their deviations
 * from the means. A column is in units of 2^unit. Means have twice the digits of
 * a double, so that a difference is precise however far they are from zero.
 */
typedef struct SegAbMoments
{
	double n;
	SegWide mean[SEG_AB_MAX_COLUMNS];
	double sum_of_products[SEG_AB_PAIRS(SEG_AB_MAX_COLUMNS)];
} SegAbMoments;

/*
 * Units in which the mean square of a column over all users is near 1, so that
 * nothing computed from moments leaves the range of a double. Needs carries
 * taken, as in a copy; so do moments.
 */
extern void seg_ab_units(const SegAbState *value, int *units);
extern SegAbMoments
seg_ab_moments(const SegAbState *value, int64_t variant, const int *units);

#endif /* SEG_KERNEL_AB_MOMENTS_H */
