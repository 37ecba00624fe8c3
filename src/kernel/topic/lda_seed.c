/*-------------------------------------------------------------------------
 *
 * lda_seed.c
 *	  Where LDA starts: topics that are clusters of documents.
 *
 * Variational Bayes finds the optimum nearest to where it starts, and from
 * random topics that is often one in which some topics share a subject while
 * another has two.  So it starts from clusters of documents by spherical
 * k-means: documents as unit vectors of sqrt(count) * log(documents / documents
 * with the term), first centers drawn far from each other as in k-means++ [1],
 * and a few passes.  A topic begins with the words of its cluster.
 *
 * [1] D. Arthur, S. Vassilvitskii, "k-means++: The Advantages of Careful
 * Seeding", SODA 2007.
 *
 * src/kernel/topic/lda_seed.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/topic/lda_topics.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

#define PASSES 10

/* of random draws; each start has its own after it */
#define SEED_STREAM 0x6c646100 /* "lda" */

typedef struct LdaSeeding
{
	const SegLdaCorpus *corpus;
	int64_t seed;
	int64_t start;
	int64_t k;
	int64_t width;
	double *idf;      /* of each term */
	double *x;        /* unit vectors, like the corpus's counts */
	double *distance; /* of each document from the nearest center so far */
	int32_t *cluster; /* of each document */
	double *centers;  /* rows like weights' */
	double *lengths;  /* of the centers */
	int64_t steps;
} LdaSeeding;

/*
 * Documents as unit vectors.  One that has only terms of all documents is a
 * vector of zeros.
 */
static SegStatus
make_vectors(SegEnv *env, LdaSeeding *s, int64_t terms)
{
	const SegLdaCorpus *c = s->corpus;

	for (int64_t d = 0; d < c->n; d++)
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			s->idf[c->codes[i]] += (double) c->times[d];
	for (int64_t w = 0; w < terms; w++)
		s->idf[w] = log((double) c->documents / s->idf[w]);
	for (int64_t d = 0; d < c->n; d++)
	{
		double squares = 0.0;
		double scale;

		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
		{
			s->x[i] = sqrt((double) c->counts[i]) * s->idf[c->codes[i]];
			squares += s->x[i] * s->x[i];
		}
		scale = squares > 0.0 ? 1.0 / sqrt(squares) : 0.0;
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			s->x[i] *= scale;
		SEG_TRY(seg_count_steps(env,
		                        &s->steps,
		                        4 * (c->firsts[d + 1] - c->firsts[d])));
	}
	return SEG_OK;
}

/*
 * Draw a document in proportion to its tokens times its distance; -1: all
 * distances are zero.
 */
static int64_t
draw_center(const LdaSeeding *s, int64_t draw)
{
	const SegLdaCorpus *c = s->corpus;
	double total = 0.0;
	int64_t chosen = -1;
	double goal;

	for (int64_t d = 0; d < c->n; d++)
		total += s->distance[d] * (double) c->times[d];
	goal = total * seg_random_real((uint64_t) s->seed,
	                               (uint64_t) (SEED_STREAM + s->start),
	                               (uint64_t) draw);
	for (int64_t d = 0; d < c->n && goal >= 0.0; d++)
	{
		if (s->distance[d] <= 0.0)
			continue;
		goal -= s->distance[d] * (double) c->times[d];
		chosen = d;
	}
	return chosen;
}

static double
cosine_with(const LdaSeeding *s, int64_t d, const double *center)
{
	const SegLdaCorpus *c = s->corpus;
	double sum = 0.0;

	for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
		sum += s->x[i] * center[c->codes[i]];
	return sum;
}

/*
 * Give documents that are nearer to this new center to it.
 */
static SegStatus
take_documents(SegEnv *env, LdaSeeding *s, int64_t center, int32_t cluster,
               double *dense)
{
	const SegLdaCorpus *c = s->corpus;

	for (int64_t i = c->firsts[center]; i < c->firsts[center + 1]; i++)
		dense[c->codes[i]] = s->x[i];
	for (int64_t d = 0; d < c->n; d++)
	{
		double distance = 1.0 - cosine_with(s, d, dense);

		if (distance < s->distance[d])
		{
			s->distance[d] = distance > 1e-12 ? distance : 0.0;
			s->cluster[d] = cluster;
		}
		SEG_TRY(
			seg_count_steps(env, &s->steps, c->firsts[d + 1] - c->firsts[d]));
	}
	for (int64_t i = c->firsts[center]; i < c->firsts[center + 1]; i++)
		dense[c->codes[i]] = 0.0;
	return SEG_OK;
}

