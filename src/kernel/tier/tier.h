/*-------------------------------------------------------------------------
 *
 * tier.h
 *	  Tiers of a score: options, model, training, and the rule by which a score
 *	  finds its tier.
 *
 * src/kernel/tier/tier.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TIER_H
#define SEG_KERNEL_TIER_H

#include "base/trainer.h"

#define SEG_TIER_MAX_N 1000

typedef enum SegTierRule
{
	SEG_TIER_QUANTILE,
	SEG_TIER_JENKS,
	SEG_TIER_EQUAL_WIDTH
} SegTierRule;

typedef struct SegTierParams
{
	int64_t n;
	int method; /* SegTierRule */
} SegTierParams;

typedef struct SegTier
{
	int64_t n;           /* tiers */
	int64_t n_requested; /* n or more */
	int64_t edge_count;  /* n - 1 */
	int64_t rows_used;
	int64_t rows_skipped;
	double goodness_of_variance_fit; /* 1 - within / total, 0 to 1 */
	SegText options;
	SegText version;
	const double *edges;  /* strictly ascending */
	const int64_t *sizes; /* n: rows */
	const double *masses; /* n: sum of weights */
	const double *lows;   /* n: smallest score; 0 in a tier without rows */
	const double *highs;  /* n: largest score */
	const double *means;  /* n: weighted */
} SegTier;

extern const SegOption seg_tier_options[];
extern const SegMethod seg_tier_method;
extern const SegTrainer seg_tier_trainer;

extern SegStatus seg_tier_check(SegEnv *env, const SegTierParams *params);

/* For a score that already has a tier, counted from 1. */
extern SegStatus
seg_tier_check_previous(SegEnv *env, int64_t edge_count, int64_t tier);
extern SegStatus seg_tier_check_margin(SegEnv *env, double margin);

/* Rows are a score and perhaps a weight. */
extern SegStatus seg_tier_train(SegEnv *env, SegRows *rows,
                                const SegTierParams *params, SegTier *model);

/*
 * Tier of a score, from 0: the number of edges below it.
 */
static inline int64_t
seg_tier_of(const double *edges, int64_t count, double score)
{
	int64_t low = 0;
	int64_t high = count;

	while (low < high)
	{
		int64_t mid = (low + high) / 2;

		if (score > edges[mid])
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/*
 * Tier of a score that was in tier previous: up across each edge it exceeds by
 * more than the margin, or down across each it is below by the margin or more.
 */
static inline int64_t
seg_tier_next(const double *edges, int64_t count, int64_t previous,
              double score, double margin)
{
	int64_t tier = previous;

	while (tier < count && score > edges[tier] + margin)
		tier++;
	if (tier == previous)
	{
		while (tier > 0 && score <= edges[tier - 1] - margin)
			tier--;
	}
	return tier;
}

#endif /* SEG_KERNEL_TIER_H */
