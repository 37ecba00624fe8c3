/*-------------------------------------------------------------------------
 *
 * tier_jenks.c
 *	  Tiers by natural breaks: the classes of least variance, exactly.
 *
 * src/kernel/tier/tier_jenks.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tier/tier.h"

#include "base/natural_breaks.h"
#include "kernel/tier/tier_scores.h"

/* Distinct scores, and their product with the number of classes. */
#define MAX_DISTINCT (INT64_C(1) << 20)
#define MAX_CELLS    (INT64_C(1) << 24)

#define FIRST_ROOM 4096

typedef struct Scores
{
	SegEnv *env;
	SegRadixItem *at; /* with their masses */
	SegRadixItem *scratch;
	int64_t n;
	int64_t room;
	int64_t limit;
} Scores;

/*
 * Sort, and add up the masses of equal scores, in row order because the sort is
 * stable.
 */
static SegStatus
compact(Scores *s)
{
	int64_t kept = 0;

	SEG_TRY(seg_radix_sort(s->env, s->at, s->scratch, s->n));
	for (int64_t i = 0; i < s->n; i++)
	{
		if (kept > 0 && s->at[kept - 1].key == s->at[i].key)
			s->at[kept - 1].number += s->at[i].number;
		else
			s->at[kept++] = s->at[i];
	}
	s->n = kept;
	if (kept > s->limit)
		return seg_fail_facts(s->env,
		                      SEG_DISTINCT_LIMIT,
		                      (SegDiag){.what = "scores",
		                                .name = "natural breaks",
		                                .got = (double) kept,
		                                .want = (double) s->limit});
	return SEG_OK;
}

static SegStatus
tier_jenks_make_room(Scores *s)
{
	int64_t room = s->room > 0 ? s->room * 4 : FIRST_ROOM;
	SegRadixItem *at;

	SEG_ALLOC(s->env, at, room);
	SEG_ALLOC(s->env, s->scratch, room);
	if (s->n > 0)
		memcpy(at, s->at, (size_t) s->n * sizeof(SegRadixItem));
	s->at = at;
	s->room = room;
	return SEG_OK;
}

static SegStatus
collect_score(void *context, double score, double mass)
{
	Scores *s = context;

	if (s->n == s->room)
	{
		if (s->n > 0)
			SEG_TRY(compact(s));
		if (s->n >= s->room / 2)
			SEG_TRY(tier_jenks_make_room(s));
	}
	s->at[s->n++] = (SegRadixItem){seg_radix_key(score), .number = mass};
	return SEG_OK;
}

/*
 * An edge is the highest score of its tier.
 */
static SegStatus
find_breaks(SegEnv *env, const Scores *s, const SegTierRange *range, int64_t n,
            double *edges)
{
	SegBreakItems items = {s->at,
	                       s->n,
	                       range->mass,
	                       range->center,
	                       range->factor};
	int64_t *first;

	SEG_ALLOC(env, first, n);
	SEG_TRY(seg_natural_breaks(env, &items, n, first));
	for (int64_t m = 1; m < n; m++)
		edges[m - 1] = seg_radix_unkey(s->at[first[m] - 1].key);
	return SEG_OK;
}

SegStatus
seg_tier_jenks(SegEnv *env, SegRows *rows, const SegTierRange *range, int64_t n,
               double *edges, int64_t *count)
{
	Scores s = {.env = env, .limit = MAX_CELLS / n};

	if (s.limit > MAX_DISTINCT)
		s.limit = MAX_DISTINCT;
	SEG_TRY(seg_tier_visit(env, rows, 0, collect_score, &s));
	SEG_TRY(compact(&s));
	if (n > s.n)
		n = s.n; /* every score is a tier of its own */
	*count = n - 1;
	return n > 1 ? find_breaks(env, &s, range, n, edges) : SEG_OK;
}
