/*-------------------------------------------------------------------------
 *
 * incomplete_beta.h
 *	  The regularized incomplete beta function, and the tail of F.
 *
 * src/base/incomplete_beta.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_INCOMPLETE_BETA_H
#define SEG_BASE_INCOMPLETE_BETA_H

/* I_x(a, b), for a, b > 0 and x from 0 to 1; rest is 1 - x, which may be tiny. */
extern double seg_incomplete_beta(double a, double b, double x, double rest);

/* Chance that F with these degrees of freedom exceeds f. */
extern double seg_f_upper(double f, double numerator, double denominator);

#endif /* SEG_BASE_INCOMPLETE_BETA_H */
