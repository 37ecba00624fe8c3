/*-------------------------------------------------------------------------
 *
 * neighbours.c
 *	  A rating predicted from those of neighbours, one row per neighbour.
 *
 *	user_mean + sum(s (r - m)) / sum(|s|)
 *
 * for neighbours of similarity s who gave the rating r and whose mean is m [1].
 * The sums carry twice the digits of double, so that rows may be split among
 * workers in any way.
 *
 * [1] P. Resnick, N. Iacovou, M. Suchak, P. Bergstrom, J. Riedl, "GroupLens: An
 * Open Architecture for Collaborative Filtering of Netnews", CSCW 1994.
 *
 * src/kernel/recommend/neighbours.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/neighbours.h"

#include <math.h>

#include "kernel/recommend/rating.h"

/* Sums of more neighbours than anybody has. */
#define LARGEST_SUM (0x1p60 * SEG_RATING_MAX * SEG_RATING_MAX)

SegStatus
seg_neighbours_begin(SegEnv *env, double user_mean, SegNeighbours *state)
{
	SEG_TRY(seg_rating_check(env, "user_mean", &user_mean));
	*state = (SegNeighbours){user_mean};
	return SEG_OK;
}

SegStatus
seg_neighbours_add(SegEnv *env, SegNeighbours *state, double similarity,
                   double rating, double mean)
{
	SegWide deviation;

	SEG_TRY(seg_rating_check(env, "similarity", &similarity));
	SEG_TRY(seg_rating_check(env, "neighbour_rating", &rating));
	SEG_TRY(seg_rating_check(env, "neighbour_mean", &mean));
	deviation = seg_wide_multiply(seg_wide_sum(rating, -mean),
	                              (SegWide){similarity, 0.0});
	state->deviations = seg_wide_add(state->deviations, deviation);
	state->weights =
		seg_wide_add(state->weights, (SegWide){fabs(similarity), 0.0});
	return SEG_OK;
}

static bool
neighbours_is_sum(SegWide sum)
{
	return fabs(sum.hi) <= LARGEST_SUM && fabs(sum.lo) <= fabs(sum.hi);
}

SegStatus
seg_neighbours_check(SegEnv *env, const SegNeighbours *state)
{
	if (fabs(state->user_mean) <= SEG_RATING_MAX &&
	    neighbours_is_sum(state->deviations) &&
	    neighbours_is_sum(state->weights) && state->weights.hi >= 0)
		return SEG_OK;
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
}

void
seg_neighbours_merge(SegNeighbours *into, const SegNeighbours *from)
{
	into->deviations = seg_wide_add(into->deviations, from->deviations);
	into->weights = seg_wide_add(into->weights, from->weights);
}

bool
seg_neighbours_predict(const SegNeighbours *state, double *result)
{
	if (!(state->weights.hi > 0))
		return false;
	*result = state->user_mean + state->deviations.hi / state->weights.hi;
	return true;
}
