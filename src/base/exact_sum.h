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
 * The magnitude of a double: two digits from the digit "low" up in lower, the
 * third in upper.
 */
typedef struct SegExactNumber
{
	bool negative;
	int low;
	uint64_t lower;
	uint64_t upper; /* below 2^21 */
} SegExactNumber;

/*
 * A sum that begins at the digit "lowest" needs not know where the last bit of a
 * number is, if its mantissa ends at that digit or above.
 */
static inline SegExactNumber
seg_exact_number_above(double x, int64_t lowest)
{
	uint64_t bits, mantissa;
	unsigned exponent, from_lowest, shift;

	memcpy(&bits, &x, sizeof(bits));
	mantissa = bits & ((UINT64_C(1) << 52) - 1);
	exponent = (unsigned) (bits >> 52 & 0x7ff);
	if (exponent > 0)
		mantissa |= UINT64_C(1) << 52;
	else
		exponent = 1;
	if (mantissa == 0)
		return (SegExactNumber){0};
	from_lowest = exponent - 1075 - SEG_DIGIT_BITS * SEG_EXACT_LOWEST;
	if ((int) (from_lowest / SEG_DIGIT_BITS) + SEG_EXACT_LOWEST < lowest)
	{
		int zeros = __builtin_ctzll(mantissa);

		mantissa >>= zeros;
		from_lowest += (unsigned) zeros;
	}
	shift = from_lowest % SEG_DIGIT_BITS;
	return (SegExactNumber){.negative = bits >> 63 != 0,
	                        .low = (int) (from_lowest / SEG_DIGIT_BITS) +
	                               SEG_EXACT_LOWEST,
	                        .lower = mantissa << shift,
	                        .upper = mantissa >> 1 >> (63 - shift)};
}

/* From its last digit that is not 0. */
static inline SegExactNumber
seg_exact_number(double x)
{
	return seg_exact_number_above(x, SEG_EXACT_HIGHEST + 1);
}

static inline bool
seg_exact_is_zero(const SegExactNumber *x)
{
	return (x->lower | x->upper) == 0;
}

/* Its highest digit. */
static inline int
seg_exact_top(const SegExactNumber *x)
{
	return x->low + (x->upper != 0                     ? 2
	                 : x->lower >> SEG_DIGIT_BITS != 0 ? 1
	                                                   : 0);
}

/* Add the two digits of a word, with a sign of 0 or -1. */
static inline void
seg_exact_add_word(int64_t *sum, uint64_t word, int64_t sign)
{
	sum[0] += ((int64_t) (uint32_t) word ^ sign) - sign;
	sum[1] += ((int64_t) (word >> SEG_DIGIT_BITS) ^ sign) - sign;
}

/*
 * Add a number, or a product of two, at the digit that the lowest one belongs
 * to. A word may reach one digit, which is zero, beyond the number: there is
 * always the one for carries.
 */
static inline void
seg_exact_add(int64_t *sum, const SegExactNumber *x)
{
	int64_t sign = -(int64_t) x->negative;

	seg_exact_add_word(sum, x->lower, sign);
	if (x->upper != 0)
		sum[2] += ((int64_t) x->upper ^ sign) - sign;
}

/*
 * Add lower + middle 2^64 + upper 2^128.
 */
static inline void
seg_exact_add_words(int64_t *sum, unsigned __int128 lower,
                    unsigned __int128 middle, uint64_t upper, int64_t sign)
{
	seg_exact_add_word(sum, (uint64_t) lower, sign);
	middle += (uint64_t) (lower >> 64);
	if (middle == 0 && upper == 0)
		return;
	seg_exact_add_word(sum + 2, (uint64_t) middle, sign);
	upper += (uint64_t) (middle >> 64);
	if (upper != 0)
		seg_exact_add_word(sum + 4, upper, sign);
}

static inline void
seg_exact_add_product(int64_t *sum, const SegExactNumber *x,
                      const SegExactNumber *y)
{
	seg_exact_add_words(sum,
	                    (unsigned __int128) x->lower * y->lower,
	                    (unsigned __int128) x->lower * y->upper +
	                        (unsigned __int128) x->upper * y->lower,
	                    x->upper * y->upper,
	                    -(int64_t) (x->negative != y->negative));
}

static inline void
seg_exact_add_square(int64_t *sum, const SegExactNumber *x)
{
	seg_exact_add_words(sum,
	                    (unsigned __int128) x->lower * x->lower,
	                    (unsigned __int128) x->lower * (2 * x->upper),
	                    x->upper * x->upper,
	                    0);
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
 * Add digits that are not negative and whose carries are taken so many times, with
 * a sign of 0 or -1, and take the carries. There must be room for all of it.
 */
extern void seg_exact_add_times(int64_t *to, int64_t to_n, const int64_t *from,
                                int64_t from_n, int64_t times, int64_t sign);

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
