/*-------------------------------------------------------------------------
 *
 * cf_bias.c
 *	  Biases of users and items.
 *
 * The model r = mean + b_u + b_i [1].  With one side held, the other has a
 * closed form, the mean of what is left, shrunk towards 0 as by so many more
 * ratings at the mean: alternate a few times, items first.
 *
 * [1] Y. Koren, "Factor in the Neighbors: Scalable and Accurate Collaborative
 * Filtering", ACM TKDD 4(1), 2010, section 2.1.
 *
 * src/kernel/recommend/cf_bias.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_bias.h"

#define STRETCH 4096 /* lists between two questions whether to stop */

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

static SegStatus
fit_side(SegEnv *env, const SegRatingLists *lists, double mean,
         const double *other, double regularization, double *bias)
{
	for (int32_t l = 0; l < lists->count; l++)
	{
		SegHistory list = seg_list(lists, l);

		if (l % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		bias[l] = seg_bias_of(&list, mean, other, regularization);
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
	SEG_TRY(cf_bias_allocate(env, ratings, biases));
	for (int64_t i = 0; i < baseline->iterations; i++)
	{
		SEG_TRY(fit_side(env,
		                 &ratings->by_item,
		                 ratings->mean,
		                 biases->user,
		                 baseline->item_regularization,
		                 biases->item));
		SEG_TRY(fit_side(env,
		                 &ratings->by_user,
		                 ratings->mean,
		                 biases->item,
		                 baseline->user_regularization,
		                 biases->user));
	}
	return SEG_OK;
}

SegStatus
seg_bias_means(SegEnv *env, const SegRatings *ratings, SegBiases *biases)
{
	SEG_TRY(cf_bias_allocate(env, ratings, biases));
	SEG_TRY(fit_side(env,
	                 &ratings->by_user,
	                 ratings->mean,
	                 NULL,
	                 0.0,
	                 biases->user));
	return fit_side(env,
	                &ratings->by_item,
	                ratings->mean,
	                NULL,
	                0.0,
	                biases->item);
}
