/*-------------------------------------------------------------------------
 *
 * cf_als.h
 *	  Matrix factorization of implicit feedback, by alternating least squares.
 *
 * src/kernel/recommend/cf_als.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_ALS_H
#define SEG_KERNEL_CF_ALS_H

#include "kernel/recommend/cf_loops.h"
#include "kernel/recommend/cf_options.h"

typedef struct SegAlsPenalty
{
	double alpha;
	double regularization;
	double exponent;
} SegAlsPenalty;

/* One side is held; the rows of the other are solved one by one. */
typedef struct SegAlsSide
{
	const SegCfLoops *loops;
	SegAlsPenalty penalty;
	int64_t width;
	int64_t count;     /* held rows */
	const double *row; /* count * width */
	double *gram;      /* Gram matrix of the rows */
	double *a;         /* scratch, like the next three */
	double *b;
	double *batch;
	double *scratch;
	int64_t work; /* since the last check whether to stop */
} SegAlsSide;

extern SegStatus
seg_als_side(SegEnv *env, const SegAlsPenalty *penalty, int64_t width,
             const double *row, int64_t count, SegAlsSide *side);

/*
 * The vector, width long, of a row with this history on the held side, and the
 * loss that remains.
 */
extern SegStatus
seg_als_solve_row(SegEnv *env, SegAlsSide *side, const SegHistory *history,
                  double *vector, double *loss);

extern SegStatus
seg_als_train(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
              SegFactors *factors, double *loss);

#endif /* SEG_KERNEL_CF_ALS_H */
