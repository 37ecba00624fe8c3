/*-------------------------------------------------------------------------
 *
 * lda_seed.c
 *	  Where LDA starts: topics that are clusters of documents.
 *
 * Variational Bayes finds the optimum nearest to where it starts, and from
 * random topics that is often one in which some topics share a subject while
 * another has two.  So it starts from clusters of documents by spherical
 * k-means: documents as unit vectors of sqrt(count) * log(1 + documents / documents
 * with the term), first centers drawn far from each other as in k-means++ [1],
 * with a few candidates for each, and a few passes.  The best of some runs
 * counts.  A topic begins with the words of its cluster.
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

/* Runs of k-means, to choose one. */
#define RUNS 5

/* Documents drawn for each center. */
#define CANDIDATES 4

/* Documents that it looks at: the first ones, which canonical order has drawn. */
#define SAMPLE 20000

/* of random draws; each start has its own after it */
#define SEED_STREAM 0x6c646100 /* "lda" */

typedef struct LdaSeeding
{
	const SegLdaCorpus *corpus;
	int64_t seed;
	int64_t start;
	int64_t run; /* of k-means */
	int64_t n;   /* documents that it looks at */
	int64_t k;
	int64_t width;
	double *idf;      /* of each term */
	double *x;        /* unit vectors, like the corpus's counts */
	double *distance; /* of each document from the nearest center so far */
	double *nearest;  /* with the best candidate for the next center */
	double *tried;    /* with another one */
	double *dense;    /* a candidate, by term */
	int32_t *cluster; /* of each document */
	int32_t *best_cluster;
	double *centers; /* rows like weights' */
	double *lengths; /* of the centers */
	double *sums;    /* of a document, its products with them */
	int64_t steps;
} LdaSeeding;

/*
 * Documents as unit vectors.
 */
static SegStatus
make_vectors(SegEnv *env, LdaSeeding *s, int64_t terms)
{
	const SegLdaCorpus *c = s->corpus;

	for (int64_t d = 0; d < c->n; d++)
	{
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			s->idf[c->codes[i]] += (double) c->times[d];
		SEG_TRY(
			seg_count_steps(env, &s->steps, c->firsts[d + 1] - c->firsts[d]));
	}
	for (int64_t w = 0; w < terms; w++)
		s->idf[w] = log(1.0 + (double) c->documents / s->idf[w]);
	for (int64_t d = 0; d < c->n; d++)
	{
		double squares = 0.0;

		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
		{
			s->x[i] = sqrt((double) c->counts[i]) * s->idf[c->codes[i]];
			squares += s->x[i] * s->x[i];
		}
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			s->x[i] /= sqrt(squares);
		SEG_TRY(seg_count_steps(env,
		                        &s->steps,
		                        4 * (c->firsts[d + 1] - c->firsts[d])));
	}
	return SEG_OK;
}

/*
 * Draw a document in proportion to its distance from the centers; *chosen is -1
 * if all distances are zero.
 */
