/*-------------------------------------------------------------------------
 *
 * lda_score.c
 *	  An LDA model applied to documents.
 *
 * The perplexity of documents is exp(- bound / tokens), with the lower bound of
 * their log-likelihood in place of that, which has no closed form [1].  The
 * bound is that of the documents alone: what the topics themselves cost, which
 * some libraries add, was paid by the documents of the training, and a few
 * held-out ones would not change it.
 *
 * [1] D. M. Blei, A. Y. Ng, M. I. Jordan, "Latent Dirichlet Allocation", Journal
 * of Machine Learning Research 3, 2003, section 7.1.
 *
 * src/kernel/topic/lda_score.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/topic/lda_score.h"

#include <math.h>

static SegStatus
map_terms(SegEnv *env, const SegTexts *terms, SegCountMap **map)
{
	int64_t steps = 0;
	int64_t index;

	SEG_TRY(seg_count_map_create(env, 0, map));
	for (int64_t i = 0; i < terms->count; i++)
	{
		SegText term = seg_texts_get(terms, i);

		SEG_TRY(
			seg_count_map_insert(env, map, term.bytes, term.length, &index));
		SEG_TRY(seg_count_steps(env, &steps, 20));
	}
	return SEG_OK;
}

SegStatus
seg_lda_scorer_make(SegEnv *env, const SegLda *model, SegLdaScorer **scorer)
{
	SegLdaTopics topics;

	SEG_ALLOC(env, *scorer, 1);
	SEG_TRY(map_terms(env, &model->terms, &(*scorer)->terms));
	SEG_TRY(seg_lda_topics_create(env,
	                              model->term_count,
	                              model->k,
	                              model->alpha,
	                              model->beta,
	                              &topics));
	for (int64_t w = 0; w < model->term_count; w++)
		for (int64_t t = 0; t < model->k; t++)
			topics.lambda[w * topics.weights.width + t] =
				model->lambda[w * model->k + t];
	SEG_TRY(seg_lda_topics_weigh(env, &topics));
	(*scorer)->weights = topics.weights;
	return seg_lda_posterior_create(env,
	                                topics.weights.width,
	                                &(*scorer)->posterior);
}

SegStatus
seg_lda_shares(SegEnv *env, SegLdaScorer *scorer,
               const SegLdaDocument *document, double *shares)
{
	const double *gamma = scorer->posterior.gamma;
	int64_t k = scorer->weights.k;
	int64_t steps = 0;
	double total = 0.0;

	SEG_TRY(seg_lda_infer(env,
	                      &scorer->weights,
	                      document,
	                      &scorer->posterior,
	                      &steps));
	for (int64_t t = 0; t < k; t++)
		total += gamma[t];
	for (int64_t t = 0; t < k; t++)
		shares[t] = gamma[t] / total;
	return SEG_OK;
}

/* ---------- perplexity ---------- */

SegStatus
seg_lda_fit_add(SegEnv *env, SegLdaScorer *scorer,
                const SegLdaDocument *document, SegLdaFit *fit)
{
	int64_t steps = 0;
	double bound;

	SEG_TRY(seg_lda_infer(env,
	                      &scorer->weights,
	                      document,
	                      &scorer->posterior,
	                      &steps));
	bound = seg_lda_bound(&scorer->weights, document, &scorer->posterior);
	fit->bound = seg_wide_add(fit->bound, (SegWide){bound, 0.0});
	fit->tokens += seg_lda_tokens(document);
	return SEG_OK;
}

void
seg_lda_fit_merge(SegLdaFit *into, const SegLdaFit *from)
{
	into->bound = seg_wide_add(into->bound, from->bound);
	into->tokens += from->tokens;
}

bool
seg_lda_fit_is_sound(const SegLdaFit *fit)
{
	return isfinite(fit->bound.hi) && isfinite(fit->bound.lo) &&
	       fit->tokens >= 0.0 && isfinite(fit->tokens) &&
	       fit->tokens == floor(fit->tokens);
}

SegStatus
seg_lda_perplexity(SegEnv *env, const SegLdaFit *fit, double *result)
{
	if (fit->tokens == 0.0)
		return SEG_UNDEFINED;
	*result = exp(-(fit->bound.hi / fit->tokens + fit->bound.lo / fit->tokens));
	if (!isfinite(*result))
		return seg_fail(env, SEG_NOT_FINITE, "perplexity", *result, 0);
	return SEG_OK;
}
