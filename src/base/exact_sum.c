/*-------------------------------------------------------------------------
 *
 * exact_sum.c
 *	  Sums of doubles and of their products without any rounding.
 *
 * src/base/exact_sum.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/exact_sum.h"

#include <math.h>

#define DIGIT_MASK UINT64_C(0xffffffff)

void
seg_exact_carry(int64_t *sum, int64_t n)
{
	int64_t carry = 0;

	for (int64_t i = 0; i < n - 1; i++)
	{
		int64_t digit = sum[i] + carry;

		sum[i] = (int64_t) ((uint64_t) digit & DIGIT_MASK);
		carry = (digit - sum[i]) / (INT64_C(1) << SEG_DIGIT_BITS);
	}
	sum[n - 1] += carry;
}

void
seg_exact_add_digits(int64_t *to, int64_t to_n, const int64_t *from,
                     int64_t from_n, int64_t shift)
{
	for (int64_t i = 0; i < from_n; i++)
		to[shift + i] += from[i];
	seg_exact_carry(to, to_n);
}

void
seg_exact_add_times(int64_t *to, int64_t to_n, const int64_t *from,
                    int64_t from_n, int64_t times, int64_t sign)
{
	unsigned __int128 rest = 0;

	for (int64_t i = 0; i < to_n; i++)
	{
		int64_t digit;

		if (i < from_n)
			rest += (unsigned __int128) from[i] * (uint64_t) times;
		digit = i < to_n - 1 ? (int64_t) ((uint64_t) rest & DIGIT_MASK)
		                     : (int64_t) rest;
		to[i] += (digit ^ sign) - sign;
		rest >>= SEG_DIGIT_BITS;
	}
	seg_exact_carry(to, to_n);
}

/*
 * The magnitude in n + 1 digits, all below 2^32; was it negative?
 */
static bool
exact_magnitude(const int64_t *sum, int64_t n, int64_t *magnitude)
{
	bool negative = sum[n - 1] < 0;

	for (int64_t i = 0; i < n; i++)
		magnitude[i] = negative ? -sum[i] : sum[i];
	magnitude[n] = 0;
	seg_exact_carry(magnitude, n + 1);
	return negative;
}

SegWide
seg_exact_value(const int64_t *sum, int64_t n, int *exponent)
{
	int64_t digits[SEG_EXACT_DEVIATION_DIGITS(SEG_EXACT_MAX_DIGITS) + 1];
	bool negative = exact_magnitude(sum, n, digits);
	int64_t top = n;
	unsigned __int128 number = 0;
	int dropped;
	SegWide result;

	while (top > 3 && digits[top] == 0)
		top--;
	for (int64_t i = top; i >= 0 && i > top - 4; i--)
		number = number << SEG_DIGIT_BITS | (unsigned __int128) digits[i];
	/* a SegWide holds 106 bits */
	dropped = number >> 106 != 0 ? 22 : 0;
	*exponent = SEG_DIGIT_BITS * (int) (top > 3 ? top - 3 : 0) + dropped;
	result = seg_wide_from_int((__int128) (number >> dropped));
	return negative ? (SegWide){-result.hi, -result.lo} : result;
}

/*
 * Add a product of two digits, which are not negative, with a sign.
 */
static void
exact_add_product(int64_t *at, int64_t a, int64_t b, int sign)
{
	uint64_t product = (uint64_t) a * (uint64_t) b;

	at[0] += sign * (int64_t) (product & DIGIT_MASK);
	at[1] += sign * (int64_t) (product >> SEG_DIGIT_BITS);
}

void
seg_exact_codeviations(const int64_t *a, const int64_t *b,
                       const int64_t *products, int64_t digits, int64_t count,
                       int64_t *result)
{
	int64_t n = SEG_EXACT_SQUARE_DIGITS(digits);
	int64_t s[SEG_EXACT_MAX_DIGITS + 1];
	int64_t t[SEG_EXACT_MAX_DIGITS + 1];
	int64_t p[SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS) + 1];
	int64_t low = (int64_t) ((uint64_t) count & DIGIT_MASK);
	int64_t high = count >> SEG_DIGIT_BITS;
	int sums_sign =
		exact_magnitude(a, digits, s) != exact_magnitude(b, digits, t) ? -1 : 1;
	int products_sign = exact_magnitude(products, n, p) ? -1 : 1;

	memset(result,
	       0,
	       (size_t) SEG_EXACT_DEVIATION_DIGITS(digits) * sizeof(int64_t));
	for (int64_t i = 0; i <= n; i++)
	{
		exact_add_product(result + i, p[i], low, products_sign);
		exact_add_product(result + i + 1, p[i], high, products_sign);
	}
	for (int64_t i = 0; i <= digits; i++)
	{
		for (int64_t j = 0; j <= digits; j++)
			exact_add_product(result + i + j, s[i], t[j], -sums_sign);
	}
	seg_exact_carry(result, SEG_EXACT_DEVIATION_DIGITS(digits));
}
