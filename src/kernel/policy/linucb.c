/*-------------------------------------------------------------------------
 *
 * linucb.c
 *	  A bandit that looks at the user: contexts and rewards of an arm, in exact
 *	  sums that add up.
 *
 * The sums are those of LinUCB with disjoint models [1], without lambda: sum x x'
 * and sum r x. A state has as many digits as its sums need, from the lowest one
 * that is not 0 in all of them: so it is a function of the set of rows, states
 * add up to the bytes of the whole, and taking rows out leaves the bytes of the
 * others.
 *
 * [1] L. Li, W. Chu, J. Langford, R. E. Schapire, "A Contextual-Bandit Approach
 * to Personalized News Article Recommendation", WWW 2010, algorithm 1.
 *
 * src/kernel/policy/linucb.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/policy/linucb.h"

#include <float.h>
#include <limits.h>
#include <math.h>

#include "base/exact_sum.h"
#include "base/tags.h"

#define MAX_ROWS  9007199254740992.0 /* 2^53 */
#define MAX_DIGIT ((double) SEG_EXACT_MAX_DIGIT)
#define PAIRS(d)  ((d) * ((d) + 3) / 2)

/* The lowest digit of a product of two doubles, and the most of a sum. */
#define LOWEST_DIGIT (2 * SEG_EXACT_LOWEST)
#define MAX_DIGITS   (SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS) + 1)

/* A digit may have 61 bits until carries are taken: they need two digits more. */
#define CARRY_DIGITS 2

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegLinucbState, dim, 1, SEG_LINUCB_MAX_DIM),
	SEG_INT(SegLinucbState, rows_used, 1, MAX_ROWS),
	SEG_REAL(SegLinucbState, lambda, DBL_TRUE_MIN, DBL_MAX),
	SEG_INT(SegLinucbState, lowest_digit, LOWEST_DIGIT, LOWEST_DIGIT + MAX_DIGITS),
	SEG_INT(SegLinucbState, digits, 1, MAX_DIGITS),
	SEG_INT(SegLinucbState, pairs, 2, PAIRS(SEG_LINUCB_MAX_DIM)),
	SEG_INT_MATRIX(SegLinucbState, products, pairs, digits, -MAX_DIGIT, MAX_DIGIT),
	SEG_FIELD_END
};
/* clang-format on */

/*
 * Copy a sum of so many digits and take its carries; the copy has two more.
 */
static void
carried_sum(const int64_t *sum, int64_t digits, int64_t *result)
{
	memcpy(result, sum, (size_t) digits * sizeof(*sum));
	memset(result + digits, 0, CARRY_DIGITS * sizeof(*sum));
	seg_exact_carry(result, digits + CARRY_DIGITS);
}

static bool
linucb_is_sound(const void *value)
{
	const SegLinucbState *v = value;
	int64_t sum[MAX_DIGITS + CARRY_DIGITS];

	if (v->pairs != PAIRS(v->dim) ||
	    v->lowest_digit + v->digits > LOWEST_DIGIT + MAX_DIGITS)
		return false;
	for (int64_t i = 0; i < v->dim; i++)
	{
		carried_sum(v->products + seg_linucb_row(v->dim, i) * v->digits,
		            v->digits,
		            sum);
		/* a sum of squares is not negative */
		if (sum[v->digits + CARRY_DIGITS - 1] < 0)
			return false;
	}
	return true;
}

/* ---------- making one ---------- */

static SegStatus
make_linucb_sums(SegEnv *env, const SegLinucbState *like, int64_t lowest,
                 int64_t digits, SegLinucbState *result)
{
	int64_t *products;

	SEG_ALLOC(env, products, like->pairs * digits);
	*result = *like;
	result->lowest_digit = lowest;
	result->digits = digits;
	result->products = products;
	return SEG_OK;
}

SegStatus
seg_linucb_create(SegEnv *env, int64_t dim, double lambda,
                  SegLinucbState *result)
{
	SegLinucbState empty = {.dim = dim, .lambda = lambda, .pairs = PAIRS(dim)};

	if (!(lambda > 0.0) || isinf(lambda))
		return seg_fail(env, SEG_NOT_POSITIVE, "lambda", lambda, 0);
	if (dim > SEG_LINUCB_MAX_DIM)
		return seg_fail(env,
		                SEG_DIM_LIMIT,
		                "contexts",
		                (double) dim,
		                SEG_LINUCB_MAX_DIM);
	return make_linucb_sums(env, &empty, 0, 1, result);
}

/*
 * Add the sums of a state to one that has its digits, or take them out.
 */
