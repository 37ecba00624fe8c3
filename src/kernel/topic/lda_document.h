/*-------------------------------------------------------------------------
 *
 * lda_document.h
 *	  The topics of one document, given the topics of a model.
 *
 * src/kernel/topic/lda_document.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LDA_DOCUMENT_H
#define SEG_KERNEL_LDA_DOCUMENT_H

#include "base/env.h"

/* The terms of a document, ascending, and how often each is there. */
typedef struct SegLdaDocument
{
	int64_t n;
	const int32_t *terms;
	const int32_t *counts;
} SegLdaDocument;

#define SEG_LDA_STRIDE 8

/*
 * What a document needs of the topics.  A term's row of weights has width
 * elements, zeros after the topics: exp(E[log share of the term in the topic]),
 * divided by the largest of them, whose logarithm is in log_scales.
 */
typedef struct SegLdaWeights
{
	int64_t k;
	int64_t width; /* a multiple of SEG_LDA_STRIDE */
	double alpha;
	const double *rows;
	const double *log_scales;
} SegLdaWeights;

/*
 * The variational posterior of a document's topics, a Dirichlet distribution;
 * arrays of width elements.
 */
typedef struct SegLdaPosterior
{
	double *gamma;
	double *theta; /* exp(E[log of the topic's share] + log_scale) */
	double *pull;  /* scratch */
	double log_scale;
} SegLdaPosterior;

static inline int64_t
seg_lda_width(int64_t k)
{
	return (k + SEG_LDA_STRIDE - 1) / SEG_LDA_STRIDE * SEG_LDA_STRIDE;
}

extern double seg_lda_tokens(const SegLdaDocument *document);

extern SegStatus
seg_lda_posterior_create(SegEnv *env, int64_t width, SegLdaPosterior *result);

/* Find the posterior; *steps: see seg_count_steps. */
extern SegStatus seg_lda_infer(SegEnv *env, const SegLdaWeights *weights,
                               const SegLdaDocument *document,
                               SegLdaPosterior *posterior, int64_t *steps);

/* Add the expected count of each topic for each term to rows like weights'. */
extern void
seg_lda_collect(const SegLdaWeights *weights, const SegLdaDocument *document,
                const SegLdaPosterior *posterior, double times, double *rows);

/* The lower bound of the log-likelihood of the document. */
extern double
seg_lda_bound(const SegLdaWeights *weights, const SegLdaDocument *document,
              const SegLdaPosterior *posterior);

#endif /* SEG_KERNEL_LDA_DOCUMENT_H */
