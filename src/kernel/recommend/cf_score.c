/*-------------------------------------------------------------------------
 *
 * cf_score.c
 *	  A recommender made ready to answer: who asks, and predictions.
 *
 * A user of the model brings what the model knows of the user; a visitor brings
 * a history, from which the same is found: factors by folding in, a bias, or
 * similarities to the users of the model.  From there on they are alike.
 *
 * A user without any history, or an item that the model does not know, is
 * predicted by what is left: explicit feedback by the mean and whichever bias is
 * known, implicit by the share of users who have the item.
 *
 * src/kernel/recommend/cf_score.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_score.h"

#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "kernel/recommend/cf_loops.h"

/* ---------- making ready ---------- */

static int
compare_popularity(const void *of, int64_t a, int64_t b)
{
	const int64_t *counts = of;

	return (counts[a] < counts[b]) - (counts[a] > counts[b]);
}

static SegStatus
cf_score_rank_items(SegEnv *env, SegCfScorer *s)
{
	SEG_ALLOC(env, s->popular, s->items.count);
	for (int64_t i = 0; i < s->items.count; i++)
		s->popular[i] = i;
	return seg_sort(env,
	                s->popular,
	                s->items.count,
	                compare_popularity,
	                s->model->item_counts);
}

/*
 * Item factors as the loops want them, and the lengths of these vectors.
 */
static SegStatus
spread_factors(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;

	s->width = seg_cf_width(m->factors);
	SEG_ALLOC(env, s->item_factors, m->items * s->width + 1);
	SEG_ALLOC(env, s->item_lengths, m->items);
	for (int64_t i = 0; i < m->items; i++)
	{
		double *row = s->item_factors + i * s->width;
		double square;

		memcpy(row,
		       m->item_factors + i * m->factors,
		       (size_t) m->factors * sizeof(double));
		s->loops->products(row, 1, s->width, row, &square);
		s->item_lengths[i] = sqrt(square);
	}
	return SEG_OK;
}

static SegStatus
ready_svd(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;

	SEG_TRY(spread_factors(env, s));
	/* what was learned of ratings divided by their deviation */
	s->svd = (SegSvdItems){s->width,
	                       s->item_factors,
	                       m->item_biases,
	                       m->mean,
	                       m->regularization * m->deviation,
	                       m->regularization};
	return SEG_OK;
}

static SegStatus
ready_als(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;
	SegAlsPenalty penalty = {m->alpha,
	                         m->regularization,
	                         m->regularization_exponent};

	SEG_TRY(spread_factors(env, s));
	return seg_als_side(env,
	                    &penalty,
	                    s->width,
	                    s->item_factors,
	                    m->items,
	                    &s->als);
}

/* Lists as a model has them. */
typedef struct Stored
{
	int64_t count;
	const int64_t *ends;
	const int64_t *items;
	const double *values;
} Stored;

static SegStatus
open_lists(SegEnv *env, const Stored *stored, SegRatingLists *lists)
{
	int64_t n = stored->count > 0 ? stored->ends[stored->count - 1] : 0;
	int64_t *start;
	int32_t *other;

	SEG_ALLOC(env, start, stored->count + 1);
	SEG_ALLOC(env, other, n + 1);
	for (int64_t l = 0; l < stored->count; l++)
		start[l + 1] = stored->ends[l];
	for (int64_t i = 0; i < n; i++)
		other[i] = (int32_t) stored->items[i];
	*lists =
		(SegRatingLists){(int32_t) stored->count, start, other, stored->values};
	return SEG_OK;
}

static SegStatus
open_histories(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;
	Stored stored = {m->history_count,
	                 m->history_ends,
	                 m->history_items,
	                 m->history_ratings};
	SegRatingLists lists;

	SEG_TRY(open_lists(env, &stored, &lists));
	return seg_ratings_of_users(env, &lists, (int32_t) m->items, &s->ratings);
}

static SegKnnRule
rule_of(const SegCf *m)
{
	return (SegKnnRule){(SegCfSimilarity) m->similarity,
	                    (SegCfCenter) m->center,
	                    m->feedback == SEG_CF_IMPLICIT,
	                    m->k,
	                    m->min_k,
	                    m->min_support,
	                    m->shrinkage};
}

static SegStatus
ready_neighbours(SegEnv *env, SegCfScorer *s)
{
	SegKnnRule rule = rule_of(s->model);
	bool of_users = s->model->algorithm == SEG_CF_USER_KNN;

	SEG_TRY(open_histories(env, s));
	SEG_TRY(seg_knn_create(env, &s->ratings, &rule, of_users, &s->knn));
	if (!of_users)
		s->item_knn = s->knn;
	if (rule.center == SEG_CF_CENTER_NONE)
		return SEG_OK;
	s->user_biases = s->knn->center.user;
	s->item_biases = s->knn->center.item;
	return SEG_OK;
}

