/*-------------------------------------------------------------------------
 *
 * lda.c
 *	  Latent Dirichlet allocation: options, model, terms of its topics.
 *
 * A document is a mixture of topics, and a topic a distribution over terms [1].
 * The model keeps, for each topic, the parameters of the Dirichlet distribution
 * that its terms' shares have after training: the prior beta, and how often
 * each term is expected to come from the topic.
 *
 * [1] D. M. Blei, A. Y. Ng, M. I. Jordan, "Latent Dirichlet Allocation", Journal
 * of Machine Learning Research 3, 2003.
 *
 * src/kernel/topic/lda.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/topic/lda.h"

#include <math.h>

#include "base/tags.h"

#define OPTION(member) offsetof(SegLdaParams, member)
#define HUGE_COUNT     9007199254740992.0
#define LEAST_PRIOR    1e-8
#define MOST_PRIOR     1e6

/* clang-format off */
const SegOption seg_lda_options[] = {
	{"k", SEG_OPTION_INT, OPTION(k), 10, 1, SEG_LDA_MAX_K, NULL,
		"number of topics"},
	{"alpha", SEG_OPTION_REAL, OPTION(alpha), 0, 0, MOST_PRIOR, NULL,
		"prior of each topic in a document; 0: 1 / k"},
	{"beta", SEG_OPTION_REAL, OPTION(beta), 0, 0, MOST_PRIOR, NULL,
		"prior of each term in a topic; 0: 1 / k"},
	{"restarts", SEG_OPTION_INT, OPTION(restarts), 5, 1, 10000, NULL,
		"starts to choose from"},
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 100, 1, 1e6, NULL,
		"passes over the documents at most"},
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 1e-5, 0, 1, NULL,
		"stop when a pass raises the log-likelihood's bound by less than this share"},
	{"seed", SEG_OPTION_INT, OPTION(seed), 42, 0, HUGE_COUNT, NULL,
		"seed of the random draws"},
	{"min_documents", SEG_OPTION_INT, OPTION(vocabulary.min_documents), 1, 1, HUGE_COUNT, NULL,
		"leave out terms of fewer documents"},
	{"max_document_share", SEG_OPTION_REAL, OPTION(vocabulary.max_document_share), 1, 0, 1, NULL,
		"leave out terms in more than this share of the documents"},
	{"max_terms", SEG_OPTION_INT, OPTION(vocabulary.max_terms), 0, 0, HUGE_COUNT, NULL,
		"keep the most frequent terms; 0: all"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegLda, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegLda, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegLda, document_count, 1, HUGE_COUNT),
	SEG_INT(SegLda, token_count, 1, HUGE_COUNT),
	SEG_INT(SegLda, term_count, 1, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegLda, k, 1, SEG_LDA_MAX_K),
	SEG_INT(SegLda, iterations, 1, 1e6),
	SEG_BOOL(SegLda, converged),
	SEG_REAL(SegLda, alpha, LEAST_PRIOR, MOST_PRIOR),
	SEG_REAL(SegLda, beta, LEAST_PRIOR, MOST_PRIOR),
	SEG_REAL(SegLda, perplexity, 0, 1e300),
	SEG_JSON_FIELD(SegLda, options),
	SEG_TEXT_FIELD(SegLda, version),
	SEG_IDS_FIELD(SegLda, terms, term_count, SEG_MANY),
	SEG_REALS(SegLda, topic_shares, k, 0, 1 + 1e-6),
	SEG_REAL_MATRIX(SegLda, lambda, term_count, k, 0, 1e300),
	SEG_FIELD_END
};
/* clang-format on */

/* ---------- the model ---------- */

/*
 * Terms ascend, and each has tokens; what is expected of them adds up to the
 * topics' shares, which fall, of all tokens.
 */
static bool
lda_is_sound(const void *value)
{
	const SegLda *m = value;
	SegIds ids = {m->term_count, NULL, m->terms};
	double tokens = (double) m->token_count;
	double slack = 1e-6 * (tokens + m->beta * (double) m->term_count);
	double expected[SEG_LDA_MAX_K] = {0};

	if (!seg_ids_are_sound(&ids, 0, m->term_count) ||
	    m->document_count > m->rows_used || m->document_count > m->token_count)
		return false;
	for (int64_t w = 0; w < m->term_count; w++)
	{
		double of_term = 0.0;

		for (int64_t t = 0; t < m->k; t++)
		{
			double count = m->lambda[w * m->k + t] - m->beta;

			if (count < 0.0)
				return false;
			expected[t] += count;
			of_term += count;
		}
		if (of_term <= 0.0)
			return false;
	}
	for (int64_t t = 0; t < m->k; t++)
		if ((t > 0 && m->topic_shares[t] > m->topic_shares[t - 1]) ||
		    !(fabs(expected[t] - m->topic_shares[t] * tokens) <= slack))
			return false;
	return true;
}

const SegMethod seg_lda_method = {SEG_TAG_LDA,
                                  1,
                                  false,
                                  "lda",
                                  "topic model",
                                  fields,
                                  sizeof(SegLda),
                                  lda_is_sound,
                                  NULL};

/* ---------- terms of a topic ---------- */

SegStatus
seg_lda_top_terms(SegEnv *env, const SegLda *model, int64_t topic, int64_t most,
                  SegTop *top)
{
	double total = 0.0;

	for (int64_t w = 0; w < model->term_count; w++)
		total += model->lambda[w * model->k + topic];
	SEG_TRY(seg_top_create(env,
	                       most < model->term_count ? most : model->term_count,
	                       top));
	if (top->most == 0)
		return SEG_OK;
	for (int64_t w = 0; w < model->term_count; w++)
		seg_top_offer(top, model->lambda[w * model->k + topic] / total, w);
	seg_top_sort(top);
	return SEG_OK;
}

double
seg_lda_term_share(const SegLda *model, int64_t term)
{
	double expected = 0.0;

	for (int64_t t = 0; t < model->k; t++)
		expected += model->lambda[term * model->k + t] - model->beta;
	return expected / (double) model->token_count;
}

/* ---------- the trainer ---------- */

/*
 * A prior is given, and not tiny, or is 1 / k.
 */
static SegStatus
check_prior(SegEnv *env, const char *name, double prior)
{
	if (prior == 0.0 || prior >= LEAST_PRIOR)
		return SEG_OK;
	return seg_fail_range(env,
	                      SEG_OPTION_RANGE,
	                      name,
	                      prior,
	                      LEAST_PRIOR,
	                      MOST_PRIOR);
}

static SegStatus
lda_check(SegEnv *env, const void *params)
{
	const SegLdaParams *p = params;

	SEG_TRY(check_prior(env, "alpha", p->alpha));
	return check_prior(env, "beta", p->beta);
}

static SegStatus
lda_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_lda_train(env, rows, params, model);
}

const SegTrainer seg_lda_trainer = {.method = &seg_lda_method,
                                    .title = "LDA",
                                    .columns = {{SEG_COLUMN_OTHER}},
                                    .options = seg_lda_options,
                                    .params_size = sizeof(SegLdaParams),
                                    .smaller =
                                        "fewer topics, or the options "
                                        "\"max_terms\" or \"min_documents\"",
                                    .check = lda_check,
                                    .train = lda_train};
