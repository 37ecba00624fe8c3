/*-------------------------------------------------------------------------
 *
 * cf_score.c
 *	  A recommender made ready to answer: who asks, and predictions.
 *
 * A user of the model brings what the model knows about them; a visitor brings
 * a history, from which the same is computed: factors by folding in, a bias, or
 * similarities to the users of the model.  From there on both are alike.
 *
 * For a user without any history, or an item that the model does not know, the
 * prediction is what is left: for explicit feedback the mean and whichever bias
 * is known, for implicit the share of users who have the item, or 0.
 *
 * src/kernel/recommend/cf_score.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_score.h"

#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "kernel/recommend/cf_algorithm.h"

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
 * Item factors as the loops expect them, and the squares of their lengths.
 */
static SegStatus
spread_factors(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;

	s->width = seg_cf_width(m->factors);
	SEG_ALLOC(env, s->item_factors, m->items * s->width + 1);
	SEG_ALLOC(env, s->item_squares, m->items);
	for (int64_t i = 0; i < m->items; i++)
	{
		double *row = s->item_factors + i * s->width;

		memcpy(row,
		       m->item_factors + i * m->factors,
		       (size_t) m->factors * sizeof(double));
		s->loops->products(row, 1, s->width, row, &s->item_squares[i]);
	}
	return SEG_OK;
}

/*
 * Lists as a model stores them: list l ends before element ends[l].
 */
SegStatus
seg_cf_open_lists(SegEnv *env, int64_t count, const int64_t *ends,
                  const int64_t *items, const double *values,
                  SegRatingLists *lists)
{
	int64_t n = count > 0 ? ends[count - 1] : 0;
	int64_t *start;
	int32_t *other;

	SEG_ALLOC(env, start, count + 1);
	SEG_ALLOC(env, other, n + 1);
	for (int64_t l = 0; l < count; l++)
		start[l + 1] = ends[l];
	for (int64_t i = 0; i < n; i++)
		other[i] = (int32_t) items[i];
	*lists = (SegRatingLists){(int32_t) count, start, other, values};
	return SEG_OK;
}

static SegStatus
open_histories(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;
	SegRatingLists lists;

	SEG_TRY(seg_cf_open_lists(env,
	                          m->history_count,
	                          m->history_ends,
	                          m->history_items,
	                          m->history_ratings,
	                          &lists));
	return seg_ratings_of_users(env, &lists, (int32_t) m->items, &s->ratings);
}

SegStatus
seg_cf_scorer(SegEnv *env, const SegCf *model, SegCfScorer **result)
{
	SegCfScorer *s;

	SEG_ALLOC(env, s, 1);
	s->home = *env;
	s->model = model;
	s->algorithm = seg_cf_algorithms[model->algorithm];
	s->users = seg_cf_users(model);
	s->items = seg_cf_items(model);
	s->loops = seg_cf_loops();
	s->user_biases = model->user_bias_count > 0 ? model->user_biases : NULL;
	s->item_biases = model->item_bias_count > 0 ? model->item_biases : NULL;
	*result = s;
	SEG_TRY(cf_score_rank_items(env, s));
	if (s->algorithm->arrays & SEG_CF_FACTORS)
		SEG_TRY(spread_factors(env, s));
	if (s->algorithm->arrays & SEG_CF_HISTORIES)
		SEG_TRY(open_histories(env, s));
	return s->algorithm->ready != NULL ? s->algorithm->ready(env, s) : SEG_OK;
}

/* ---------- who asks ---------- */

SegStatus
seg_cf_user(SegEnv *env, SegCfScorer *s, int64_t user, SegCfUser *result)
{
	const SegCf *m = s->model;

	*result = (SegCfUser){.is_known = user >= 0};
	if (user < 0)
		return SEG_OK;
	if (s->user_biases != NULL)
		result->bias = s->user_biases[user];
	if (s->algorithm->arrays & SEG_CF_FACTORS)
	{
		SEG_ALLOC(env, result->factors, s->width + 1);
		memcpy(result->factors,
		       m->user_factors + user * m->factors,
		       (size_t) m->factors * sizeof(double));
	}
	if (s->algorithm->arrays & SEG_CF_HISTORIES)
		result->history = seg_list(&s->ratings.by_user, user);
	return s->algorithm->user != NULL ? s->algorithm->user(env, s, user, result)
	                                  : SEG_OK;
}

SegStatus
seg_cf_visitor(SegEnv *env, SegCfScorer *s, const SegRating *rating, int64_t n,
               SegCfUser *result)
{
	*result = (SegCfUser){.is_known = n > 0};
	if (n == 0)
		return SEG_OK;
	SEG_TRY(seg_history_build(env,
	                          rating,
	                          n,
	                          seg_cf_duplicates(s->model->feedback),
	                          &result->history));
	if (s->algorithm->arrays & SEG_CF_FACTORS)
		SEG_ALLOC(env, result->factors, s->width + 1);
	return s->algorithm->visitor != NULL ? s->algorithm->visitor(env, s, result)
	                                     : SEG_OK;
}

SegStatus
seg_cf_check_factors(SegEnv *env, const SegCf *model)
{
	return model->factors > 0 ? SEG_OK : seg_cf_lacks(env, model, "factors");
}

/* ---------- predictions ---------- */

/*
 * The prediction without a history, or for an unknown item.
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
 * Biases, if there are any, and factors.
 */
static double
combine(const SegCfScorer *s, const SegCfUser *user, int64_t item)
{
	double product = 0.0;

	if (s->width > 0)
		s->loops->products(s->item_factors + item * s->width,
		                   1,
		                   s->width,
		                   user->factors,
		                   &product);
	return product + expect(s, user, item);
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

	if (!user->is_known || item < 0)
		x = expect(s, user, item);
	else if (s->algorithm->predict != NULL)
		SEG_TRY(s->algorithm->predict(env, s, user, (int32_t) item, &x));
	else
		x = combine(s, user, item);
	if (!isfinite(x))
		return seg_fail(env, SEG_NOT_FINITE, "prediction", x, 0);
	*prediction = seg_cf_clip(s->model, x);
	return SEG_OK;
}

/* ---------- reasons ---------- */

SegStatus
seg_cf_reasons(SegEnv *env, SegCfScorer *s, const SegCfUser *user, int64_t item,
               SegCfReasons *reasons)
{
	if (s->algorithm->reasons == NULL)
		return seg_cf_lacks(env, s->model, "neighbours");
	*reasons =
		(SegCfReasons){s->algorithm->of_users ? &s->users : &s->items, 0, NULL};
	if (!user->is_known || item < 0)
		return SEG_OK;
	return s->algorithm->reasons(env, s, user, (int32_t) item, reasons);
}
