/*-------------------------------------------------------------------------
 *
 * ab_state.h
 *	  What a test of an experiment needs to know of its users, in exact sums that
 *	  add up.
 *
 * src/kernel/experiment/ab_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_AB_STATE_H
#define SEG_KERNEL_AB_STATE_H

#include "base/image.h"
#include "base/wide.h"

#define SEG_AB_MAX_VARIANTS 1000
#define SEG_AB_MAX_COLUMNS  2
#define SEG_AB_PAIRS(n)     ((n) * ((n) + 1) / 2)

/*
 * Of each variant: the number of users, the sum of each column, and of each
 * product of two columns: of the first with itself and with the second, and of
 * the second with itself.
 */
typedef struct SegAbState
{
	int64_t columns; /* of a user: the outcome, and perhaps a covariate; or the
	                  * numerator and the denominator of a ratio */
	int64_t variants;
	int64_t rows_used;
	int64_t outcome_is_flag; /* is the first column 0 or 1 for all users? */
	int64_t lowest_digit;    /* of all sums, see exact_sum.h */
	int64_t digits;          /* of each sum */
	int64_t sum_width;       /* digits of all sums of a variant */
	int64_t product_width;   /* of all its sums of products */
	SegTexts names;          /* of the variants, ascending */
	int64_t *counts;         /* variants */
	int64_t *sums;           /* variants * sum_width */
	int64_t *products;       /* variants * product_width */
} SegAbState;

extern const SegMethod seg_ab_state_method;
extern const SegMethod seg_ab_ratio_state_method;

/*
 * What seg_image_open does, for every user; false: not the body of a state. And
 * what seg_image_write_slots does after a user was added in place.
 */
extern bool seg_ab_state_view(void *body, size_t size, SegAbState *value);
extern void seg_ab_state_keep(const SegAbState *value, void *body);

/* Without a variant. */
extern SegStatus
seg_ab_state_create(SegEnv *env, int64_t columns, SegAbState *result);

/*
 * Add a user. For a new variant, and if the numbers need more digits, the arrays
 * are replaced by larger ones from the environment.
 */
extern SegStatus seg_ab_state_add(SegEnv *env, SegAbState *value,
                                  SegText variant, const double *x);

/* The same state with carries taken: one form for the same users. */
extern SegStatus
seg_ab_state_copy(SegEnv *env, const SegAbState *value, SegAbState *result);

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

#endif /* SEG_KERNEL_AB_STATE_H */