static SegStatus
add_products(SegEnv *env, SegLinucbState *into, const SegLinucbState *from,
             int sign)
{
	int64_t shift = from->lowest_digit - into->lowest_digit;
	int64_t steps = 0;

	for (int64_t p = 0; p < from->pairs; p++)
	{
		int64_t *to = into->products + p * into->digits;

		for (int64_t i = 0; i < from->digits; i++)
			to[shift + i] += sign * from->products[p * from->digits + i];
		seg_exact_carry(to, into->digits);
		SEG_TRY(seg_count_steps(env, &steps, into->digits));
	}
	return SEG_OK;
}

/*
 * The same rows, with digits for sums from one digit to another.
 */
static SegStatus
widen(SegEnv *env, const SegLinucbState *value, int64_t lowest, int64_t highest,
      SegLinucbState *result)
{
	int64_t own_highest = value->lowest_digit + value->digits - 1;

	if (lowest > value->lowest_digit)
		lowest = value->lowest_digit;
	if (highest < own_highest)
		highest = own_highest;
	SEG_TRY(make_linucb_sums(env, value, lowest, highest - lowest + 1, result));
	return add_products(env, result, value, 1);
}

/*
 * Digits that a sum needs, whose carries are taken: from the lowest that is not 0
 * to one that says, in its 32 bits, what the sign is. Widens the range.
 */
static void
needed_digits(const int64_t *sum, int64_t n, int64_t *first, int64_t *last)
{
	int64_t sign = sum[n - 1] < 0 ? UINT32_MAX : 0;
	int64_t low = 0, high = n - 1;

	while (low < n && sum[low] == 0)
		low++;
	if (low == n)
		return;
	while (high > low && (uint32_t) sum[high] == sign &&
	       ((uint32_t) sum[high - 1] >> 31 != 0) == (sign != 0))
		high--;
	*first = low < *first ? low : *first;
	*last = high > *last ? high : *last;
}

SegStatus
seg_linucb_copy(SegEnv *env, const SegLinucbState *value,
                SegLinucbState *result)
{
	int64_t n = value->digits + CARRY_DIGITS;
	int64_t first = n, last = -1;
	SegLinucbState all;

	/* carries first: any digit may have 61 bits */
	SEG_TRY(make_linucb_sums(env, value, value->lowest_digit, n, &all));
	SEG_TRY(add_products(env, &all, value, 1));
	for (int64_t p = 0; p < value->pairs; p++)
		needed_digits(all.products + p * n, n, &first, &last);
	if (last < 0)
		return make_linucb_sums(env, value, 0, 1, result);
	SEG_TRY(make_linucb_sums(env,
	                         value,
	                         value->lowest_digit + first,
	                         last - first + 1,
	                         result));
	for (int64_t p = 0; p < value->pairs; p++)
	{
		int64_t *to = result->products + p * result->digits;

		memcpy(to,
		       all.products + p * n + first,
		       (size_t) result->digits * sizeof(*to));
		to[result->digits - 1] = (int32_t) to[result->digits - 1];
	}
	return SEG_OK;
}

/* ---------- adding a row ---------- */

/*
 * Digits of all products of a row, with one above that is only written to.
 */
static void
digits_of_row(const SegExactNumber *x, int64_t dim,
              const SegExactNumber *reward, int64_t *lowest, int64_t *highest)
{
	int64_t x_low = INT_MAX, x_top = INT_MIN;
	int64_t low, top;

	for (int64_t j = 0; j < dim; j++)
	{
		if (seg_exact_is_zero(&x[j]))
			continue;
		x_low = x[j].low < x_low ? x[j].low : x_low;
		top = seg_exact_top(&x[j]);
		x_top = top > x_top ? top : x_top;
	}
	*lowest = *highest = 0;
	if (x_low == INT_MAX)
		return; /* all products are 0 */
	low = x_low;
	top = x_top;
	if (!seg_exact_is_zero(reward))
	{
		low = reward->low < low ? reward->low : low;
		top = seg_exact_top(reward) > top ? seg_exact_top(reward) : top;
	}
	*lowest = x_low + low;
	*highest = x_top + top + 2;
}

