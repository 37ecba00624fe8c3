/*-------------------------------------------------------------------------
 *
 * lda_corpus.h
 *	  Documents for LDA: the terms that count, and how often each document has
 *	  each, in canonical order.
 *
 * src/kernel/topic/lda_corpus.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LDA_CORPUS_H
#define SEG_KERNEL_LDA_CORPUS_H

#include "base/item_lists.h"
#include "kernel/topic/lda_document.h"

/* Which terms count. */
typedef struct SegLdaVocabulary
{
	int64_t min_documents;     /* a term is in at least so many documents */
	double max_document_share; /* and in at most this share of them */
	int64_t max_terms;         /* the most frequent ones; 0: all */
} SegLdaVocabulary;

typedef struct SegLdaCorpus
{
	SegIds terms;          /* ascending */
	int64_t n;             /* distinct documents that have a term */
	const int64_t *firsts; /* of each document's terms; n + 1 */
	const int64_t *times;  /* how many documents are equal to each */
	const int32_t *codes;  /* terms of one document after the other */
	const int32_t *counts; /* of each of them */
	int64_t documents;     /* all that have a term */
	int64_t tokens;        /* of all */
} SegLdaCorpus;

static inline SegLdaDocument
seg_lda_document(const SegLdaCorpus *corpus, int64_t i)
{
	int64_t first = corpus->firsts[i];

	return (SegLdaDocument){corpus->firsts[i + 1] - first,
	                        corpus->codes + first,
	                        corpus->counts + first};
}

/*
 * Sort n terms and keep each once, with how often it is there; returns how many
 * are kept.  scratch has room for n.
 */
extern int32_t
seg_lda_bag(int32_t *terms, int32_t *counts, int32_t *scratch, int32_t n);

extern SegStatus
seg_lda_corpus_make(SegEnv *env, const SegItemRows *rows,
                    const SegLdaVocabulary *vocabulary, SegLdaCorpus *corpus);

#endif /* SEG_KERNEL_LDA_CORPUS_H */
