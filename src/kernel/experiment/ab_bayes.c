/*-------------------------------------------------------------------------
 *
 * ab_bayes.c
 *	  Which variant of an experiment is the best, and what is lost with another?
 *
 * A share has the beta distribution that follows from its users if all shares
 * were equally likely before; a mean or a ratio is normal with its standard
 * error.
 *
 * src/kernel/experiment/ab_bayes.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_bayes.h"

#include <math.h>

#include "base/missing.h"
#include "kernel/experiment/ab_test.h"
#include "kernel/experiment/chance_to_win.h"

/* With more of both successes and failures, a share is about normal. */
#define MOST_OF_BOTH 5e8

/*
 * What is known about the mean of a variant; false: nothing.
 */
static bool
posterior_of(const SegAbEstimate *e, SegPosterior *posterior)
{
	double successes = rint(e->mean * e->n);
	double failures = e->n - successes;

	if (e->is_share && fmin(successes, failures) <= MOST_OF_BOTH)
		*posterior = seg_posterior_of_share(successes, failures);
	else if (e->variance > 0.0)
		*posterior =
			seg_posterior_of_mean(e->mean, e->mean_rest, sqrt(e->variance));
	else
		return false;
	return true;
}

SegStatus
seg_ab_bayes(SegEnv *env, const SegAbState *stored, bool ratio,
             SegAbBayes **rows)
{
	SegAbState state;
	SegAbEstimate *estimates;
	SegPosterior *posteriors;
	double *chances, *losses;
	double reduction;
	int64_t n = 0;
	int unit;

	/* a state of the aggregate may have carries left */
	SEG_TRY(seg_ab_state_copy(env, stored, &state));
	SEG_ALLOC(env, estimates, state.variants);
	SEG_ALLOC(env, posteriors, state.variants);
	SEG_ALLOC(env, chances, state.variants);
	SEG_ALLOC(env, losses, state.variants);
	SEG_ALLOC(env, *rows, state.variants);
	SEG_TRY(seg_ab_estimates(env,
	                         &state,
	                         ratio,
	                         false,
	                         estimates,
	                         &unit,
	                         &reduction));
	for (int64_t i = 0; i < state.variants; i++)
		n += posterior_of(&estimates[i], &posteriors[n]);
	SEG_TRY(seg_chances_to_win(env, posteriors, n, chances, losses));
	for (int64_t i = 0, at = 0; i < state.variants; i++)
	{
		SegPosterior own;
		bool is_known = posterior_of(&estimates[i], &own);
		SegAbBayes row = {ldexp(estimates[i].mean, unit),
		                  is_known ? chances[at] : seg_missing(),
		                  is_known ? ldexp(losses[at], unit) : seg_missing()};

		if (isinf(row.mean) || isinf(row.expected_loss))
			return seg_fail(env, SEG_NOT_FINITE, "expected loss", INFINITY, 0);
		(*rows)[i] = row;
		at += is_known;
	}
	return SEG_OK;
}
