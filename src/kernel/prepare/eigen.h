/*-------------------------------------------------------------------------
 *
 * eigen.h
 *	  Eigenvalues and eigenvectors of a symmetric matrix.
 *
 * src/kernel/prepare/eigen.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_EIGEN_H
#define SEG_KERNEL_EIGEN_H

#include "base/env.h"

/*
 * Of a symmetric matrix a of n * n, row by row: the eigenvectors replace it, one
 * in each row, of length 1; values, descending, belong to them. SEG_UNDEFINED if
 * the iteration does not end, as with numbers that are not finite.
 */
extern SegStatus seg_eigen(SegEnv *env, double *a, int64_t n, double *values);

#endif /* SEG_KERNEL_EIGEN_H */
