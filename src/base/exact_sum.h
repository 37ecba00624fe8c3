/*-------------------------------------------------------------------------
 *
 * exact_sum.h
 *	  Sums of doubles and of their products without any rounding.
 *
 * A double is a whole number times a power of two. So a sum of doubles is a
 * long whole number, which we keep as digits of 32 bits, each in an int64_t:
 * adding a double adds to at most three digits, and carries wait until there
 * may be too many. Digit i of a sum counts 2^(32 (low + i)). Whole numbers add
 * up to the same digits in any order.
 *
 * As in R. M. Neal, "Fast Exact Summation Using Small and Large
 * Superaccumulators", 2015, but with only the digits that the values need.
 *
 * src/base/exact_sum.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_EXACT_SUM_H
#define SEG_BASE_EXACT_SUM_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/wide.h"

#define SEG_DIGIT_BITS 32

/* The lowest digit of the smallest double, and the highest of the largest. */
#define SEG_EXACT_LOWEST  (-34)
#define SEG_EXACT_HIGHEST 31

/* Digits of a sum, with one for carries; and of a sum of products. */
#define SEG_EXACT_MAX_DIGITS               (SEG_EXACT_HIGHEST - SEG_EXACT_LOWEST + 2)
#define SEG_EXACT_SQUARE_DIGITS(digits)    (2 * (digits) -1)
#define SEG_EXACT_DEVIATION_DIGITS(digits) (SEG_EXACT_SQUARE_DIGITS(digits) + 3)

/* Values that may be added before carries must be taken: each adds < 2^35. */
#define SEG_EXACT_MOST_PENDING (INT64_C(1) << 24)

/* The largest digit of a stored sum: with pending values it cannot overflow. */
#define SEG_EXACT_MAX_DIGIT (INT64_C(1) << 61)

/*
 * The magnitude of a double: n digits from the digit "low" up; 0: n is 0. It is
 * an odd mantissa times 2^shift in the lowest digit.
 */
typedef struct SegExactNumber
{
	bool negative;
	int low;
	int n;
	int shift; /* 0 to 31 */
	uint64_t mantissa;
	uint32_t digit[3];
} SegExactNumber;

static inline SegExactNumber
seg_exact_number(double x)
{
	SegExactNumber result = {0};
	uint64_t bits, mantissa, first;
	unsigned exponent, from_lowest;
	int zeros;

	memcpy(&bits, &x, sizeof(bits));
	mantissa = bits & ((UINT64_C(1) << 52) - 1);
	exponent = (unsigned) (bits >> 52 & 0x7ff);
	if (exponent > 0)
		mantissa |= UINT64_C(1) << 52;
	else
		exponent = 1;
	if (mantissa == 0)
		return result;
	zeros = __builtin_ctzll(mantissa);
	from_lowest =
		exponent + (unsigned) zeros - 1075 - SEG_DIGIT_BITS * SEG_EXACT_LOWEST;
	result.negative = bits >> 63 != 0;
	result.low = (int) (from_lowest / SEG_DIGIT_BITS) + SEG_EXACT_LOWEST;
	result.shift = (int) (from_lowest % SEG_DIGIT_BITS);
	result.mantissa = mantissa >> zeros;
	first = result.mantissa << result.shift;
	result.digit[0] = (uint32_t) first;
	result.digit[1] = (uint32_t) (first >> SEG_DIGIT_BITS);
	result.digit[2] = (uint32_t) (result.mantissa >> 1 >> (63 - result.shift));
	result.n = result.digit[2] != 0 ? 3 : result.digit[1] != 0 ? 2 : 1;
	return result;
}

/*
 * Add a number, or a product of two, at the digit that the lowest one belongs
 * to.
 */
static inline void
seg_exact_add(int64_t *sum, const SegExactNumber *x)
{
	for (int i = 0; i < x->n; i++)
		sum[i] += x->negative ? -(int64_t) x->digit[i] : (int64_t) x->digit[i];
}

static inline void
seg_exact_add_product(int64_t *sum, const SegExactNumber *x,
                      const SegExactNumber *y)
{
	unsigned __int128 product = (unsigned __int128) x->mantissa * y->mantissa;
	int64_t sign = -(int64_t) (x->negative != y->negative); /* 0 or -1 */
	int shift = x->shift + y->shift;
	int within = shift % SEG_DIGIT_BITS;
	uint64_t low = (uint64_t) product;
	uint64_t high = (uint64_t) (product >> 64); /* below 2^42 */
	/* with the shift: 64 bits, 64 more, and what is left */
	uint64_t first = low << within;
	uint64_t second = high << within | low >> 1 >> (63 - within);
	uint64_t third = high >> 1 >> (63 - within);

	if (low == 0)
		return;
	sum += shift / SEG_DIGIT_BITS;
	sum[0] += ((int64_t) (uint32_t) first ^ sign) - sign;
	sum[1] += ((int64_t) (first >> SEG_DIGIT_BITS) ^ sign) - sign;
	if (second == 0)
		return;
	sum[2] += ((int64_t) (uint32_t) second ^ sign) - sign;
	if (second >> SEG_DIGIT_BITS == 0 && third == 0)
		return;
	sum[3] += ((int64_t) (second >> SEG_DIGIT_BITS) ^ sign) - sign;
	if (third != 0)
		sum[4] += ((int64_t) third ^ sign) - sign;
}

static inline void
seg_exact_add_square(int64_t *sum, const SegExactNumber *x)
{
	seg_exact_add_product(sum, x, x);
}

/*
 * Take the carries: all digits but the highest are below 2^32 and not negative,
 * the highest has the sign. So a sum has one form.
 */
extern void seg_exact_carry(int64_t *sum, int64_t n);

/*
 * Add digits whose carries are taken, at their place among more of them, and take
 * the carries.
 */
extern void seg_exact_add_digits(int64_t *to, int64_t to_n, const int64_t *from,
                                 int64_t from_n, int64_t shift);

/*
 * The value of a sum whose carries are taken, times 2^-exponent; its first 75
 * bits or more.
 */
extern SegWide seg_exact_value(const int64_t *sum, int64_t n, int *exponent);

/*
 * count * products - a * b, of sums whose carries are taken: count times the sum
 * of products of deviations from the means. digits: of a, and of b. The result
 * has carries taken.
 */
extern void seg_exact_codeviations(const int64_t *a, const int64_t *b,
                                   const int64_t *products, int64_t digits,
                                   int64_t count, int64_t *result);

/* The same for squares. */
static inline void
seg_exact_deviations(const int64_t *sum, const int64_t *squares, int64_t digits,
                     int64_t count, int64_t *result)
{
	seg_exact_codeviations(sum, sum, squares, digits, count, result);
}

#endif /* SEG_BASE_EXACT_SUM_H */
