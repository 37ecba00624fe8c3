/*-------------------------------------------------------------------------
 *
 * roc.c
 *	  How well scores rank rows that are true above those that are false.
 *
 * The area under the ROC curve is the share of pairs of a true and a false row in
 * which the true one has the higher score; equal scores count as half. It is a
 * ratio of whole numbers, which are counted exactly.
 *
 * The definitions of curve and average precision are scikit-learn's; the points
 * of a curve that lie on a straight line between others are left out.
 *
 * E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, "Comparing the Areas under
 * Two or More Correlated Receiver Operating Characteristic Curves", Biometrics
 * 44, 1988; computed from ranks as by X. Sun, W. Xu, "Fast Implementation of
 * DeLong's Algorithm", IEEE Signal Processing Letters 21, 2014.
 *
 * src/kernel/evaluate/roc.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/roc.h"

#include <math.h>

#include "base/missing.h"

static bool
has_both_labels(const SegRankedScores *ranked)
{
	return ranked->positives > 0 && ranked->negatives > 0;
}

SegStatus
seg_roc_auc(const SegRankedScores *ranked, double *auc)
{
	__int128 twice_above = 0; /* pairs in order twice, equal ones once */
	int64_t positives = 0;
	SegScoreGroup group;
	int64_t at = 0;

	if (!has_both_labels(ranked))
		return SEG_UNDEFINED;
	while (seg_ranked_next(ranked, &at, &group))
	{
		twice_above +=
			(__int128) group.negatives * (2 * positives + group.positives);
		positives += group.positives;
	}
	*auc = (double) twice_above / 2 /
	       ((double) ranked->positives * (double) ranked->negatives);
	return SEG_OK;
}

/*
 * The variance of the area is that of two means: of the share of false rows below
 * each true one, and of the share of true rows above each false one.
 */
SegStatus
seg_roc_auc_interval(SegEnv *env, const SegRankedScores *ranked,
                     double half_width, SegRocInterval *interval)
{
	double positives = (double) ranked->positives;
	double negatives = (double) ranked->negatives;
	int64_t true_above = 0, false_above = 0;
	double of_true = 0, of_false = 0; /* sums of squares */
	int64_t steps = 0;
	int64_t at = 0;
	SegScoreGroup group;

	SEG_TRY(seg_roc_auc(ranked, &interval->auc));
	while (seg_ranked_next(ranked, &at, &group))
	{
		double below = negatives - (double) false_above;
		double share_below = (below - (double) group.negatives / 2) / negatives;
		double share_above =
			((double) true_above + (double) group.positives / 2) / positives;

		of_true +=
			(double) group.positives * pow(share_below - interval->auc, 2);
		of_false +=
			(double) group.negatives * pow(share_above - interval->auc, 2);
		true_above += group.positives;
		false_above += group.negatives;
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	interval->std_error = interval->low = interval->high = seg_missing();
	if (positives < 2 || negatives < 2)
		return SEG_OK;
	interval->std_error = sqrt(of_true / (positives - 1) / positives +
	                           of_false / (negatives - 1) / negatives);
	interval->low = fmax(0, interval->auc - half_width * interval->std_error);
	interval->high = fmin(1, interval->auc + half_width * interval->std_error);
	return SEG_OK;
}

/* ---------- the curve ---------- */

/* A corner of the curve as counts of rows from a score on. */
typedef struct Corner
{
	double score;
	int64_t false_above;
	int64_t true_above;
} Corner;

/*
 * Does b lie on the straight line from a to c?
 */
static bool
is_between(const Corner *a, const Corner *b, const Corner *c)
{
	return (__int128) (b->true_above - a->true_above) *
	           (c->false_above - b->false_above) ==
	       (__int128) (c->true_above - b->true_above) *
	           (b->false_above - a->false_above);
}

SegStatus
seg_roc_curve(SegEnv *env, const SegRankedScores *ranked, SegRocPoint **points,
              int64_t *n)
{
	Corner last = {INFINITY, 0, 0};
	SegScoreGroup group;
	Corner *corners;
	int64_t steps = 0;
	int64_t at = 0;

	if (!has_both_labels(ranked))
		return SEG_UNDEFINED;
	SEG_ALLOC(env, corners, ranked->n + 1);
	corners[0] = last;
	*n = 1;
	while (seg_ranked_next(ranked, &at, &group))
	{
		last.score = group.score;
		last.false_above += group.negatives;
		last.true_above += group.positives;
		if (*n > 1 && is_between(&corners[*n - 2], &corners[*n - 1], &last))
			--*n;
		corners[(*n)++] = last;
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	if (*n > SEG_ROC_MAX_POINTS)
		return seg_fail_facts(env,
		                      SEG_DISTINCT_LIMIT,
		                      (SegDiag){.what = "scores",
		                                .name = "a ROC curve",
		                                .got = (double) *n,
		                                .want = SEG_ROC_MAX_POINTS});
	SEG_ALLOC(env, *points, *n);
	for (int64_t i = 0; i < *n; i++)
		(*points)[i] = (SegRocPoint){corners[i].score,
		                             (double) corners[i].false_above /
		                                 (double) ranked->negatives,
		                             (double) corners[i].true_above /
		                                 (double) ranked->positives};
	return SEG_OK;
}

/* ---------- average precision ---------- */

SegStatus
seg_average_precision(SegEnv *env, const SegRankedScores *ranked,
                      double *result)
{
	double positives = (double) ranked->positives;
	int64_t right = 0, rows = 0;
	SegScoreGroup group;
	int64_t steps = 0;
	int64_t at = 0;

	*result = 0;
	if (ranked->positives == 0)
		return SEG_UNDEFINED;
	while (seg_ranked_next(ranked, &at, &group))
	{
		right += group.positives;
		rows += group.positives + group.negatives;
		*result += (double) group.positives / positives *
		           ((double) right / (double) rows);
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	return SEG_OK;
}

/* ---------- the threshold of least cost ---------- */

SegStatus
seg_check_cost(SegEnv *env, const char *what, double cost)
{
	/* also true if it is NaN */
	if (!(cost >= 0) || isinf(cost))
		return seg_fail(env, SEG_ARGUMENT_BELOW, what, cost, 0);
	return SEG_OK;
}

/*
 * Of equal costs, the one of the highest threshold.
 */
SegStatus
seg_best_threshold(SegEnv *env, const SegRankedScores *ranked,
                   double cost_false_positive, double cost_false_negative,
                   SegThreshold *best)
{
	SegThreshold t = {.threshold = INFINITY,
	                  .cost = (double) ranked->positives * cost_false_negative,
	                  .true_negatives = ranked->negatives,
	                  .false_negatives = ranked->positives};
	SegScoreGroup group;
	int64_t steps = 0;
	int64_t at = 0;

	*best = t;
	while (seg_ranked_next(ranked, &at, &group))
	{
		t.threshold = group.score;
		t.true_positives += group.positives;
		t.false_negatives -= group.positives;
		t.false_positives += group.negatives;
		t.true_negatives -= group.negatives;
		t.cost = (double) t.false_positives * cost_false_positive +
		         (double) t.false_negatives * cost_false_negative;
		if (t.cost < best->cost)
			*best = t;
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	if (!isfinite(best->cost))
		return seg_fail(env, SEG_NOT_FINITE, "cost", 0, 0);
	return SEG_OK;
}
