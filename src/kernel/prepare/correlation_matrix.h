/*-------------------------------------------------------------------------
 *
 * correlation_matrix.h
 *	  Pearson's correlation of every two elements of vectors.
 *
 * src/kernel/prepare/correlation_matrix.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CORRELATION_MATRIX_H
#define SEG_KERNEL_CORRELATION_MATRIX_H

#include "base/rows.h"

#define SEG_CORRELATION_MAX_DIM 1000

/* result: dim * dim, row by row; missing where one of the two is constant. */
extern SegStatus
seg_correlation_matrix(SegEnv *env, SegRows *rows, double *result);

/*
 * What correlations and components are computed from. An element is
 * standardized as z = (x - center) / 2^exponent, about 1 at most.
 */
typedef struct SegCentered
{
	int64_t dim;
	int64_t n;            /* rows */
	const double *center; /* mean */
	const int *exponent;
	const double *products; /* dim * dim: sums of z_i z_j, both triangles */
} SegCentered;

/* Of rows without missing elements. */
extern SegStatus
seg_centered_products(SegEnv *env, SegRows *rows, SegCentered *result);

#endif /* SEG_KERNEL_CORRELATION_MATRIX_H */
