/*-------------------------------------------------------------------------
 *
 * linucb.h
 *	  A bandit that looks at the user: what an arm is worth in a context, and how
 *	  little is known of that.
 *
 * src/kernel/policy/linucb.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINUCB_H
#define SEG_KERNEL_LINUCB_H

#include "base/image.h"

#define SEG_LINUCB_MAX_DIM 1000

/*
 * Of the rows of an arm: the sum of each product of two elements of the context
 * x, and of each element and the reward r. Row by row of the upper triangle of
 * x x', each followed by its product with r: there are dim (dim + 3) / 2.
 */
typedef struct SegLinucbState
{
	int64_t dim;
	int64_t rows_used;
	double lambda;        /* the matrix begins with so much on its diagonal */
	int64_t lowest_digit; /* of each sum, see exact_sum.h */
	int64_t digits;       /* of each sum */
	int64_t pairs;        /* number of sums */
	int64_t *products;    /* pairs * digits */
} SegLinucbState;

/*
 * Where the sums of element i begin: those with elements i to dim - 1, then that
 * with the reward.
 */
static inline int64_t
seg_linucb_row(int64_t dim, int64_t i)
{
	return i * (dim + 1) - i * (i - 1) / 2;
}

extern const SegMethod seg_linucb_state_method;

extern SegStatus seg_linucb_create(SegEnv *env, int64_t dim, double lambda,
                                   SegLinucbState *result);

/*
 * Add a row. If its numbers need more digits, the array is replaced by a larger
 * one from the environment.
 */
extern SegStatus seg_linucb_add(SegEnv *env, SegLinucbState *value,
                                const double *context, double reward);

/* The one form that a state of these rows has. */
extern SegStatus seg_linucb_copy(SegEnv *env, const SegLinucbState *value,
                                 SegLinucbState *result);

/*
 * What scoring needs: the Cholesky factor L of the matrix A, and L^-1 b. Element
 * j of a context is in units that make A's diagonal about 1.
 */
typedef struct SegLinucb
{
	int64_t dim;
	int reward_exponent;  /* the reward's unit is 2^reward_exponent */
	const double *scale;  /* dim: of a unit, 1 by a power of two */
	const double *factor; /* dim * dim: rows of L by their diagonal, and on it
	                       * the inverse of that */
	const double *solved; /* dim: L^-1 b */
} SegLinucb;

extern SegStatus
seg_linucb_prepare(SegEnv *env, const SegLinucbState *value, SegLinucb *result);

/* What a context is expected to bring: x' A^-1 b, and sqrt(x' A^-1 x). */
extern SegStatus
seg_linucb_expect(SegEnv *env, const SegLinucb *linucb, const double *context,
                  double *mean, double *width);

/* mean + alpha * width */
extern SegStatus
seg_linucb_score(SegEnv *env, const SegLinucb *linucb, const double *context,
                 double alpha, double *score);

/* mean + alpha * width * a draw from the normal distribution; key: of the arm. */
extern SegStatus
seg_linear_thompson_sample(SegEnv *env, const SegLinucb *linucb,
                           const double *context, double alpha, int64_t seed,
                           SegText key, double *sample);

#endif /* SEG_KERNEL_LINUCB_H */
