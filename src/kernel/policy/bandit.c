/*-------------------------------------------------------------------------
 *
 * bandit.c
 *	  What to try next: variants that have done well, and those that were tried
 *	  too little to know.
 *
 * A draw of Thompson sampling [1] is the quantile of the beta distribution at a
 * uniform number that seed and key determine, found by bisection. UCB1 is that of
 * [2]. The allocation is what Thompson sampling gives on average.
 *
 * [1] W. R. Thompson, "On the Likelihood That One Unknown Probability Exceeds
 * Another in View of the Evidence of Two Samples", Biometrika 25, 1933.
 *
 * [2] P. Auer, N. Cesa-Bianchi, P. Fischer, "Finite-Time Analysis of the
 * Multiarmed Bandit Problem", Machine Learning 47, 2002.
 *
 * src/kernel/policy/bandit.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/policy/bandit.h"

#include <math.h>

#include "base/hash.h"

#define MOST_TRIALS 1e9

static SegStatus
check_trials(SegEnv *env, const char *what, double x)
{
	/* also true for NaN */
	if (!(x >= 0.0 && x <= MOST_TRIALS))
		return seg_fail_range(env, SEG_ARGUMENT_RANGE, what, x, 0, MOST_TRIALS);
	return SEG_OK;
}

static SegStatus
check_not_above(SegEnv *env, const char *what, double x, const char *most_name,
                double most)
{
	if (x > most)
		return seg_fail_facts(env,
		                      SEG_ABOVE,
		                      (SegDiag){.what = what,
		                                .name = most_name,
		                                .got = x,
		                                .want = most});
	return SEG_OK;
}

SegStatus
seg_thompson_sample(SegEnv *env, double successes, double failures,
                    int64_t seed, SegText key, double *share)
{
	SegPosterior posterior;
	double low = 0.0, high = 1.0, chance, below, above;

	SEG_TRY(check_trials(env, "successes", successes));
	SEG_TRY(check_trials(env, "failures", failures));
	posterior = seg_posterior_of_share(successes, failures);
	chance = seg_random_real((uint64_t) seed,
	                         seg_hash(key.bytes, (size_t) key.length, 0),
	                         0);
	for (;;)
	{
		double middle = 0.5 * (low + high);

		if (middle <= low || middle >= high)
			break;
		seg_share_tails(&posterior, middle, 1.0 - middle, &below, &above);
		if (below <= chance)
			low = middle;
		else
			high = middle;
	}
	*share = low;
	return SEG_OK;
}

SegStatus
seg_ucb1(SegEnv *env, double successes, int64_t trials, int64_t total,
         double *bound)
{
	SEG_TRY(check_trials(env, "trials", (double) trials));
	SEG_TRY(check_trials(env, "total", (double) total));
	SEG_TRY(check_trials(env, "successes", successes));
	SEG_TRY(
		check_not_above(env, "successes", successes, "trials", (double) trials));
	SEG_TRY(check_not_above(env,
	                        "trials",
	                        (double) trials,
	                        "total",
	                        (double) total));
	*bound = trials == 0
	             ? INFINITY
	             : successes / (double) trials +
	                   sqrt(2.0 * log((double) total) / (double) trials);
	return SEG_OK;
}

SegStatus
seg_bandit_allocate(SegEnv *env, const double *successes, const double *trials,
                    int64_t n, double *shares)
{
	SegPosterior *posteriors;
	double *losses;

	SEG_ALLOC(env, posteriors, n + 1);
	SEG_ALLOC(env, losses, n + 1);
	for (int64_t i = 0; i < n; i++)
	{
		SEG_TRY(check_trials(env, "successes", successes[i]));
		SEG_TRY(check_trials(env, "trials", trials[i]));
		SEG_TRY(check_not_above(env,
		                        "successes",
		                        successes[i],
		                        "trials",
		                        trials[i]));
		posteriors[i] =
			seg_posterior_of_share(successes[i], trials[i] - successes[i]);
	}
	return seg_chances_to_win(env, posteriors, n, shares, losses);
}