static SegStatus
choose_centers(SegEnv *env, LdaSeeding *s, int64_t terms)
{
	double *dense;

	SEG_ALLOC(env, dense, terms);
	for (int64_t d = 0; d < s->corpus->n; d++)
		s->distance[d] = 2.0;
	for (int32_t t = 0; t < s->k; t++)
	{
		int64_t center = draw_center(s, t);

		if (center < 0)
			break;
		SEG_TRY(take_documents(env, s, center, t, dense));
	}
	return SEG_OK;
}

/*
 * Centers as the sums of their documents.
 */
static void
add_up_centers(LdaSeeding *s, int64_t terms)
{
	const SegLdaCorpus *c = s->corpus;

	memset(s->centers, 0, (size_t) (terms * s->width) * sizeof(double));
	memset(s->lengths, 0, (size_t) s->width * sizeof(double));
	for (int64_t d = 0; d < c->n; d++)
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			s->centers[c->codes[i] * s->width + s->cluster[d]] +=
				(double) c->times[d] * s->x[i];
	for (int64_t w = 0; w < terms; w++)
		for (int64_t t = 0; t < s->k; t++)
			s->lengths[t] += s->centers[w * s->width + t] *
			                 s->centers[w * s->width + t];
	for (int64_t t = 0; t < s->k; t++)
		s->lengths[t] = sqrt(s->lengths[t]);
}

/*
 * Move each document to the nearest center; returns how many moved.
 */
static SegStatus
move_documents(SegEnv *env, LdaSeeding *s, double *sums, int64_t *moved)
{
	const SegLdaCorpus *c = s->corpus;

	*moved = 0;
	for (int64_t d = 0; d < c->n; d++)
	{
		int32_t best = s->cluster[d];

		memset(sums, 0, (size_t) s->width * sizeof(double));
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
		{
			const double *row = s->centers + c->codes[i] * s->width;

			for (int64_t t = 0; t < s->width; t++)
				sums[t] += s->x[i] * row[t];
		}
		for (int32_t t = 0; t < s->k; t++)
			if (sums[t] * s->lengths[best] > sums[best] * s->lengths[t])
				best = t;
		*moved += best != s->cluster[d];
		s->cluster[d] = best;
		SEG_TRY(seg_count_steps(env,
		                        &s->steps,
		                        (c->firsts[d + 1] - c->firsts[d]) * s->width));
	}
	return SEG_OK;
}

static SegStatus
find_clusters(SegEnv *env, LdaSeeding *s, int64_t terms)
{
	int64_t size = s->corpus->firsts[s->corpus->n];
	double *sums;
	int64_t moved = 1;

	SEG_ALLOC(env, s->idf, terms);
	SEG_ALLOC(env, s->x, size);
	SEG_ALLOC(env, s->distance, s->corpus->n);
	SEG_ALLOC(env, s->cluster, s->corpus->n);
	SEG_ALLOC(env, s->lengths, s->width);
	SEG_ALLOC(env, sums, s->width);
	SEG_TRY(make_vectors(env, s, terms));
	SEG_TRY(choose_centers(env, s, terms));
	for (int pass = 0; pass < PASSES && moved > 0; pass++)
	{
		add_up_centers(s, terms);
		SEG_TRY(move_documents(env, s, sums, &moved));
	}
	return SEG_OK;
}

static SegStatus
seed_in(SegEnv *env, const SegLdaCorpus *c, int64_t seed, int64_t start,
        SegLdaTopics *topics)
{
	int64_t width = topics->weights.width;
	LdaSeeding s = {.corpus = c,
	                .seed = seed,
	                .start = start,
	                .k = topics->weights.k,
	                .width = width,
	                .centers = topics->lambda};

	SEG_TRY(find_clusters(env, &s, topics->terms));
	for (int64_t w = 0; w < topics->terms; w++)
		for (int64_t t = 0; t < width; t++)
			topics->lambda[w * width + t] = t < s.k ? topics->beta : 0.0;
	for (int64_t d = 0; d < c->n; d++)
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			topics->lambda[c->codes[i] * width + s.cluster[d]] +=
				(double) c->times[d] * c->counts[i];
	return SEG_OK;
}

/*
 * The first lambda: for each term, beta and its count in each cluster.  Each
 * start draws other clusters.
 */
SegStatus
seg_lda_seed(SegEnv *env, const SegLdaCorpus *corpus, int64_t seed,
             int64_t start, SegLdaTopics *topics)
{
	SegEnv inner = seg_enter(env);

	return seg_leave(env, &inner, seed_in(&inner, corpus, seed, start, topics));
}
