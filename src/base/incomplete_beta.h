/*-------------------------------------------------------------------------
 *
 * incomplete_beta.h
 *	  The regularized incomplete beta function, and the tail of F.
 *
 * x is from 0 to 1, and rest is 1 - x: either may be so small that the other has
 * no digit of it.
 *
 * src/base/incomplete_beta.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_INCOMPLETE_BETA_H
#define SEG_BASE_INCOMPLETE_BETA_H

/* I_x(a, b), for a, b > 0. */
extern double seg_incomplete_beta(double a, double b, double x, double rest);

/* x^a rest^b / B(a, b): the density of beta, times x and rest. */
extern double seg_beta_power(double a, double b, double x, double rest);

/* I_x(a, b) divided by that, for x up to about the mean. */
extern double seg_beta_fraction(double a, double b, double x, double rest);

/* Chance that F with these degrees of freedom exceeds f. */
extern double seg_f_upper(double f, double numerator, double denominator);

#endif /* SEG_BASE_INCOMPLETE_BETA_H */
