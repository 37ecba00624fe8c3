/*-------------------------------------------------------------------------
 *
 * offer_problem.h
 *	  Who gets which offer, as a problem of numbers: users with the offers that
 *	  each could get, and limits on what all of them use together.
 *
 * Maximize the value of the offers that are taken, so that a user takes no more
 * than per_user of them and no limit is exceeded. With one offer for each user
 * and one limit this is the multiple-choice knapsack problem; with a limit for
 * each offer a generalized assignment problem.
 *
 * src/kernel/policy/offer_problem.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_OFFER_PROBLEM_H
#define SEG_KERNEL_OFFER_PROBLEM_H

#include "base/env.h"
#include "base/wide.h"

/* What a user could get. */
typedef struct SegOffer
{
	int32_t user;
	int32_t offer;
	double value; /* above 0 */
	double cost;  /* not below 0 */
} SegOffer;

#define SEG_NO_LIMIT (-1)

typedef struct SegOfferProblem
{
	int64_t n;
	const SegOffer *offers; /* by user, then by offer */
	int64_t users;
	const int64_t *start; /* of each user's offers; users + 1 */
	int64_t per_user;

	int64_t limits;
	const double *most; /* of each limit, above 0 */
	int32_t budget;     /* the limit on the cost of all; or SEG_NO_LIMIT */
	const int32_t *offer_budget; /* of each offer: the limit on its cost */
	const int32_t *capacity;     /* of each offer: the limit on its number */
} SegOfferProblem;

/* How much of which limit an offer uses. */
#define SEG_OFFER_USES 3

typedef struct SegOfferUse
{
	int32_t limit;
	double amount;
} SegOfferUse;

static inline int
seg_offer_uses(const SegOfferProblem *problem, const SegOffer *offer,
               SegOfferUse *use)
{
	int n = 0;

	if (problem->budget >= 0)
		use[n++] = (SegOfferUse){problem->budget, offer->cost};
	if (problem->offer_budget[offer->offer] >= 0)
		use[n++] =
			(SegOfferUse){problem->offer_budget[offer->offer], offer->cost};
	if (problem->capacity[offer->offer] >= 0)
		use[n++] = (SegOfferUse){problem->capacity[offer->offer], 1.0};
	return n;
}

/* The value of an offer less the price of what it uses. */
static inline double
seg_offer_reduced(const SegOfferProblem *problem, const SegOffer *offer,
                  const double *prices)
{
	SegOfferUse use[SEG_OFFER_USES];
	int n = seg_offer_uses(problem, offer, use);
	double result = offer->value;

	for (int i = 0; i < n; i++)
		result -= prices[use[i].limit] * use[i].amount;
	return result;
}

/*
 * offer_prices.c: prices of the limits, one each, that are best for the bound; and
 * the bound, which no allocation exceeds.
 */
extern SegStatus seg_offer_prices(SegEnv *env, const SegOfferProblem *problem,
                                  double *prices, double *bound);

/* The bound that prices give. */
extern SegStatus seg_offer_bound(SegEnv *env, const SegOfferProblem *problem,
                                 const double *prices, double *bound);

/* Offers that are taken. */
typedef struct SegOfferChoice
{
	bool *taken;   /* of each offer */
	int32_t *room; /* of each user, for more of them */
	SegWide *used; /* of each limit */
} SegOfferChoice;

/*
 * Rounding of costs must not leave the last offer out: 0.1 fits into 0.3 three
 * times.
 */
#define SEG_OFFER_SLACK 1e-12

static inline bool
seg_offer_fits(const SegOfferProblem *problem, const SegOfferChoice *choice,
               const SegOfferUse *use, int n)
{
	for (int i = 0; i < n; i++)
	{
		SegWide used = choice->used[use[i].limit];

		if ((used.hi - problem->most[use[i].limit]) + used.lo + use[i].amount >
		    SEG_OFFER_SLACK * problem->most[use[i].limit])
			return false;
	}
	return true;
}

static inline void
seg_offer_count(SegOfferChoice *choice, const SegOfferUse *use, int n,
                double sign)
{
	for (int i = 0; i < n; i++)
	{
		SegWide *used = &choice->used[use[i].limit];

		*used = seg_wide_add(*used, (SegWide){sign * use[i].amount, 0.0});
	}
}

/* offer_greedy.c: a good choice by prices */
extern SegStatus seg_offer_greedy(SegEnv *env, const SegOfferProblem *problem,
                                  const double *prices, SegOfferChoice *choice);

extern double
seg_offer_value(const SegOfferProblem *problem, const SegOfferChoice *choice);

/*
 * offer_search.c: look for a better choice, in so many steps at most; is_optimal:
 * there is none.
 */
extern SegStatus
seg_offer_search(SegEnv *env, const SegOfferProblem *problem,
                 const double *prices, double bound, int64_t steps,
                 SegOfferChoice *choice, bool *is_optimal);

#endif /* SEG_KERNEL_OFFER_PROBLEM_H */
