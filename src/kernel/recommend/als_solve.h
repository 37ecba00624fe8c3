/*-------------------------------------------------------------------------
 *
 * als_solve.h
 *	  One half-step of alternating least squares for one user or item: ridge
 *	  regression of its ratings on the factors of what it rated.
 *
 * src/kernel/recommend/als_solve.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ALS_SOLVE_H
#define SEG_KERNEL_ALS_SOLVE_H

#include "base/env.h"
#include "base/wide.h"

#define SEG_ALS_MAX_DIM 500

/*
 * The normal equations as the state of an aggregate: an array of doubles that
 * the caller owns.  It begins with this head.
 */
typedef struct SegAlsHead
{
	double dim;
	double has_gram; /* 0 or 1 */
	double lambda;
	double lambda_per_weight; /* 0 or 1: times the sum of the weights */
	SegWide weight;           /* sum of the weights */
} SegAlsHead;

/*
 * The parts of such an array.  Symmetric matrices are kept as their lower
 * triangle, row by row.  What rounding took from the sums is in the matching
 * _rest array.
 */
typedef struct SegAls
{
	SegAlsHead *head;
	int64_t dim;
	int64_t triangle;
	double *matrix;
	double *matrix_rest;
	double *right; /* right-hand side */
	double *right_rest;
	double *gram; /* to be added to the matrix; NULL: none */
} SegAls;

/* Doubles in an array for vectors of dim elements. */
extern SegStatus
seg_als_length(SegEnv *env, int64_t dim, bool has_gram, int64_t *length);

/* Begin in an array of zeros of that length. */
extern SegStatus
seg_als_begin(SegEnv *env, double *numbers, int64_t dim, double lambda,
              bool lambda_per_weight, bool has_gram, SegAls *als);

/* Open an array, which may come from an untrusted source. */
extern SegStatus
seg_als_open(SegEnv *env, double *numbers, int64_t length, SegAls *als);

/* Keep the constant matrix, of dim * dim numbers, and say if it is symmetric. */
extern SegStatus seg_als_keep_gram(SegEnv *env, SegAls *als, const double *gram,
                                   bool *is_symmetric);

extern SegStatus seg_als_add(SegEnv *env, SegAls *als, const double *factors,
                             double rating, double weight);

/* Both have the same dimension. */
extern void seg_als_merge(SegAls *into, const SegAls *from);

/* The solution, dim numbers. */
extern SegStatus seg_als_solve(SegEnv *env, const SegAls *als, double *x);

/* The matrix without lambda and gram, in full: dim * dim numbers. */
extern SegStatus seg_als_matrix(SegEnv *env, const SegAls *als, double *matrix);

#endif /* SEG_KERNEL_ALS_SOLVE_H */
