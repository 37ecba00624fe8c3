/*-------------------------------------------------------------------------
 *
 * cf.c
 *	  Recommenders by collaborative filtering: from ratings to a model.
 *
 * The methods are in files of their own: cf_svd.c, cf_bias.c, cf_knn.c, cf_als.c
 * and cf_ease.c.  A model of neighbours is its ratings, in order; similarities
 * are computed when they are asked for.
 *
 * src/kernel/recommend/cf.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf.h"

#include <math.h>
#include <string.h>

#include "kernel/recommend/cf_als.h"
#include "kernel/recommend/cf_ease.h"
#include "kernel/recommend/cf_loops.h"
#include "kernel/recommend/cf_svd.h"

/* ---------- the plan ---------- */

static SegStatus
count_items(SegEnv *env, const SegRatings *ratings, SegCf *model)
{
	int64_t *counts;

	SEG_ALLOC(env, counts, ratings->items);
	for (int32_t i = 0; i < ratings->items; i++)
		counts[i] = seg_list_length(&ratings->by_item, i);
	model->item_counts = counts;
	return SEG_OK;
}

static void
take_options(const SegCfParams *p, SegCf *model)
{
	model->algorithm = p->method;
	model->feedback = seg_cf_is_implicit(p->method, p->feedback);
	model->regularization = p->regularization;
	model->regularization_exponent = p->regularization_exponent;
	model->alpha = p->alpha;
	if (p->method != SEG_CF_USER_KNN && p->method != SEG_CF_ITEM_KNN)
		return;
	model->similarity = p->similarity;
	model->center = p->center;
	model->k = p->k;
	model->min_k = p->min_k;
	model->min_support = p->min_support;
	model->shrinkage = p->shrinkage;
}

/*
 * Mean of the ratings, and the bounds of predictions: given, or theirs.
 */
static void
take_range(const SegRatings *ratings, const SegCfParams *p, SegCf *model)
{
	model->mean = ratings->mean;
	if (model->feedback == SEG_CF_IMPLICIT)
		return;
	model->rating_min = isnan(p->rating_min) ? ratings->least : p->rating_min;
	model->rating_max = isnan(p->rating_max) ? ratings->most : p->rating_max;
	/* a bound that is given wins over one that is not */
	if (isnan(p->rating_max))
		model->rating_max = fmax(model->rating_max, model->rating_min);
	if (isnan(p->rating_min))
		model->rating_min = fmin(model->rating_min, model->rating_max);
}

static void
take_counts(const SegRatings *ratings, const SegCfParams *p, SegCf *model)
{
	int64_t users = ratings->users;
	int64_t items = ratings->items;

	switch (p->method)
	{
		case SEG_CF_SVD:
		case SEG_CF_ALS:
			model->factors = p->factors;
			model->user_factor_count = users;
			model->item_factor_count = items;
			break;
		case SEG_CF_EASE:
			model->weight_list_count = items;
			model->weight_count = items * (p->k < items - 1 ? p->k : items - 1);
			/* fall through */
		case SEG_CF_USER_KNN:
		case SEG_CF_ITEM_KNN:
			model->history_count = users;
			model->history_length = ratings->n;
			break;
	}
	if (p->method == SEG_CF_SVD || p->method == SEG_CF_BASELINE)
	{
		model->user_bias_count = users;
		model->item_bias_count = items;
	}
}

SegStatus
seg_cf_plan(SegEnv *env, const SegRatingBlocks *blocks,
            const SegCfParams *params, SegRatings *ratings, SegCf *model)
{
	bool implicit = seg_cf_is_implicit(params->method, params->feedback);

	SEG_TRY(
		seg_ratings_build(env,
	                      blocks,
	                      implicit ? SEG_DUPLICATES_SUM : SEG_DUPLICATES_MEAN,
	                      ratings));
	model->users = ratings->users;
	model->items = ratings->items;
	model->rows_used = blocks->n;
	model->ratings = ratings->n;
	take_options(params, model);
	take_range(ratings, params, model);
	take_counts(ratings, params, model);
	return count_items(env, ratings, model);
}

double
seg_cf_size(const SegCf *m)
{
	double factors = (double) (m->user_factor_count + m->item_factor_count) *
	                 (double) m->factors;
	double ids = 2.0 * (double) m->users + 3.0 * (double) m->items;

	return sizeof(double) * (factors + ids + 2.0 * (double) m->history_length +
	                         2.0 * (double) m->weight_count);
}

double
seg_cf_memory(const SegCfParams *params, int64_t ratings, int64_t users,
              int64_t items)
{
	double n = (double) ratings;
	/* sorted by item, then as lists of both sides */
	double bytes =
		n * (sizeof(SegRating) + 2.0 * (sizeof(int32_t) + sizeof(double)));
	double width = (double) seg_cf_width(params->factors) + 1.0;

	if (params->method == SEG_CF_SVD)
		bytes += n * sizeof(SegRating);
	if (params->method == SEG_CF_SVD || params->method == SEG_CF_ALS)
		bytes += (double) (users + items) * width * sizeof(double);
	if (params->method == SEG_CF_EASE)
		bytes += seg_ease_memory(items);
	return bytes;
}