static SegStatus
ready_ease(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;
	Stored stored = {m->weight_list_count,
	                 m->weight_ends,
	                 m->weight_items,
	                 m->weights};

	SEG_TRY(open_histories(env, s));
	SEG_TRY(open_lists(env, &stored, &s->by));
	return seg_lists_transpose(env, &s->by, (int32_t) m->items, &s->to);
}

SegStatus
seg_cf_scorer(SegEnv *env, const SegCf *model, SegCfScorer **result)
{
	SegCfScorer *s;

	SEG_ALLOC(env, s, 1);
	s->home = *env;
	s->model = model;
	s->users = seg_cf_users(model);
	s->items = seg_cf_items(model);
	s->loops = seg_cf_loops();
	s->user_biases = model->user_bias_count > 0 ? model->user_biases : NULL;
	s->item_biases = model->item_bias_count > 0 ? model->item_biases : NULL;
	*result = s;
	SEG_TRY(cf_score_rank_items(env, s));
	switch (model->algorithm)
	{
		case SEG_CF_SVD:
			return ready_svd(env, s);
		case SEG_CF_ALS:
			return ready_als(env, s);
		case SEG_CF_EASE:
			return ready_ease(env, s);
		case SEG_CF_USER_KNN:
		case SEG_CF_ITEM_KNN:
			return ready_neighbours(env, s);
		default:
			return SEG_OK;
	}
}

/* ---------- who asks ---------- */

SegStatus
seg_cf_user(SegEnv *env, SegCfScorer *s, int64_t user, SegCfUser *result)
{
	const SegCf *m = s->model;
	double *factors;

	*result = (SegCfUser){.is_known = user >= 0};
	if (user < 0)
		return SEG_OK;
	if (s->user_biases != NULL)
		result->bias = s->user_biases[user];
	if (m->user_factor_count > 0)
	{
		SEG_ALLOC(env, factors, s->width + 1);
		memcpy(factors,
		       m->user_factors + user * m->factors,
		       (size_t) m->factors * sizeof(double));
		result->factors = factors;
	}
	if (m->history_count > 0)
		result->history = seg_list(&s->ratings.by_user, user);
	if (s->knn != NULL)
		seg_knn_user(s->knn, (int32_t) user, &result->knn);
	return SEG_OK;
}

static SegStatus
find_factors(SegEnv *env, SegCfScorer *s, SegCfUser *result)
{
	double *factors;
	double loss;

	SEG_ALLOC(env, factors, s->width + 1);
	result->factors = factors;
	if (s->model->algorithm == SEG_CF_SVD)
		return seg_svd_fold_in(env,
		                       &s->svd,
		                       &result->history,
		                       factors,
		                       &result->bias);
	return seg_als_solve_row(env, &s->als, &result->history, factors, &loss);
}

SegStatus
seg_cf_visitor(SegEnv *env, SegCfScorer *s, const SegRating *rating, int64_t n,
               SegCfUser *result)
{
	const SegCf *m = s->model;

	*result = (SegCfUser){.is_known = n > 0};
	if (n == 0)
		return SEG_OK;
	SEG_TRY(seg_history_build(env,
	                          rating,
	                          n,
	                          m->feedback == SEG_CF_IMPLICIT
	                              ? SEG_DUPLICATES_SUM
	                              : SEG_DUPLICATES_MEAN,
	                          &result->history));
	if (m->algorithm == SEG_CF_BASELINE)
		result->bias = seg_bias_of(&result->history,
		                           m->mean,
		                           m->item_biases,
		                           m->regularization);
	if (m->item_factor_count > 0)
		return find_factors(env, s, result);
	if (s->knn == NULL)
		return SEG_OK;
	SEG_TRY(seg_knn_visitor(env, s->knn, &result->history, &result->knn));
	result->bias = result->knn.bias;
	return SEG_OK;
}

SegStatus
seg_cf_check_factors(SegEnv *env, const SegCf *model)
{
	if (model->factors > 0)
		return SEG_OK;
	return seg_fail_name(env,
	                     SEG_NOT_IN_METHOD,
	                     "factors",
	                     seg_cf_method_words[model->algorithm]);
}

/* ---------- predictions ---------- */

/*
 * What can be said without a history, or of an unknown item.
 */
static double
expect(const SegCfScorer *s, const SegCfUser *user, int64_t item)
{
	const SegCf *m = s->model;

	if (m->feedback == SEG_CF_IMPLICIT)
		return user->is_known || item < 0
		           ? 0.0
		           : (double) m->item_counts[item] / (double) m->users;
	return m->mean + (user->is_known ? user->bias : 0.0) +
	       (item >= 0 && s->item_biases != NULL ? s->item_biases[item] : 0.0);
}

