/*-------------------------------------------------------------------------
 *
 * lda_topics.h
 *	  The topics of a model while it is trained or used.
 *
 * src/kernel/topic/lda_topics.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LDA_TOPICS_H
#define SEG_KERNEL_LDA_TOPICS_H

#include "kernel/topic/lda_corpus.h"
#include "kernel/topic/lda_document.h"

typedef struct SegLdaTopics
{
	int64_t terms;
	double beta;
	double *lambda;        /* for each term a row of width, zeros at its end */
	SegLdaWeights weights; /* made from it */

	/* of the weights, which only read them */
	double *rows;
	double *log_scales;

	double *totals;   /* of each topic's lambda */
	double *inverses; /* of exp(digamma(total)) */
} SegLdaTopics;

extern SegStatus
seg_lda_topics_create(SegEnv *env, int64_t terms, int64_t k, double alpha,
                      double beta, SegLdaTopics *topics);

extern SegStatus seg_lda_topics_add_up(SegEnv *env, SegLdaTopics *topics);

/* Make the weights from lambda. */
extern SegStatus seg_lda_topics_weigh(SegEnv *env, SegLdaTopics *topics);

/* lda_seed.c: the first lambda; each start draws another one */
extern SegStatus
seg_lda_seed(SegEnv *env, const SegLdaCorpus *corpus, int64_t seed,
             int64_t start, SegLdaTopics *topics);

#endif /* SEG_KERNEL_LDA_TOPICS_H */
