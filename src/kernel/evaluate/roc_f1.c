/*-------------------------------------------------------------------------
 *
 * roc_f1.c
 *	  How good a decision by a threshold is: precision, recall and F1.
 *
 * src/kernel/evaluate/roc_f1.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/roc_f1.h"

#include <math.h>

#define MOST_DECISIONS 9007199254740992.0 /* 2^53 */

SegStatus
seg_threshold_check(SegEnv *env, double threshold)
{
	if (isnan(threshold))
		return seg_check_finite(env, "threshold", threshold);
	return SEG_OK;
}

/* ---------- counting ---------- */

static bool
is_count(double n)
{
	return n >= 0 && n <= MOST_DECISIONS && n == floor(n);
}

SegStatus
seg_decisions_check(SegEnv *env, const SegDecisions *d)
{
	if (!isnan(d->threshold) && is_count(d->true_positives) &&
	    is_count(d->false_positives) && is_count(d->true_negatives) &&
	    is_count(d->false_negatives))
		return SEG_OK;
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
}

void
seg_decisions_add(SegDecisions *d, bool label, double score)
{
	bool is_said = score >= d->threshold;

	d->true_positives += is_said && label;
	d->false_positives += is_said && !label;
	d->true_negatives += !is_said && !label;
	d->false_negatives += !is_said && label;
}

void
seg_decisions_merge(SegDecisions *into, const SegDecisions *from)
{
	into->true_positives += from->true_positives;
	into->false_positives += from->false_positives;
	into->true_negatives += from->true_negatives;
	into->false_negatives += from->false_negatives;
}

/* ---------- judging ---------- */

static double
share(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

SegF1
seg_f1_of(const SegDecisions *d)
{
	double said = d->true_positives + d->false_positives;
	double is = d->true_positives + d->false_negatives;

	return (SegF1){share(d->true_positives, said),
	               share(d->true_positives, is),
	               share(2 * d->true_positives, said + is)};
}

SegStatus
seg_best_f1(SegEnv *env, const SegRankedScores *ranked, SegDecisions *best)
{
	SegDecisions d = {INFINITY,
	                  0,
	                  0,
	                  (double) ranked->negatives,
	                  (double) ranked->positives};
	SegScoreGroup group;
	int64_t steps = 0;
	int64_t at = 0;

	if (ranked->positives == 0)
		return SEG_UNDEFINED;
	*best = d;
	while (seg_ranked_next(ranked, &at, &group))
	{
		d.threshold = group.score;
		d.true_positives += (double) group.positives;
		d.false_negatives -= (double) group.positives;
		d.false_positives += (double) group.negatives;
		d.true_negatives -= (double) group.negatives;
		if (seg_f1_of(&d).f1 > seg_f1_of(best).f1)
			*best = d;
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	return SEG_OK;
}
