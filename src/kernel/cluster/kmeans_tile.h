/*-------------------------------------------------------------------------
 *
 * kmeans_tile.h
 *	  The arithmetic of k-means on blocks of rows: nearest centers, distances,
 *	  sums.  Nothing here allocates, fails or checks for a stop.
 *
 * src/kernel/cluster/kmeans_tile.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KMEANS_TILE_H
#define SEG_KERNEL_KMEANS_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Centers in the form the tiles need.  Distances are measured in the metric
 * sum_j ((x_j - c_j) * weight_j)^2.
 *
 * To find the nearest center, |x - c|^2 is expanded: with y = x - shift and c
 * relative to shift, it is smallest where y . folded - half_norm is largest,
 * one multiply-add for each element.  The shift (the mean of the rows) keeps
 * the two terms from cancelling when rows lie far from zero.
 */
typedef struct SegTileCenters
{
	int32_t k;
	int32_t dim;
	const double *shift;     /* dim */
	const double *weight;    /* dim */
	const double *position;  /* k * dim, in the units of the rows */
	const double *folded;    /* k * dim: (position - shift) * weight^2 */
	const double *half_norm; /* k: |(position - shift) * weight|^2 / 2 */
} SegTileCenters;

/* Rows as they lie in a block. */
typedef struct SegTileRows
{
	const double *x;
	int64_t n;
	ptrdiff_t stride;
	int64_t first;       /* number in the stream: picks the bank of a sum */
	const double *ahead; /* rows that come next, to fetch early; or NULL */
} SegTileRows;

/*
 * Sums of rows by label, relative to shift.  Several banks hide the latency of
 * neighbours with the same label; bank 0 is the one that rows move in.
 */

typedef struct SegTileSums
{
	int32_t k;
	int32_t dim;
	const double *shift;
	bool weighted; /* a row's weight follows its vector */
	int32_t banks;
	double *sum;    /* banks * k * dim */
	double *mass;   /* banks * k: sum of weights */
	int64_t *count; /* banks * k: rows; exactly 0 in an empty cluster */
} SegTileSums;

/* What a pass over all rows gathers; squares and sums are of x - shift. */
typedef struct SegTileSurvey
{
	int32_t dim;
	bool weighted;
	double total; /* of the weights */
	const double *shift;
	double *low;
	double *high;
	double *sum;
	double *squares;
} SegTileSurvey;

typedef struct SegTileKernels
{
	/* label of the nearest center of each row, by the expanded form */
	void (*assign)(const SegTileCenters *centers, const SegTileRows *rows,
	               uint16_t *label);

	/*
	 * Nearest center by the direct form, its squared distance, and that of the
	 * second nearest (infinity when k is 1).
	 */
	void (*measure)(const SegTileCenters *centers, const SegTileRows *rows,
	                uint16_t *label, double *nearest, double *second);

	/* squared distances of each row to each center, k per row */
	void (*distances)(const SegTileCenters *centers, const SegTileRows *rows,
	                  double *out);

	/* range, sum and sum of squares of each element */
	void (*survey)(SegTileSurvey *survey, const SegTileRows *rows);

	/* add every row to the sums of its label */
	void (*add)(SegTileSums *sums, const SegTileRows *rows,
	            const uint16_t *label);

	/* move the rows whose label changed, in bank 0; returns how many */
	int64_t (*move)(SegTileSums *sums, const SegTileRows *rows,
	                const uint16_t *label, const uint16_t *old);
} SegTileKernels;

/* The best build of the kernels for this processor. */
extern const SegTileKernels *seg_tile_kernels(void);

#endif /* SEG_KERNEL_KMEANS_TILE_H */
