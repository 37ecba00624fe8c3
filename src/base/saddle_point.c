/*-------------------------------------------------------------------------
 *
 * saddle_point.c
 *	  Gamma functions and powers of large numbers, without the cancellation of
 *	  their logs.
 *
 * src/base/saddle_point.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/saddle_point.h"

#include <math.h>

#define ASYMPTOTIC 12.0
#define PRECISION  1e-17 /* of a log, and so of the number itself */

/*
 * The remainder of Stirling's series at n, for n >= ASYMPTOTIC: the next term is
 * below 2e-18.
 */
static double
stirling_series(double n)
{
	static const double c[] = {1.0 / 12,
	                           -1.0 / 360,
	                           1.0 / 1260,
	                           -1.0 / 1680,
	                           1.0 / 1188,
	                           -691.0 / 360360,
	                           1.0 / 156};
	double sum = 0.0;

	for (int i = (int) (sizeof(c) / sizeof(c[0])) - 1; i >= 0; i--)
		sum = c[i] + sum / (n * n);
	return sum / n;
}

/*
 * Where the series is inaccurate, n is raised step by step.
 */
double
seg_stirling_error(double n)
{
	double sum = 0.0;

	for (; n < ASYMPTOTIC; n += 1.0)
	{
		/* the step is (n + 1/2) ln(1 + 1/n) - 1, in powers of 1/(2n + 1) */
		double u = 1.0 / (2.0 * n + 1.0);
		double power = u * u;

		if (n < 4.0)
		{
			sum += (n + 0.5) * log1p(1.0 / n) - 1.0;
			continue;
		}
		for (int k = 3; power > PRECISION; k += 2)
		{
			sum += power / k;
			power *= u * u;
		}
	}
	return sum + stirling_series(n);
}

double
seg_deviance(double x, double mean)
{
	double v = (x - mean) / (x + mean);
	double sum, power;

	if (!(fabs(v) < 0.1)) /* NaN, too */
		return x * log(x / mean) + mean - x;
	sum = (x - mean) * v;
	power = 2.0 * x * v;
	for (int k = 3;; k += 2)
	{
		double before = sum;

		power *= v * v;
		sum += power / k;
		if (sum == before)
			return sum;
	}
}
