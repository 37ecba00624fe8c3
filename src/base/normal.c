/*-------------------------------------------------------------------------
 *
 * normal.c
 *	  The standard normal distribution: tails and quantiles.
 *
 * Tails are erfc (special.c), which stays precise however small they are. A quantile
 * starts from a rational approximation good to 4.5e-4 [1] and is improved by
 * Halley's method on the tail itself, which triples the digits: two steps reach
 * double precision, and a third is to be safe.
 *
 * [1] M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 26.2.23.
 *
 * src/base/normal.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/normal.h"

#include <math.h>

#include "base/special.h"

#define SQRT_HALF   0.70710678118654752440
#define SQRT_TWO_PI 2.50662827463100050242
#define STEPS       3

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
		double newton = (upper_tail(z) - chance) / density;

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
