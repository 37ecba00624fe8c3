/*-------------------------------------------------------------------------
 *
 * satisfaction.c
 *	  What users answered on a scale: shares of answers, and shrunk averages.
 *
 * The net share is the difference of two shares of the same answers. Its interval
 * adds one answer to either side [1], and so keeps its confidence where few
 * answered, or all alike.
 *
 * [1] D. G. Bonett, R. M. Price, "Adjusted Wald Confidence Interval for a
 * Difference of Binomial Proportions Based on Paired Data", Journal of
 * Educational and Behavioral Statistics 37(4), 2012.
 *
 * src/kernel/value/satisfaction.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/value/satisfaction.h"

#include <math.h>

#include "base/count.h"
#include "base/normal.h"

#define Z_95 1.959963984540054 /* exceeded on either side by 5 % */

static SegStatus
not_below(SegEnv *env, const char *what, double got, const char *name,
          double want)
{
	return seg_fail_facts(env,
	                      SEG_NOT_BELOW,
	                      (SegDiag){.what = what,
	                                .name = name,
	                                .got = got,
	                                .want = want});
}

SegStatus
seg_scale_check(SegEnv *env, const SegScale *scale)
{
	SEG_TRY(seg_check_finite(env, "low", scale->low));
	SEG_TRY(seg_check_finite(env, "high", scale->high));
	if (scale->low >= scale->high)
		return not_below(env, "low", scale->low, "high", scale->high);
	/* also true for NaN */
	if (!(scale->upper_from > scale->low && scale->upper_from <= scale->high))
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "lowest score that counts",
		                      scale->upper_from,
		                      scale->low,
		                      scale->high);
	if (!(scale->lower_to < scale->upper_from))
		return not_below(env,
		                 "detractors_to",
		                 scale->lower_to,
		                 "promoters_from",
		                 scale->upper_from);
	return SEG_OK;
}

SegStatus
seg_answers_add(SegEnv *env, SegAnswers *answers, double score)
{
	const SegScale *scale = &answers->scale;

	/* also true for NaN */
	if (!(score >= scale->low && score <= scale->high))
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "score",
		                      score,
		                      scale->low,
		                      scale->high);
	if (score >= scale->upper_from)
		answers->upper += 1.0;
	else if (score <= scale->lower_to)
		answers->lower += 1.0;
	else
		answers->middle += 1.0;
	return SEG_OK;
}

/*
 * Could answers have added up to these numbers?
 */
SegStatus
seg_answers_check(SegEnv *env, const SegAnswers *answers)
{
	if (seg_scale_check(env, &answers->scale) != SEG_OK ||
	    !seg_is_count(answers->lower, SEG_HUGE_COUNT) ||
	    !seg_is_count(answers->middle, SEG_HUGE_COUNT) ||
	    !seg_is_count(answers->upper, SEG_HUGE_COUNT))
		return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
	return SEG_OK;
}

void
seg_answers_merge(SegAnswers *into, const SegAnswers *from)
{
	into->lower += from->lower;
	into->middle += from->middle;
	into->upper += from->upper;
}

SegEstimate
seg_upper_share(const SegAnswers *answers)
{
	double n = answers->lower + answers->middle + answers->upper;
	SegEstimate share = {.value = answers->upper / n};

	seg_wilson_interval(share.value, n, Z_95, &share.low, &share.high);
	return share;
}

SegEstimate
seg_net_share(const SegAnswers *answers)
{
	double n = answers->lower + answers->middle + answers->upper;
	double upper = (answers->upper + 1.0) / (n + 2.0);
	double lower = (answers->lower + 1.0) / (n + 2.0);
	double middle = upper - lower;
	double half = Z_95 * sqrt((upper + lower - middle * middle) / (n + 2.0));

	return (SegEstimate){(answers->upper - answers->lower) / n,
	                     fmax(middle - half, -1.0),
	                     fmin(middle + half, 1.0)};
}

/* ---------- shrunk averages ---------- */

SegStatus
seg_votes_prior_check(SegEnv *env, const SegVotes *votes)
{
	SEG_TRY(seg_check_finite(env, "prior_mean", votes->prior_mean));
	SEG_TRY(seg_check_finite(env, "prior_votes", votes->prior_votes));
	if (votes->prior_votes < 0)
		return seg_fail(env,
		                SEG_ARGUMENT_BELOW,
		                "prior_votes",
		                votes->prior_votes,
		                0);
	return SEG_OK;
}

SegStatus
seg_votes_check(SegEnv *env, const SegVotes *votes)
{
	if (seg_votes_prior_check(env, votes) != SEG_OK ||
	    !seg_is_count(votes->n, SEG_HUGE_COUNT) || votes->n == 0)
		return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
	return SEG_OK;
}

void
seg_votes_merge(SegVotes *into, const SegVotes *from)
{
	into->n += from->n;
	into->sum = seg_wide_add(into->sum, from->sum);
}

SegStatus
seg_votes_mean(SegEnv *env, const SegVotes *votes, double *mean)
{
	SegWide sum =
		seg_wide_add(votes->sum,
	                 seg_wide_product(votes->prior_mean, votes->prior_votes));

	*mean = seg_wide_divide(sum, votes->n + votes->prior_votes).hi;
	return isfinite(*mean) ? SEG_OK
	                       : seg_fail(env, SEG_NOT_FINITE, "average", *mean, 0);
}