SegStatus
seg_linucb_add(SegEnv *env, SegLinucbState *value, const double *context,
               double reward)
{
	SegExactNumber x[SEG_LINUCB_MAX_DIM + 1];
	int64_t n = value->dim + 1;
	int64_t lowest, highest;
	int64_t *sum;

	SEG_TRY(seg_check_finite(env, "reward", reward));
	for (int64_t j = 0; j < value->dim; j++)
		x[j] = seg_exact_number(context[j]);
	x[value->dim] = seg_exact_number(reward);
	digits_of_row(x, value->dim, &x[value->dim], &lowest, &highest);
	if (lowest < value->lowest_digit ||
	    highest > value->lowest_digit + value->digits - 1)
	{
		SegLinucbState wider;

		SEG_TRY(widen(env, value, lowest, highest, &wider));
		*value = wider;
	}
	sum = value->products;
	for (int64_t i = 0; i < value->dim; i++)
	{
		for (int64_t j = i; j < n; j++, sum += value->digits)
		{
			if (!seg_exact_is_zero(&x[i]) && !seg_exact_is_zero(&x[j]))
				seg_exact_add_product(sum + x[i].low + x[j].low -
				                          value->lowest_digit,
				                      &x[i],
				                      &x[j]);
		}
	}
	if (++value->rows_used % SEG_EXACT_MOST_PENDING == 0)
	{
		SegLinucbState carried;

		SEG_TRY(seg_linucb_copy(env, value, &carried));
		*value = carried;
	}
	return SEG_OK;
}

/* ---------- adding up ---------- */

static SegStatus
check_same_arm(SegEnv *env, const SegLinucbState *a, const SegLinucbState *b)
{
	if (a->dim != b->dim)
		return seg_fail(env,
		                SEG_BAD_DIM,
		                "contexts",
		                (double) b->dim,
		                (double) a->dim);
	if (a->lambda != b->lambda)
		return seg_fail(env, SEG_UNLIKE, "lambda", 0, 0);
	return SEG_OK;
}

/*
 * a + sign * b, in the one form that it has.
 */
static SegStatus
combine_linucb(SegEnv *env, const SegLinucbState *a, const SegLinucbState *b,
               int sign, SegLinucbState *result)
{
	SegLinucbState left, right, sum;

	SEG_TRY(seg_linucb_copy(env, a, &left));
	SEG_TRY(seg_linucb_copy(env, b, &right));
	SEG_TRY(widen(env,
	              &left,
	              right.lowest_digit,
	              right.lowest_digit + right.digits,
	              &sum));
	SEG_TRY(add_products(env, &sum, &right, sign));
	sum.rows_used += sign * right.rows_used;
	return seg_linucb_copy(env, &sum, result);
}

static SegStatus
linucb_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	const SegLinucbState *left = a;
	const SegLinucbState *right = b;
	double rows = (double) left->rows_used + (double) right->rows_used;

	SEG_TRY(check_same_arm(env, left, right));
	if (rows > MAX_ROWS)
		return seg_fail(env, SEG_LIMIT, "rows", rows, MAX_ROWS);
	SEG_TRY(combine_linucb(env, left, right, 1, merged));
	/* sums of forged digits may be larger than any */
	if (!linucb_is_sound(merged))
		return seg_fail_name(env, SEG_CORRUPT, "summary", "products");
	return SEG_OK;
}

static bool
has_negative_square(const SegLinucbState *value)
{
	for (int64_t i = 0; i < value->dim; i++)
	{
		int64_t next = seg_linucb_row(value->dim, i) + 1;

		if (value->products[next * value->digits - 1] < 0)
			return true;
	}
	return false;
}

static bool
has_no_sums(const SegLinucbState *value)
{
	int64_t p = 0;

	while (p < value->pairs * value->digits && value->products[p] == 0)
		p++;
	return p == value->pairs * value->digits;
}

static SegStatus
linucb_subtract(SegEnv *env, const void *whole, const void *part, void *rest,
                bool *is_empty)
{
	const SegLinucbState *from = whole;
	const SegLinucbState *out = part;
	int64_t rows = from->rows_used;
	SegLinucbState *left = rest;

	SEG_TRY(check_same_arm(env, from, out));
	SEG_TRY(seg_subtract_count(env, out->rows_used, &rows));
	SEG_TRY(combine_linucb(env, from, out, -1, left));
	*is_empty = rows == 0;
	if (has_negative_square(left) || (*is_empty && !has_no_sums(left)))
		return seg_fail_name(env, SEG_NOT_PART, "part", "whole");
	return SEG_OK;
}

const SegMethod seg_linucb_state_method = {.tag = SEG_TAG_LINUCB_STATE,
                                           .format = 1,
                                           .is_summary = true,
                                           .name = "linucb_state",
                                           .title = "LinUCB summary",
                                           .fields = fields,
                                           .size = sizeof(SegLinucbState),
                                           .is_sound = linucb_is_sound,
                                           .merge = linucb_merge,
                                           .subtract = linucb_subtract};