/* ---------- what training found, as the model has it ---------- */

/*
 * Rows of width numbers as rows of fewer, in place.
 */
static void
close_up(double *rows, int64_t n, int64_t width, int64_t factors)
{
	for (int64_t i = 1; i < n; i++)
		memmove(rows + i * factors,
		        rows + i * width,
		        (size_t) factors * sizeof(double));
}

static bool
are_large(const double *x, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		/* also true for NaN */
		if (!(fabs(x[i]) <= SEG_CF_MAX_FACTOR))
			return true;
	}
	return false;
}

static bool
take_factors(const SegFactors *factors, SegCf *model)
{
	close_up(factors->user, model->users, factors->width, model->factors);
	close_up(factors->item, model->items, factors->width, model->factors);
	model->user_factors = factors->user;
	model->item_factors = factors->item;
	return !are_large(factors->user, model->users * model->factors) &&
	       !are_large(factors->item, model->items * model->factors);
}

static SegStatus
take_lists(SegEnv *env, const SegRatingLists *lists, int64_t **ends,
           int64_t **items)
{
	int64_t n = lists->start[lists->count];

	SEG_ALLOC(env, *ends, lists->count);
	SEG_ALLOC(env, *items, n + 1);
	for (int64_t i = 0; i < n; i++)
		(*items)[i] = lists->other[i];
	memcpy(*ends, lists->start + 1, (size_t) lists->count * sizeof(int64_t));
	return SEG_OK;
}

static SegStatus
take_histories(SegEnv *env, const SegRatings *ratings, SegCf *model)
{
	int64_t *ends;
	int64_t *items;

	SEG_TRY(take_lists(env, &ratings->by_user, &ends, &items));
	model->history_ends = ends;
	model->history_items = items;
	model->history_ratings = ratings->by_user.value;
	return SEG_OK;
}

/* ---------- the methods ---------- */

static SegStatus
train_svd(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
          SegCf *model)
{
	SegSvd svd;

	SEG_TRY(seg_svd_train(env, ratings, params, &svd));
	if (!take_factors(&svd.factors, model) ||
	    are_large(svd.biases.user, model->users) ||
	    are_large(svd.biases.item, model->items))
		return seg_fail(env,
		                SEG_DIVERGED,
		                "learning_rate",
		                (double) params->iterations,
		                0);
	model->user_biases = svd.biases.user;
	model->item_biases = svd.biases.item;
	model->deviation = svd.deviation;
	model->loss = svd.rmse;
	model->iterations = params->iterations;
	return SEG_OK;
}

/*
 * Root mean square of what the biases do not explain.
 */
static double
error_of(const SegRatings *ratings, const SegBiases *b)
{
	double sum = 0.0;

	for (int32_t u = 0; u < ratings->users; u++)
	{
		SegHistory list = seg_list(&ratings->by_user, u);

		for (int64_t i = 0; i < list.n; i++)
		{
			double gap =
				list.value[i] - (b->mean + b->user[u] + b->item[list.other[i]]);

			sum += gap * gap;
		}
	}
	return sqrt(sum / (double) ratings->n);
}

static SegStatus
train_baseline(SegEnv *env, const SegRatings *ratings, const SegCfParams *p,
               SegCf *model)
{
	SegBaseline baseline = {p->iterations,
	                        p->user_regularization,
	                        p->item_regularization};
	SegBiases biases;

	SEG_TRY(seg_bias_baseline(env, ratings, &baseline, &biases));
	model->user_biases = biases.user;
	model->item_biases = biases.item;
	model->regularization = p->user_regularization;
	model->loss = error_of(ratings, &biases);
	model->iterations = p->iterations;
	return SEG_OK;
}

static SegStatus
train_als(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
          SegCf *model)
{
	SegFactors factors;

	SEG_TRY(seg_als_train(env, ratings, params, &factors, &model->loss));
	if (!take_factors(&factors, model))
		return seg_fail(env, SEG_NOT_FINITE, "factor", 0, 0);
	model->iterations = params->iterations;
	return SEG_OK;
}

static SegStatus
train_ease(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
           SegCf *model)
{
	SegRatingLists weights;
	int64_t *ends;
	int64_t *items;

	SEG_TRY(seg_ease_train(env, ratings, params, &weights));
	SEG_TRY(take_lists(env, &weights, &ends, &items));
	model->weight_count = weights.start[weights.count];
	if (are_large(weights.value, model->weight_count))
		return seg_fail_name(env, SEG_SINGULAR, "items", "regularization");
	model->weight_ends = ends;
	model->weight_items = items;
	model->weights = weights.value;
	return take_histories(env, ratings, model);
}

SegStatus
seg_cf_train(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
             SegCf *model)
{
	switch (params->method)
	{
		case SEG_CF_SVD:
			return train_svd(env, ratings, params, model);
		case SEG_CF_BASELINE:
			return train_baseline(env, ratings, params, model);
		case SEG_CF_ALS:
			return train_als(env, ratings, params, model);
		case SEG_CF_EASE:
			return train_ease(env, ratings, params, model);
		default:
			return take_histories(env, ratings, model);
	}
}
