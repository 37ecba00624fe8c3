/*-------------------------------------------------------------------------
 *
 * wide.h
 *	  Numbers with twice the digits of a double: a double and a remainder.
 *
 * Sums and products keep what rounding would lose, about 106 bits in all, so
 * that a sum is the same to the last digit however its terms are split among
 * workers, and the difference of two large sums is still precise.
 *
 * D. E. Knuth, The Art of Computer Programming 2, 4.2.2, theorem B (TwoSum);
 * T. J. Dekker, "A Floating-Point Technique for Extending the Available
 * Precision", Numerische Mathematik 18, 1971 (the product without fma).
 *
 * src/base/wide.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_WIDE_H
#define SEG_BASE_WIDE_H

#include <stdint.h>

typedef struct SegWide
{
	double hi;
	double lo;
} SegWide;

static inline SegWide
seg_wide_sum(double a, double b)
{
	double sum = a + b;
	double b_part = sum - a;

	return (SegWide){sum, (a - (sum - b_part)) + (b - b_part)};
}

static inline SegWide
seg_wide_product(double a, double b)
{
	const double splitter = 0x1p27 + 1;
	double a_hi = splitter * a - (splitter * a - a);
	double b_hi = splitter * b - (splitter * b - b);
	double a_lo = a - a_hi;
	double b_lo = b - b_hi;
	double product = a * b;

	return (SegWide){product,
	                 ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) +
	                     a_lo * b_lo};
}

static inline SegWide
seg_wide_add(SegWide a, SegWide b)
{
	SegWide s = seg_wide_sum(a.hi, b.hi);

	return seg_wide_sum(s.hi, s.lo + (a.lo + b.lo));
}

static inline SegWide
seg_wide_subtract(SegWide a, SegWide b)
{
	return seg_wide_add(a, (SegWide){-b.hi, -b.lo});
}

static inline SegWide
seg_wide_multiply(SegWide a, SegWide b)
{
	SegWide p = seg_wide_product(a.hi, b.hi);

	return seg_wide_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline SegWide
seg_wide_divide(SegWide a, double b)
{
	double quotient = a.hi / b;
	SegWide back;

	/* multiplying back would overflow */
	if (quotient > 0x1p990 || quotient < -0x1p990)
		return (SegWide){quotient, 0.0};
	back = seg_wide_product(quotient, b);
	return seg_wide_sum(quotient, ((a.hi - back.hi) - back.lo + a.lo) / b);
}

/* Whole numbers below 2^106 are kept exactly. */
static inline SegWide
seg_wide_from_int(__int128 v)
{
	double hi = (double) v;

	return (SegWide){hi, (double) (v - (__int128) hi)};
}

#endif /* SEG_BASE_WIDE_H */
