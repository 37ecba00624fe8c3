/*-------------------------------------------------------------------------
 *
 * vector_algebra.h
 *	  Arithmetic, norms and distances of vectors with missing elements.
 *
 * src/kernel/vector/vector_algebra.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_VECTOR_ALGEBRA_H
#define SEG_KERNEL_VECTOR_ALGEBRA_H

#include "base/env.h"
#include "base/missing.h"

typedef enum SegVectorOp
{
	SEG_VECTOR_ADD,
	SEG_VECTOR_SUBTRACT,
	SEG_VECTOR_MULTIPLY
} SegVectorOp;

/* One side of an operation: step 1 walks a vector, step 0 repeats a scalar. */
typedef struct SegOperand
{
	const double *x;
	int step;
} SegOperand;

extern SegStatus
seg_vector_combine(SegEnv *env, SegVectorOp op, SegOperand a, SegOperand b,
                   int32_t dim, double *result, bool *has_missing);

extern int32_t seg_vector_missing_count(const double *x, int32_t dim);
extern SegStatus
seg_vector_norm(SegEnv *env, const double *x, int32_t dim, double *result);
extern SegStatus
seg_vector_normalize(SegEnv *env, const double *x, int32_t dim, double *result);

/* A measure of two vectors of the same length. */
typedef SegStatus (*SegVectorMeasure)(SegEnv *env, const double *x,
                                      const double *y, int32_t dim,
                                      double *result);

extern SegStatus seg_vector_dot(SegEnv *env, const double *x, const double *y,
                                int32_t dim, double *result);
extern SegStatus
seg_vector_profile_score(SegEnv *env, const double *weights, const double *x,
                         int32_t dim, double *result);
extern SegStatus
seg_vector_l2_distance(SegEnv *env, const double *x, const double *y,
                       int32_t dim, double *result);
extern SegStatus
seg_vector_l1_distance(SegEnv *env, const double *x, const double *y,
                       int32_t dim, double *result);
extern SegStatus
seg_vector_cosine_distance(SegEnv *env, const double *x, const double *y,
                           int32_t dim, double *result);

extern int seg_vector_compare(const double *x, int32_t x_dim, const double *y,
                              int32_t y_dim);

#endif /* SEG_KERNEL_VECTOR_ALGEBRA_H */
