/*-------------------------------------------------------------------------
 *
 * kmeans_seed.c
 *	  First centers by greedy k-means++, and swaps of a center.
 *
 * k-means++ [1] draws each next center with a probability proportional to the
 * squared distance to the nearest center so far.  The greedy form draws
 * 2 + ln k candidates and keeps the one that lowers the sum of those distances
 * the most.  A swap draws candidates in the same way, and puts one of them in
 * the place of the center that is missed least.
 *
 * [1] D. Arthur, S. Vassilvitskii, "k-means++: The Advantages of Careful
 * Seeding", SODA 2007.
 * [2] E. Schubert, P. J. Rousseeuw, "Fast and eager k-medoids clustering",
 * Information Systems 101, 2021.
 *
 * src/kernel/cluster/kmeans_seed.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_lloyd.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

#define MAX_CANDIDATES  16
#define SWAP_CANDIDATES 3
#define SWAP_STREAM     UINT64_C(0x5357415000000000) /* restarts have others */

struct SegSeeding
{
	const SegTileRows *sample;
	SegSeedingMetric metric;
	int32_t dim;
	int32_t k;
	int n_candidates;
	bool weighted;
	double *closest;   /* n: squared distance to the nearest center so far */
	double *potential; /* n: running sum of weight * closest */
	double *squares;   /* n * candidates */
	double *candidate; /* candidates * metric.width */
	double *zeros;     /* dim */
	double *ones;      /* dim */
	uint16_t *label;   /* n: nearest center */
	double *second;    /* n: squared distance to the second nearest */
	double *change;    /* k * candidates */
};

/* ---------- the metric of rows that are seen in it already ---------- */

static SegTileCenters
plain_centers(const SegSeeding *s, const double *center, int32_t n)
{
	return (SegTileCenters){n, s->dim, s->zeros, s->ones, center, NULL, NULL};
}

static void
plain_distances(void *of, const double *center, int32_t n,
                const SegTileRows *part, double *out)
{
	SegTileCenters centers = plain_centers(of, center, n);

	seg_tile_kernels()->distances(&centers, part, out);
}

static void
plain_measure(void *of, const double *center, int32_t k,
              const SegTileRows *part, uint16_t *label, double *nearest,
              double *second)
{
	SegTileCenters centers = plain_centers(of, center, k);

	seg_tile_kernels()->measure(&centers, part, label, nearest, second);
}

/* ---------- seeding ---------- */

SegStatus
seg_seeding_create(SegEnv *env, const SegTileRows *sample, int32_t dim,
                   int32_t k, const SegSeedingMetric *metric,
                   SegSeeding **result)
{
	SegSeeding *s;

	SEG_ALLOC(env, s, 1);
	*s = (SegSeeding){.sample = sample,
	                  .metric = {s, dim, plain_distances, plain_measure},
	                  .dim = dim,
	                  .k = k,
	                  .n_candidates = 2 + (int) log((double) k),
	                  .weighted = sample->stride > dim};
	if (metric != NULL)
		s->metric = *metric;
	SEG_ALLOC(env, s->closest, sample->n);
	SEG_ALLOC(env, s->potential, sample->n);
	SEG_ALLOC(env,
	          s->squares,
	          sample->n * (s->n_candidates > SWAP_CANDIDATES
	                           ? s->n_candidates
	                           : SWAP_CANDIDATES));
	SEG_ALLOC(env, s->candidate, (int64_t) MAX_CANDIDATES * s->metric.width);
	SEG_ALLOC(env, s->zeros, dim);
	SEG_ALLOC(env, s->ones, dim);
	SEG_ALLOC(env, s->label, sample->n);
	SEG_ALLOC(env, s->second, sample->n);
	SEG_ALLOC(env, s->change, (int64_t) SWAP_CANDIDATES * k);
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
	int64_t slice = seg_kmeans_slice(n, s->metric.width);

	for (int64_t i = 0; i < s->sample->n; i += slice)
	{
		SegTileRows part = {sample_row(s, i),
		                    slice < s->sample->n - i ? slice : s->sample->n - i,
		                    s->sample->stride,
		                    i,
		                    NULL};

		if (env->stop(env->host))
			return SEG_STOPPED;
		s->metric.distances(s->metric.of,
		                    s->candidate,
		                    n,
		                    &part,
		                    s->squares + i * n);
	}
	return SEG_OK;
}

