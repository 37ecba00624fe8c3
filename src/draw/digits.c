/*-------------------------------------------------------------------------
 *
 * digits.c
 *	  Numbers as a reader likes them.
 *
 * src/draw/digits.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/digits.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define MOST_DIGITS  15 /* in full; longer numbers have an exponent */
#define MOST_ZEROS   6 /* after the point, before the first digit that counts */
#define DIGITS_COUNT 4
#define COMMON_COUNT 3 /* of numbers beside each other */
#define MOST_COMMON  1e13
#define MINUS        "\xE2\x88\x92"
#define NARROW_SPACE "\xE2\x80\xAF" /* does not break */

const SegNumberStyle seg_plain_numbers = {.format = SEG_DIGITS_NUMBER};

double
seg_scale_by_tens(double x, int n)
{
	static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,
	                              1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
	                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
	                              1e18, 1e19, 1e20, 1e21, 1e22};

	for (; n > 22; n -= 22)
		x *= tens[22];
	for (; n < -22; n += 22)
		x /= tens[22];
	return n < 0 ? x / tens[-n] : x * tens[n];
}

static char *
put_text(char *to, const char *text, int64_t length)
{
	memcpy(to, text, (size_t) length);
	return to + length;
}

/* A number below 1,000 that is not negative. */
static char *
put_small(char *to, int number)
{
	if (number >= 100)
		*to++ = (char) ('0' + number / 100);
	if (number >= 10)
		*to++ = (char) ('0' + number / 10 % 10);
	*to++ = (char) ('0' + number % 10);
	return to;
}

/*
 * Digits with commas between thousands, and a point before the last "decimals".
 */
static char *
put_digits(char *to, const char *digits, int count, int decimals)
{
	int whole = count - decimals;

	if (whole <= 0)
		*to++ = '0';
	for (int i = 0; i < whole; i++)
	{
		if (i > 0 && (whole - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	if (decimals == 0)
		return to;
	*to++ = '.';
	for (int i = whole; i < 0; i++)
		*to++ = '0';
	for (int i = whole > 0 ? whole : 0; i < count; i++)
		*to++ = digits[i];
	return to;
}

/*
 * One digit, the others after a point, and the exponent.
 */
static char *
put_scientific(char *to, const char *digits, int count, int exponent)
{
	int power = exponent + count - 1;

	while (count > 1 && digits[count - 1] == '0')
		count--;
	to = put_digits(to, digits, count, count - 1);
	*to++ = 'e';
	if (power < 0)
		to = put_text(to, MINUS, sizeof(MINUS) - 1);
	return put_small(to, power < 0 ? -power : power);
}

static char *
put_decimal(char *to, int64_t mantissa, int exponent)
{
	char digits[40];
	char *first = digits + 20;
	uint64_t rest = mantissa < 0 ? -(uint64_t) mantissa : (uint64_t) mantissa;
	int count;

	do
	{
		*--first = (char) ('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	count = (int) (digits + 20 - first);
	if (mantissa < 0)
		to = put_text(to, MINUS, sizeof(MINUS) - 1);
	if (mantissa == 0)
		return put_digits(to, "0", 1, 0);
	if (count + exponent > MOST_DIGITS || count + exponent < -MOST_ZEROS)
		return put_scientific(to, first, count, exponent);
	for (; exponent > 0; exponent--)
		first[count++] = '0';
	return put_digits(to, first, count, -exponent);
}

int64_t
seg_print_decimal(int64_t mantissa, int exponent, const SegNumberStyle *style,
                  char *text)
{
	char *to = text;

	if (style->format == SEG_DIGITS_PERCENT)
		exponent += 2;
	to = put_decimal(to, mantissa, exponent);
	if (style->format == SEG_DIGITS_PERCENT)
		*to++ = '%';
	if (style->unit.length > 0)
	{
		to = put_text(to, NARROW_SPACE, sizeof(NARROW_SPACE) - 1);
		to = put_text(to, style->unit.bytes, style->unit.length);
	}
	return to - text;
}

/*
 * Zeros at the end do not count.
 */
int64_t
seg_print_rounded(double x, const SegNumberStyle *style, char *text)
{
	int percent = style->format == SEG_DIGITS_PERCENT ? 2 : 0;
	int exponent, mantissa_exponent;
	double mantissa;

	if (x == 0)
		return seg_print_decimal(0, 0, style, text);
	exponent = (int) floor(log10(fabs(x))) - (DIGITS_COUNT - 1);
	if (exponent + percent > 0 &&
	    fabs(x) < seg_scale_by_tens(1, MOST_DIGITS - percent))
		exponent = -percent;
	mantissa = rint(seg_scale_by_tens(x, -exponent));
	mantissa_exponent = exponent;
	while (mantissa_exponent < -percent && fmod(mantissa, 10) == 0)
	{
		mantissa /= 10;
		mantissa_exponent++;
	}
	return seg_print_decimal((int64_t) mantissa, mantissa_exponent, style, text);
}

int64_t
seg_print_to_digit(double x, int digit, const SegNumberStyle *style, char *text)
{
	if (digit == SEG_NO_DIGIT)
		return seg_print_rounded(x, style, text);
	return seg_print_decimal((int64_t) rint(seg_scale_by_tens(x, -digit)),
	                         digit,
	                         style,
	                         text);
}

/*
 * Are all numbers, as they are printed to a digit, multiples of the next one?
 */
static bool
end_in_zeros(const double *x, int64_t n, int digit)
{
	for (int64_t i = 0; i < n; i++)
	{
		if (!isnan(x[i]) &&
		    fmod(rint(seg_scale_by_tens(x[i], -digit)), 10) != 0)
			return false;
	}
	return true;
}

int
seg_common_digit(const double *x, int64_t n, const SegNumberStyle *style)
{
	int whole = style->format == SEG_DIGITS_PERCENT ? -2 : 0;
	double most = 0, least = INFINITY;
	int digit;

	for (int64_t i = 0; i < n; i++)
	{
		most = fmax(most, fabs(x[i]));
		if (x[i] != 0)
			least = fmin(least, fabs(x[i]));
	}
	if (most == 0 || most >= MOST_COMMON)
		return SEG_NO_DIGIT;
	digit = (int) floor(log10(most)) - (COMMON_COUNT - 1);
	digit = digit < whole ? digit : whole;
	if (least < seg_scale_by_tens(0.5, digit))
		return SEG_NO_DIGIT;
	while (digit < whole && end_in_zeros(x, n, digit))
		digit++;
	return digit;
}
