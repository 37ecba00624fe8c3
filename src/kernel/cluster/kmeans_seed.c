/*-------------------------------------------------------------------------
 *
 * kmeans_seed.c
 *	  First centers by greedy k-means++.
 *
 * k-means++ [1] draws each next center with a probability proportional to the
 * squared distance to the nearest center so far.  The greedy form draws
 * 2 + ln k candidates and keeps the one that lowers the sum of those distances
 * the most.
 *
 * [1] D. Arthur, S. Vassilvitskii, "k-means++: The Advantages of Careful
 * Seeding", SODA 2007.
 *
 * src/kernel/cluster/kmeans_seed.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_lloyd.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

#define MAX_CANDIDATES 16

struct SegSeeding
{
	const SegTileRows *sample;
	const SegTileKernels *tile;
	int32_t dim;
	bool weighted;
	double *closest;   /* n: squared distance to the nearest center so far */
	double *potential; /* n: running sum of weight * closest */
	double *squares;   /* n * candidates */
	double *candidate; /* candidates * dim */
	double *zeros;     /* dim */
	double *ones;      /* dim */
};

SegStatus
seg_seeding_create(SegEnv *env, const SegTileRows *sample, int32_t dim,
                   SegSeeding **result)
{
	SegSeeding *s;

	SEG_ALLOC(env, s, 1);
	*s = (SegSeeding){.sample = sample,
	                  .tile = seg_tile_kernels(),
	                  .dim = dim,
	                  .weighted = sample->stride > dim};
	SEG_ALLOC(env, s->closest, sample->n);
	SEG_ALLOC(env, s->potential, sample->n);
	SEG_ALLOC(env, s->squares, sample->n * MAX_CANDIDATES);
	SEG_ALLOC(env, s->candidate, (int64_t) MAX_CANDIDATES * dim);
	SEG_ALLOC(env, s->zeros, dim);
	SEG_ALLOC(env, s->ones, dim);
	for (int32_t j = 0; j < dim; j++)
		s->ones[j] = 1.0;
	*result = s;
	return SEG_OK;
}

static const double *
sample_row(const SegSeeding *s, int64_t i)
{
	return s->sample->x + i * s->sample->stride;
}

static double
sample_mass(const SegSeeding *s, int64_t i)
{
	return s->weighted ? sample_row(s, i)[s->dim] : 1.0;
}

/*
 * Running sums of weight * closest; the last one is the whole potential.
 */
static double
sum_potential(SegSeeding *s)
{
	double sum = 0.0;

	for (int64_t i = 0; i < s->sample->n; i++)
	{
		sum += sample_mass(s, i) * s->closest[i];
		s->potential[i] = sum;
	}
	return sum;
}

/*
 * The first row whose running sum exceeds a given share of the whole.
 */
static int64_t
draw_row(const SegSeeding *s, double share)
{
	int64_t low = 0;
	int64_t high = s->sample->n - 1;
	double goal = share * s->potential[high];

	while (low < high)
	{
		int64_t middle = low + (high - low) / 2;

		if (s->potential[middle] > goal)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/*
 * Which of n candidates leaves the lowest potential?
 */
static int
best_candidate(const SegSeeding *s, int n)
{
	double potential[MAX_CANDIDATES] = {0};
	int best = 0;

	for (int64_t i = 0; i < s->sample->n; i++)
	{
		double mass = sample_mass(s, i);

		for (int t = 0; t < n; t++)
			potential[t] += mass * fmin(s->closest[i], s->squares[i * n + t]);
	}
	for (int t = 1; t < n; t++)
	{
		if (potential[t] < potential[best])
			best = t;
	}
	return best;
}

/*
 * Distances of the sample to n candidates, checking for a stop now and then.
 */
static SegStatus
measure_candidates(SegEnv *env, SegSeeding *s, int n)
{
	SegTileCenters centers =
		{n, s->dim, s->zeros, s->ones, s->candidate, NULL, NULL};
	int64_t slice = seg_kmeans_slice(n, s->dim);

	for (int64_t i = 0; i < s->sample->n; i += slice)
	{
		SegTileRows part = {sample_row(s, i),
		                    slice < s->sample->n - i ? slice : s->sample->n - i,
		                    s->sample->stride,
		                    i,
		                    NULL};

		if (env->stop(env->host))
			return SEG_STOPPED;
		s->tile->distances(&centers, &part, s->squares + i * n);
	}
	return SEG_OK;
}

SegStatus
seg_seeding_run(SegEnv *env, SegSeeding *s, int32_t k, uint64_t seed,
                uint64_t restart, double *position)
{
	int n_candidates = 2 + (int) log((double) k);
	int32_t dim = s->dim;
	size_t bytes = (size_t) dim * sizeof(double);

	for (int64_t i = 0; i < s->sample->n; i++)
		s->closest[i] = 1.0; /* the first center: each row by its weight */

	for (int32_t c = 0; c < k; c++)
	{
		int n = c == 0 ? 1 : n_candidates;
		int best = 0;

		sum_potential(s);
		for (int t = 0; t < n; t++)
		{
			double share =
				seg_random_real(seed,
			                    restart,
			                    (uint64_t) c * MAX_CANDIDATES + (uint64_t) t);

			memcpy(s->candidate + (int64_t) t * dim,
			       sample_row(s, draw_row(s, share)),
			       bytes);
		}
		SEG_TRY(measure_candidates(env, s, n));
		if (c > 0)
			best = best_candidate(s, n);
		memcpy(position + (int64_t) c * dim,
		       s->candidate + (int64_t) best * dim,
		       bytes);
		for (int64_t i = 0; i < s->sample->n; i++)
		{
			double square = s->squares[i * n + best];

			s->closest[i] = c == 0 ? square : fmin(s->closest[i], square);
		}
	}
	return SEG_OK;
}
