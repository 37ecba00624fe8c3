/*-------------------------------------------------------------------------
 *
 * sort.c
 *	  Stable sorting of things given by number.
 *
 * Insertion sort of runs of 16, then merging from the bottom up: stable, always
 * n log n, and interruptible.
 *
 * src/base/sort.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/sort.h"

#include <string.h>

#define RUN 16
/* moves or comparisons between checks whether to stop */
#define STRETCH 65536

static bool
sort_must_stop(SegEnv *env, int64_t *since)
{
	if (++*since < STRETCH)
		return false;
	*since = 0;
	return env->stop(env->host);
}

static SegStatus
is_sorted(SegEnv *env, const int64_t *order, int64_t n, SegCompare compare,
          const void *of, bool *result)
{
	int64_t since = 0;

	*result = false;
	for (int64_t i = 1; i < n; i++)
	{
		if (sort_must_stop(env, &since))
			return SEG_STOPPED;
		if (compare(of, order[i - 1], order[i]) > 0)
			return SEG_OK;
	}
	*result = true;
	return SEG_OK;
}

static void
sort_insertion_sort(int64_t *order, int64_t n, SegCompare compare,
                    const void *of)
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

static SegStatus
sort_runs(SegEnv *env, int64_t *order, int64_t n, SegCompare compare,
          const void *of)
{
	int64_t since = 0;

	for (int64_t i = 0; i < n; i += RUN)
	{
		since += RUN - 1;
		if (sort_must_stop(env, &since))
			return SEG_STOPPED;
		sort_insertion_sort(order + i, n - i < RUN ? n - i : RUN, compare, of);
	}
	return SEG_OK;
}

static SegStatus
sort_merge(SegEnv *env, const int64_t *a, const int64_t *a_end,
           const int64_t *b, const int64_t *b_end, int64_t *to,
           SegCompare compare, const void *of, int64_t *since)
{
	while (a < a_end && b < b_end)
	{
		if (sort_must_stop(env, since))
			return SEG_STOPPED;
		*to++ = compare(of, *a, *b) <= 0 ? *a++ : *b++;
	}
	memcpy(to, a, (size_t) (a_end - a) * sizeof(int64_t));
	memcpy(to + (a_end - a), b, (size_t) (b_end - b) * sizeof(int64_t));
	return SEG_OK;
}

SegStatus
seg_sort(SegEnv *env, int64_t *order, int64_t n, SegCompare compare,
         const void *of)
{
	int64_t *scratch = NULL;
	bool sorted;

	SEG_TRY(is_sorted(env, order, n, compare, of, &sorted));
	if (sorted)
		return SEG_OK;
	if (n > RUN)
		SEG_ALLOC(env, scratch, n);
	return seg_sort_in(env, order, n, compare, of, scratch);
}

SegStatus
seg_sort_in(SegEnv *env, int64_t *order, int64_t n, SegCompare compare,
            const void *of, int64_t *scratch)
{
	int64_t *from = order;
	int64_t *to = scratch;
	int64_t since = 0;
	bool sorted;

	SEG_TRY(is_sorted(env, order, n, compare, of, &sorted));
	if (sorted)
		return SEG_OK;
	SEG_TRY(sort_runs(env, order, n, compare, of));

	for (int64_t run = RUN; run < n; run *= 2)
	{
		int64_t *other = from;

		for (int64_t i = 0; i < n; i += 2 * run)
		{
			int64_t middle = i + run < n ? i + run : n;
			int64_t end = middle + run < n ? middle + run : n;

			SEG_TRY(sort_merge(env,
			                   from + i,
			                   from + middle,
			                   from + middle,
			                   from + end,
			                   to + i,
			                   compare,
			                   of,
			                   &since));
		}
		from = to;
		to = other;
	}
	if (from != order)
		memcpy(order, from, (size_t) n * sizeof(int64_t));
	return SEG_OK;
}
