/*-------------------------------------------------------------------------
 *
 * digits.h
 *	  Numbers as a reader likes them, whatever the locale: 12,500; 0.05; 2.5e18.
 *
 * src/draw/digits.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_DIGITS_H
#define SEG_DRAW_DIGITS_H

#include <stdint.h>

#include "base/text.h"

typedef enum SegDigitsFormat
{
	SEG_DIGITS_NUMBER,
	SEG_DIGITS_PERCENT
} SegDigitsFormat;

/* How the numbers of an axis are written. */
typedef struct SegNumberStyle
{
	int format;   /* SegDigitsFormat */
	SegText unit; /* after the number; empty: none */
} SegNumberStyle;

extern const SegNumberStyle seg_plain_numbers;

#define SEG_MAX_UNIT   64 /* bytes */
#define SEG_MAX_DIGITS (SEG_MAX_UNIT + 64)

/* All return the length of what they write into SEG_MAX_DIGITS bytes. */

/* mantissa * 10^exponent, exactly */
extern int64_t seg_print_decimal(int64_t mantissa, int exponent,
                                 const SegNumberStyle *style, char *text);

/* A number to four digits that count, a whole one below 10^15 in full. */
extern int64_t
seg_print_rounded(double x, const SegNumberStyle *style, char *text);

/* A number to a multiple of 10^digit; SEG_NO_DIGIT: as seg_print_rounded does. */
#define SEG_NO_DIGIT INT32_MAX
extern int64_t seg_print_to_digit(double x, int digit,
                                  const SegNumberStyle *style, char *text);

/*
 * The last digit that suits numbers beside each other: three of the largest count,
 * fewer if that is exact. SEG_NO_DIGIT: some would become 0, or are very long.
 * Missing numbers do not count.
 */
extern int
seg_common_digit(const double *x, int64_t n, const SegNumberStyle *style);

/* 10^n times x, without leaving the range of a double on the way. */
extern double seg_scale_by_tens(double x, int n);

#endif /* SEG_DRAW_DIGITS_H */