/*
 * Sum of the user's weights times those that speak for an item: two lists that
 * ascend, side by side.
 */
static double
sum_weights(const SegHistory *history, const SegHistory *weights)
{
	double sum = 0.0;
	int64_t i = 0;
	int64_t j = 0;

	while (i < history->n && j < weights->n)
	{
		int32_t a = history->other[i];
		int32_t b = weights->other[j];

		if (a == b)
			sum += history->value[i] * weights->value[j];
		i += a <= b;
		j += b <= a;
	}
	return sum;
}

static SegStatus
predict_known(SegEnv *env, SegCfScorer *s, const SegCfUser *user, int32_t item,
              double *result)
{
	SegHistory weights;
	double product;
	int64_t found;

	switch (s->model->algorithm)
	{
		case SEG_CF_SVD:
		case SEG_CF_ALS:
			s->loops->products(s->item_factors + item * s->width,
			                   1,
			                   s->width,
			                   user->factors,
			                   &product);
			*result = product;
			if (s->model->algorithm == SEG_CF_SVD)
				*result += expect(s, user, item);
			return SEG_OK;
		case SEG_CF_BASELINE:
			*result = expect(s, user, item);
			return SEG_OK;
		case SEG_CF_EASE:
			weights = seg_list(&s->by, item);
			*result = sum_weights(&user->history, &weights);
			return SEG_OK;
		default:
			return seg_knn_predict(env,
			                       s->knn,
			                       &user->knn,
			                       item,
			                       result,
			                       &found,
			                       NULL);
	}
}

double
seg_cf_clip(const SegCf *model, double prediction)
{
	if (model->feedback == SEG_CF_IMPLICIT)
		return prediction;
	if (prediction < model->rating_min)
		return model->rating_min;
	return prediction > model->rating_max ? model->rating_max : prediction;
}

SegStatus
seg_cf_predict(SegEnv *env, SegCfScorer *s, const SegCfUser *user, int64_t item,
               double *prediction)
{
	double x;

	if (user->is_known && item >= 0)
		SEG_TRY(predict_known(env, s, user, (int32_t) item, &x));
	else
		x = expect(s, user, item);
	if (!isfinite(x))
		return seg_fail(env, SEG_NOT_FINITE, "prediction", x, 0);
	*prediction = seg_cf_clip(s->model, x);
	return SEG_OK;
}

/* ---------- reasons ---------- */

static SegStatus
reasons_of_ease(SegEnv *env, const SegCfScorer *s, const SegCfUser *user,
                int32_t item, SegCfReasons *reasons)
{
	SegHistory by = seg_list(&s->by, item);
	const SegHistory *history = &user->history;
	int64_t j = 0;
	SegTop top;

	SEG_TRY(seg_top_create(env, history->n, &top));
	SEG_ALLOC(env, reasons->reason, history->n + 1);
	for (int64_t i = 0; i < history->n; i++)
	{
		while (j < by.n && by.other[j] < history->other[i])
			j++;
		if (j < by.n && by.other[j] == history->other[i])
			seg_top_offer(&top, by.value[j], i);
	}
	seg_top_sort(&top);
	for (int64_t i = 0; i < top.n; i++)
	{
		int64_t at = top.item[i].index;
		double weight = top.item[i].score;

		reasons->reason[i] = (SegKnnReason){history->other[at],
		                                    weight,
		                                    history->value[at],
		                                    weight * history->value[at]};
	}
	reasons->n = top.n;
	return SEG_OK;
}

SegStatus
seg_cf_reasons(SegEnv *env, SegCfScorer *s, const SegCfUser *user, int64_t item,
               SegCfReasons *reasons)
{
	double prediction;

	if (s->model->history_count == 0)
		return seg_fail_name(env,
		                     SEG_NOT_IN_METHOD,
		                     "neighbours",
		                     seg_cf_method_words[s->model->algorithm]);
	*reasons =
		(SegCfReasons){s->model->algorithm == SEG_CF_USER_KNN ? &s->users
	                                                          : &s->items,
	                   0,
	                   NULL};
	if (!user->is_known || item < 0)
		return SEG_OK;
	if (s->model->algorithm == SEG_CF_EASE)
		return reasons_of_ease(env, s, user, (int32_t) item, reasons);
	SEG_ALLOC(env, reasons->reason, s->knn->top.most);
	SEG_TRY(seg_knn_predict(env,
	                        s->knn,
	                        &user->knn,
	                        (int32_t) item,
	                        &prediction,
	                        &reasons->n,
	                        reasons->reason));
	if (reasons->n < s->model->min_k)
		reasons->n = 0;
	return SEG_OK;
}
