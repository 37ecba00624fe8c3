/*-------------------------------------------------------------------------
 *
 * offer_greedy.c
 *	  A good allocation of offers, by prices.
 *
 * At the best prices nearly all users have one choice that is better than any
 * other, and it is right. What is left are the few that are indifferent. So
 * offers are taken in the order of how much better they are than what the user
 * would choose otherwise, while the limits last: with one limit that is the
 * order along the convex hulls of the users' offers, by value per cost. Of
 * offers that are as good the one that uses least comes first. Then users move
 * to better offers for what is left, those first to which it is worth most.
 *
 * P. Sinha, A. A. Zoltners, "The Multiple-Choice Knapsack Problem", Operations
 * Research 27(3), 1979.
 *
 * src/kernel/policy/offer_greedy.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "base/radix_sort.h"
#include "kernel/policy/offer_margins.h"

#define MOST_SWEEPS 100
#define ROUNDING    1e-8 /* of the largest value: what means nothing */

typedef struct Greedy
{
	SegEnv *env;
	const SegOfferProblem *problem;
	SegOfferChoice *choice;
	const double *reduced;
	SegRadixItem *order;
	SegRadixItem *scratch;
	int64_t *instead; /* of each offer in order: the one given back, or -1 */
	double largest;   /* value */
	int64_t steps_done;
} Greedy;

/*
 * Take an offer in place of another, or of none (-1), if it fits.
 */
static bool
take(Greedy *g, int64_t j, int64_t instead)
{
	const SegOffer *offers = g->problem->offers;
	SegOfferUse use[SEG_OFFER_USES];
	SegOfferUse old[SEG_OFFER_USES];
	int n = seg_offer_uses(g->problem, &offers[j], use);
	int m = instead < 0 ? 0 : seg_offer_uses(g->problem, &offers[instead], old);

	seg_offer_count(g->choice, old, m, -1.0);
	if (!seg_offer_fits(g->problem, g->choice, use, n))
	{
		seg_offer_count(g->choice, old, m, 1.0);
		return false;
	}
	seg_offer_count(g->choice, use, n, 1.0);
	g->choice->taken[j] = true;
	if (instead < 0)
		g->choice->room[offers[j].user]--;
	else
		g->choice->taken[instead] = false;
	return true;
}

/*
 * What an offer uses: its price, and its parts of the limits, which count where
 * limits have no price.
 */
static double
use_of(const Greedy *g, int64_t j)
{
	const SegOffer *offer = &g->problem->offers[j];
	SegOfferUse use[SEG_OFFER_USES];
	int n = seg_offer_uses(g->problem, offer, use);
	double sum = offer->value - g->reduced[j];

	for (int i = 0; i < n; i++)
		sum += g->largest * (use[i].amount / g->problem->most[use[i].limit]);
	return sum;
}

/*
 * The largest first; those that differ by rounding of the prices as they were.
 */
static void
put_largest_first(Greedy *g, int64_t at, double worth)
{
	double x = fabs(worth) < ROUNDING * g->largest ? 0.0 : -worth;

	g->order[at].key = seg_radix_key(x);
}

/*
 * Those sure to be right first; of those equally sure the ones that use least.
 */
static SegStatus
take_by_margin(Greedy *g, const double *margins)
{
	const SegOffer *offers = g->problem->offers;
	int64_t n = g->problem->n;

	for (int64_t j = 0; j < n; j++)
	{
		g->order[j].index = j;
		g->order[j].key = seg_radix_key(use_of(g, j));
	}
	SEG_TRY(seg_radix_sort(g->env, g->order, g->scratch, n));
	for (int64_t i = 0; i < n; i++)
		put_largest_first(g, i, margins[g->order[i].index]);
	SEG_TRY(seg_radix_sort(g->env, g->order, g->scratch, n));
	for (int64_t i = 0; i < n; i++)
	{
		int64_t j = g->order[i].index;

		if (g->choice->room[offers[j].user] > 0)
			(void) take(g, j, -1);
		SEG_TRY(seg_count_steps(g->env, &g->steps_done, 8));
	}
	return SEG_OK;
}

