/*-------------------------------------------------------------------------
 *
 * cf_algorithm.h
 *	  A method of recommenders as a table of functions, and what methods share.
 *
 * What all methods do alike is in cf.c, cf_score.c and cf_recommend.c.  They know
 * no method by name: they look at the arrays it has, and ask its table for what
 * it adds.  A function that is not there (NULL) adds nothing, unless said
 * otherwise.  Functions are for a user, an item, or all items: none is called
 * from the innermost loops.  What a method has not is said by seg_cf_lacks.
 *
 * src/kernel/recommend/cf_algorithm.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_ALGORITHM_H
#define SEG_KERNEL_CF_ALGORITHM_H

#include "kernel/recommend/cf_score.h"

/*
 * The arrays of a model that a method has, a bit for each kind.  Biases and
 * factors are served without any function: the prediction is mean + b_u + b_i +
 * p_u . q_i, as far as they are there, and items are as similar as their factors.
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
	int64_t *found; /* of each item: neighbours that the score is from */
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

	/* training wants, beside ratings, lists and factors: bytes a rating, in all */
	size_t rating_bytes;
	double (*memory)(int64_t items);

	/* never NULL: all that a planned model lacks */
	SegStatus (*train)(SegEnv *env, const SegRatings *ratings,
	                   const SegCfParams *params, SegCf *model);

	/* what bounds, sizes and lists do not say */
	bool (*is_sound)(const SegCf *model);

	/* the scorer, in which factors and histories are ready */
	SegStatus (*ready)(SegEnv *env, SegCfScorer *scorer);

	/* a user of the model, whose bias, factors and history are there */
	SegStatus (*user)(SegEnv *env, const SegCfScorer *scorer, int64_t user,
	                  SegCfUser *result);

	/* a visitor, whose history is there, and room for factors */
	SegStatus (*visitor)(SegEnv *env, SegCfScorer *scorer, SegCfUser *result);

	/* NULL: by biases and factors.  One item, and all, for somebody known. */
	SegStatus (*predict)(SegEnv *env, SegCfScorer *scorer,
	                     const SegCfUser *user, int32_t item, double *result);
	SegStatus (*score)(SegEnv *env, SegCfScorer *scorer, const SegCfUser *user,
	                   SegCfScores *scores);

	/* offers similar items; NULL: those of the largest similarities */
	void (*similar)(const SegCfScorer *scorer, int64_t item, SegTop *top);

	/* NULL: has none */
	SegStatus (*reasons)(SegEnv *env, SegCfScorer *scorer,
	                     const SegCfUser *user, int32_t item,
	                     SegCfReasons *reasons);
};

#define SEG_CF_DECLARE(NAME, word) extern const SegCfAlgorithm seg_cf_##word;
SEG_CF_METHOD_LIST(SEG_CF_DECLARE)

/* By SegCfMethod. */
extern const SegCfAlgorithm *const seg_cf_algorithms[];

/* Say that the method has not what was asked for. */
extern SegStatus
seg_cf_lacks(SegEnv *env, const SegCf *model, const char *what);

/* ---------- what methods share ---------- */

/* Is one beyond SEG_CF_MAX_FACTOR, or not a number? */
extern bool seg_cf_are_large(const double *x, int64_t n);

/* Give the model factors; false: some are too large. */
extern bool seg_cf_take_factors(const SegFactors *factors, SegCf *model);

/* Lists as models have them: list l ends before element ends[l]. */
extern SegStatus seg_cf_take_lists(SegEnv *env, const SegRatingLists *lists,
                                   int64_t **ends, int64_t **items);
extern SegStatus
seg_cf_take_histories(SegEnv *env, const SegRatings *ratings, SegCf *model);
extern SegStatus seg_cf_open_lists(SegEnv *env, int64_t count,
                                   const int64_t *ends, const int64_t *items,
                                   const double *values, SegRatingLists *lists);

#endif /* SEG_KERNEL_CF_ALGORITHM_H */