static SegStatus
draw_center(SegEnv *env, LdaSeeding *s, int64_t draw, int64_t *chosen)
{
	const SegLdaCorpus *c = s->corpus;
	double total = 0.0;
	double goal;

	*chosen = -1;
	for (int64_t d = 0; d < s->n; d++)
		total += s->distance[d] * (double) c->times[d];
	goal = total * seg_random_real((uint64_t) s->seed,
	                               (uint64_t) (SEED_STREAM + s->start),
	                               (uint64_t) draw);
	for (int64_t d = 0; d < s->n && goal >= 0.0; d++)
	{
		if (s->distance[d] <= 0.0)
			continue;
		goal -= s->distance[d] * (double) c->times[d];
		*chosen = d;
	}
	return seg_count_steps(env, &s->steps, s->n);
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
 * The distances of documents if a document becomes a center too; *total: of all.
 */
static SegStatus
try_center(SegEnv *env, LdaSeeding *s, int64_t center, double *distance,
           double *total)
{
	const SegLdaCorpus *c = s->corpus;

	*total = 0.0;
	for (int64_t i = c->firsts[center]; i < c->firsts[center + 1]; i++)
		s->dense[c->codes[i]] = s->x[i];
	for (int64_t d = 0; d < s->n; d++)
	{
		double now = 1.0 - cosine_with(s, d, s->dense);

		now = now > 1e-12 ? now : 0.0;
		distance[d] = now < s->distance[d] ? now : s->distance[d];
		*total += distance[d] * (double) c->times[d];
		SEG_TRY(
			seg_count_steps(env, &s->steps, c->firsts[d + 1] - c->firsts[d]));
	}
	for (int64_t i = c->firsts[center]; i < c->firsts[center + 1]; i++)
		s->dense[c->codes[i]] = 0.0;
	return SEG_OK;
}

/*
 * Add a center: of a few documents drawn, the one that leaves the others nearest.
 */
static SegStatus
add_center(SegEnv *env, LdaSeeding *s, int32_t cluster)
{
	double least = INFINITY;

	for (int draw = 0; draw < CANDIDATES; draw++)
	{
		int64_t center;
		double total;

		SEG_TRY(draw_center(env,
		                    s,
		                    (s->run * s->k + cluster) * CANDIDATES + draw,
		                    &center));
		if (center < 0)
			return SEG_OK;
		SEG_TRY(try_center(env, s, center, s->tried, &total));
		if (total < least)
		{
			double *swap = s->nearest;

			least = total;
			s->nearest = s->tried;
			s->tried = swap;
		}
	}
	for (int64_t d = 0; d < s->n; d++)
	{
		if (s->nearest[d] < s->distance[d])
			s->cluster[d] = cluster;
		s->distance[d] = s->nearest[d];
	}
	return SEG_OK;
}

/*
 * Centers as the sums of their documents.
 */
static SegStatus
add_up_centers(SegEnv *env, LdaSeeding *s, int64_t terms)
{
	const SegLdaCorpus *c = s->corpus;

	for (int64_t w = 0; w < terms; w++)
	{
		memset(s->centers + w * s->width,
		       0,
		       (size_t) s->width * sizeof(double));
		SEG_TRY(seg_count_steps(env, &s->steps, s->width / 8));
	}
	for (int64_t d = 0; d < s->n; d++)
	{
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			s->centers[c->codes[i] * s->width + s->cluster[d]] +=
				(double) c->times[d] * s->x[i];
		SEG_TRY(seg_count_steps(env,
		                        &s->steps,
		                        2 * (c->firsts[d + 1] - c->firsts[d])));
	}
	memset(s->lengths, 0, (size_t) s->width * sizeof(double));
	for (int64_t w = 0; w < terms; w++)
	{
		const double *row = s->centers + w * s->width;

		for (int64_t t = 0; t < s->k; t++)
			s->lengths[t] += row[t] * row[t];
		SEG_TRY(seg_count_steps(env, &s->steps, s->width / 2));
	}
	for (int64_t t = 0; t < s->k; t++)
		s->lengths[t] = sqrt(s->lengths[t]);
	return SEG_OK;
}

/*
 * Move each document to the nearest center; returns how many moved.
 */
static SegStatus
move_documents(SegEnv *env, LdaSeeding *s, int64_t *moved)
{
	const SegLdaCorpus *c = s->corpus;

	*moved = 0;
	for (int64_t d = 0; d < s->n; d++)
	{
		double *sums = s->sums;
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

/*
 * One run of k-means; *fit: the sum of the cosines of documents and their centers,
 * which is that of the centers' lengths.
 */
static SegStatus
find_clusters(SegEnv *env, LdaSeeding *s, int64_t terms, double *fit)
{
	int64_t moved = 1;

	memset(s->cluster, 0, (size_t) s->n * sizeof(int32_t));
	for (int64_t d = 0; d < s->n; d++)
		s->distance[d] = 2.0; /* no center yet */
	for (int32_t t = 0; t < s->k; t++)
		SEG_TRY(add_center(env, s, t));
	SEG_TRY(add_up_centers(env, s, terms));
	for (int pass = 0; pass < PASSES && moved > 0; pass++)
	{
		SEG_TRY(move_documents(env, s, &moved));
		SEG_TRY(add_up_centers(env, s, terms));
	}
	*fit = 0.0;
	for (int64_t t = 0; t < s->k; t++)
		*fit += s->lengths[t];
	return SEG_OK;
}

/*
 * The best of a few runs, in best_cluster; then each document that they did not
 * look at goes to the nearest center.
 */
static SegStatus
find_best_clusters(SegEnv *env, LdaSeeding *s, int64_t terms)
{
	double best = -1.0;
	int64_t moved;

	for (s->run = 0; s->run < RUNS; s->run++)
	{
		double fit;

		SEG_TRY(find_clusters(env, s, terms, &fit));
		if (fit > best)
		{
			int32_t *swap = s->best_cluster;

			best = fit;
			s->best_cluster = s->cluster;
			s->cluster = swap;
		}
	}
	if (s->n == s->corpus->n)
		return SEG_OK;
	s->cluster = s->best_cluster;
	SEG_TRY(add_up_centers(env, s, terms));
	s->n = s->corpus->n;
	return move_documents(env, s, &moved);
}

static SegStatus
seeding_create(SegEnv *env, LdaSeeding *s, int64_t terms)
{
	int64_t n = s->corpus->n;

	s->n = n < SAMPLE ? n : SAMPLE;
	SEG_ALLOC(env, s->idf, terms);
	SEG_ALLOC(env, s->x, s->corpus->firsts[n]);
	SEG_ALLOC(env, s->distance, s->n);
	SEG_ALLOC(env, s->nearest, s->n);
	SEG_ALLOC(env, s->tried, s->n);
	SEG_ALLOC(env, s->dense, terms);
	SEG_ALLOC(env, s->cluster, n);
	SEG_ALLOC(env, s->best_cluster, n);
	SEG_ALLOC(env, s->lengths, s->width);
	SEG_ALLOC(env, s->sums, s->width);
	return make_vectors(env, s, terms);
}

/*
 * For each term, beta and its count in each cluster.
 */
static SegStatus
count_terms(SegEnv *env, LdaSeeding *s, SegLdaTopics *topics)
{
	const SegLdaCorpus *c = s->corpus;

	for (int64_t w = 0; w < topics->terms; w++)
	{
		for (int64_t t = 0; t < s->width; t++)
			topics->lambda[w * s->width + t] = t < s->k ? topics->beta : 0.0;
		SEG_TRY(seg_count_steps(env, &s->steps, s->width / 4));
	}
	for (int64_t d = 0; d < c->n; d++)
	{
		for (int64_t i = c->firsts[d]; i < c->firsts[d + 1]; i++)
			topics->lambda[c->codes[i] * s->width + s->best_cluster[d]] +=
				(double) c->times[d] * c->counts[i];
		SEG_TRY(seg_count_steps(env,
		                        &s->steps,
		                        2 * (c->firsts[d + 1] - c->firsts[d])));
	}
	return SEG_OK;
}

static SegStatus
seed_in(SegEnv *env, const SegLdaCorpus *corpus, int64_t seed, int64_t start,
        SegLdaTopics *topics)
{
	LdaSeeding s = {.corpus = corpus,
	                .seed = seed,
	                .start = start,
	                .k = topics->weights.k,
	                .width = topics->weights.width,
	                .centers = topics->lambda};

	SEG_TRY(seeding_create(env, &s, topics->terms));
	SEG_TRY(find_best_clusters(env, &s, topics->terms));
	return count_terms(env, &s, topics);
}

/*
 * The first lambda.  Each start draws other clusters.
 */
SegStatus
seg_lda_seed(SegEnv *env, const SegLdaCorpus *corpus, int64_t seed,
             int64_t start, SegLdaTopics *topics)
{
	SegEnv inner = seg_enter(env);

	return seg_leave(env, &inner, seed_in(&inner, corpus, seed, start, topics));
}
