/*-------------------------------------------------------------------------
 *
 * incomplete_gamma.h
 *	  The regularized incomplete gamma function, and the tail of chi-square.
 *
 * src/base/incomplete_gamma.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_INCOMPLETE_GAMMA_H
#define SEG_BASE_INCOMPLETE_GAMMA_H

/*
 * P(a, x) and Q(a, x) = 1 - P(a, x), for a > 0 and x >= 0. Each keeps its
 * precision where it is small.
 */
extern void
seg_incomplete_gamma(double a, double x, double *lower, double *upper);

/* Chance that chi-square with these degrees of freedom exceeds x. */
extern double seg_chi_square_upper(double x, double degrees_of_freedom);

#endif /* SEG_BASE_INCOMPLETE_GAMMA_H */
