/*-------------------------------------------------------------------------
 *
 * cf_loops.h
 *	  The arithmetic where recommenders spend their time: steps of stochastic
 *	  gradient descent, sums of products, triangular systems.  Nothing here
 *	  allocates, fails or checks whether to stop.
 *
 * A vector of factors is "width" doubles long, a multiple of SEG_CF_STRIDE,
 * with zeros after the factors.
 *
 * src/kernel/recommend/cf_loops.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_LOOPS_H
#define SEG_KERNEL_CF_LOOPS_H

#include <stddef.h>

#include "kernel/recommend/ratings.h"

#define SEG_CF_STRIDE 8

static inline int64_t
seg_cf_width(int64_t factors)
{
	return (factors + SEG_CF_STRIDE - 1) / SEG_CF_STRIDE * SEG_CF_STRIDE;
}

/* Factors during training: rows of width. */
typedef struct SegFactors
{
	int64_t width;
	double *user;
	double *item;
} SegFactors;

/* What gradient descent works on. */
typedef struct SegDescent
{
	int64_t width;
	double *user_factors;
	double *item_factors;
	double *user_biases;
	double *item_biases;
	double rate; /* of learning */
	double regularization;
} SegDescent;

/*
 * A matrix of depth rows, cut into panels of SEG_CF_STRIDE columns that are
 * stored one after another.
 */
typedef struct SegPanels
{
	double *x;
	int64_t depth;
} SegPanels;

typedef struct SegCfLoops
{
	/* one step for each rating, in turn; the sum of the squared errors */
	double (*descend)(const SegDescent *descent, const SegRating *rating,
	                  int64_t n);

	/* product of each of n rows with x */
	void (*products)(const double *rows, int64_t n, int64_t width,
	                 const double *x, double *out);

	/* a += rows' rows, of which the upper triangle counts */
	void (*add_gram)(double *a, int64_t width, const double *rows, int64_t n);

	/*
	 * Solve a x = b for symmetric positive definite a, of which the upper
	 * triangle is read; a and b are overwritten, b by x.  scratch has room for
	 * 2 * width numbers.  An unknown that depends on those before it is 0.
	 */
	void (*solve)(double *a, int64_t width, double *b, double *scratch);

	/* out = x' y, for x square of panels' depth, row by row */
	void (*multiply_panels)(const double *x, const SegPanels *y, int64_t n,
	                        SegPanels *out);

	/* a -= x' y in rows first .. last - 1, from the diagonal on */
	void (*subtract_panels)(double *a, int64_t n, const SegPanels *x,
	                        const SegPanels *y, int64_t first, int64_t last);
} SegCfLoops;

/* The best build of the loops for this processor; the one for any. */
extern const SegCfLoops *seg_cf_loops(void);
extern const SegCfLoops *seg_cf_loops_baseline(void);

#endif /* SEG_KERNEL_CF_LOOPS_H */
