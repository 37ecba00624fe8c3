/*-------------------------------------------------------------------------
 *
 * yeo_johnson.c
 *	  The power transformation of Yeo and Johnson.
 *
 * Of x >= 0 it is ((1 + x)^lambda - 1) / lambda, in the limit log(1 + x); x < 0 is
 * treated as -x with 2 - lambda.
 *
 * src/base/yeo_johnson.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/yeo_johnson.h"

#include <math.h>
#include <stddef.h>

/*
 * expm1(lambda * log) / lambda for log >= 0, and its derivative by lambda:
 * log^2 (t e^t - expm1(t)) / t^2 with t = lambda * log, as a series where that
 * would cancel.
 */
static double
power_of(double log, double lambda, double *slope)
{
	/* 1 / (k! (k + 2)) */
	static const double series[] = {1.0 / 2,
	                                1.0 / 3,
	                                1.0 / 8,
	                                1.0 / 30,
	                                1.0 / 144,
	                                1.0 / 840,
	                                1.0 / 5760,
	                                1.0 / 45360,
	                                1.0 / 403200,
	                                1.0 / 3991680,
	                                1.0 / 43545600,
	                                1.0 / 518918400,
	                                1.0 / 6706022400,
	                                1.0 / 93405312000,
	                                1.0 / 1394852659200};
	double t = lambda * log;
	double growth = expm1(t);
	double value = lambda == 0.0 ? log : growth / lambda;

	if (slope == NULL)
		return value;
	if (fabs(t) < 0.5)
	{
		double sum = 0.0;

		for (int k = 14; k >= 0; k--)
			sum = sum * t + series[k];
		*slope = log * log * sum;
	}
	else
		*slope = (log * (growth + 1.0) - value) / lambda;
	return value;
}

double
seg_yeo_johnson(double x, double lambda, double *slope)
{
	if (x < 0.0)
		return -power_of(log1p(-x), 2.0 - lambda, slope);
	return power_of(log1p(x), lambda, slope);
}

double
seg_yeo_johnson_inverse(double y, double lambda)
{
	double power = y < 0.0 ? 2.0 - lambda : lambda;
	double magnitude = fabs(y);
	double x =
		expm1(power == 0.0 ? magnitude : log1p(power * magnitude) / power);

	return y < 0.0 ? -x : x;
}
