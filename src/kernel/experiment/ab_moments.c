/*-------------------------------------------------------------------------
 *
 * ab_moments.c
 *	  Means and sums of products of the users of an experiment.
 *
 * Variances come from n sum(x y) - sum(x) sum(y) in whole numbers, where they
 * lose no digits, wherever the means are.
 *
 * src/kernel/experiment/ab_moments.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_moments.h"

#include <limits.h>
#include <math.h>

void
seg_ab_units(const SegAbState *value, int *units)
{
	for (int64_t c = 0; c < value->columns; c++)
	{
		int largest = INT_MIN;

		for (int64_t i = 0; i < value->variants; i++)
		{
			int exponent, own;
			SegWide squares = seg_exact_value(seg_ab_product(value, i, c, c),
			                                  SEG_AB_PRODUCT_DIGITS(value),
			                                  &exponent);

			if (squares.hi == 0.0)
				continue;
			(void) frexp(squares.hi / (double) value->counts[i], &own);
			largest = own + exponent > largest ? own + exponent : largest;
		}
		units[c] = 0;
		if (largest != INT_MIN)
			units[c] = (largest + (largest > 0)) / 2 +
			           SEG_DIGIT_BITS * (int) value->lowest_digit;
	}
}

/*
 * A sum, divided by n, in other units.
 */
static SegWide
mean_in_units(const int64_t *sum, int64_t digits, double n, int exponent)
{
	int own;
	SegWide mean = seg_wide_divide(seg_exact_value(sum, digits, &own), n);

	return (SegWide){ldexp(mean.hi, own + exponent),
	                 ldexp(mean.lo, own + exponent)};
}

SegAbMoments
seg_ab_moments(const SegAbState *value, int64_t variant, const int *units)
{
	int low = SEG_DIGIT_BITS * (int) value->lowest_digit;
	int64_t count = value->counts[variant];
	SegAbMoments m = {.n = (double) count};

	for (int64_t a = 0; a < value->columns; a++)
	{
		m.mean[a] = mean_in_units(seg_ab_sum(value, variant, a),
		                          value->digits,
		                          m.n,
		                          low - units[a]);
		for (int64_t b = a; b < value->columns; b++)
		{
			int64_t d[SEG_EXACT_DEVIATION_DIGITS(SEG_EXACT_MAX_DIGITS)];

			seg_exact_codeviations(seg_ab_sum(value, variant, a),
			                       seg_ab_sum(value, variant, b),
			                       seg_ab_product(value, variant, a, b),
			                       value->digits,
			                       count,
			                       d);
			m.sum_of_products[a + b] =
				mean_in_units(d,
			                  SEG_EXACT_DEVIATION_DIGITS(value->digits),
			                  m.n,
			                  2 * low - units[a] - units[b])
					.hi;
		}
	}
	return m;
}
