/*-------------------------------------------------------------------------
 *
 * mmr.h
 *	  Maximal marginal relevance: a list that is good and varied.
 *
 * src/kernel/recommend/mmr.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_MMR_H
#define SEG_KERNEL_MMR_H

#include "base/env.h"

typedef struct SegMmr
{
	int64_t count;       /* of candidates */
	const double *score; /* of each */
	double lambda;       /* 1: by score alone; 0: by difference alone */

	/* how similar candidate c is to all of them */
	SegStatus (*similarities)(SegEnv *env, void *of, int64_t c, double *to);
	void *of;
} SegMmr;

/* Indexes of at most n candidates, the first choice first, and how many. */
extern SegStatus seg_mmr(SegEnv *env, const SegMmr *mmr, int64_t n,
                         int64_t *chosen, int64_t *count);

/* Candidates that are vectors of dim numbers, compared by their cosine. */
typedef struct SegMmrVectors
{
	int64_t count;
	int64_t dim;
	double *x; /* scaled to length 1 */
} SegMmrVectors;

extern SegStatus seg_mmr_vectors(SegEnv *env, void *of, int64_t c, double *to);
extern void seg_mmr_normalize(SegMmrVectors *vectors);

#endif /* SEG_KERNEL_MMR_H */
