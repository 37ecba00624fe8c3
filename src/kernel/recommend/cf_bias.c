/*-------------------------------------------------------------------------
 *
 * cf_bias.c
 *	  Biases of users and items, and the method that has nothing else.
 *
 * The model is r = mean + b_u + b_i [1].  With one side held, the other has a
 * closed form: the mean of what is left, shrunk towards 0 as by regularization
 * more ratings at the mean.  The sides alternate a few times, items first.
 *
 * [1] Y. Koren, "Factor in the Neighbors: Scalable and Accurate Collaborative
 * Filtering", ACM TKDD 4(1), 2010, section 2.1.
 *
 * src/kernel/recommend/cf_bias.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_bias.h"

#include <math.h>

#include "kernel/recommend/cf_algorithm.h"

#define STRETCH 4096 /* lists between checks whether to stop */

const SegBaseline seg_baseline_default = {10, 15.0, 10.0};

double
seg_bias_of(const SegHistory *history, double mean, const double *other,
            double regularization)
{
	double sum = 0.0;

	if (history->n == 0)
		return 0.0;
	for (int64_t i = 0; i < history->n; i++)
		sum += history->value[i] - mean -
		       (other != NULL ? other[history->other[i]] : 0.0);
	return sum / (regularization + (double) history->n);
}

/*
 * moved: how far the biases went from where they were, in total.
 */
static SegStatus
fit_side(SegEnv *env, const SegRatingLists *lists, double mean,
         const double *other, double regularization, double *bias,
         double *moved)
{
	*moved = 0.0;
	for (int32_t l = 0; l < lists->count; l++)
	{
		SegHistory list = seg_list(lists, l);
		double before;

		if (l % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		before = bias[l];
		bias[l] = seg_bias_of(&list, mean, other, regularization);
		*moved += fabs(bias[l] - before);
	}
	return SEG_OK;
}

static SegStatus
cf_bias_allocate(SegEnv *env, const SegRatings *ratings, SegBiases *biases)
{
	biases->mean = ratings->mean;
	SEG_ALLOC(env, biases->user, ratings->users);
	SEG_ALLOC(env, biases->item, ratings->items);
	return SEG_OK;
}

SegStatus
seg_bias_baseline(SegEnv *env, const SegRatings *ratings,
                  const SegBaseline *baseline, SegBiases *biases)
{
	double moved;

	SEG_TRY(cf_bias_allocate(env, ratings, biases));
	for (int64_t i = 0; i < baseline->iterations; i++)
	{
		SEG_TRY(fit_side(env,
		                 &ratings->by_item,
		                 ratings->mean,
		                 biases->user,
		                 baseline->item_regularization,
		                 biases->item,
		                 &moved));
		SEG_TRY(fit_side(env,
		                 &ratings->by_user,
		                 ratings->mean,
		                 biases->item,
		                 baseline->user_regularization,
		                 biases->user,
		                 &moved));
		seg_report(env,
		           "baseline",
		           i + 1,
		           moved / (double) ratings->users,
		           (double) (i + 1) / (double) baseline->iterations);
	}
	return SEG_OK;
}

SegStatus
seg_bias_means(SegEnv *env, const SegRatings *ratings, SegBiases *biases)
{
	double moved;

	SEG_TRY(cf_bias_allocate(env, ratings, biases));
	SEG_TRY(fit_side(env,
	                 &ratings->by_user,
	                 ratings->mean,
	                 NULL,
	                 0.0,
	                 biases->user,
	                 &moved));
	return fit_side(env,
	                &ratings->by_item,
	                ratings->mean,
	                NULL,
	                0.0,
	                biases->item,
	                &moved);
}

/* ---------- as a recommender method ---------- */

/* clang-format off */
static const SegOption baseline_options[] = {
	SEG_CF_METHOD_OPTION(SEG_CF_BASELINE),
	{"iterations", SEG_OPTION_INT, SEG_CF_OPTION(iterations), 10, 1, SEG_CF_MAX_STEPS, NULL,
		"rounds of fitting items, then users"},
	{"user_regularization", SEG_OPTION_REAL, SEG_CF_OPTION(user_regularization), 15, 0, 1e9, NULL,
		"ratings at the mean that each user is given"},
	{"item_regularization", SEG_OPTION_REAL, SEG_CF_OPTION(item_regularization), 10, 0, 1e9, NULL,
		"ratings at the mean that each item is given"},
	SEG_CF_RATING_RANGE_OPTIONS,
	SEG_OPTION_END
};
/* clang-format on */

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
baseline_visitor(SegEnv *env, SegCfScorer *s, SegCfUser *result)
{
	const SegCf *m = s->model;

	(void) env;
	result->bias = seg_bias_of(&result->history,
	                           m->mean,
	                           m->item_biases,
	                           m->regularization);
	return SEG_OK;
}

const SegCfAlgorithm seg_cf_baseline = {
	.options = baseline_options,
	.feedback = SEG_CF_EXPLICIT,
	.arrays = SEG_CF_BIASES,
	.train = train_baseline,
	.visitor = baseline_visitor,
};
