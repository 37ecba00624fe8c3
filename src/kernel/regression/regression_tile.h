/*-------------------------------------------------------------------------
 *
 * regression_tile.h
 *	  The arithmetic where regressions spend their time: what a tile of 64 rows
 *	  adds to the log-likelihood and its derivatives.
 *
 * src/kernel/regression/regression_tile.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_REGRESSION_TILE_H
#define SEG_KERNEL_REGRESSION_TILE_H

#include "kernel/regression/regression.h"

#define SEG_TILE_ROWS  64
#define SEG_TILE_LANES 8 /* sums are kept in lanes, by the number of a row */

/*
 * Rows side by side. A tile that is not full has weights of zero, and labels of
 * 1, after its rows.
 */
typedef struct SegTile
{
	int64_t n; /* variables: elements, and the intercept */
	double *x; /* n * SEG_TILE_ROWS */
	double y[SEG_TILE_ROWS];
	double weight[SEG_TILE_ROWS];
	double eta[SEG_TILE_ROWS];
	double mean[SEG_TILE_ROWS];      /* expected label */
	double gradient[SEG_TILE_ROWS];  /* of a row's log-likelihood, by eta */
	double curvature[SEG_TILE_ROWS]; /* the second derivative, negated */
	double product[SEG_TILE_ROWS];   /* scratch */
} SegTile;

/* Sums over rows, each in lanes. */
typedef struct SegTileSums
{
	double value[SEG_TILE_LANES];
	double *gradient;    /* n */
	double *information; /* n * (n + 1) / 2, row by row */
} SegTileSums;

/* How a column is centered and scaled. */
typedef struct SegTileColumns
{
	int64_t dim;
	double *center;
	double *inverse; /* of the scale */
} SegTileColumns;

typedef struct SegTileLoops
{
	/*
	 * Elements of as many rows as there are lanes, stride numbers from row to
	 * row, become rows from number at on of a tile, centered and scaled.
	 */
	void (*place)(SegTile *tile, int64_t at, const SegTileColumns *columns,
	              const double *x, int64_t stride);

	/* eta of each row from its elements */
	void (*predict)(SegTile *tile, const double *coefficients);

	/*
	 * From eta: the mean, the log-likelihood less what depends on the label
	 * alone, added to the sums, and its derivatives; all but the mean times the
	 * weight.
	 */
	void (*differentiate[SEG_GAMMA + 1])(SegTile *tile, SegTileSums *sums);

	/*
	 * From the scores of n classes for each row, n * SEG_TILE_ROWS, their
	 * chances, in place; eta becomes the log of the sum of exp of the scores.
	 */
	void (*normalize)(SegTile *tile, double *scores, int64_t n);

	/* add x gradient and x curvature x' to the sums */
	void (*add)(SegTile *tile, SegTileSums *sums);
} SegTileLoops;

/* The best build of the loops for this processor; the one for any. */
extern const SegTileLoops *seg_tile_loops(void);
extern const SegTileLoops *seg_tile_loops_baseline(void);

#endif /* SEG_KERNEL_REGRESSION_TILE_H */
