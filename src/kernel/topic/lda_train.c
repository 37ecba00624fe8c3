/*-------------------------------------------------------------------------
 *
 * lda_train.c
 *	  Training of LDA: batch variational Bayes.
 *
 * Each pass finds the topics of all documents, given the topics' words, and then
 * the topics' words, given how often each topic is expected for each token [1,
 * algorithm 1].  Documents come in canonical order and are counted as often as
 * they are there, so the sums are the same whatever order the rows came in.
 *
 * Training ends when a pass raises the bound of the documents' log-likelihood
 * by less than a share of it.  That bound leaves the topics' own part out, as
 * held-out documents do: see seg_lda_bound.
 *
 * [1] M. D. Hoffman, D. M. Blei, F. Bach, "Online Learning for Latent Dirichlet
 * Allocation", NIPS 23, 2010.
 *
 * src/kernel/topic/lda_train.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/topic/lda.h"

#include <math.h>

#include "base/sort.h"
#include "kernel/topic/lda_topics.h"

/* Passes from each start, to choose one. */
#define FIRST_PASSES 3

/* ---------- passes ---------- */

static SegStatus
clear_lambda(SegEnv *env, SegLdaTopics *topics)
{
	int64_t width = topics->weights.width;
	int64_t steps = 0;

	for (int64_t w = 0; w < topics->terms; w++)
	{
		for (int64_t t = 0; t < topics->weights.k; t++)
			topics->lambda[w * width + t] = topics->beta;
		SEG_TRY(seg_count_steps(env, &steps, width / 4));
	}
	return SEG_OK;
}

/*
 * One pass: the next lambda, and the bound for the weights that it came from.
 */
static SegStatus
lda_pass(SegEnv *env, const SegLdaCorpus *corpus, SegLdaTopics *topics,
         SegLdaPosterior *posterior, double *bound)
{
	int64_t steps = 0;

	SEG_TRY(seg_lda_topics_weigh(env, topics));
	SEG_TRY(clear_lambda(env, topics));
	*bound = 0.0;
	for (int64_t d = 0; d < corpus->n; d++)
	{
		SegLdaDocument document = seg_lda_document(corpus, d);
		double times = (double) corpus->times[d];

		SEG_TRY(
			seg_lda_infer(env, &topics->weights, &document, posterior, &steps));
		seg_lda_collect(&topics->weights,
		                &document,
		                posterior,
		                times,
		                topics->lambda);
		*bound += times * seg_lda_bound(&topics->weights, &document, posterior);
	}
	return SEG_OK;
}

/* Passes from one start. */
typedef struct Climb
{
	int64_t start;
	int64_t most;   /* passes */
	int64_t before; /* passes that other starts may have taken */
	int64_t all;    /* passes that all of them may take */
} Climb;

/*
 * Passes from a start until they gain too little.
 */
static SegStatus
climb(SegEnv *env, const SegLdaCorpus *corpus, const SegLdaParams *params,
      const Climb *way, SegLdaTopics *topics, SegLda *model, double *bound)
{
	SegLdaPosterior posterior;
	double before = -INFINITY;

	SEG_TRY(seg_lda_posterior_create(env, topics->weights.width, &posterior));
	SEG_TRY(seg_lda_seed(env, corpus, params->seed, way->start, topics));
	model->iterations = 0;
	model->converged = false;
	while (model->iterations < way->most && !model->converged)
	{
		SEG_TRY(lda_pass(env, corpus, topics, &posterior, bound));
		model->iterations++;
		model->converged = *bound - before < params->tolerance * fabs(*bound);
		before = *bound;
		if (env->progress != NULL)
			env->progress(env->host,
			              "LDA",
			              model->iterations,
			              *bound,
			              (double) (way->before + model->iterations) /
			                  (double) way->all);
	}
	return SEG_OK;
}

/*
 * A few passes show which start will come out best; from there the way is walked
 * again, as it is the same to the bit.
 */
static SegStatus
find_topics(SegEnv *env, const SegLdaCorpus *corpus, const SegLdaParams *params,
            SegLdaTopics *topics, SegLda *model)
{
	int64_t tries = params->restarts > 1 ? params->restarts : 0;
	int64_t all = tries * FIRST_PASSES + params->max_iterations;
	double best_bound = -INFINITY;
	int64_t best = 0;
	double bound;

	for (int64_t start = 0; start < tries; start++)
	{
		Climb way = {start, FIRST_PASSES, start * FIRST_PASSES, all};

		SEG_TRY(climb(env, corpus, params, &way, topics, model, &bound));
		if (bound > best_bound)
		{
			best_bound = bound;
			best = start;
		}
	}
	SEG_TRY(
		climb(env,
	          corpus,
	          params,
	          &(Climb){best, params->max_iterations, tries * FIRST_PASSES, all},
	          topics,
	          model,
	          &bound));
	model->perplexity = exp(-bound / (double) corpus->tokens);
	return SEG_OK;
}

