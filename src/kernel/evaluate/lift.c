/*-------------------------------------------------------------------------
 *
 * lift.c
 *	  Rows in bins by their score: how many are true in each, and were expected
 *	  to be.
 *
 * The bins of calibration are scikit-learn's (calibration_curve), to the bits of
 * their edges.
 *
 * src/kernel/evaluate/lift.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/lift.h"

#include <math.h>

#include "base/wide.h"

SegStatus
seg_check_bins(SegEnv *env, double n)
{
	if (n < 1 || n > SEG_LIFT_MAX_BINS)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "n",
		                      n,
		                      1,
		                      SEG_LIFT_MAX_BINS);
	return SEG_OK;
}

/* ---------- lift ---------- */

/* The group of a row in the list. */
typedef struct Place
{
	SegScoreGroup group;
	int64_t rows;   /* of the group */
	int64_t before; /* rows of earlier groups */
	int64_t right;  /* true ones of them */
	int64_t next;   /* group */
} Place;

/*
 * Go down to the group of a row, which is given by its number from 0.
 */
static void
go_down(const SegRankedScores *ranked, Place *place, int64_t row)
{
	while (row >= place->before + place->rows)
	{
		place->before += place->rows;
		place->right += place->group.positives;
		(void) seg_ranked_next(ranked, &place->next, &place->group);
		place->rows = place->group.positives + place->group.negatives;
	}
}

/*
 * The first bins have one row more if the number of rows does not divide, as SQL's
 * ntile.  Where a bin ends within rows of one score, it has its share of the true
 * ones, since nothing orders them.
 */
SegStatus
seg_lift_bins(SegEnv *env, const SegRankedScores *ranked, int64_t max_bins,
              SegLiftBin **bins, int64_t *n)
{
	int64_t rows = ranked->positives + ranked->negatives;
	Place place = {0};
	int64_t end = 0;
	double so_far = 0;

	*n = max_bins < rows ? max_bins : rows;
	SEG_ALLOC(env, *bins, *n);
	for (int64_t b = 0; b < *n; b++)
	{
		SegLiftBin *bin = &(*bins)[b];

		go_down(ranked, &place, end);
		bin->highest = place.group.score;
		bin->rows = rows / *n + (b < rows % *n);
		end += bin->rows;
		go_down(ranked, &place, end - 1);
		bin->lowest = place.group.score;
		bin->rows_so_far = end;
		bin->positives_so_far =
			(double) place.right + (double) place.group.positives *
									   (double) (end - place.before) /
									   (double) place.rows;
		bin->positives = bin->positives_so_far - so_far;
		so_far = bin->positives_so_far;
		if (env->stop(env->host))
			return SEG_STOPPED;
	}
	return SEG_OK;
}

/* ---------- calibration ---------- */

/* Distinct probabilities, ascending, with the rows up to each. */
typedef struct Ascending
{
	SegScoreGroup *groups;
	int64_t *up_to;
	int64_t n;
} Ascending;

static SegStatus
make_ascending(SegEnv *env, const SegRankedScores *ranked, Ascending *a)
{
	int64_t first = ranked->n;
	SegScoreGroup *groups;
	SegScoreGroup group;
	int64_t rows = 0;
	int64_t at = 0;

	SEG_ALLOC(env, groups, ranked->n);
	while (seg_ranked_next(ranked, &at, &group))
		groups[--first] = group;
	a->groups = groups + first;
	a->n = ranked->n - first;
	SEG_ALLOC(env, a->up_to, a->n);
	for (int64_t i = 0; i < a->n; i++)
		a->up_to[i] = rows += a->groups[i].positives + a->groups[i].negatives;
	return SEG_OK;
}

/*
 * The probability of row number "row", from 0, in ascending order.
 */
static double
probability_at(const Ascending *a, int64_t row)
{
	int64_t low = 0;
	int64_t high = a->n - 1;

	while (low < high)
	{
		int64_t mid = (low + high) / 2;

		if (a->up_to[mid] > row)
			high = mid;
		else
			low = mid + 1;
	}
	return a->groups[low].score;
}

/*
 * Edge i of n bins: a fraction, or the quantile of that fraction, both rounded as
 * in numpy.linspace and numpy.percentile.
 */
static double
edge_at(const Ascending *a, int64_t i, int64_t n, SegBinning binning)
{
	double fraction = i == n ? 1.0 : (double) i * (1.0 / (double) n);
	double place, below, above, rest;

	if (binning == SEG_BINNING_UNIFORM)
		return fraction;
	place = fraction * 100 / 100 * (double) (a->up_to[a->n - 1] - 1);
	below = probability_at(a, (int64_t) place);
	above = probability_at(a, (int64_t) ceil(place));
	rest = place - floor(place);
	return rest < 0.5 ? below + (above - below) * rest
	                  : above - (above - below) * (1 - rest);
}

SegStatus
seg_calibration_bins(SegEnv *env, const SegRankedScores *ranked,
                     int64_t max_bins, SegBinning binning,
                     SegCalibrationBin **result, int64_t *n)
{
	SegCalibrationBin *bin;
	Ascending a;
	int64_t at = 0;

	SEG_TRY(make_ascending(env, ranked, &a));
	SEG_ALLOC(env, *result, max_bins);
	bin = *result;
	for (int64_t b = 0; b < max_bins && at < a.n; b++)
	{
		double high = edge_at(&a, b + 1, max_bins, binning);
		bool is_last = b == max_bins - 1;
		SegWide sum = {0, 0};
		int64_t positives = 0;

		*bin = (SegCalibrationBin){.number = b + 1,
		                           .low = edge_at(&a, b, max_bins, binning),
		                           .high = high};
		for (; at < a.n && (is_last || a.groups[at].score <= high); at++)
		{
			int64_t rows = a.groups[at].positives + a.groups[at].negatives;

			sum = seg_wide_add(sum,
			                   seg_wide_product(a.groups[at].score,
			                                    (double) rows));
			positives += a.groups[at].positives;
			bin->rows += rows;
		}
		if (bin->rows > 0)
		{
			bin->mean = seg_wide_divide(sum, (double) bin->rows).hi;
			bin->rate = (double) positives / (double) bin->rows;
			bin++;
		}
		if (env->stop(env->host))
			return SEG_STOPPED;
	}
	*n = bin - *result;
	return SEG_OK;
}
