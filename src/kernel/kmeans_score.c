/*-------------------------------------------------------------------------
 *
 * kmeans_score.c
 *	  Distances from one row to the centers of a trained model.
 *
 * Centers lie side by side, four to a vector, so that no sum runs across lanes.
 * The arithmetic on a row and a center is that of kmeans_tile_body.h's direct
 * form, element after element: the cluster sizes in a model are exactly what
 * scoring the same rows one by one gives.
 *
 * src/kernel/kmeans_score.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/kmeans.h"

#include <math.h>
#include <string.h>

#define LANES 4

typedef double Vector __attribute__((vector_size(LANES * sizeof(double))));

#define SPLAT(x) ((Vector){(x), (x), (x), (x)})

#define SQUARES_BODY(FMA) \
	for (int64_t c = 0; c < s->padded_k; c += LANES) \
	{ \
		Vector sum = SPLAT(0.0); \
		for (int64_t j = 0; j < s->dim; j++) \
		{ \
			Vector center, gap; \
			memcpy(&center, s->lanes + j * s->padded_k + c, sizeof(center)); \
			gap = (SPLAT(x[j]) - center) * SPLAT(s->weight[j]); \
			sum = FMA(gap, gap, sum); \
		} \
		memcpy(s->squares + c, &sum, sizeof(sum)); \
	}

#define PLAIN_FMA(a, b, c) ((a) * (b) + (c))

static void
squares_baseline(const SegKMeansScorer *s, const double *x)
{
	SQUARES_BODY(PLAIN_FMA)
}

#if defined(__x86_64__)
#include <immintrin.h>

#define FUSED_FMA(a, b, c) \
	((Vector) _mm256_fmadd_pd((__m256d) (a), (__m256d) (b), (__m256d) (c)))

__attribute__((target("avx2,fma"))) static void
squares_avx2(const SegKMeansScorer *s, const double *x)
{
	SQUARES_BODY(FUSED_FMA)
}
#endif

/*
 * Make a scorer; centers are k * dim in the units of the rows.
 */
SegStatus
seg_kmeans_scorer(SegEnv *env, const double *centers, const double *weight,
                  int64_t k, int64_t dim, SegKMeansScorer **result)
{
	SegKMeansScorer *s;

	SEG_ALLOC(env, s, 1);
	s->k = k;
	s->dim = dim;
	s->padded_k = (k + LANES - 1) / LANES * LANES;
	s->weight = weight;
	SEG_ALLOC(env, s->lanes, dim * s->padded_k);
	SEG_ALLOC(env, s->squares, s->padded_k);
	for (int64_t c = 0; c < k; c++)
		for (int64_t j = 0; j < dim; j++)
			s->lanes[j * s->padded_k + c] = centers[c * dim + j];
	*result = s;
	return SEG_OK;
}

/*
 * Squared distances to all centers; they stay valid until the next call.
 */
const double *
seg_kmeans_squares(const SegKMeansScorer *s, const double *x)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
	{
		squares_avx2(s, x);
		return s->squares;
	}
#endif
	squares_baseline(s, x);
	return s->squares;
}

/*
 * Index of the nearest center, the lowest one on equality; its squared distance
 * and that of the second nearest, if asked for.
 */
int64_t
seg_kmeans_nearest(const SegKMeansScorer *s, const double *x, double *nearest,
                   double *second)
{
	const double *square = seg_kmeans_squares(s, x);
	double best = INFINITY;
	double next = INFINITY;
	int64_t at = 0;

	for (int64_t c = 0; c < s->k; c++)
	{
		double loser = square[c];

		if (square[c] < best)
		{
			loser = best;
			best = square[c];
			at = c;
		}
		if (loser < next)
			next = loser;
	}
	if (nearest != NULL)
		*nearest = best;
	if (second != NULL)
		*second = next;
	return at;
}