/*
 * Put n rows, drawn by what they add to the potential, among the candidates.
 */
static void
draw_candidates(SegSeeding *s, int n, uint64_t seed, uint64_t stream,
                uint64_t number)
{
	for (int t = 0; t < n; t++)
	{
		double share = seg_random_real(seed,
		                               stream,
		                               number * MAX_CANDIDATES + (uint64_t) t);

		memcpy(s->candidate + (int64_t) t * s->metric.width,
		       sample_row(s, draw_row(s, share)),
		       (size_t) s->metric.width * sizeof(double));
	}
}

SegStatus
seg_seeding_run(SegEnv *env, SegSeeding *s, uint64_t seed, uint64_t restart,
                double *position)
{
	int32_t width = s->metric.width;

	for (int64_t i = 0; i < s->sample->n; i++)
		s->closest[i] = 1.0; /* the first center: each row by its weight */

	for (int32_t c = 0; c < s->k; c++)
	{
		int n = c == 0 ? 1 : s->n_candidates;
		int best = 0;

		sum_potential(s);
		draw_candidates(s, n, seed, restart, (uint64_t) c);
		SEG_TRY(measure_candidates(env, s, n));
		if (c > 0)
			best = best_candidate(s, n);
		memcpy(position + (int64_t) c * width,
		       s->candidate + (int64_t) best * width,
		       (size_t) width * sizeof(double));
		for (int64_t i = 0; i < s->sample->n; i++)
		{
			double square = s->squares[i * n + best];

			s->closest[i] = c == 0 ? square : fmin(s->closest[i], square);
		}
	}
	return SEG_OK;
}

/* ---------- swaps ---------- */

SegStatus
seg_swap_measure(SegEnv *env, SegSeeding *s, const double *position)
{
	int64_t slice = seg_kmeans_slice(s->k, s->metric.width);

	for (int64_t i = 0; i < s->sample->n; i += slice)
	{
		SegTileRows part = {sample_row(s, i),
		                    slice < s->sample->n - i ? slice : s->sample->n - i,
		                    s->sample->stride,
		                    i,
		                    NULL};

		if (env->stop(env->host))
			return SEG_STOPPED;
		s->metric.measure(s->metric.of,
		                  position,
		                  s->k,
		                  &part,
		                  s->label + i,
		                  s->closest + i,
		                  s->second + i);
	}
	sum_potential(s);
	return SEG_OK;
}

/*
 * By how much the potential changes if a candidate takes the place of a center,
 * for all pairs of the two in one walk over the sample: what the candidate
 * brings whatever it replaces, and what the rows of the center lose [2].
 */
static void
weigh_swaps(SegSeeding *s, int n)
{
	double gain[MAX_CANDIDATES] = {0};

	memset(s->change, 0, (size_t) s->k * (size_t) n * sizeof(double));
	for (int64_t i = 0; i < s->sample->n; i++)
	{
		double mass = sample_mass(s, i);
		double nearest = s->closest[i];
		double second = s->second[i];
		double *change = s->change + (int64_t) s->label[i] * n;

		for (int t = 0; t < n; t++)
		{
			double square = s->squares[i * n + t];
			double with = square < nearest ? square : nearest;
			double without = square < second ? square : second;

			gain[t] += mass * (nearest - with);
			change[t] += mass * (without - with);
		}
	}
	for (int32_t c = 0; c < s->k; c++)
		for (int t = 0; t < n; t++)
			s->change[(int64_t) c * n + t] -= gain[t];
}

SegStatus
seg_swap_propose(SegEnv *env, SegSeeding *s, uint64_t seed, uint64_t number,
                 double *position)
{
	int n = SWAP_CANDIDATES;
	int64_t best = 0;

	draw_candidates(s, n, seed, SWAP_STREAM, number);
	SEG_TRY(measure_candidates(env, s, n));
	weigh_swaps(s, n);
	for (int64_t i = 1; i < (int64_t) s->k * n; i++)
	{
		if (s->change[i] < s->change[best])
			best = i;
	}
	memcpy(position + best / n * s->metric.width,
	       s->candidate + best % n * s->metric.width,
	       (size_t) s->metric.width * sizeof(double));
	return SEG_OK;
}
