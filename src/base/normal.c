/*-------------------------------------------------------------------------
 *
 * normal.c
 *	  The standard normal distribution: tails and quantiles.
 *
 * Tails are erfc (special.c), which stays precise however small they are. A quantile
 * starts from a rational approximation good to 4.5e-4 [1] and is improved by
 * Halley's method, which triples the digits: two steps reach double precision, and
 * a third is to be safe. Where the tail is below a quarter, it is the tail that is
 * compared. Nearer to the middle all digits of a small quantile are in what the
 * tail lacks to one half; its quotient by the density is a series of positive
 * terms [2], which loses none of them.
 *
 * [1] M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 26.2.23.
 *
 * [2] The same, 26.2.11.
 *
 * src/base/normal.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/normal.h"

#include <float.h>
#include <math.h>

#include "base/special.h"

#define SQRT_HALF   0.70710678118654752440
#define SQRT_TWO_PI 2.50662827463100050242
#define STEPS       3
#define MIDDLE      0.25 /* a larger tail is that of a quantile near 0 */

static double
upper_tail(double z)
{
	return 0.5 * seg_erfc(z * SQRT_HALF);
}

double
seg_normal_two_sided(double z)
{
	return seg_erfc(fabs(z) * SQRT_HALF);
}

/*
 * Chance of a value from 0 to z, divided by the density at z; for small z.
 */
static double
middle_by_density(double z)
{
	double term = z, sum = z;

	for (int k = 3; fabs(term) > DBL_EPSILON * fabs(sum); k += 2)
	{
		term *= z * z / k;
		sum += term;
	}
	return sum;
}

double
seg_normal_exceeded(double chance)
{
	double t, z;

	if (chance > 0.5)
		return -seg_normal_exceeded(1.0 - chance);
	t = sqrt(-2.0 * log(chance));
	z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
	            (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
	for (int i = 0; i < STEPS; i++)
	{
		double density = exp(-0.5 * z * z) / SQRT_TWO_PI;
		double newton = chance < MIDDLE
		                    ? (upper_tail(z) - chance) / density
		                    : (0.5 - chance) / density - middle_by_density(z);

		z += newton / (1.0 - 0.5 * z * newton);
	}
	return z;
}

SegStatus
seg_normal_half_width(SegEnv *env, double confidence, double *half_width)
{
	if (!(confidence > 0.0 && confidence < 1.0))
		return seg_fail_share(env, "confidence", confidence);
	*half_width = seg_normal_exceeded(0.5 * (1.0 - confidence));
	return SEG_OK;
}

void
seg_wilson_interval(double share, double n, double z, double *low, double *high)
{
	double square = z * z / n;
	double middle = share + 0.5 * square;
	double half = z * sqrt(share * (1.0 - share) / n + 0.25 * square / n);

	/* exact at the ends, where the difference would leave some rounding */
	*low = share == 0.0 ? 0.0 : (middle - half) / (1.0 + square);
	*high = share == 1.0 ? 1.0 : (middle + half) / (1.0 + square);
}
