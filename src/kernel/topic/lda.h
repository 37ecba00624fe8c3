/*-------------------------------------------------------------------------
 *
 * lda.h
 *	  Latent Dirichlet allocation: options, model, training, scoring.
 *
 * src/kernel/topic/lda.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LDA_H
#define SEG_KERNEL_LDA_H

#include "base/trainer.h"
#include "base/top.h"
#include "kernel/topic/lda_corpus.h"

#define SEG_LDA_MAX_K 1000 /* what checks a model has them on its stack */

typedef struct SegLdaParams
{
	int64_t k;
	double alpha; /* 0: 1 / k */
	double beta;  /* 0: 1 / k */
	int64_t restarts;
	int64_t max_iterations;
	double tolerance;
	int64_t seed;
	SegLdaVocabulary vocabulary;
} SegLdaParams;

typedef struct SegLda
{
	int64_t rows_used;      /* documents */
	int64_t rows_skipped;   /* NULL documents */
	int64_t document_count; /* those that have a term */
	int64_t token_count;    /* of the terms */
	int64_t term_count;
	int64_t k;
	int64_t iterations;
	int64_t converged;
	double alpha;
	double beta;
	double perplexity; /* of the training documents */
	SegText options;
	SegText version;
	SegTexts terms;             /* ascending */
	const double *topic_shares; /* of the tokens; falling */
	const double *lambda;       /* for each term, beta and its expected count in
	                             * each topic */
} SegLda;

extern const SegOption seg_lda_options[];
extern const SegMethod seg_lda_method;
extern const SegTrainer seg_lda_trainer;

extern SegStatus seg_lda_train(SegEnv *env, const SegItemRows *rows,
                               const SegLdaParams *params, SegLda *model);

/* The terms of a topic with the largest shares; ties by term. */
extern SegStatus seg_lda_top_terms(SegEnv *env, const SegLda *model,
                                   int64_t topic, int64_t most, SegTop *top);

/* The share of a term in the whole model, by the shares of the topics. */
extern double seg_lda_term_share(const SegLda *model, int64_t term);

#endif /* SEG_KERNEL_LDA_H */
