/*-------------------------------------------------------------------------
 *
 * student.c
 *	  Student's distribution: tails and quantiles.
 *
 * The two tails beyond t with n degrees of freedom are the regularized
 * incomplete beta function I_x(n / 2, 1 / 2) at x = n / (n + t^2). The continued
 * fraction [1] converges fast for x below about its mean; above it, 1 minus the
 * function of the other side is used, which is not small there.
 *
 * [1] NIST Digital Library of Mathematical Functions, 8.17.22; by the modified
 * Lentz method, 3.10(iii).
 *
 * src/base/student.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/student.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#include "base/special.h"

#define SQRT_PI   1.77245385090551602730
#define TINY      1e-300
#define MAX_TERMS 100000

/*
 * The continued fraction of the incomplete beta function, times a.
 */
static double
beta_fraction(double a, double b, double x)
{
	double c = 1.0;
	double d = 1.0 / fmax(1.0 - (a + b) / (a + 1.0) * x, TINY);
	double result = d;

	for (int64_t m = 1; m <= MAX_TERMS; m++)
	{
		double k = (double) m;
		double even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
		double odd =
			-(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
		double change;

		d = 1.0 / (1.0 + even * d);
		c = 1.0 + even / c;
		result *= c * d;
		d = 1.0 / (1.0 + odd * d);
		c = 1.0 + odd / c;
		change = c * d;
		result *= change;
		if (fabs(change - 1.0) <= DBL_EPSILON)
			break;
	}
	return result;
}

double
seg_student_two_sided(double t, double freedom)
{
	double a = 0.5 * freedom;
	double square = t * t;
	double x = freedom / (freedom + square);
	double rest = square / (freedom + square);
	/* x^a (1 - x)^b / B(a, b) */
	double factor;

	if (t == 0.0)
		return 1.0;
	if (!(square <= DBL_MAX))
		return 0.0;
	factor = exp(-a * log1p(square / freedom) + seg_rising(a, 0.5).log) *
	         sqrt(rest) / SQRT_PI;
	if (x < (a + 1.0) / (a + 2.5))
		return fmin(factor * beta_fraction(a, 0.5, x) / a, 1.0);
	return fmax(1.0 - factor * beta_fraction(0.5, a, rest) * 2.0, 0.0);
}

double
seg_student_two_sided_quantile(double chance, double freedom)
{
	double low = 0.0;
	double high = 1.0;

	while (seg_student_two_sided(high, freedom) > chance && high < 0x1p1000)
	{
		low = high;
		high *= 2.0;
	}
	for (;;)
	{
		double middle = 0.5 * (low + high);

		if (middle <= low || middle >= high)
			return middle;
		if (seg_student_two_sided(middle, freedom) > chance)
			low = middle;
		else
			high = middle;
	}
}
