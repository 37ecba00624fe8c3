/*-------------------------------------------------------------------------
 *
 * sort.c
 *	  Stable sorting of things that are known by number, and of small numbers.
 *
 * Insertion into runs of 16, then merging from the bottom up: stable, n log n
 * whatever comes, and it can be stopped.
 *
 * src/base/sort.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/sort.h"

#include <string.h>

#define RUN 16
/* merged between two questions whether to stop */
#define STRETCH 65536

/*
 * How many numbers from the start on are in order?
 */
static SegStatus
sorted_start(SegEnv *env, const int64_t *order, int64_t n, SegCompare compare,
             const void *of, int64_t *sorted)
{
	int64_t i = 1;

	while (i < n && compare(of, order[i - 1], order[i]) <= 0)
	{
		if (i++ % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
	}
	*sorted = i;
	return SEG_OK;
}

static void
insertion_sort(int64_t *order, int64_t n, SegCompare compare, const void *of)
{
	for (int64_t i = 1; i < n; i++)
	{
		int64_t x = order[i];
		int64_t j = i;

		for (; j > 0 && compare(of, order[j - 1], x) > 0; j--)
			order[j] = order[j - 1];
		order[j] = x;
	}
}

static void
merge(const int64_t *a, const int64_t *a_end, const int64_t *b,
      const int64_t *b_end, int64_t *to, SegCompare compare, const void *of)
{
	while (a < a_end && b < b_end)
		*to++ = compare(of, *a, *b) <= 0 ? *a++ : *b++;
	memcpy(to, a, (size_t) (a_end - a) * sizeof(int64_t));
	memcpy(to + (a_end - a), b, (size_t) (b_end - b) * sizeof(int64_t));
}

SegStatus
seg_sort(SegEnv *env, int64_t *order, int64_t n, SegCompare compare,
         const void *of)
{
	int64_t *from = order;
	int64_t *to;
	int64_t since = 0;
	int64_t sorted;

	SEG_TRY(sorted_start(env, order, n, compare, of, &sorted));
	if (sorted >= n)
		return SEG_OK;
	for (int64_t i = 0; i < n; i += RUN)
	{
		insertion_sort(order + i, n - i < RUN ? n - i : RUN, compare, of);
		if (i % STRETCH == 0 && i > 0 && env->stop(env->host))
			return SEG_STOPPED;
	}
	if (n <= RUN)
		return SEG_OK;

	SEG_ALLOC(env, to, n);
	for (int64_t run = RUN; run < n; run *= 2)
	{
		int64_t *other = from;

		for (int64_t i = 0; i < n; i += 2 * run)
		{
			int64_t middle = i + run < n ? i + run : n;
			int64_t end = middle + run < n ? middle + run : n;

			merge(from + i,
			      from + middle,
			      from + middle,
			      from + end,
			      to + i,
			      compare,
			      of);
			since += end - i;
			if (since >= STRETCH)
			{
				if (env->stop(env->host))
					return SEG_STOPPED;
				since = 0;
			}
		}
		from = to;
		to = other;
	}
	if (from != order)
		memcpy(order, from, (size_t) n * sizeof(int64_t));
	return SEG_OK;
}

/* ---------- small numbers ---------- */

#define FEW        32
#define DIGIT_BITS 8
#define N_DIGITS   (1 << DIGIT_BITS)

static void
insert_int32(int32_t *x, int64_t n)
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

/*
 * One pass of a radix sort; false if all numbers have the same digit, and
 * nothing was moved.
 */
static bool
deal_int32(const int32_t *from, int32_t *to, int64_t n, int shift)
{
	int64_t start[N_DIGITS + 1] = {0};

	for (int64_t i = 0; i < n; i++)
		start[(from[i] >> shift & (N_DIGITS - 1)) + 1]++;
	if (start[(from[0] >> shift & (N_DIGITS - 1)) + 1] == n)
		return false;
	for (int d = 0; d < N_DIGITS; d++)
		start[d + 1] += start[d];
	for (int64_t i = 0; i < n; i++)
		to[start[from[i] >> shift & (N_DIGITS - 1)]++] = from[i];
	return true;
}

void
seg_sort_int32(int32_t *x, int32_t *scratch, int64_t n)
{
	int32_t *from = x;
	int32_t *to = scratch;

	if (n <= FEW)
	{
		insert_int32(x, n);
		return;
	}
	for (int shift = 0; shift < 32; shift += DIGIT_BITS)
	{
		if (deal_int32(from, to, n, shift))
		{
			int32_t *other = from;

			from = to;
			to = other;
		}
	}
	if (from != x)
		memcpy(x, from, (size_t) n * sizeof(int32_t));
}
