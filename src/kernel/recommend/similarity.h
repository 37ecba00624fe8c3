/*-------------------------------------------------------------------------
 *
 * similarity.h
 *	  How alike two users, or two items, are by the ratings they have in common.
 *
 * src/kernel/recommend/similarity.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SIMILARITY_H
#define SEG_KERNEL_SIMILARITY_H

#include "base/env.h"
#include "base/wide.h"

/*
 * Pairs of ratings, as the state of an aggregate: an array of doubles.
 */
typedef struct SegSimilarity
{
	double n;           /* pairs */
	double min_support; /* fewer pairs: undefined */
	double shrinkage;   /* see similarity.c */
	SegWide a;          /* sums of the ratings */
	SegWide b;
	SegWide aa; /* sums of their products */
	SegWide ab;
	SegWide bb;
} SegSimilarity;

/* Before the first pair: the settings, the same for all pairs. */
extern SegStatus seg_similarity_begin(SegEnv *env, double min_support,
                                      double shrinkage, SegSimilarity *state);
extern SegStatus
seg_similarity_add(SegEnv *env, SegSimilarity *state, double a, double b);

/* Can these numbers be sums over pairs? */
extern SegStatus seg_similarity_check(SegEnv *env, const SegSimilarity *state);
extern void
seg_similarity_merge(SegSimilarity *into, const SegSimilarity *from);

/* The similarity, -1 to 1; false: undefined. */
extern bool seg_similarity_cosine(const SegSimilarity *state, double *result);
extern bool seg_similarity_pearson(const SegSimilarity *state, double *result);

#endif /* SEG_KERNEL_SIMILARITY_H */
