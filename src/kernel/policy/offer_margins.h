/*-------------------------------------------------------------------------
 *
 * offer_margins.h
 *	  How sure a user's choice of offers is, at given prices.
 *
 * src/kernel/policy/offer_margins.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_OFFER_MARGINS_H
#define SEG_KERNEL_OFFER_MARGINS_H

#include "kernel/policy/offer_problem.h"

typedef struct SegOfferMargins
{
	double *reduced; /* of each offer: its value less the price of what it uses */

	/*
	 * Of each offer: what the user would lose by not taking one of the best
	 * per_user, not below 0; or, below 0, what taking another one would lose.
	 */
	double *margin;
} SegOfferMargins;

extern SegStatus
seg_offer_margins(SegEnv *env, const SegOfferProblem *problem,
                  const double *prices, SegOfferMargins *margins);

/* A user's offers, the best at the prices first; equal ones keep their order. */
extern void seg_offer_rank(const double *reduced, int64_t first, int64_t end,
                           int64_t *order);

#endif /* SEG_KERNEL_OFFER_MARGINS_H */
