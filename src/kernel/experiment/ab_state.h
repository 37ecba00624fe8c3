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

#include <math.h>

#include "base/exact_sum.h"
#include "base/image.h"

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
	double cap;              /* larger numbers counted as this; or missing */
	SegTexts names;          /* of the variants, ascending */
	int64_t *counts;         /* variants */
	int64_t *capped;         /* variants: users whose outcome was larger */
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

/* Without a variant. cap: or seg_missing(). */
extern SegStatus seg_ab_state_create(SegEnv *env, int64_t columns, double cap,
                                     SegAbState *result);

/* Is the cap of a state this one, or missing like this one? */
static inline bool
seg_ab_state_has_cap(const SegAbState *value, double cap)
{
	return value->cap == cap || (isnan(value->cap) && isnan(cap));
}

/*
 * Add a user in place; false: the variant is new, or the numbers need more digits.
 */
extern bool
seg_ab_state_add_in_place(SegAbState *value, SegText variant, const double *x);

/*
 * Add a user. If need be, the arrays are replaced by larger ones from the
 * environment.
 */
extern SegStatus seg_ab_state_add(SegEnv *env, SegAbState *value,
                                  SegText variant, const double *x);

/* Add so many users with the same outcome to a state of one column. */
extern SegStatus
seg_ab_state_add_times(SegEnv *env, SegAbState *value, SegText variant,
                       double outcome, int64_t times);

/* The same state with carries taken: one form for the same users. */
extern SegStatus
seg_ab_state_copy(SegEnv *env, const SegAbState *value, SegAbState *result);

/*
 * The sum of a column of a variant, and of the product of two, a <= b.
 */
#define SEG_AB_PRODUCT_DIGITS(value) SEG_EXACT_SQUARE_DIGITS((value)->digits)

static inline int64_t *
seg_ab_sum(const SegAbState *value, int64_t variant, int64_t column)
{
	return value->sums + variant * value->sum_width + column * value->digits;
}

static inline int64_t *
seg_ab_product(const SegAbState *value, int64_t variant, int64_t a, int64_t b)
{
	return value->products + variant * value->product_width +
	       (a + b) * SEG_AB_PRODUCT_DIGITS(value);
}

#endif /* SEG_KERNEL_AB_STATE_H */
