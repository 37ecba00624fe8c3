/*-------------------------------------------------------------------------
 *
 * kmeans_lloyd.h
 *	  Lloyd's iteration and its seeding, within k-means.
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
	double tolerance; /* of the summed squared moves, in the metric */
	double
		squares; /* of the rows, from shift, in the metric; 0: tell no progress */
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
 * Greedy k-means++ on a sample: rows of dim elements, and a weight if the
 * stride has room for it, in a metric of their own.  A seeding serves any
 * number of restarts.
 */
typedef struct SegSeeding SegSeeding;

extern SegStatus seg_seeding_create(SegEnv *env, const SegTileRows *sample,
                                    int32_t dim, SegSeeding **result);
extern SegStatus
seg_seeding_run(SegEnv *env, SegSeeding *seeding, int32_t k, uint64_t seed,
                uint64_t restart, double *position);

#endif /* SEG_KERNEL_KMEANS_LLOYD_H */
