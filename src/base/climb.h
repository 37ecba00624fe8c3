/*-------------------------------------------------------------------------
 *
 * climb.h
 *	  Newton's method for the maximum of a concave function of many variables,
 *	  such as a log-likelihood, with a penalty on absolute values if wanted.
 *
 * base/maximize.h is for few variables, functions that are not concave, and
 * bounds.
 *
 * src/base/climb.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_CLIMB_H
#define SEG_BASE_CLIMB_H

#include "base/env.h"

/* The function at a point. */
typedef struct SegHeight
{
	double value;
	double *gradient;    /* n */
	double *information; /* n * n, lower triangle: second derivatives, negated */
} SegHeight;

extern SegStatus seg_height_create(SegEnv *env, int64_t n, SegHeight *height);

/* A value that is not a number: the function is undefined there. */
typedef SegStatus (*SegHeightAt)(SegEnv *env, void *context, const double *x,
                                 SegHeight *height);

typedef struct SegSlope
{
	SegHeightAt height_at;
	void *context;
	int64_t n;
	const double *l1;        /* n: what |x| costs; NULL: nothing */
	const bool *is_held;     /* n: stays at its start; NULL: none */
	const bool *is_nameless; /* n: never the runaway; NULL: none */
	int64_t max_iterations;
	double tolerance; /* share of the value that does not matter */
	const char *name; /* for reports of progress */
} SegSlope;

/* A place of the climb. */
typedef struct SegPlace
{
	double *x;
	SegHeight height;
	double *factor; /* n * n: Cholesky's, of the information */
	double value;   /* of the function, less the penalty */
} SegPlace;

typedef struct SegClimb
{
	const SegSlope *slope;
	bool *is_fixed; /* n: held, or depends on those before it */
	int64_t rank;   /* variables that are not fixed */
	SegPlace here;
	SegPlace next;
	double *step; /* Newton's, from here */
	double *rest; /* n: gradient that a step leaves */
	int64_t iterations;
	bool converged;
	int64_t runaway; /* variable, from 1, that still grew when the function no
	                  * longer did; or 0 */
	double start;    /* value at the start */
	double score;    /* what a first step should have gained, twice: the score
	                  * statistic of a log-likelihood */
} SegClimb;

/* Set up; then set climb->here.x to the start, zeros until then. */
extern SegStatus
seg_climb_create(SegEnv *env, const SegSlope *slope, SegClimb *climb);

/*
 * Climb. When it ends, here is the highest place, and the last call of
 * height_at was made there.
 */
extern SegStatus seg_climb(SegEnv *env, SegClimb *climb);

/* The length of the gradient here, by the variables that are not fixed. */
extern double seg_climb_gradient_norm(const SegClimb *climb);

#endif /* SEG_BASE_CLIMB_H */
