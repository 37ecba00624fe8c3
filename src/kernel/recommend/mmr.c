/*-------------------------------------------------------------------------
 *
 * mmr.c
 *	  Maximal marginal relevance [1].
 *
 * Candidates are chosen one by one: first the best, then each time the one with
 * the largest
 *
 *     lambda * score - (1 - lambda) * largest similarity to one chosen before
 *
 * where ties go to the one that comes first.  Each candidate's largest
 * similarity is kept and only compared with the last choice: n times the
 * candidates in all.
 *
 * [1] J. Carbonell, J. Goldstein, "The Use of MMR, Diversity-Based Reranking for
 * Reordering Documents and Producing Summaries", SIGIR 1998.
 *
 * src/kernel/recommend/mmr.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/mmr.h"

#include <math.h>

#include "base/linalg.h"

/* What is known about a candidate. */
typedef struct Candidate
{
	bool is_taken;
	double nearest; /* its largest similarity to one taken */
} Candidate;

static int64_t
best_of(const SegMmr *mmr, const Candidate *candidate, bool first)
{
	double best = -INFINITY;
	int64_t at = -1;

	for (int64_t c = 0; c < mmr->count; c++)
	{
		double value;

		if (candidate[c].is_taken)
			continue;
		value = first ? mmr->score[c]
		              : mmr->lambda * mmr->score[c] -
		                    (1.0 - mmr->lambda) * candidate[c].nearest;
		if (at < 0 || value > best)
		{
			best = value;
			at = c;
		}
	}
	return at;
}

SegStatus
seg_mmr(SegEnv *env, const SegMmr *mmr, int64_t n, int64_t *chosen,
        int64_t *count)
{
	Candidate *candidate;
	double *to;

	if (n > mmr->count)
		n = mmr->count;
	SEG_ALLOC(env, candidate, mmr->count + 1);
	SEG_ALLOC(env, to, mmr->count + 1);
	for (int64_t c = 0; c < mmr->count; c++)
		candidate[c].nearest = -INFINITY;
	for (*count = 0; *count < n; ++*count)
	{
		int64_t best = best_of(mmr, candidate, *count == 0);

		if (env->stop(env->host))
			return SEG_STOPPED;
		chosen[*count] = best;
		SEG_TRY(mmr->similarities(env, mmr->of, best, to));
		for (int64_t c = 0; c < mmr->count; c++)
			candidate[c].nearest = fmax(candidate[c].nearest, to[c]);
		candidate[best].is_taken = true;
	}
	return SEG_OK;
}

/* ---------- vectors ---------- */

/*
 * Scale vectors to length 1, except those of length 0: nothing is similar to
 * them.  The largest element is scaled to 1 first, so that no square overflows.
 */
void
seg_mmr_normalize(SegMmrVectors *vectors)
{
	for (int64_t c = 0; c < vectors->count; c++)
	{
		double *x = vectors->x + c * vectors->dim;
		double largest = 0.0;
		double length;

		for (int64_t j = 0; j < vectors->dim; j++)
			largest = fmax(largest, fabs(x[j]));
		if (largest == 0.0)
			continue;
		for (int64_t j = 0; j < vectors->dim; j++)
			x[j] /= largest;
		length = sqrt(seg_dot(x, x, vectors->dim));
		for (int64_t j = 0; j < vectors->dim; j++)
			x[j] /= length;
	}
}

SegStatus
seg_mmr_vectors(SegEnv *env, void *of, int64_t c, double *to)
{
	const SegMmrVectors *v = of;

	(void) env;
	for (int64_t i = 0; i < v->count; i++)
		to[i] = seg_dot(v->x + c * v->dim, v->x + i * v->dim, v->dim);
	return SEG_OK;
}
