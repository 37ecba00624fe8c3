/*-------------------------------------------------------------------------
 *
 * regression_pass.h
 *	  Passes over the rows of a regression: first what they are, then the
 *	  log-likelihood at given coefficients.
 *
 * src/kernel/regression/regression_pass.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_REGRESSION_PASS_H
#define SEG_KERNEL_REGRESSION_PASS_H

#include "base/climb.h"
#include "kernel/regression/regression_tile.h"

/* What the first pass finds. */
typedef struct SegLabels
{
	double weight; /* sum */
	double sum;    /* weighted */
	double low;
	double high;
	double constant;  /* what a family's log-likelihood adds for the labels */
	double saturated; /* value if each row were predicted as its label */
} SegLabels;

typedef struct SegRegressionPass
{
	SegFamily family;
	const SegRegressionParams *params;
	SegRows *rows;
	const SegTileLoops *loops;
	int64_t dim;
	int64_t n;      /* variables: dim, and the intercept */
	int64_t weight; /* column of a row; 0: none */
	double *mean;   /* dim: of the elements, weighted */
	double *scale;  /* dim */
	SegTileColumns columns;
	double label_center;
	double label_scale;
	double *l2; /* n: penalties on standardized elements */
	double *l1; /* the same; NULL: none */
	SegLabels labels;
	SegTile tile;
	SegTileSums sums;
} SegRegressionPass;

/* What becomes of each tile of a pass, once it has predictions. */
typedef void (*SegTileVisit)(SegRegressionPass *t, void *context);

/* "linear regression", ... */
extern const char *const seg_regression_titles[];

/* Sets up, and makes the first pass. */
extern SegStatus seg_regression_look(SegEnv *env, SegRegressionPass *t);

/* Call visit for all rows, 64 at a time; coefficients NULL: without predictions. */
extern SegStatus seg_regression_pass(SegEnv *env, SegRegressionPass *t,
                                     const double *coefficients,
                                     SegTileVisit visit, void *context);

/* Sums that a pass adds to with SegTileLoops.add. */
extern SegStatus
seg_tile_sums_create(SegEnv *env, int64_t n, SegTileSums *sums);
extern void seg_tile_sums_clear(int64_t n, SegTileSums *sums);

/* What they come to; the lower triangle, row by row, of the information. */
extern double seg_tile_lanes_sum(const double *lanes);
extern void
seg_regression_information(const SegRegressionPass *t, double *information);

/*
 * The penalized log-likelihood and its derivatives; context is a
 * SegRegressionPass.
 */
extern SegStatus seg_regression_height(SegEnv *env, void *context,
                                       const double *x, SegHeight *height);

/* Note that a climb did not converge. */
extern void seg_regression_note(SegEnv *env, SegFamily family,
                                int64_t iterations, int64_t runaway);

#endif /* SEG_KERNEL_REGRESSION_PASS_H */
