/*-------------------------------------------------------------------------
 *
 * radix_sort.c
 *	  Sort items by 64-bit keys, and small numbers: stable radix sort, byte by
 *	  byte.
 *
 * A byte that is the same in all keys is skipped, and that is common: the
 * exponents of durations differ little, and whole numbers end in zeros.
 *
 * src/base/radix_sort.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/radix_sort.h"

#define BYTE_VALUES 256
#define FEW_ITEMS   64 /* insertion sort */
#define FEW_NUMBERS 32

static void
radix_sort_insertion_sort(SegRadixItem *items, int64_t n)
{
	for (int64_t i = 1; i < n; i++)
	{
		SegRadixItem item = items[i];
		int64_t j = i;

		for (; j > 0 && items[j - 1].key > item.key; j--)
			items[j] = items[j - 1];
		items[j] = item;
	}
}

/*
 * Deal by one byte; false if it is the same in all keys.
 */
static bool
radix_sort_deal(const SegRadixItem *from, SegRadixItem *to, int64_t n,
                int shift)
{
	int64_t start[BYTE_VALUES] = {0};
	int64_t sum = 0;

	for (int64_t i = 0; i < n; i++)
		start[from[i].key >> shift & (BYTE_VALUES - 1)]++;
	if (start[from[0].key >> shift & (BYTE_VALUES - 1)] == n)
		return false;
	for (int b = 0; b < BYTE_VALUES; b++)
	{
		int64_t count = start[b];

		start[b] = sum;
		sum += count;
	}
	for (int64_t i = 0; i < n; i++)
		to[start[from[i].key >> shift & (BYTE_VALUES - 1)]++] = from[i];
	return true;
}

SegStatus
seg_radix_sort(SegEnv *env, SegRadixItem *items, SegRadixItem *scratch,
               int64_t n)
{
	SegRadixItem *from = items;
	SegRadixItem *to = scratch;

	if (n <= FEW_ITEMS)
	{
		radix_sort_insertion_sort(items, n);
		return SEG_OK;
	}
	for (int shift = 0; shift < 64; shift += 8)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		if (radix_sort_deal(from, to, n, shift))
		{
			SegRadixItem *dealt = to;

			to = from;
			from = dealt;
		}
	}
	if (from != items)
		memcpy(items, from, (size_t) n * sizeof(SegRadixItem));
	return SEG_OK;
}

/* ---------- small numbers ---------- */

static void
insert_numbers(int32_t *x, int64_t n)
{
	for (int64_t i = 1; i < n; i++)
	{
		int32_t value = x[i];
		int64_t j = i;

		for (; j > 0 && x[j - 1] > value; j--)
			x[j] = x[j - 1];
		x[j] = value;
	}
}

static bool
deal_numbers(const int32_t *from, int32_t *to, int64_t n, int shift)
{
	int64_t start[BYTE_VALUES + 1] = {0};

	for (int64_t i = 0; i < n; i++)
		start[(from[i] >> shift & (BYTE_VALUES - 1)) + 1]++;
	if (start[(from[0] >> shift & (BYTE_VALUES - 1)) + 1] == n)
		return false;
	for (int b = 0; b < BYTE_VALUES; b++)
		start[b + 1] += start[b];
	for (int64_t i = 0; i < n; i++)
		to[start[from[i] >> shift & (BYTE_VALUES - 1)]++] = from[i];
	return true;
}

void
seg_radix_sort_int32(int32_t *x, int32_t *scratch, int64_t n)
{
	int32_t *from = x;
	int32_t *to = scratch;

	if (n <= FEW_NUMBERS)
	{
		insert_numbers(x, n);
		return;
	}
	for (int shift = 0; shift < 32; shift += 8)
	{
		if (deal_numbers(from, to, n, shift))
		{
			int32_t *dealt = to;

			to = from;
			from = dealt;
		}
	}
	if (from != x)
		memcpy(x, from, (size_t) n * sizeof(int32_t));
}
