/*-------------------------------------------------------------------------
 *
 * quadrature.h
 *	  Numerical integration of smooth functions.
 *
 * src/base/quadrature.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_QUADRATURE_H
#define SEG_BASE_QUADRATURE_H

/*
 * The Gauss-Legendre rule on [0, 1]: exact for polynomials up to degree 31.
 * Nodes ascend, weights sum to 1.
 */
#define SEG_GAUSS_NODES 16
extern const double seg_gauss_nodes[SEG_GAUSS_NODES];
extern const double seg_gauss_weights[SEG_GAUSS_NODES];

/* A function of p in (0, 1) and q = 1 - p, each in full precision. */
typedef double (*SegShareFunction)(const void *context, double p, double q);

/*
 * The mean of a function of p, where p has a beta distribution with a and b,
 * both above 0. The function is positive and does not grow with p; it is
 * constant (to the last digit) where p is far below 1 / reach, and where q is.
 */
extern double seg_beta_mean(double a, double b, SegShareFunction f,
                            const void *context, double reach);

#endif /* SEG_BASE_QUADRATURE_H */
