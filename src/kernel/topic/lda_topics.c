/*-------------------------------------------------------------------------
 *
 * lda_topics.c
 *	  The topics of a model: for each term, the parameters of the topics'
 *	  Dirichlet distributions, and the weights that documents need of them.
 *
 * A weight is exp(digamma(lambda)) / exp(digamma(sum of lambda over terms)),
 * which needs no logarithm, as a share of the largest of its term.  Only where
 * even that underflows, lambda being a tiny beta in all topics, logarithms are
 * taken first.
 *
 * src/kernel/topic/lda_topics.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/topic/lda_topics.h"

#include <math.h>
#include <string.h>

#include "base/special.h"

/* Weights below this have lost digits, or soon will. */
#define UNDERFLOW 1e-200

SegStatus
seg_lda_topics_create(SegEnv *env, int64_t terms, int64_t k, double alpha,
                      double beta, SegLdaTopics *topics)
{
	int64_t width = seg_lda_width(k);

	topics->terms = terms;
	topics->beta = beta;
	SEG_ALLOC(env, topics->lambda, terms * width);
	SEG_ALLOC(env, topics->rows, terms * width);
	SEG_ALLOC(env, topics->log_scales, terms);
	SEG_ALLOC(env, topics->totals, width);
	SEG_ALLOC(env, topics->inverses, width);
	topics->weights =
		(SegLdaWeights){k, width, alpha, topics->rows, topics->log_scales};
	return SEG_OK;
}

/*
 * The weights of a term by way of their logarithms.
 */
static double
weigh_tiny(const double *lambda, const double *totals, int64_t k, double *row)
{
	double largest = -INFINITY;

	for (int64_t t = 0; t < k; t++)
	{
		row[t] = seg_digamma(lambda[t]) - seg_digamma(totals[t]);
		largest = row[t] > largest ? row[t] : largest;
	}
	for (int64_t t = 0; t < k; t++)
		row[t] = exp(row[t] - largest);
	return largest;
}

/*
 * The weights of a term; returns the logarithm of their scale.
 */
static double
weigh_term(const SegLdaTopics *topics, int64_t term)
{
	int64_t k = topics->weights.k;
	const double *lambda = topics->lambda + term * topics->weights.width;
	double *row = topics->rows + term * topics->weights.width;
	double largest = 0.0;

	for (int64_t t = 0; t < k; t++)
	{
		row[t] = seg_exp_digamma(lambda[t], 0.0) * topics->inverses[t];
		largest = row[t] > largest ? row[t] : largest;
	}
	if (!(largest > UNDERFLOW && largest < INFINITY))
		return weigh_tiny(lambda, topics->totals, k, row);
	for (int64_t t = 0; t < k; t++)
		row[t] /= largest;
	return log(largest);
}

/*
 * A topic whose lambda is a tiny beta for few terms has a total that underflows:
 * then all terms take logarithms.
 */
static void
invert_totals(SegLdaTopics *topics)
{
	bool underflows = false;

	for (int64_t t = 0; t < topics->weights.k; t++)
	{
		topics->inverses[t] = 1.0 / seg_exp_digamma(topics->totals[t], 0.0);
		underflows = underflows || topics->inverses[t] > 1.0 / UNDERFLOW;
	}
	for (int64_t t = 0; underflows && t < topics->weights.k; t++)
		topics->inverses[t] = 0.0;
}

SegStatus
seg_lda_topics_add_up(SegEnv *env, SegLdaTopics *topics)
{
	int64_t width = topics->weights.width;
	int64_t k = topics->weights.k;
	int64_t steps = 0;

	memset(topics->totals, 0, (size_t) width * sizeof(double));
	for (int64_t i = 0; i < topics->terms; i++)
	{
		for (int64_t t = 0; t < k; t++)
			topics->totals[t] += topics->lambda[i * width + t];
		SEG_TRY(seg_count_steps(env, &steps, k));
	}
	return SEG_OK;
}

SegStatus
seg_lda_topics_weigh(SegEnv *env, SegLdaTopics *topics)
{
	int64_t steps = 0;

	SEG_TRY(seg_lda_topics_add_up(env, topics));
	invert_totals(topics);
	for (int64_t i = 0; i < topics->terms; i++)
	{
		topics->log_scales[i] = weigh_term(topics, i);
		SEG_TRY(seg_count_steps(env, &steps, 8 * topics->weights.k));
	}
	return SEG_OK;
}
