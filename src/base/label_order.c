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
#define FEW_LABELS 8

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

bool
seg_labels_are_set(const SegTexts *labels)
{
	for (int64_t i = 1; i < labels->count; i++)
	{
		if (seg_label_compare(seg_texts_get(labels, i - 1),
		                      seg_texts_get(labels, i)) >= 0)
			return false;
	}
	return true;
}

/*
 * The same among few labels: whether two are equal is seen faster than which one
 * comes first.
 */
static int64_t
find_among_few(const SegTexts *set, SegText label)
{
	int64_t start = 0;

	for (int64_t i = 0; i < set->count; i++)
	{
		int64_t end = set->ends[i];

		if (end - start == label.length &&
		    memcmp(set->bytes + start, label.bytes, (size_t) label.length) == 0)
			return i;
		start = end;
	}
	return -1;
}

int64_t
seg_labels_find(const SegTexts *set, SegText label)
{
	int64_t low = 0;
	int64_t high = set->count - 1;

	if (set->count <= FEW_LABELS)
		return find_among_few(set, label);
	while (low <= high)
	{
		int64_t mid = (low + high) / 2;
		int order = seg_label_compare(seg_texts_get(set, mid), label);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid - 1;
	}
	return -1;
}

static int64_t
bytes_of(const SegTexts *labels)
{
	return labels->count > 0 ? labels->ends[labels->count - 1] : 0;
}

SegStatus
seg_labels_unite(SegEnv *env, const SegTexts *a, const SegTexts *b,
                 SegTexts *both)
{
	int64_t *ends;
	char *bytes;
	int64_t n = 0, length = 0, i = 0, j = 0;

	SEG_ALLOC(env, ends, a->count + b->count + 1);
	SEG_ALLOC(env, bytes, bytes_of(a) + bytes_of(b) + 1);
	while (i < a->count || j < b->count)
	{
		int order = i == a->count   ? 1
		            : j == b->count ? -1
		                            : seg_label_compare(seg_texts_get(a, i),
		                                                seg_texts_get(b, j));
		SegText label = order <= 0 ? seg_texts_get(a, i) : seg_texts_get(b, j);

		memcpy(bytes + length, label.bytes, (size_t) label.length);
		length += label.length;
		ends[n++] = length;
		i += order <= 0;
		j += order >= 0;
	}
	*both = (SegTexts){ends, bytes, n};
	return SEG_OK;
}
