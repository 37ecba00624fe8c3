/*-------------------------------------------------------------------------
 *
 * ordered_values.c
 *	  A quantile of counted values, and an interval for it.
 *
 * Of n rows, as many are below the quantile q of the population as of n uniform
 * numbers are below q. So row number k, by value, is above it with the chance
 * that a Beta(k, n + 1 - k) number is above q, whatever the distribution is. Rows
 * whose chance is just that of the interval lie between two numbers; the value
 * there is interpolated [1], which has an error of the order 1 / n in the chance
 * [2], where that of whole rows is 1 / sqrt(n). Values that occur often make the
 * interval wider, never narrower.
 *
 * [1] A. D. Hutson, "Calculating Nonparametric Confidence Intervals for Quantiles
 * Using Fractional Order Statistics", Journal of Applied Statistics 26, 1999.
 *
 * [2] M. Goldman, D. M. Kaplan, "Fractional Order Statistic Approximation for
 * Nonparametric Conditional Quantile Inference", Journal of Econometrics 196,
 * 2017.
 *
 * src/kernel/experiment/ordered_values.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ordered_values.h"

#include <math.h>

#include "base/bracket.h"
#include "base/incomplete_beta.h"
#include "base/normal.h"

SegStatus
seg_ordered_values(SegEnv *env, const double *values, const int64_t *counts,
                   int64_t distinct, SegOrderedValues *result)
{
	int64_t *upto;
	int64_t n = 0;

	SEG_ALLOC(env, upto, distinct + 1);
	for (int64_t i = 0; i < distinct; i++)
	{
		n += counts[i];
		upto[i] = n;
	}
	*result = (SegOrderedValues){n, distinct, values, upto};
	return SEG_OK;
}

/*
 * The value of row number "row", from 0, by value.
 */
static double
value_of_row(const SegOrderedValues *v, int64_t row)
{
	int64_t low = 0, high = v->distinct - 1;

	while (low < high)
	{
		int64_t middle = (low + high) / 2;

		if (v->upto[middle] > row)
			high = middle;
		else
			low = middle + 1;
	}
	return v->values[low];
}

/*
 * Between two rows, too.
 */
static double
value_between_rows(const SegOrderedValues *v, double row)
{
	double below = floor(row);
	double part = row - below;
	double low = value_of_row(v, (int64_t) below);
	double high = value_of_row(v, (int64_t) ceil(row));
	double gap = high - low;

	/* the rounding of percentile_cont, but for gaps beyond a double */
	return isinf(gap) ? (1.0 - part) * low + part * high : low + part * gap;
}

double
seg_ordered_quantile(const SegOrderedValues *v, double quantile)
{
	return value_between_rows(v, quantile * (double) (v->n - 1));
}

/*
 * Log of tail less that of the chance that row number k, from 1, of n uniform
 * numbers is below q.
 */
static double
log_above_chance(double k, double n, double q, double rest, double tail)
{
	return log(tail) - log(seg_incomplete_beta(k, n + 1.0 - k, q, rest));
}

/*
 * The number, from 1 to n, of the row that is below q with the chance tail; the
 * chance falls with the number. Infinite: that of the last row is larger.
 */
static double
row_below(double n, double q, double rest, double tail)
{
	SegBracket b = {.low = 1.0, .high = n};
	double row;

	if (!(tail > 0.0))
		return INFINITY;
	b.at_low = log_above_chance(b.low, n, q, rest, tail);
	b.at_high = log_above_chance(b.high, n, q, rest, tail);
	if (b.at_low >= 0.0)
		return b.low;
	if (b.at_high < 0.0)
		return INFINITY;
	row = n * q + seg_normal_exceeded(fmin(tail, 0.5)) * sqrt(n * q * rest);
	if (!(row > b.low && row < b.high))
		row = seg_bracket_next(&b);
	while (!seg_bracket_is_closed(&b))
	{
		seg_bracket_narrow(&b, row, log_above_chance(row, n, q, rest, tail));
		row = seg_bracket_next(&b);
	}
	return b.high;
}

double
seg_ordered_upper(const SegOrderedValues *v, double quantile, double tail)
{
	double row = row_below((double) v->n, quantile, 1.0 - quantile, tail);

	return isinf(row) ? INFINITY : value_between_rows(v, row - 1.0);
}

/*
 * The same seen from the other end.
 */
double
seg_ordered_lower(const SegOrderedValues *v, double quantile, double tail)
{
	double row = row_below((double) v->n, 1.0 - quantile, quantile, tail);

	return isinf(row) ? -INFINITY : value_between_rows(v, (double) v->n - row);
}
