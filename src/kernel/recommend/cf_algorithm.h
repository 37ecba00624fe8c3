/*-------------------------------------------------------------------------
 *
 * cf_algorithm.h
 *	  A recommender method as a table of functions, and what methods share.
 *
 * What all methods have in common is in cf.c, cf_score.c and cf_recommend.c.
 * They know no method by name: they look at its arrays, and ask its table for
 * what it adds.  A function that is absent (NULL) adds nothing unless stated
 * otherwise.  Functions serve a user, an item or all items: none is called from
 * the innermost loops.  seg_cf_lacks reports what a method does not have.
 *
 * src/kernel/recommend/cf_algorithm.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_ALGORITHM_H
#define SEG_KERNEL_CF_ALGORITHM_H

#include "kernel/recommend/cf_score.h"

/*
 * The arrays that a method's models have, a bit for each kind.  Biases and
 * factors need no function: the prediction is mean + b_u + b_i + p_u . q_i,
 * without the terms that are absent, and items are as similar as their factors.
 */
enum
{
	SEG_CF_BIASES = 1,
	SEG_CF_FACTORS = 2,
	SEG_CF_HISTORIES = 4,
	SEG_CF_WEIGHTS = 8
};

/* Scores of all items for a user. */
typedef struct SegCfScores
{
	double *value;
	int64_t *found; /* neighbours behind the score of each item */
	int64_t least;  /* with fewer there is no score; 0: all items have one */
} SegCfScores;

struct SegCfAlgorithm
{
	const SegOption *options;
	SegCfFeedback feedback;
	int arrays;
	bool of_users; /* reasons are users, not items */

	/* options that depend on others */
	SegStatus (*settle)(SegEnv *env, SegCfParams *params);

	/* bytes of training besides ratings, lists, factors: per rating, in all */
	size_t rating_bytes;
	double (*memory)(int64_t items);

	/* never NULL: fills in what a planned model lacks */
	SegStatus (*train)(SegEnv *env, const SegRatings *ratings,
	                   const SegCfParams *params, SegCf *model);

	/* checks beyond bounds, sizes and lists */
	bool (*is_sound)(const SegCf *model);

	/* the scorer, whose factors and histories are ready */
	SegStatus (*ready)(SegEnv *env, SegCfScorer *scorer);

	/* a user of the model, whose bias, factors and history are set */
	SegStatus (*user)(SegEnv *env, const SegCfScorer *scorer, int64_t user,
	                  SegCfUser *result);

	/* a visitor, whose history is set, with room for factors */
	SegStatus (*visitor)(SegEnv *env, SegCfScorer *scorer, SegCfUser *result);

	/* NULL: by biases and factors.  For a known user: one item, and all. */
	SegStatus (*predict)(SegEnv *env, SegCfScorer *scorer,
	                     const SegCfUser *user, int32_t item, double *result);
	SegStatus (*score)(SegEnv *env, SegCfScorer *scorer, const SegCfUser *user,
	                   SegCfScores *scores);

	/* offers similar items; NULL: those with the largest similarities */
	void (*similar)(const SegCfScorer *scorer, int64_t item, SegTop *top);

	/* NULL: there are none */
	SegStatus (*reasons)(SegEnv *env, SegCfScorer *scorer,
	                     const SegCfUser *user, int32_t item,
	                     SegCfReasons *reasons);
};

#define SEG_CF_DECLARE(NAME, word) extern const SegCfAlgorithm seg_cf_##word;
SEG_CF_METHOD_LIST(SEG_CF_DECLARE)

/* Indexed by SegCfMethod. */
extern const SegCfAlgorithm *const seg_cf_algorithms[];

/* Report that the method does not have what was asked for. */
extern SegStatus
seg_cf_lacks(SegEnv *env, const SegCf *model, const char *what);

/* ---------- what methods share ---------- */

/* Is any beyond SEG_CF_MAX_FACTOR, or not a number? */
extern bool seg_cf_are_large(const double *x, int64_t n);

/* Give the model factors; false: some are too large. */
extern bool seg_cf_take_factors(const SegFactors *factors, SegCf *model);

/* Lists as models store them: list l ends before element ends[l]. */
extern SegStatus seg_cf_take_lists(SegEnv *env, const SegRatingLists *lists,
                                   int64_t **ends, int64_t **items);
extern SegStatus
seg_cf_take_histories(SegEnv *env, const SegRatings *ratings, SegCf *model);
extern SegStatus seg_cf_open_lists(SegEnv *env, int64_t count,
                                   const int64_t *ends, const int64_t *items,
                                   const double *values, SegRatingLists *lists);

#endif /* SEG_KERNEL_CF_ALGORITHM_H */
