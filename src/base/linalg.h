/*-------------------------------------------------------------------------
 *
 * linalg.h
 *	  Small dense linear algebra: symmetric positive definite systems.
 *
 * Matrices are square, stored row by row. Only the lower triangle of a
 * symmetric matrix is read.
 *
 * src/base/linalg.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_LINALG_H
#define SEG_BASE_LINALG_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Sum of products, in four lanes, so that the same numbers give the same bits
 * however the compiler arranges the loop.
 */
extern double seg_dot(const double *a, const double *b, int64_t n);

/*
 * a = L L', in place: L replaces the lower triangle, and the rest is unchanged.
 * A row whose pivot falls below tolerance times its diagonal depends on earlier
 * rows: it becomes a unit row and column, so that solving leaves it alone.
 * Returns the number of independent rows; n: a is positive definite.
 */
extern int64_t seg_cholesky(double *a, int64_t n, double tolerance);

/* Is row i of a factor independent? */
extern bool seg_cholesky_uses(const double *l, int64_t n, int64_t i);

/* Solve L L' x = b, in place; dependent rows get 0. */
extern void seg_cholesky_solve(const double *l, int64_t n, double *b);

/*
 * Row i of the inverse of L L'; zeros if it is dependent.
 */
extern void
seg_cholesky_inverse_row(const double *l, int64_t n, int64_t i, double *row);

/*
 * Inverse of L L', both triangles; rows and columns of dependent rows are 0.
 * inverse must not be l.
 */
extern void seg_cholesky_invert(const double *l, int64_t n, double *inverse);

/* 2 log det L: the log of the determinant of L L', over independent rows. */
extern double seg_cholesky_log_det(const double *l, int64_t n);

#endif /* SEG_BASE_LINALG_H */
