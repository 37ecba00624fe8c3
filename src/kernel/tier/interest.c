/*-------------------------------------------------------------------------
 *
 * interest.c
 *	  Which keys of a count map have the largest totals.
 *
 * Sums of weights carry twice the digits of a double, and are rounded to one to
 * be compared.  So equal totals tie, whatever the order in which their weights
 * were added, and the keys decide.
 *
 * The best n keys are kept in a heap with the worst of them on top, which is
 * where a better one replaces it: m keys cost m comparisons, and log n more for
 * each that gets in.
 *
 * src/kernel/tier/interest.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tier/interest.h"

#include <math.h>

void
seg_interest_merge(void *into, const void *from, int64_t width)
{
	if (width == SEG_INTEREST_COUNT_WIDTH)
		seg_interest_add_count(into, *(const int64_t *) from);
	else if (width == SEG_INTEREST_SUM_WIDTH)
		seg_interest_add_sum(into, *(const SegWide *) from);
}

/*
 * Negative if the total of key a is below that of key b, 0 if equal, else
 * positive.
 */
static int
compare_totals(const SegCountMap *keys, int64_t a, int64_t b)
{
	const void *x = seg_count_map_words(keys, a);
	const void *y = seg_count_map_words(keys, b);

	if (keys->width == SEG_INTEREST_COUNT_WIDTH)
	{
		int64_t p = *(const int64_t *) x, q = *(const int64_t *) y;

		return (p > q) - (p < q);
	}
	else
	{
		double p = *(const double *) x, q = *(const double *) y;

		return (p > q) - (p < q);
	}
}

static bool
ranks_before(const SegCountMap *keys, int64_t a, int64_t b)
{
	int order = compare_totals(keys, a, b);

	if (order != 0)
		return order > 0;
	return seg_text_compare(seg_count_map_key(keys, a),
	                        seg_count_map_key(keys, b)) < 0;
}

/*
 * Let the key at a place sink to where both its children rank before it.
 */
static void
sink(const SegCountMap *keys, int64_t *heap, int64_t size, int64_t at)
{
	int64_t key = heap[at];

	for (int64_t child = 2 * at + 1; child < size; child = 2 * at + 1)
	{
		if (child + 1 < size &&
		    ranks_before(keys, heap[child], heap[child + 1]))
			child++;
		if (ranks_before(keys, heap[child], key))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = key;
}

/*
 * Are all sums of weights numbers?
 */
static SegStatus
check_totals(SegEnv *env, const SegCountMap *keys)
{
	if (keys->width != SEG_INTEREST_SUM_WIDTH)
		return SEG_OK;
	for (int64_t i = 0; i < keys->n; i++)
	{
		double total = *(const double *) seg_count_map_words(keys, i);

		if (!isfinite(total))
			return seg_fail(env, SEG_NOT_FINITE, "total weight", total, 0);
	}
	return SEG_OK;
}

SegStatus
seg_interest_rank(SegEnv *env, const SegCountMap *keys, int64_t n,
                  int64_t *ranked, int64_t *count)
{
	int64_t size = n < keys->n ? n : keys->n;

	SEG_TRY(check_totals(env, keys));
	for (int64_t i = 0; i < size; i++)
		ranked[i] = i;
	for (int64_t at = size / 2; at-- > 0;)
		sink(keys, ranked, size, at);
	for (int64_t i = size; i < keys->n; i++)
	{
		if (i % 65536 == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (!ranks_before(keys, i, ranked[0]))
			continue;
		ranked[0] = i;
		sink(keys, ranked, size, 0);
	}
	/* the worst leaves from the top, to the end */
	for (int64_t end = size - 1; end > 0; end--)
	{
		int64_t worst = ranked[0];

		ranked[0] = ranked[end];
		sink(keys, ranked, end, 0);
		ranked[end] = worst;
	}
	*count = size;
	return SEG_OK;
}