/* An offer that is taken for one that is given back. */
typedef struct Move
{
	int64_t to;
	int64_t from; /* -1: there is no move */
	double worth;
} Move;

/*
 * The move of a user that gains value and is worth most at the prices.
 */
static Move
best_move(const Greedy *g, int64_t u)
{
	const SegOfferProblem *problem = g->problem;
	const bool *taken = g->choice->taken;
	int64_t first = problem->start[u];
	int64_t end = problem->start[u + 1];
	Move best = {-1, -1, -INFINITY};

	for (int64_t i = first; i < end; i++)
	{
		for (int64_t j = first; taken[i] && j < end; j++)
		{
			double worth = g->reduced[j] - g->reduced[i];

			if (!taken[j] && worth > best.worth &&
			    problem->offers[j].value > problem->offers[i].value)
				best = (Move){j, i, worth};
		}
	}
	return best;
}

/*
 * One sweep over all users; how many moved.
 */
static SegStatus
move_up(Greedy *g, int64_t *moved)
{
	int64_t n = 0;

	*moved = 0;
	for (int64_t u = 0; u < g->problem->users; u++)
	{
		int64_t length = g->problem->start[u + 1] - g->problem->start[u];
		Move move = best_move(g, u);

		if (move.from >= 0)
		{
			g->instead[move.to] = move.from;
			g->order[n].index = move.to;
			put_largest_first(g, n++, move.worth);
		}
		SEG_TRY(seg_count_steps(g->env, &g->steps_done, length * length));
	}
	SEG_TRY(seg_radix_sort(g->env, g->order, g->scratch, n));
	for (int64_t i = 0; i < n; i++)
	{
		int64_t to = g->order[i].index;

		*moved += take(g, to, g->instead[to]);
	}
	return SEG_OK;
}

/*
 * Offers that fit into what others gave back.
 */
static SegStatus
use_leftovers(Greedy *g, int64_t *filled)
{
	*filled = 0;
	for (int64_t i = 0; i < g->problem->n; i++)
	{
		if (!g->choice->taken[i] &&
		    g->choice->room[g->problem->offers[i].user] > 0)
			*filled += take(g, i, -1);
	}
	return seg_count_steps(g->env, &g->steps_done, 8 * g->problem->n);
}

double
seg_offer_value(const SegOfferProblem *problem, const SegOfferChoice *choice)
{
	SegWide sum = {0.0, 0.0};

	for (int64_t j = 0; j < problem->n; j++)
	{
		if (choice->taken[j])
			sum = seg_wide_add(sum, (SegWide){problem->offers[j].value, 0.0});
	}
	return sum.hi;
}

SegStatus
seg_offer_greedy(SegEnv *env, const SegOfferProblem *problem,
                 const double *prices, SegOfferChoice *choice)
{
	Greedy g = {.env = env, .problem = problem, .choice = choice};
	SegOfferMargins margins;
	int64_t changed = 1;

	SEG_TRY(seg_offer_margins(env, problem, prices, &margins));
	g.reduced = margins.reduced;
	for (int64_t j = 0; j < problem->n; j++)
		g.largest = fmax(g.largest, problem->offers[j].value);
	SEG_ALLOC(env, g.order, problem->n);
	SEG_ALLOC(env, g.scratch, problem->n);
	SEG_ALLOC(env, g.instead, problem->n);
	SEG_TRY(take_by_margin(&g, margins.margin));
	for (int sweep = 0; sweep < MOST_SWEEPS && changed > 0; sweep++)
	{
		int64_t filled;

		SEG_TRY(move_up(&g, &changed));
		SEG_TRY(use_leftovers(&g, &filled));
		changed += filled;
	}
	return SEG_OK;
}
