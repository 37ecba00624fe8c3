/*-------------------------------------------------------------------------
 *
 * kmeans_lloyd.h
 *	  Lloyd's iteration, and what finds its first centers, within k-means.
 *
 * src/kernel/cluster/kmeans_lloyd.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KMEANS_LLOYD_H
#define SEG_KERNEL_KMEANS_LLOYD_H

#include "base/rows.h"
#include "kernel/cluster/kmeans.h"
#include "kernel/cluster/kmeans_tile.h"

/* The metric: rows are seen as (x - shift) * weight. */
typedef struct SegKMeansMetric
{
	const double *shift;
	const double *weight;
} SegKMeansMetric;

typedef struct SegLloyd
{
	SegRows *rows;
	SegKMeansMetric metric;
	int32_t k;
	int64_t max_iterations;
	double tolerance;  /* of the summed squared moves, as a share of the mean
	                   * variance within clusters */
	double squares;    /* of the rows, from shift, in the metric */
	bool is_told;      /* report progress */
	bool is_trial;     /* of the outputs but iterations, converged and total,
	                    * which is that of the labels of the last pass */
	const double *low; /* range of each element, which no mean leaves; or NULL */
	const double *high;
	int64_t rank_by;  /* element that orders the last centers; 0: none */
	double *position; /* in: first centers; out: last; k * dim */
	struct SegLloydWork *work; /* made by the first run, used by later ones */

	/* out */
	int64_t iterations;
	bool converged;
	int64_t *size;   /* k */
	double *mass;    /* k */
	double *inertia; /* k */
	double total;    /* sum of inertia */
} SegLloyd;

extern SegStatus seg_lloyd_run(SegEnv *env, SegLloyd *lloyd);

/* Fold positions and metric into what the tiles need; arrays are k * dim, k. */
extern void
seg_tile_centers(SegTileCenters *centers, int32_t k, int32_t dim,
                 const SegKMeansMetric *metric, const double *position,
                 double *folded, double *half_norm);

/* Ascending by the element rank_by, counted from 1, then by the others. */
extern SegStatus
seg_kmeans_sort_centers(SegEnv *env, double *position, int32_t k, int32_t dim,
                        int64_t rank_by);

/* Rows of a block to work on between two checks for a stop. */
extern int64_t seg_kmeans_slice(int64_t k, int64_t dim);

/*
 * A sample of the rows, in the metric: dim elements and the mass for which the
 * row stands.
 */
typedef struct SegKMeansSample
{
	int64_t most; /* rows, but for rounding */
	int64_t n;
	double *x;       /* n * (dim + 1) */
	double *nearest; /* scratch for a slice */
	double *second;
	uint16_t *label;
} SegKMeansSample;

extern SegStatus seg_kmeans_sample_create(SegEnv *env, const SegRows *rows,
                                          int64_t m, SegKMeansSample *sample);

/*
 * Draw a sample by the distance to centers, around which rows of this mass have
 * this inertia; each number is another sample.
 */
extern SegStatus
seg_kmeans_sample_draw(SegEnv *env, SegRows *rows,
                       const SegTileCenters *centers, double mass,
                       double inertia, uint64_t seed, uint64_t number,
                       SegKMeansSample *sample);

/*
 * How rows and centers are compared: squared distances, n for each row, or the
 * nearest center and the distances to the two nearest.
 */
typedef struct SegSeedingMetric
{
	void *of;
	int32_t width; /* doubles from the start of a row that make a center */
	void (*distances)(void *of, const double *center, int32_t n,
	                  const SegTileRows *part, double *out);
	void (*measure)(void *of, const double *center, int32_t k,
	                const SegTileRows *part, uint16_t *label, double *nearest,
	                double *second);
} SegSeedingMetric;

/*
 * Greedy k-means++ on a sample: rows of dim elements, and a weight if the
 * stride has room for it; NULL: in the metric that they are seen in.  A seeding
 * serves any number of restarts.
 */
typedef struct SegSeeding SegSeeding;

extern SegStatus
seg_seeding_create(SegEnv *env, const SegTileRows *sample, int32_t dim,
                   int32_t k, const SegSeedingMetric *metric,
                   SegSeeding **result);
extern SegStatus
seg_seeding_run(SegEnv *env, SegSeeding *seeding, uint64_t seed,
                uint64_t restart, double *position);

/*
 * Swaps: measure the sample around k centers; then propose to move one of them
 * onto a row, in place.  Each number is another proposal.
 */
extern SegStatus
seg_swap_measure(SegEnv *env, SegSeeding *seeding, const double *position);
extern SegStatus
seg_swap_propose(SegEnv *env, SegSeeding *seeding, uint64_t seed,
                 uint64_t number, double *position);

/*
 * The best centers of a sample of numbers, for as many as SEG_LINE_MAX_K; not
 * found if the sample has fewer different ones.
 */
#define SEG_LINE_MAX_K 256

extern SegStatus seg_kmeans_line(SegEnv *env, const SegKMeansSample *sample,
                                 int64_t k, double *position, bool *is_found);

/*
 * The best centers of a sample, in the metric.  Round 0 begins with seedings;
 * later ones go on from position.
 */
typedef struct SegKMeansFound
{
	double *position; /* k * dim */
	double total;     /* inertia of the sample; infinite at first */
	double start;     /* the same before any swap */
	int64_t iterations;
	bool converged;
} SegKMeansFound;

extern SegStatus seg_kmeans_search(SegEnv *env, const SegKMeansSample *sample,
                                   int32_t dim, const SegKMeansParams *params,
                                   uint64_t round, SegKMeansFound *found);

#endif /* SEG_KERNEL_KMEANS_LLOYD_H */