/* ---------- the model ---------- */

static int
compare_topics(const void *of, int64_t a, int64_t b)
{
	const SegLdaTopics *topics = of;

	if (topics->totals[a] != topics->totals[b])
		return topics->totals[a] > topics->totals[b] ? -1 : 1;
	for (int64_t w = 0; w < topics->terms; w++)
	{
		const double *row = topics->lambda + w * topics->weights.width;

		if (row[a] != row[b])
			return row[a] > row[b] ? -1 : 1;
	}
	return 0;
}

/*
 * Topics by their share of the tokens, the largest first; ties by their terms.
 */
static SegStatus
write_topics(SegEnv *env, SegLdaTopics *topics, SegLda *model)
{
	int64_t k = topics->weights.k;
	int64_t width = topics->weights.width;
	double prior = topics->beta * (double) topics->terms;
	int64_t steps = 0;
	double *lambda;
	double *shares;
	int64_t *order;

	SEG_ALLOC(env, order, k);
	SEG_ALLOC(env, shares, k);
	SEG_ALLOC(env, lambda, topics->terms * k);
	SEG_TRY(seg_lda_topics_add_up(env, topics));
	for (int64_t t = 0; t < k; t++)
		order[t] = t;
	SEG_TRY(seg_sort(env, order, k, compare_topics, topics));
	for (int64_t t = 0; t < k; t++)
	{
		double share =
			(topics->totals[order[t]] - prior) / (double) model->token_count;

		shares[t] = share > 0.0 ? share : 0.0;
	}
	for (int64_t w = 0; w < topics->terms; w++)
	{
		for (int64_t t = 0; t < k; t++)
			lambda[w * k + t] = topics->lambda[w * width + order[t]];
		SEG_TRY(seg_count_steps(env, &steps, k));
	}
	model->topic_shares = shares;
	model->lambda = lambda;
	return SEG_OK;
}

/*
 * Refuse what will not fit: a copy of the corpus's pairs and their elements as
 * vectors, two numbers for each term and topic, and a third in the model.
 */
static SegStatus
check_work(SegEnv *env, const SegItemRows *rows, const SegLdaCorpus *corpus,
           int64_t k)
{
	double terms = (double) corpus->terms.count;
	double model = terms * (double) (k + 2) * sizeof(double);
	double work = model +
	              2 * terms * (double) seg_lda_width(k) * sizeof(double) +
	              2 * (double) corpus->firsts[corpus->n] * sizeof(double);

	if (model > rows->most_model)
		return seg_fail_model_size(env,
		                           model,
		                           rows->most_model,
		                           seg_lda_trainer.smaller);
	if (work > (double) rows->most_work)
		return seg_name_options(env,
		                        seg_fail(env,
		                                 SEG_WORK_LIMIT,
		                                 "LDA",
		                                 work,
		                                 (double) rows->most_work),
		                        "\"k\", \"max_terms\" or \"min_documents\"");
	return SEG_OK;
}

/*
 * The documents, if any of them has a term, and all that they need will fit.
 */
static SegStatus
read_corpus(SegEnv *env, const SegItemRows *rows, const SegLdaParams *params,
            SegLdaCorpus *corpus)
{
	SegDiag no_terms = {.what = "LDA",
	                    .name = "terms",
	                    .got = (double) rows->lists->n,
	                    .options = "\"min_documents\" or "
	                               "\"max_document_share\""};

	SEG_TRY(seg_lda_corpus_make(env, rows, &params->vocabulary, corpus));
	if (corpus->n == 0)
		return seg_fail_facts(env, SEG_NO_TERMS, no_terms);
	return check_work(env, rows, corpus, params->k);
}

SegStatus
seg_lda_train(SegEnv *env, const SegItemRows *rows, const SegLdaParams *params,
              SegLda *model)
{
	double share = 1.0 / (double) params->k;
	SegLdaCorpus corpus;
	SegLdaTopics topics;

	SEG_TRY(read_corpus(env, rows, params, &corpus));
	model->rows_used = rows->lists->n;
	model->document_count = corpus.documents;
	model->token_count = corpus.tokens;
	model->term_count = corpus.terms.count;
	model->terms = corpus.terms.names;
	model->k = params->k;
	model->alpha = params->alpha > 0.0 ? params->alpha : share;
	model->beta = params->beta > 0.0 ? params->beta : share;
	SEG_TRY(seg_lda_topics_create(env,
	                              model->term_count,
	                              model->k,
	                              model->alpha,
	                              model->beta,
	                              &topics));
	SEG_TRY(find_topics(env, &corpus, params, &topics, model));
	if (!model->converged)
		seg_note(env,
		         SEG_NOTE_UNCONVERGED,
		         (SegDiag){.what = "LDA", .got = (double) model->iterations});
	return write_topics(env, &topics, model);
}
