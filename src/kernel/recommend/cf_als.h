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

/* One side held, the rows of the other are solved one by one. */
typedef struct SegAlsSide
{
	const SegCfLoops *loops;
	SegAlsPenalty penalty;
	int64_t width;
	int64_t count;     /* rows that are held */
	const double *row; /* count * width */
	double *gram;      /* their rows' rows */
	double *a;         /* scratch, as is what follows */
	double *b;
	double *batch;
	double *scratch;
	int64_t work; /* since the last question whether to stop */
} SegAlsSide;

extern SegStatus
seg_als_side(SegEnv *env, const SegAlsPenalty *penalty, int64_t width,
             const double *row, int64_t count, SegAlsSide *side);

/*
 * The vector, width long, of one who has this history with the held rows, and
 * the loss that remains with it.
 */
extern SegStatus
seg_als_solve_row(SegEnv *env, SegAlsSide *side, const SegHistory *history,
                  double *vector, double *loss);

extern SegStatus
seg_als_train(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
              SegFactors *factors, double *loss);

#endif /* SEG_KERNEL_CF_ALS_H */
