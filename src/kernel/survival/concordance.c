/*-------------------------------------------------------------------------
 *
 * concordance.c
 *	  Harrell's C: how often the user with the higher score has the event first.
 *
 * A pair of rows can be compared if the earlier of the two times ended with an
 * event, or, if the times are equal, if one ended with an event and the other
 * was censored [1].  So rows are taken from the last time to the first, and
 * each event asks how many of the rows already taken have a lower, an equal and
 * a higher score; a binary indexed tree [2] over the ranks of the scores counts
 * them in log n steps.  At equal times, censored rows are taken before the
 * events ask, events after.
 *
 * [1] F. E. Harrell et al., "Evaluating the Yield of Medical Tests", JAMA 247,
 * 1982; ties as in T. M. Therneau, survival 3.5, concordance.
 *
 * [2] P. M. Fenwick, "A New Data Structure for Cumulative Frequency Tables",
 * Software: Practice and Experience 24(3), 1994.
 *
 * src/kernel/survival/concordance.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/survival/concordance.h"

#define STOP_INTERVAL 65536

/* How many rows have each rank, from 1 on, as a binary indexed tree. */
typedef struct Ranks
{
	int64_t *of; /* rank of each row */
	int64_t *tree;
	int64_t n;     /* different ranks */
	int64_t taken; /* rows in the tree */
} Ranks;

static SegStatus
rank_scores(SegEnv *env, int64_t n, const double *scores, SegRadixItem *items,
            SegRadixItem *scratch, Ranks *ranks)
{
	SEG_ALLOC(env, ranks->of, n + 1);
	SEG_ALLOC(env, ranks->tree, n + 1);
	for (int64_t i = 0; i < n; i++)
		items[i] = (SegRadixItem){seg_radix_key(scores[i] + 0.0), .index = i};
	SEG_TRY(seg_radix_sort(env, items, scratch, n));
	for (int64_t i = 0; i < n; i++)
	{
		if (i == 0 || items[i].key != items[i - 1].key)
			ranks->n++;
		ranks->of[items[i].index] = ranks->n;
	}
	return SEG_OK;
}

static void
concordance_take(Ranks *ranks, int64_t rank)
{
	for (; rank <= ranks->n; rank += rank & -rank)
		ranks->tree[rank]++;
	ranks->taken++;
}

/*
 * Rows in the tree up to and including a rank.
 */
static int64_t
count_up_to(const Ranks *ranks, int64_t rank)
{
	int64_t sum = 0;

	for (; rank > 0; rank -= rank & -rank)
		sum += ranks->tree[rank];
	return sum;
}

static void
concordance_compare(const Ranks *ranks, int64_t rank, SegConcordance *pairs)
{
	int64_t lower = count_up_to(ranks, rank - 1);
	int64_t up_to = count_up_to(ranks, rank);

	pairs->concordant += lower;
	pairs->tied += up_to - lower;
	pairs->discordant += ranks->taken - up_to;
}

/*
 * Take the rows of one time, from first to end.
 */
static SegStatus
concordance_take_time(SegEnv *env, Ranks *ranks, const char *is_event,
                      int64_t first, int64_t end, SegConcordance *pairs)
{
	for (int64_t i = first; i < end; i++)
	{
		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (!is_event[i])
			concordance_take(ranks, ranks->of[i]);
	}
	for (int64_t i = first; i < end; i++)
	{
		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (is_event[i])
			concordance_compare(ranks, ranks->of[i], pairs);
	}
	for (int64_t i = first; i < end; i++)
	{
		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (is_event[i])
			concordance_take(ranks, ranks->of[i]);
	}
	return SEG_OK;
}

SegStatus
seg_concordance(SegEnv *env, int64_t n, const double *times,
                const char *is_event, const double *scores, SegRadixItem *items,
                SegRadixItem *scratch, SegConcordance *result)
{
	Ranks ranks = {0};
	int64_t end;

	*result = (SegConcordance){0};
	SEG_TRY(rank_scores(env, n, scores, items, scratch, &ranks));
	for (int64_t first = 0; first < n; first = end)
	{
		end = first + 1;
		while (end < n && times[end] == times[first])
			end++;
		SEG_TRY(
			concordance_take_time(env, &ranks, is_event, first, end, result));
	}
	return SEG_OK;
}

double
seg_concordance_index(const SegConcordance *pairs)
{
	double all = (double) pairs->concordant + (double) pairs->discordant +
	             (double) pairs->tied;

	if (all == 0.0)
		return 0.5;
	return ((double) pairs->concordant + (double) pairs->tied / 2) / all;
}
