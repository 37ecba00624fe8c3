/*-------------------------------------------------------------------------
 *
 * incomplete_beta.c
 *	  The regularized incomplete beta function, and the tail of F.
 *
 * The continued fraction of DiDonato and Morris [1], eq. 9, on the side of the
 * mean where it converges fast, evaluated by Lentz's method.
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

#include "base/special.h"

#define MAX_TERMS 100000
#define TINY      1e-300

/*
 * Log of x, or of 1 - rest where x is near 1.
 */
static double
log_near_one(double x, double rest)
{
	return rest < 0.5 ? log1p(-rest) : log(x);
}

/*
 * x^a (1 - x)^b / (a B(a, b)); the growth of log gamma keeps digits that the
 * difference of two large logs would lose.
 */
static double
beta_factor(double a, double b, double x, double rest)
{
	double large = fmax(a, b), small = fmin(a, b);
	double log_beta = seg_log_gamma(small) - seg_rising(large, small).log;

	return exp(a * log_near_one(x, rest) + b * log_near_one(rest, x) -
	           log_beta) /
	       a;
}

/*
 * The fraction 1 / (1 + d1 / (1 + d2 / (1 + ...))).
 */
static double
lentz_fraction(double a, double b, double x)
{
	double c = 1.0;
	double d = 1.0 - (a + b) * x / (a + 1.0);
	double result;

	d = 1.0 / (fabs(d) < TINY ? TINY : d);
	result = d;
	for (int m = 1; m < MAX_TERMS; m++)
	{
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd =
			-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double change;

		d = 1.0 + even * d;
		c = 1.0 + even / c;
		d = 1.0 / (fabs(d) < TINY ? TINY : d);
		c = fabs(c) < TINY ? TINY : c;
		result *= d * c;
		d = 1.0 + odd * d;
		c = 1.0 + odd / c;
		d = 1.0 / (fabs(d) < TINY ? TINY : d);
		c = fabs(c) < TINY ? TINY : c;
		change = d * c;
		result *= change;
		if (fabs(change - 1.0) < DBL_EPSILON)
			break;
	}
	return result;
}

double
seg_incomplete_beta(double a, double b, double x, double rest)
{
	if (x <= 0.0)
		return 0.0;
	if (rest <= 0.0)
		return 1.0;
	if (x < (a + 1.0) / (a + b + 2.0))
		return beta_factor(a, b, x, rest) * lentz_fraction(a, b, x);
	return 1.0 - beta_factor(b, a, rest, x) * lentz_fraction(b, a, rest);
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
