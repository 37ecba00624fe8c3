/*-------------------------------------------------------------------------
 *
 * tier_scores.h
 *	  Scores on their way into tiers, one by one.
 *
 * src/kernel/tier/tier_scores.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TIER_SCORES_H
#define SEG_KERNEL_TIER_SCORES_H

#include "base/radix_sort.h"
#include "base/rows.h"

/* What one pass over the scores finds. */
typedef struct SegTierRange
{
	double low;
	double high;
	double mass; /* sum of weights */

	/* (x - center) * factor is from -1 to 1, and the subtraction is exact:
	 * sums of squares neither overflow nor cancel far from zero */
	double center;
	double factor;
} SegTierRange;

typedef SegStatus (*SegTierVisit)(void *context, double score, double mass);

/*
 * Pass a column of every row to a function, in canonical order.  A row's weight
 * follows its columns.
 */
static inline SegStatus
seg_tier_visit(SegEnv *env, SegRows *rows, int32_t column, SegTierVisit visit,
               void *context)
{
	int32_t weight = rows->dim;

	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			SEG_TRY(visit(context,
			              x[column],
			              rows->stride > weight ? x[weight] : 1.0));
		}
	}
	return SEG_OK;
}

/* tier_quantile.c: n - 1 edges of a column; where scores tie, some are equal */
extern SegStatus seg_tier_quantiles(SegEnv *env, SegRows *rows, int32_t column,
                                    double mass, int64_t n, double *edges);

/* tier_jenks.c: up to n - 1 ascending edges */
extern SegStatus
seg_tier_jenks(SegEnv *env, SegRows *rows, const SegTierRange *range, int64_t n,
               double *edges, int64_t *count);

#endif /* SEG_KERNEL_TIER_SCORES_H */
