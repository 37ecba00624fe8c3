/*-------------------------------------------------------------------------
 *
 * special.h
 *	  Special functions that libm does not have, or has with other last digits
 *	  on each version.
 *
 * src/base/special.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_SPECIAL_H
#define SEG_BASE_SPECIAL_H

/*
 * The growth of log gamma from a to a + x, with its derivatives with respect to
 * a. For a whole x it is the log of a (a + 1) ... (a + x - 1), the "rising
 * factorial" or Pochhammer symbol.
 */
typedef struct SegRising
{
	double log;    /* log gamma(a + x) - log gamma(a) */
	double first;  /* digamma(a + x) - digamma(a) */
	double second; /* trigamma(a + x) - trigamma(a) */
} SegRising;

/* For a > 0, x >= 0. */
extern SegRising seg_rising(double a, double x);

/* Log of the gamma function at x > 0, and at 1 + z, for z from 0 to 1. */
extern double seg_log_gamma(double x);
extern double seg_log_gamma_1p(double z);

/* Complementary error function. */
extern double seg_erfc(double x);

/* First and second derivative of log gamma at x > 0. */
extern double seg_digamma(double x);
extern double seg_trigamma(double x);

/* exp(digamma(x) - scale), without a logarithm: much faster than that. */
extern double seg_exp_digamma(double x, double scale);

/* (1 - exp(-x)) / x, 1 at 0. */
extern double seg_decay_mean(double x);

#endif /* SEG_BASE_SPECIAL_H */
