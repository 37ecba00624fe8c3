/*-------------------------------------------------------------------------
 *
 * lda_score.h
 *	  An LDA model applied to documents.
 *
 * src/kernel/topic/lda_score.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LDA_SCORE_H
#define SEG_KERNEL_LDA_SCORE_H

#include "base/count_map.h"
#include "base/wide.h"
#include "kernel/topic/lda.h"
#include "kernel/topic/lda_topics.h"

/* A model ready for scoring. */
typedef struct SegLdaScorer
{
	SegCountMap *terms; /* to their numbers */
	SegLdaWeights weights;
	SegLdaPosterior posterior; /* of the latest document */
} SegLdaScorer;

extern SegStatus
seg_lda_scorer_make(SegEnv *env, const SegLda *model, SegLdaScorer **scorer);

/* The number of a term, or -1. */
static inline int64_t
seg_lda_term(const SegLdaScorer *scorer, SegText term)
{
	return seg_count_map_find(scorer->terms, term.bytes, term.length);
}

/* The expected share of each topic in a document; room for k. */
extern SegStatus seg_lda_shares(SegEnv *env, SegLdaScorer *scorer,
                                const SegLdaDocument *document, double *shares);

/* How well models predict documents: sums, so parts can be merged. */
typedef struct SegLdaFit
{
	SegWide bound; /* of the log-likelihood */
	double tokens; /* that the models know */
} SegLdaFit;

extern SegStatus
seg_lda_fit_add(SegEnv *env, SegLdaScorer *scorer,
                const SegLdaDocument *document, SegLdaFit *fit);
extern void seg_lda_fit_merge(SegLdaFit *into, const SegLdaFit *from);

/* Is this a fit?  Its bytes may be untrusted. */
extern bool seg_lda_fit_is_sound(const SegLdaFit *fit);

/* SEG_UNDEFINED: there is no token. */
extern SegStatus
seg_lda_perplexity(SegEnv *env, const SegLdaFit *fit, double *result);

#endif /* SEG_KERNEL_LDA_SCORE_H */
