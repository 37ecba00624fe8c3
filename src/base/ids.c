/*-------------------------------------------------------------------------
 *
 * ids.c
 *	  Ids of users and items inside a model.
 *
 * src/base/ids.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/ids.h"

#include <stddef.h>
#include <string.h>

int64_t
seg_id_print(int64_t number, char *digits)
{
	/* the magnitude of the least number has no positive counterpart */
	uint64_t rest = number < 0 ? 0 - (uint64_t) number : (uint64_t) number;
	char reversed[SEG_ID_DIGITS];
	int64_t n = 0;
	int64_t length = 0;

	do
	{
		reversed[n++] = (char) ('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[length++] = '-';
	while (n > 0)
		digits[length++] = reversed[--n];
	return length;
}

bool
seg_id_is_number(SegText text, int64_t *number)
{
	bool is_negative = text.length > 0 && text.bytes[0] == '-';
	uint64_t most = (uint64_t) INT64_MAX + is_negative;
	uint64_t sum = 0;

	if (text.length <= is_negative || text.length > SEG_ID_DIGITS ||
	    (text.bytes[is_negative] == '0' && text.length > 1))
		return false;
	for (int64_t i = is_negative; i < text.length; i++)
	{
		uint64_t digit = (uint64_t) (text.bytes[i] - '0');

		if (text.bytes[i] < '0' || text.bytes[i] > '9' ||
		    sum > (most - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*number = (int64_t) (is_negative ? 0 - sum : sum);
	return true;
}

static int64_t
find_number(const SegIds *ids, int64_t number)
{
	int64_t low = 0;
	int64_t high = ids->count;

	while (low < high)
	{
		int64_t middle = low + (high - low) / 2;

		if (ids->numbers[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ids->count && ids->numbers[low] == number ? low : -1;
}

static int64_t
find_text(const SegIds *ids, SegText text)
{
	int64_t low = 0;
	int64_t high = ids->count - 1;

	while (low <= high)
	{
		int64_t middle = low + (high - low) / 2;
		int order = seg_text_compare(seg_texts_get(&ids->names, middle), text);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

int64_t
seg_ids_find(const SegIds *ids, const SegId *id)
{
	char digits[SEG_ID_DIGITS];
	int64_t number;

	if (ids->numbers != NULL)
	{
		if (id->is_number)
			return find_number(ids, id->number);
		return seg_id_is_number(id->text, &number) ? find_number(ids, number)
		                                           : -1;
	}
	if (!id->is_number)
		return find_text(ids, id->text);
	return find_text(ids, (SegText){digits, seg_id_print(id->number, digits)});
}

SegText
seg_ids_text(const SegIds *ids, int64_t i, char *digits)
{
	if (ids->numbers != NULL)
		return (SegText){digits, seg_id_print(ids->numbers[i], digits)};
	return seg_texts_get(&ids->names, i);
}

SegStatus
seg_ids_select(SegEnv *env, const SegIds *ids, const int32_t *places, int64_t n,
               SegIds *chosen)
{
	int64_t size = 0;
	int64_t *words; /* numbers, or the ends of texts */
	char *bytes;

	SEG_ALLOC(env, words, n);
	*chosen = (SegIds){n, NULL, {NULL, NULL, 0}};
	if (ids->numbers != NULL)
	{
		for (int64_t i = 0; i < n; i++)
			words[i] = ids->numbers[places[i]];
		chosen->numbers = words;
		return SEG_OK;
	}
	for (int64_t i = 0; i < n; i++)
		words[i] = size += seg_texts_get(&ids->names, places[i]).length;
	SEG_ALLOC(env, bytes, size);
	for (int64_t i = 0; i < n; i++)
	{
		SegText text = seg_texts_get(&ids->names, places[i]);

		memcpy(bytes + words[i] - text.length,
		       text.bytes,
		       (size_t) text.length);
	}
	chosen->names = (SegTexts){words, bytes, n};
	return SEG_OK;
}

bool
seg_ids_are_sound(const SegIds *ids, int64_t numbers, int64_t names)
{
	if (numbers + names != ids->count || (numbers > 0 && names > 0))
		return false;
	for (int64_t i = 1; i < ids->count; i++)
	{
		if (ids->numbers != NULL
		        ? ids->numbers[i - 1] >= ids->numbers[i]
		        : seg_text_compare(seg_texts_get(&ids->names, i - 1),
		                           seg_texts_get(&ids->names, i)) >= 0)
			return false;
	}
	return true;
}
