/*-------------------------------------------------------------------------
 *
 * sample_size.c
 *	  How many users does an experiment need, and what would it find?
 *
 * A two-sided z test of two groups of n users finds an effect d with the chance
 *
 *	  Phi((sqrt(n) d - z sqrt(v0)) / sqrt(v)),
 *
 * where z is the normal quantile of the significance, v0 the variance of one user
 * less another if the groups are alike, and v that if they differ. To find it on
 * the wrong side, too, is not counted. That is R's power.prop.test, and
 * statsmodels' NormalIndPower but for the wrong side.
 *
 * J. L. Fleiss, Statistical Methods for Rates and Proportions, 1981, 3.2.
 *
 * src/kernel/experiment/sample_size.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/sample_size.h"

#include <math.h>

#include "base/normal.h"
#include "base/special.h"

#define MOST_USERS 9007199254740992.0 /* 2^53 */

static SegStatus
check_share(SegEnv *env, const char *what, double x)
{
	/* also true for NaN */
	if (!(x > 0.0 && x < 1.0))
		return seg_fail_share(env, what, x);
	return SEG_OK;
}

static SegStatus
check_above_zero(SegEnv *env, const char *what, double x)
{
	if (!(x > 0.0) || isinf(x))
		return seg_fail(env, SEG_NOT_POSITIVE, what, x, 0);
	return SEG_OK;
}

static SegStatus
check_effect(SegEnv *env, double effect)
{
	SEG_TRY(seg_check_finite(env, "effect", effect));
	if (effect == 0.0)
		return seg_fail(env, SEG_NOT_POSITIVE, "size of the effect", 0, 0);
	return SEG_OK;
}

static SegStatus
check_correlation(SegEnv *env, double correlation)
{
	if (!(correlation > -1.0 && correlation < 1.0))
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "correlation",
		                      correlation,
		                      -1,
		                      1);
	return SEG_OK;
}

SegStatus
seg_effect_on_share(SegEnv *env, double baseline, double effect,
                    SegEffect *result)
{
	double other = baseline + effect;
	double mean = 0.5 * (baseline + other);

	SEG_TRY(check_share(env, "baseline", baseline));
	SEG_TRY(check_effect(env, effect));
	SEG_TRY(check_share(env, "baseline + effect", other));
	*result = (SegEffect){effect,
	                      2.0 * mean * (1.0 - mean),
	                      baseline * (1.0 - baseline) + other * (1.0 - other)};
	return SEG_OK;
}

SegStatus
seg_effect_on_mean(SegEnv *env, double deviation, double effect,
                   double correlation, SegEffect *result)
{
	double left = (1.0 - correlation) * (1.0 + correlation);

	SEG_TRY(check_above_zero(env, "deviation", deviation));
	SEG_TRY(check_effect(env, effect));
	SEG_TRY(check_correlation(env, correlation));
	/* in deviations, so that no square is too large */
	*result = (SegEffect){effect / deviation, 2.0 * left, 2.0 * left};
	return SEG_OK;
}

SegStatus
seg_effect_on_ratio(SegEnv *env, const SegRatioColumns *c, double effect,
                    SegEffect *result)
{
	double ratio = c->numerator_mean / c->denominator_mean;
	double a = c->numerator_deviation / c->denominator_mean;
	double b = ratio * (c->denominator_deviation / c->denominator_mean);
	/* (a - b)^2 + 2 (1 - r) a b, which is never negative */
	double deviation =
		sqrt((a - b) * (a - b) + 2.0 * (1.0 - c->correlation) * a * b);

	SEG_TRY(seg_check_finite(env, "numerator_mean", c->numerator_mean));
	SEG_TRY(check_above_zero(env, "denominator_mean", c->denominator_mean));
	SEG_TRY(
		check_above_zero(env, "numerator_deviation", c->numerator_deviation));
	SEG_TRY(check_above_zero(env,
	                         "denominator_deviation",
	                         c->denominator_deviation));
	SEG_TRY(check_correlation(env, c->correlation));
	return seg_effect_on_mean(env, deviation, effect, 0.0, result);
}

SegStatus
seg_sample_size(SegEnv *env, const SegEffect *e, double power,
                double significance, int64_t *users)
{
	double root, n;

	SEG_TRY(check_share(env, "power", power));
	SEG_TRY(check_share(env, "significance", significance));
	root = (seg_normal_exceeded(0.5 * significance) * sqrt(e->null_variance) +
	        seg_normal_exceeded(1.0 - power) * sqrt(e->variance)) /
	       fabs(e->effect);
	/* a power below what chance alone gives needs nobody */
	n = root > 0.0 ? ceil(root * root) : 0.0;
	if (!(n <= MOST_USERS))
		return seg_fail(env, SEG_LIMIT, "users", n, MOST_USERS);
	/* a variance needs two */
	*users = n < 2.0 ? 2 : (int64_t) n;
	return SEG_OK;
}

SegStatus
seg_power(SegEnv *env, const SegEffect *e, int64_t users, double significance,
          double *power)
{
	double deviate;

	SEG_TRY(check_share(env, "significance", significance));
	if (users < 1)
		return seg_fail(env, SEG_ARGUMENT_BELOW, "users", (double) users, 1);
	deviate =
		(sqrt((double) users) * fabs(e->effect) -
	     seg_normal_exceeded(0.5 * significance) * sqrt(e->null_variance)) /
		sqrt(e->variance);
	*power = 0.5 * seg_erfc(-deviate * 0.70710678118654752440);
	return SEG_OK;
}
