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
 * src/kernel/cluster/kmeans_score.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans.h"

#include <math.h>
#include <string.h>

#define LANES 4

typedef double Vector __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));

#define SPLAT(x)           ((Vector){(x), (x), (x), (x)})
#define SELECT(mask, a, b) (((Mask) (a) & (mask)) | ((Mask) (b) & ~(mask)))

/*
 * The three functions below exist for the baseline and, on x86-64, once more
 * for AVX2 with fused multiply-add, like the tiles.
 */
#define INLINE(target) static inline __attribute__((always_inline)) target

#define DEFINE_SCORING(build, target, FMA) \
	/* squared distances to the four centers from c on */ \
	INLINE(target) \
	void four_squares_##build(const SegKMeansScorer *s, \
	                          const double *x, \
	                          int64_t c, \
	                          Vector *sum) \
	{ \
		*sum = SPLAT(0.0); \
		for (int64_t j = 0; j < s->dim; j++) \
		{ \
			Vector center, gap; \
\
			memcpy(&center, s->lanes + j * s->padded_k + c, sizeof(center)); \
			gap = (SPLAT(x[j]) - center) * SPLAT(s->weight[j]); \
			*sum = FMA(gap, gap, *sum); \
		} \
	} \
\
	target static void squares_##build(const SegKMeansScorer *s, \
	                                   const double *x) \
	{ \
		for (int64_t c = 0; c < s->padded_k; c += LANES) \
		{ \
			Vector sum; \
\
			four_squares_##build(s, x, c, &sum); \
			memcpy(s->squares + c, &sum, sizeof(sum)); \
		} \
	} \
\
	/* the nearest center without a branch, which no processor could predict */ \
	target static int64_t label_##build(const SegKMeansScorer *s, \
	                                    const double *x) \
	{ \
		Mask at = {0, 1, 2, 3}; \
		Mask best_at = at; \
		Vector best; \
\
		four_squares_##build(s, x, 0, &best); \
		for (int64_t c = LANES; c < s->padded_k; c += LANES) \
		{ \
			Vector sum; \
			Mask nearer; \
\
			four_squares_##build(s, x, c, &sum); \
			at += LANES; \
			nearer = sum < best; \
			best = (Vector) SELECT(nearer, sum, best); \
			best_at = SELECT(nearer, at, best_at); \
		} \
		return best_lane(&best, &best_at); \
	}

/*
 * The center in the lane with the least value; ties go to the lower center.  -1
 * if no value is finite.
 */
static inline int64_t
best_lane(const void *values, const void *centers)
{
	double value[LANES];
	int64_t center[LANES];
	int64_t first, second;
	bool use_second;

	memcpy(value, values, sizeof(value));
	memcpy(center, centers, sizeof(center));
	/* arithmetic on the results of comparisons, to avoid branches */
	first = (value[1] < value[0]) |
	        ((value[1] == value[0]) & (center[1] < center[0]));
	second = 2 + ((value[3] < value[2]) |
	              ((value[3] == value[2]) & (center[3] < center[2])));
	use_second =
		(value[second] < value[first]) |
		((value[second] == value[first]) & (center[second] < center[first]));
	first += (second - first) * use_second;
	return value[first] < INFINITY ? center[first] : -1;
}

#define PLAIN_FMA(a, b, c) ((a) * (b) + (c))

DEFINE_SCORING(baseline, , PLAIN_FMA)

#if defined(__x86_64__)
#include <immintrin.h>

#define FUSED_FMA(a, b, c) \
	((Vector) _mm256_fmadd_pd((__m256d) (a), (__m256d) (b), (__m256d) (c)))

DEFINE_SCORING(avx2, __attribute__((target("avx2,fma"))), FUSED_FMA)
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
	for (int64_t c = 0; c < s->padded_k; c++)
		for (int64_t j = 0; j < dim; j++)
			s->lanes[j * s->padded_k + c] =
				c < k ? centers[c * dim + j] : INFINITY; /* never nearest */
	*result = s;
	return SEG_OK;
}

/*
 * The scorer of a model.
 */
SegStatus
seg_kmeans_model_scorer(SegEnv *env, const SegKMeans *model,
                        SegKMeansScorer **result)
{
	SEG_TRY(seg_kmeans_scorer(env,
	                          model->centers,
	                          model->feature_weights,
	                          model->k,
	                          model->dim,
	                          result));
	if (model->preparation.dim > 0)
		(*result)->preparation = &model->preparation;
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
 * Number of the nearest cluster, from 1; ties go to the lower number.
 */
SegStatus
seg_kmeans_assign(SegEnv *env, const SegKMeansScorer *s, const double *x,
                  int64_t *cluster)
{
	int64_t center;

#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		center = label_avx2(s, x);
	else
#endif
		center = label_baseline(s, x);
	if (center < 0)
		return seg_fail(env, SEG_NOT_FINITE, "distance", 0, 0);
	*cluster = center + 1;
	return SEG_OK;
}

/*
 * Index of the nearest center (ties go to the lower one), and if asked for, its
 * squared distance and that of the second nearest.
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
