/*-------------------------------------------------------------------------
 *
 * special.c
 *	  Special functions that libm does not have.
 *
 * The gamma function enters likelihoods as a ratio, gamma(a + x) / gamma(a).
 * Where a is large, subtracting two values of lgamma would cancel everything,
 * so the difference is computed directly: below 16 by the recurrence, one
 * factor at a time, and from there on by Stirling's series [1, 5.11.1, 5.11.2
 * and 5.15.8] with like terms combined. At 16 the first omitted term is below
 * 1e-17.
 *
 * [1] NIST Digital Library of Mathematical Functions.
 *
 * src/base/special.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/special.h"

#include <math.h>

#define ASYMPTOTIC 16.0

/*
 * Stirling's series for z >= ASYMPTOTIC without its first terms: the rest of
 * log gamma after 1 / (12 z), of digamma after - 1 / (2 z), of trigamma after 1
 * / z + 1 / (2 z^2), without the next term of each. The coefficients come from
 * Bernoulli numbers.
 */
static SegRising
stirling_rest(double z)
{
	double u = 1.0 / (z * z);
	SegRising rest;

	rest.log =
		u * u / z *
		(1.0 / 1260 - u * (1.0 / 1680 - u * (1.0 / 1188 - u * 691.0 / 360360)));
	rest.first =
		u * u *
		(1.0 / 120 -
	     u * (1.0 / 252 -
	          u * (1.0 / 240 -
	               u * (1.0 / 132 - u * (691.0 / 32760 - u * 1.0 / 12)))));
	rest.second =
		-u * u / z *
		(1.0 / 30 -
	     u * (1.0 / 42 - u * (1.0 / 30 - u * (5.0 / 66 - u * 691.0 / 2730))));
	return rest;
}

/*
 * The first terms of the series enter as differences of 1 / z and its powers,
 * so that no precision is lost for a small x.
 */
SegRising
seg_rising(double a, double x)
{
	SegRising rising = {0.0, 0.0, 0.0};
	SegRising low, high;
	double ratio = 1.0;
	double growth, b, inverse, square, cube;

	/* gamma(a + x) / gamma(a) loses (a + x) / a when a grows by 1 */
	for (; a < ASYMPTOTIC; a += 1.0)
	{
		b = a + x;
		ratio *= b / a;
		rising.first += x / (a * b);
		rising.second -= x * (a + b) / (a * b) / (a * b);
	}
	b = a + x;
	growth = log1p(x / a);
	inverse = -x / a / b; /* 1 / b - 1 / a, and so on */
	square = inverse * (1.0 / a + 1.0 / b);
	cube = square * (1.0 / a + 1.0 / b) - inverse / a / b;
	low = stirling_rest(a);
	high = stirling_rest(b);
	rising.log += x * log(b) + (a - 0.5) * growth - x + inverse / 12 -
	              cube / 360 + (high.log - low.log) - log(ratio);
	rising.first +=
		growth - inverse / 2 - square / 12 + (high.first - low.first);
	rising.second +=
		inverse + square / 2 + cube / 6 + (high.second - low.second);
	return rising;
}

double
seg_trigamma(double x)
{
	double sum = 0.0;

	for (; x < ASYMPTOTIC; x += 1.0)
		sum += 1.0 / (x * x);
	return sum + (1.0 + (0.5 + 1.0 / 6 / x) / x) / x + stirling_rest(x).second;
}

double
seg_decay_mean(double x)
{
	return x == 0.0 ? 1.0 : -expm1(-x) / x;
}
