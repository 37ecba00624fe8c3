/*-------------------------------------------------------------------------
 *
 * cf.h
 *	  Recommenders by collaborative filtering: the model, and training.
 *
 * One kind of model serves all methods.  The method decides which of its arrays
 * are present; the others have a count of 0.
 *
 * src/kernel/recommend/cf.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_H
#define SEG_KERNEL_CF_H

#include "base/ids.h"
#include "base/trainer.h"
#include "kernel/recommend/cf_options.h"
#include "kernel/recommend/ratings.h"

#define SEG_CF_MAX_COUNT  (INT64_C(1) << 27) /* of users, items, elements */
#define SEG_CF_MAX_FACTOR 1e60

typedef struct SegCf
{
	int64_t algorithm; /* SegCfMethod, the option method */
	int64_t feedback;
	int64_t users;
	int64_t items;
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t ratings; /* pairs of a user and an item */
	int64_t iterations;
	double loss; /* svd, baseline: root mean square; als: what it minimizes */
	SegText options;
	SegText version;

	/* ratings: their mean and the bounds of predictions, if explicit */
	double mean;
	double rating_min;
	double rating_max;
	double deviation; /* svd: of the ratings, if they were standardized */

	/* the options that prediction needs, 0 where the method has none */
	double regularization;
	double regularization_exponent;
	double alpha;
	int64_t similarity;
	int64_t center;
	int64_t k;
	int64_t min_k;
	int64_t min_support;
	double shrinkage;

	/* ids: numbers or names */
	int64_t user_number_count;
	int64_t user_name_count;
	int64_t item_number_count;
	int64_t item_name_count;
	const int64_t *user_numbers;
	SegTexts user_names;
	const int64_t *item_numbers;
	SegTexts item_names;
	const int64_t *item_counts; /* users of each of the items */

	/* svd, baseline */
	int64_t user_bias_count;
	int64_t item_bias_count;
	const double *user_biases;
	const double *item_biases;

	/* svd, als */
	int64_t factors;
	int64_t user_factor_count;
	int64_t item_factor_count;
	const double *user_factors; /* a row for each user */
	const double *item_factors;

	/* user_knn, item_knn, ease: list u ends before element history_ends[u] */
	int64_t history_count;
	int64_t history_length;
	const int64_t *history_ends;
	const int64_t *history_items;
	const double *history_ratings;

	/* ease: the items that speak for each item */
	int64_t weight_list_count;
	int64_t weight_count;
	const int64_t *weight_ends;
	const int64_t *weight_items;
	const double *weights;
} SegCf;

extern const SegMethod seg_cf_method;
extern const SegTrainer seg_cf_trainer;

/* What needs no ratings in memory. */
#define SEG_CF_ROW_FORM \
	"the row form, which keeps no ratings in memory: als_solve() and " \
	"cf_predict() with GROUP BY"

/* What the trainer reads: ratings, and the ids in order. */
typedef struct SegCfRows
{
	SegRatingBlocks blocks;
	SegIds users;
	SegIds items;
	double most_bytes; /* of a model */
} SegCfRows;

/* Weights of one pair add up; ratings are averaged. */
static inline SegDuplicates
seg_cf_duplicates(int64_t feedback)
{
	return feedback == SEG_CF_IMPLICIT ? SEG_DUPLICATES_SUM
	                                   : SEG_DUPLICATES_MEAN;
}

static inline SegIds
seg_cf_users(const SegCf *model)
{
	return (SegIds){model->users,
	                model->user_number_count > 0 ? model->user_numbers : NULL,
	                model->user_names};
}

static inline SegIds
seg_cf_items(const SegCf *model)
{
	return (SegIds){model->items,
	                model->item_number_count > 0 ? model->item_numbers : NULL,
	                model->item_names};
}

/*
 * Training in two steps, so that the host can ask how large the model will be
 * before it is trained: plan fills in all counts that decide its size; ids and
 * texts are there already.  Parameters have been settled.
 */
extern SegStatus
seg_cf_plan(SegEnv *env, const SegRatingBlocks *blocks,
            const SegCfParams *params, SegRatings *ratings, SegCf *model);
extern SegStatus seg_cf_train(SegEnv *env, const SegRatings *ratings,
                              const SegCfParams *params, SegCf *model);

/* Bytes of the arrays of a planned model, which may exceed any limit. */
extern double seg_cf_size(const SegCf *model);

/* Bytes that training will need besides the collected ratings. */
extern double seg_cf_memory(const SegCfParams *params, int64_t ratings,
                            int64_t users, int64_t items);

#endif /* SEG_KERNEL_CF_H */
