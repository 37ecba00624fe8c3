/*-------------------------------------------------------------------------
 *
 * ranking.h
 *	  How good a ranked list is, by the items that turned out to be relevant.
 *
 * src/kernel/evaluate/ranking.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RANKING_H
#define SEG_KERNEL_RANKING_H

#include "base/env.h"
#include "base/text.h"
#include "base/wide.h"

#define SEG_RANKING_MAX_K 1000000

/* What a grade of relevance is worth. */
typedef enum SegGain
{
	SEG_GAIN_EXPONENTIAL, /* 2^grade - 1 */
	SEG_GAIN_LINEAR       /* the grade itself */
} SegGain;

/*
 * The first k places of a list, matched with the relevant items.
 */
typedef struct SegRanking
{
	int64_t k;
	int64_t places;        /* of the k, those that the list fills */
	double *gain;          /* of each place; 0: not relevant */
	int64_t relevant;      /* distinct relevant items */
	double *relevant_gain; /* of each, the largest first */
} SegRanking;

/* Grade each relevant item: 1 each if grades is NULL; NaN: unknown. */
extern SegStatus seg_ranking_grade(SegEnv *env, SegGain gain, int64_t n,
                                   const double *grades, double **gains);
extern SegStatus
seg_ranking_match(SegEnv *env, int64_t k, const SegItems *recommended,
                  const SegItems *relevant, const double *gains,
                  SegRanking *ranking);

/* Scores of a list, 0 to 1; at least one item is relevant. */
typedef double (*SegRankingScore)(const SegRanking *ranking);

extern double seg_precision_at(const SegRanking *ranking);
extern double seg_recall_at(const SegRanking *ranking);
extern double seg_hit_rate_at(const SegRanking *ranking);
extern double seg_reciprocal_rank(const SegRanking *ranking);
extern double seg_average_precision_at(const SegRanking *ranking);
extern double seg_ndcg_at(const SegRanking *ranking);

/*
 * Mean distance (1 - cosine) between pairs of n vectors, stored one after
 * another, without those that are zero; *defined: at least two are left.
 */
extern SegStatus
seg_list_diversity(SegEnv *env, const double *vectors, int64_t n, int32_t dim,
                   double *result, bool *defined);

/*
 * Mean self-information in bits of n items, of which each is known by so many of
 * all users; *defined: there is an item.
 */
extern SegStatus
seg_list_novelty(SegEnv *env, const int64_t *known_by, int64_t n, int64_t users,
                 double *result, bool *defined);

/*
 * Mean of scores over users, as the state of an aggregate: an array of doubles.
 */
typedef struct SegMeanScore
{
	double users;
	SegWide sum;
	double k;    /* 0: the score has none */
	double gain; /* a SegGain */
} SegMeanScore;

extern SegStatus seg_mean_score_check(SegEnv *env, const SegMeanScore *state);
extern void seg_mean_score_add(SegMeanScore *state, double score);
extern void seg_mean_score_merge(SegMeanScore *into, const SegMeanScore *from);

#endif /* SEG_KERNEL_RANKING_H */
