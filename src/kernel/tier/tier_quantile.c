/*-------------------------------------------------------------------------
 *
 * tier_quantile.c
 *	  Exact quantiles of scores that need not fit in memory.
 *
 * A quantile is R's type 7 [1], which is percentile_cont: the score at position
 * (W - 1) i / n, counted from zero, on the line between its two neighbours.
 * Weights count rows, as if a row of weight 3 were there three times, and W is
 * their sum; weights with a mean below 1 are first raised to a mean of 1, or
 * shares that sum to 1 would put every quantile at position 0.  Positions are
 * split exactly, so that a quantile that falls on a score is that score.
 *
 * The neighbours are found by their bits, from the first byte to the last: each
 * pass over the rows counts the next byte of the scores that begin like a
 * wanted one.  It takes eight passes, and a table of 256 counts per wanted
 * score, whatever the number of rows.
 *
 * [1] R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The
 * American Statistician 50(4), 1996.
 *
 * src/kernel/tier/tier_quantile.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "kernel/tier/tier.h"
#include "kernel/tier/tier_scores.h"

#define BYTE_VALUES 256

/* A wanted score: the scores below it have less mass than rank. */
typedef struct Target
{
	double rank;
	uint64_t prefix; /* its leading bytes, as far as they are known */
	double below;    /* mass of scores with a smaller prefix */
	int64_t slot;    /* of the prefix in the search */
	double *score;   /* where it goes at the end */
} Target;

typedef struct Search
{
	Target *targets; /* by rank */
	int64_t n_targets;
	uint64_t *prefixes; /* distinct, ascending */
	double *masses;     /* BYTE_VALUES for each */
	int64_t n_slots;
	int shift; /* bits after the byte that this pass counts */
} Search;

static SegStatus
count_byte(void *context, double score, double mass)
{
	Search *s = context;
	uint64_t key = seg_radix_key(score) >> s->shift;
	int64_t low = 0;
	int64_t high = s->n_slots - 1;

	while (low < high)
	{
		int64_t mid = (low + high) / 2;

		if (s->prefixes[mid] < key / BYTE_VALUES)
			low = mid + 1;
		else
			high = mid;
	}
	if (s->prefixes[low] == key / BYTE_VALUES)
		s->masses[low * BYTE_VALUES + (int64_t) (key % BYTE_VALUES)] += mass;
	return SEG_OK;
}

/*
 * Targets with the same prefix share a slot; prefixes ascend as ranks do.
 */
static void
assign_slots(Search *s)
{
	s->n_slots = 0;
	for (int64_t t = 0; t < s->n_targets; t++)
	{
		uint64_t prefix = s->targets[t].prefix;

		if (s->n_slots == 0 || s->prefixes[s->n_slots - 1] != prefix)
			s->prefixes[s->n_slots++] = prefix;
		s->targets[t].slot = s->n_slots - 1;
	}
	memset(s->masses,
	       0,
	       (size_t) (s->n_slots * BYTE_VALUES) * sizeof(*s->masses));
}

/*
 * Append the byte at which the mass reaches the rank, or the last one found if
 * rounding of fractional weights let the rank slip past it.
 */
static void
choose_byte(const Search *s, Target *target)
{
	const double *masses = s->masses + target->slot * BYTE_VALUES;
	double below = target->below;
	uint64_t chosen = 0;

	for (uint64_t b = 0; b < BYTE_VALUES; b++)
	{
		if (masses[b] == 0)
			continue;
		chosen = b;
		target->below = below;
		below += masses[b];
		if (below >= target->rank)
			break;
	}
	target->prefix = target->prefix * BYTE_VALUES + chosen;
}

static SegStatus
find_targets(SegEnv *env, SegRows *rows, int32_t column, Search *s)
{
	SEG_ALLOC(env, s->prefixes, s->n_targets);
	SEG_ALLOC(env, s->masses, s->n_targets * BYTE_VALUES);
	for (s->shift = 56; s->shift >= 0; s->shift -= 8)
	{
		assign_slots(s);
		SEG_TRY(seg_tier_visit(env, rows, column, count_byte, s));
		for (int64_t t = 0; t < s->n_targets; t++)
			choose_byte(s, &s->targets[t]);
	}
	for (int64_t t = 0; t < s->n_targets; t++)
		*s->targets[t].score = seg_radix_unkey(s->targets[t].prefix);
	return SEG_OK;
}

/* A quantile lies between two scores. */
typedef struct Place
{
	double rank;  /* of the lower one, in rows from 1 */
	double share; /* of the way to the upper one */
	double lower;
	double upper;
} Place;

static void
find_place(double mass, int64_t i, int64_t n, Place *place)
{
	double position = fmax(mass - 1, 0) * (double) i;
	double rest = fmod(position, (double) n);

	place->rank = (position - rest) / (double) n + 1;
	place->share = rest / (double) n;
}

/*
 * The ranks of the lower scores ascend, and so do those of the upper ones: merge
 * them.
 */
static void
merge_targets(Place *places, int64_t count, double unit, Target *targets)
{
	int64_t l = 0;
	int64_t u = 0;

	while (u < count)
	{
		if (l < count && places[l].rank <= places[u].rank + 1)
		{
			*targets++ = (Target){.rank = places[l].rank * unit,
			                      .score = &places[l].lower};
			l++;
		}
		else
		{
			*targets++ = (Target){.rank = (places[u].rank + 1) * unit,
			                      .score = &places[u].upper};
			u++;
		}
	}
}

static double
between(const Place *p)
{
	double difference = p->upper - p->lower;
	double x = isinf(difference)
	               ? p->lower * (1 - p->share) + p->upper * p->share
	               : p->lower + p->share * difference;

	/* rounding must not lift the edge to the score above it */
	return x < p->upper ? x : p->lower;
}

SegStatus
seg_tier_quantiles(SegEnv *env, SegRows *rows, int32_t column, double mass,
                   int64_t n, double *edges)
{
	double unit = fmin(1, mass / (double) rows->n); /* mass of a row */
	Search search = {0};
	Place *places;

	if (n == 1)
		return SEG_OK;
	/* positions go up to this; find_place may not overflow */
	if (!isfinite(mass / unit * (double) n))
		return seg_fail(env, SEG_NOT_FINITE, "sum of weights", mass, 0);
	SEG_ALLOC(env, places, n - 1);
	for (int64_t i = 1; i < n; i++)
		find_place(mass / unit, i, n, &places[i - 1]);
	search.n_targets = 2 * (n - 1);
	SEG_ALLOC(env, search.targets, search.n_targets);
	merge_targets(places, n - 1, unit, search.targets);
	SEG_TRY(find_targets(env, rows, column, &search));
	for (int64_t i = 0; i < n - 1; i++)
		edges[i] = between(&places[i]);
	return SEG_OK;
}
