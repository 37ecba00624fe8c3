/*-------------------------------------------------------------------------
 *
 * incomplete_beta.c
 *	  The regularized incomplete beta function, and the tail of F.
 *
 * The continued fraction of DiDonato and Morris [1], eq. 9, on the side of the
 * mean where it converges fast, evaluated by Lentz's method; it takes about
 * sqrt(min(a, b)) terms at worst.
 *
 * [1] A. R. DiDonato, A. H. Morris, "Algorithm 708: Significant Digit Computation
 * of the Incomplete Beta Function Ratios", ACM TOMS 18, 1992.
 *
 * src/base/incomplete_beta.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/incomplete_beta.h"

#include <float.h>
#include <math.h>

#include "base/saddle_point.h"

#define TWO_PI    6.28318530717958647693
#define MAX_TERMS 100000
#define TINY      1e-300

double
seg_beta_power(double a, double b, double x, double rest)
{
	double n = a + b;

	return sqrt(a / n * b / TWO_PI) *
	       exp(seg_stirling_error(n) - seg_stirling_error(a) -
	           seg_stirling_error(b) - seg_deviance(a, n * x) -
	           seg_deviance(b, n * rest));
}

/*
 * How far x is below the mean, times a + b: from the smaller of x and rest, which
 * has the digits that tell.
 */
static double
below_mean(double a, double b, double x, double rest)
{
	return a > b ? (a + b) * rest - b : a - (a + b) * x;
}

/*
 * The fraction 1 / (beta0 + alpha1 / (beta1 + alpha2 / (beta2 + ...))).
 */
double
seg_beta_fraction(double a, double b, double x, double rest)
{
	double below = 1.0 + below_mean(a, b, x, rest);
	double c = a / (a + 1.0) * below;
	double d = 0.0;
	double result;

	result = c = fabs(c) < TINY ? TINY : c;
	for (int m = 1; m < MAX_TERMS; m++)
	{
		double odd = a + 2.0 * m - 1.0;
		double step = m * (b - m) * x / odd;
		double alpha = (a + m - 1.0) / odd * (a + b + m - 1.0) * x * step;
		double beta =
			m + step + (a + m) / (odd + 2.0) * (below + m * (1.0 + rest));

		d = 1.0 / (beta + alpha * d);
		c = beta + alpha / c;
		result *= c * d;
		if (!(fabs(c * d - 1.0) >= DBL_EPSILON)) /* NaN, too */
			break;
	}
	return 1.0 / result;
}

double
seg_incomplete_beta(double a, double b, double x, double rest)
{
	if (x <= 0.0)
		return 0.0;
	if (rest <= 0.0)
		return 1.0;
	/* x is below (a + 1) / (a + b + 2) */
	if (below_mean(a, b, x, rest) > 2.0 * x - 1.0)
		return seg_beta_power(a, b, x, rest) * seg_beta_fraction(a, b, x, rest);
	return 1.0 -
	       seg_beta_power(b, a, rest, x) * seg_beta_fraction(b, a, rest, x);
}

double
seg_f_upper(double f, double numerator, double denominator)
{
	double all = denominator + numerator * f;

	if (isinf(all))
		return 0.0;
	return seg_incomplete_beta(denominator / 2.0,
	                           numerator / 2.0,
	                           denominator / all,
	                           numerator * f / all);
}
