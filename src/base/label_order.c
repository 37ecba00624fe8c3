/*-------------------------------------------------------------------------
 *
 * label_order.c
 *	  The order in which labels are listed.
 *
 * It depends only on the labels, never on a collation. A label counts as a
 * number if it is written as an integer is printed, so that only identical
 * labels compare as equal, and has at most MAX_DIGITS digits, which always fit
 * into 64 bits. Longer integers are text.
 *
 * src/base/label_order.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/label_order.h"

#include <stdbool.h>

#define MAX_DIGITS 18

/*
 * Is this a whole number, written as an integer is printed?
 */
static bool
is_number(SegText text, int64_t *number)
{
	bool is_negative = text.length > 0 && text.bytes[0] == '-';
	int64_t digits = text.length - is_negative;
	const char *at = text.bytes + is_negative;

	if (digits < 1 || digits > MAX_DIGITS ||
	    (at[0] == '0' && (digits > 1 || is_negative)))
		return false;
	*number = 0;
	for (int64_t i = 0; i < digits; i++)
	{
		if (at[i] < '0' || at[i] > '9')
			return false;
		*number = *number * 10 + (at[i] - '0');
	}
	if (is_negative)
		*number = -*number;
	return true;
}

int
seg_label_compare(SegText a, SegText b)
{
	int64_t x, y;
	bool a_is_number = is_number(a, &x);
	bool b_is_number = is_number(b, &y);

	if (a_is_number && b_is_number)
		return x < y ? -1 : x > y;
	if (a_is_number != b_is_number)
		return a_is_number ? -1 : 1;
	return seg_text_compare(a, b);
}
