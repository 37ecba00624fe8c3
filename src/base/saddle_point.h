/*-------------------------------------------------------------------------
 *
 * saddle_point.h
 *	  Gamma functions and powers of large numbers, without the cancellation of
 *	  their logs.
 *
 * A density such as x^a e^-x / Gamma(a + 1) is a product of huge and tiny factors.
 * It is also its value at the mode, which Stirling's formula gives, times the
 * exponential of how far x is from there.
 *
 * C. Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000.
 *
 * src/base/saddle_point.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_SADDLE_POINT_H
#define SEG_BASE_SADDLE_POINT_H

/* ln n! minus Stirling's formula: ln n! - (n + 1/2) ln n + n - ln(2 pi) / 2. */
extern double seg_stirling_error(double n);

/* x ln(x / mean) + mean - x, which is zero where x is the mean. */
extern double seg_deviance(double x, double mean);

#endif /* SEG_BASE_SADDLE_POINT_H */
