/*-------------------------------------------------------------------------
 *
 * stability.c
 *	  How far the distribution of a number has moved: the population stability
 *	  index.
 *
 * It is the sum over bins of (c - r) ln(c / r), c and r being the shares of current
 * and of reference rows: the divergence of Kullback and Leibler, both ways [1].
 * Bins have equally many reference rows, as far as ties allow.
 *
 * [1] S. Kullback, R. A. Leibler, "On Information and Sufficiency", Annals of
 * Mathematical Statistics 22, 1951.
 *
 * src/kernel/evaluate/stability.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/stability.h"

#include <math.h>

/* What a bin without a current row counts as, so that its logarithm is finite. */
#define NO_ROWS 0.5

static double
stability_term(const SegScoreGroup *bin, const SegRankedScores *ranked)
{
	double rows = bin->positives > 0 ? (double) bin->positives : NO_ROWS;
	double current = rows / (double) ranked->positives;
	double reference = (double) bin->negatives / (double) ranked->negatives;

	return (current - reference) * log(current / reference);
}

/*
 * From the highest number down, bin i ends with the number at which i of max_bins
 * parts of the reference rows are reached; the last one takes what is left, so
 * that every bin has a reference row.
 */
SegStatus
seg_population_stability(SegEnv *env, const SegRankedScores *ranked,
                         int64_t max_bins, double *result)
{
	SegScoreGroup bin = {0};
	SegScoreGroup group;
	int64_t above = 0; /* reference rows */
	int64_t number = 1;
	int64_t steps = 0;
	int64_t at = 0;

	*result = 0;
	if (ranked->positives == 0 || ranked->negatives == 0)
		return SEG_UNDEFINED;
	while (seg_ranked_next(ranked, &at, &group))
	{
		__int128 parts;

		bin.positives += group.positives;
		bin.negatives += group.negatives;
		above += group.negatives;
		parts = (__int128) above * max_bins;
		if (parts >= (__int128) number * ranked->negatives &&
		    above < ranked->negatives)
		{
			*result += stability_term(&bin, ranked);
			bin = (SegScoreGroup){0};
			number = (int64_t) (parts / ranked->negatives) + 1;
		}
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	*result += stability_term(&bin, ranked);
	return SEG_OK;
}
