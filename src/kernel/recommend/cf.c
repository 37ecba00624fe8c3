/*-------------------------------------------------------------------------
 *
 * cf.c
 *	  Recommenders by collaborative filtering: from ratings to a model.
 *
 * Each method is a table of functions in a file of its own: see cf_algorithm.h.
 *
 * src/kernel/recommend/cf.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf.h"

#include <math.h>
#include <string.h>

#include "kernel/recommend/cf_algorithm.h"

#define MANY_EQUAL 100

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
	model->feedback = p->feedback;
	model->regularization = p->regularization;
	model->regularization_exponent = p->regularization_exponent;
	model->alpha = p->alpha;
}

/*
 * The mean of the ratings, and the bounds of predictions: those given, or those
 * of the ratings.
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
	int arrays = seg_cf_algorithms[p->method]->arrays;
	int64_t users = ratings->users;
	int64_t items = ratings->items;

	if (arrays & SEG_CF_BIASES)
	{
		model->user_bias_count = users;
		model->item_bias_count = items;
	}
	if (arrays & SEG_CF_FACTORS)
	{
		model->factors = p->factors;
		model->user_factor_count = users;
		model->item_factor_count = items;
	}
	if (arrays & SEG_CF_HISTORIES)
	{
		model->history_count = users;
		model->history_length = ratings->n;
	}
	if (arrays & SEG_CF_WEIGHTS)
	{
		model->weight_list_count = items;
		model->weight_count = items * (p->k < items - 1 ? p->k : items - 1);
	}
}

SegStatus
seg_cf_plan(SegEnv *env, const SegRatingBlocks *blocks,
            const SegCfParams *params, SegRatings *ratings, SegCf *model)
{
	SEG_TRY(seg_ratings_build(env,
	                          blocks,
	                          seg_cf_duplicates(params->feedback),
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
	const SegCfAlgorithm *algorithm = seg_cf_algorithms[params->method];
	double n = (double) ratings;
	/* sorted by item, then as lists of both sides */
	double bytes =
		n * (sizeof(SegRating) + 2.0 * (sizeof(int32_t) + sizeof(double)) +
	         algorithm->rating_bytes);
	double width = (double) seg_cf_width(params->factors) + 1.0;

	if (algorithm->arrays & SEG_CF_FACTORS)
		bytes += (double) (users + items) * width * sizeof(double);
	if (algorithm->memory != NULL)
		bytes += algorithm->memory(items);
	return bytes;
}

/* ---------- what training found, as the model stores it ---------- */

/*
 * Shorten rows of width numbers to rows of factors numbers, in place.
 */
static void
close_up(double *rows, int64_t n, int64_t width, int64_t factors)
{
	for (int64_t i = 1; i < n; i++)
		memmove(rows + i * factors,
		        rows + i * width,
		        (size_t) factors * sizeof(double));
}

bool
seg_cf_are_large(const double *x, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		/* also true for NaN */
		if (!(fabs(x[i]) <= SEG_CF_MAX_FACTOR))
			return true;
	}
	return false;
}

bool
seg_cf_take_factors(const SegFactors *factors, SegCf *model)
{
	close_up(factors->user, model->users, factors->width, model->factors);
	close_up(factors->item, model->items, factors->width, model->factors);
	model->user_factors = factors->user;
	model->item_factors = factors->item;
	return !seg_cf_are_large(factors->user, model->users * model->factors) &&
	       !seg_cf_are_large(factors->item, model->items * model->factors);
}

SegStatus
seg_cf_take_lists(SegEnv *env, const SegRatingLists *lists, int64_t **ends,
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

SegStatus
seg_cf_take_histories(SegEnv *env, const SegRatings *ratings, SegCf *model)
{
	int64_t *ends;
	int64_t *items;

	SEG_TRY(seg_cf_take_lists(env, &ratings->by_user, &ends, &items));
	model->history_ends = ends;
	model->history_items = items;
	model->history_ratings = ratings->by_user.value;
	return SEG_OK;
}

/* ---------- training ---------- */

SegStatus
seg_cf_train(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
             SegCf *model)
{
	return seg_cf_algorithms[params->method]->train(env, ratings, params, model);
}

/*
 * This many equal ratings are not opinions but purchases, given to a method for
 * ratings: the model would be useless, yet look like any other.  For biases
 * alone it may be intended.
 */
static bool
learns_nothing(const SegRatings *ratings, const SegCf *model)
{
	return model->feedback == SEG_CF_EXPLICIT && ratings->n >= MANY_EQUAL &&
	       !(ratings->least < ratings->most) &&
	       seg_cf_algorithms[model->algorithm]->arrays != SEG_CF_BIASES;
}

/* ---------- the trainer ---------- */

/*
 * Ids as the model has them: numbers or names.
 */
static void
take_ids(const SegIds *users, const SegIds *items, SegCf *model)
{
	model->user_number_count = users->numbers != NULL ? users->count : 0;
	model->user_name_count = users->numbers != NULL ? 0 : users->count;
	model->item_number_count = items->numbers != NULL ? items->count : 0;
	model->item_name_count = items->numbers != NULL ? 0 : items->count;
	model->user_numbers = users->numbers;
	model->user_names = users->names;
	model->item_numbers = items->numbers;
	model->item_names = items->names;
}

/*
 * Refuse a planned model that would be too large, before it is trained.  A
 * rough size comes first, since one far too large has no exact size.
 */
static SegStatus
check_size(SegEnv *env, const SegCf *model, double most_bytes)
{
	double bytes = seg_cf_size(model);
	size_t exact;

	if (bytes <= most_bytes)
	{
		SEG_TRY(seg_image_size(env, &seg_cf_method, model, &exact));
		bytes = (double) exact;
	}
	if (bytes > most_bytes)
		return seg_fail_model_size(env, bytes, most_bytes, SEG_CF_ROW_FORM);
	return SEG_OK;
}

static SegStatus
cf_settle(SegEnv *env, void *params)
{
	return seg_cf_settle(env, params);
}

static SegStatus
cf_train(SegEnv *env, void *input, const void *params, void *result)
{
	const SegCfRows *rows = input;
	SegCf *model = result;
	SegRatings ratings;

	take_ids(&rows->users, &rows->items, model);
	SEG_TRY(seg_cf_plan(env, &rows->blocks, params, &ratings, model));
	if (learns_nothing(&ratings, model))
		seg_note(env,
		         SEG_NOTE_CONSTANT,
		         (SegDiag){.what = "ratings",
		                   .name =
		                       "the method \"ease\" or \"als_implicit\", or "
		                       "neighbours with the option \"feedback\" set "
		                       "to \"implicit\""});
	SEG_TRY(check_size(env, model, rows->most_bytes));
	return seg_cf_train(env, &ratings, params, model);
}

static const SegOption *
cf_options_of(int method)
{
	return seg_cf_options((SegCfMethod) method);
}

const SegTrainer seg_cf_trainer = {.method = &seg_cf_method,
                                   .columns = {{SEG_COLUMN_OTHER},
                                               {SEG_COLUMN_OTHER},
                                               {SEG_COLUMN_OTHER}},
                                   .selector = seg_cf_method_option,
                                   .options_of = cf_options_of,
                                   .params_size = sizeof(SegCfParams),
                                   .settle = cf_settle,
                                   .smaller = SEG_CF_ROW_FORM,
                                   .train = cf_train};
