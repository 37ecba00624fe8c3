/*-------------------------------------------------------------------------
 *
 * offer_margins.c
 *	  How sure a user's choice of offers is, at given prices.
 *
 * src/kernel/policy/offer_margins.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/policy/offer_margins.h"

#include <math.h>

/*
 * By insertion, since users have few offers.
 */
void
seg_offer_rank(const double *reduced, int64_t first, int64_t end,
               int64_t *order)
{
	for (int64_t j = first; j < end; j++)
	{
		int64_t at = j - first;

		for (; at > 0 && reduced[order[at - 1]] < reduced[j]; at--)
			order[at] = order[at - 1];
		order[at] = j;
	}
}

/*
 * The choice is made between the worst offer that is among the best, and the
 * best one that is not; where there is none, an offer worth 0 stands for it.
 */
static void
set_margins(const SegOfferProblem *problem, int64_t u, const int64_t *order,
            SegOfferMargins *margins)
{
	int64_t n = problem->start[u + 1] - problem->start[u];
	int64_t m = problem->per_user;
	double in = m <= n ? fmax(margins->reduced[order[m - 1]], 0.0) : 0.0;
	double out = m < n ? fmax(margins->reduced[order[m]], 0.0) : 0.0;

	for (int64_t i = 0; i < n; i++)
	{
		double reduced = margins->reduced[order[i]];

		margins->margin[order[i]] =
			reduced - (i < m && reduced > 0.0 ? out : in);
	}
}

SegStatus
seg_offer_margins(SegEnv *env, const SegOfferProblem *problem,
                  const double *prices, SegOfferMargins *margins)
{
	int64_t done = 0;
	int64_t *order;

	SEG_ALLOC(env, margins->reduced, problem->n);
	SEG_ALLOC(env, margins->margin, problem->n);
	SEG_ALLOC(env, order, problem->n);
	for (int64_t j = 0; j < problem->n; j++)
		margins->reduced[j] =
			seg_offer_reduced(problem, &problem->offers[j], prices);
	for (int64_t u = 0; u < problem->users; u++)
	{
		int64_t n = problem->start[u + 1] - problem->start[u];

		seg_offer_rank(margins->reduced,
		               problem->start[u],
		               problem->start[u + 1],
		               order);
		set_margins(problem, u, order, margins);
		SEG_TRY(seg_count_steps(env, &done, 8 + n * n));
	}
	return SEG_OK;
}
