/*-------------------------------------------------------------------------
 *
 * maximize.h
 *	  Newton's method for the maximum of a smooth function of a few variables.
 *
 * src/base/maximize.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_MAXIMIZE_H
#define SEG_BASE_MAXIMIZE_H

#include "base/env.h"

#define SEG_MAX_VARIABLES 4

/* A function at a point; only the lower triangle of the Hessian is used. */
typedef struct SegDerivatives
{
	double value;
	double gradient[SEG_MAX_VARIABLES];
	double hessian[SEG_MAX_VARIABLES][SEG_MAX_VARIABLES];
} SegDerivatives;

/* Where the function is undefined, value is NaN or infinite. */
typedef SegStatus (*SegFunction)(SegEnv *env, void *context, const double *x,
                                 SegDerivatives *result);

typedef struct SegProblem
{
	SegFunction function;
	void *context;
	int n;      /* variables */
	double low; /* bounds of each */
	double high;
	double tolerance; /* done when no variable moves further than this */
	int64_t max_steps;
	const char *name; /* for reports of progress */
} SegProblem;

/* How the search ended. */
typedef enum SegOutcome
{
	SEG_CONVERGED,
	SEG_OUT_OF_STEPS,
	SEG_AT_BOUND, /* the function grows beyond a bound: see which */
	SEG_FLAT,     /* not a strict maximum: level in some direction */
	SEG_UNBOUNDED /* the caller knows that there is no maximum */
} SegOutcome;

typedef struct SegMaximum
{
	double x[SEG_MAX_VARIABLES];
	SegDerivatives at;
	SegOutcome outcome;
	int which; /* variable at its bound */
	int64_t steps;
} SegMaximum;

/* Starts at result->x. */
extern SegStatus
seg_maximize(SegEnv *env, const SegProblem *problem, SegMaximum *result);

/*
 * Inverse of the negative Hessian, row by row; false if that is not positive
 * definite.
 */
extern bool
seg_curvature_inverse(const SegDerivatives *at, int n, double *inverse);

/* Largest element of the gradient. */
extern double seg_gradient_norm(const SegDerivatives *at, int n);

#endif /* SEG_BASE_MAXIMIZE_H */
