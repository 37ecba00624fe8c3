/*-------------------------------------------------------------------------
 *
 * ab_quantile_test.c
 *	  Do quantiles of the variants of an experiment differ from those of its
 *	  control?
 *
 * Each quantile has an interval that holds for any distribution
 * (ordered_values.c). The interval of a difference is made of those of its parts
 * by the rule that Newcombe used for shares [1]: the squares of their distances
 * from the estimates add up, of the lower part of one and the upper part of the
 * other. That needs no density at the quantile, and skewed or discrete outcomes
 * have the unequal arms that they should have. The lift is the same for logs,
 * as the log of a quantile is the quantile of the logs.
 *
 * The p-value is that of the interval: 1 less the confidence of the widest one that
 * leaves out 0.
 *
 * [1] G. Y. Zou, A. Donner, "Construction of Confidence Limits about Effect
 * Measures: A General Approach", Statistics in Medicine 27, 2008.
 *
 * src/kernel/experiment/ab_quantile_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_quantile_test.h"

#include <math.h>

#include "base/bracket.h"
#include "base/missing.h"
#include "base/normal.h"

/* Deviates with a p-value that is 1, and one that a double cannot tell from 0. */
#define SMALLEST_DEVIATE 1e-9
#define LARGEST_DEVIATE  39.0

/* The quantile of one variant. */
typedef struct Arm
{
	SegOrderedValues values;
	double quantile;
	double value;
} Arm;

/* How far the interval reaches on each side; infinite: the rows do not tell. */
typedef struct Reach
{
	double below;
	double above;
} Reach;

static SegStatus
open_arm(SegEnv *env, const SegAbQuantileState *state, int64_t variant,
         double quantile, Arm *arm)
{
	SEG_TRY(seg_ab_quantile_state_values(env, state, variant, &arm->values));
	arm->quantile = quantile;
	arm->value = seg_ordered_quantile(&arm->values, quantile);
	return SEG_OK;
}

/*
 * The ends of the interval. A narrow one need not contain the estimate, which is
 * between other rows: it is widened.
 */
static double
lower_of(const Arm *arm, double tail)
{
	return fmin(seg_ordered_lower(&arm->values, arm->quantile, tail),
	            arm->value);
}

static double
upper_of(const Arm *arm, double tail)
{
	return fmax(seg_ordered_upper(&arm->values, arm->quantile, tail),
	            arm->value);
}

static double
below_of(const Arm *arm, double tail)
{
	return arm->value - lower_of(arm, tail);
}

static double
above_of(const Arm *arm, double tail)
{
	return upper_of(arm, tail) - arm->value;
}

static Reach
reach_of_difference(const Arm *control, const Arm *variant, double tail)
{
	return (Reach){.below =
	                   hypot(below_of(variant, tail), above_of(control, tail)),
	               .above =
	                   hypot(above_of(variant, tail), below_of(control, tail))};
}

/*
 * Log of the quotient of two values; NaN where the smaller one is below 0 or the
 * larger one infinite.
 */
static double
log_reach(double larger, double smaller)
{
	return smaller < 0.0 || isinf(larger) ? NAN : log(larger / smaller);
}

static Reach
reach_of_lift(const Arm *control, const Arm *variant, double tail)
{
	double variant_below = log_reach(variant->value, lower_of(variant, tail));
	double variant_above = log_reach(upper_of(variant, tail), variant->value);
	double control_below = log_reach(control->value, lower_of(control, tail));
	double control_above = log_reach(upper_of(control, tail), control->value);

	/* unlike hypot, NaN where one is */
	return (Reach){.below = sqrt(variant_below * variant_below +
	                             control_above * control_above),
	               .above = sqrt(variant_above * variant_above +
	                             control_below * control_below)};
}

/*
 * How far the interval with this deviate reaches beyond 0.
 */
static double
beyond_zero(const Arm *control, const Arm *variant, double deviate)
{
	double tail = 0.5 * seg_normal_two_sided(deviate);
	double difference = variant->value - control->value;
	double reach =
		difference > 0.0
			? hypot(below_of(variant, tail), above_of(control, tail))
			: hypot(above_of(variant, tail), below_of(control, tail));

	return reach - fabs(difference);
}

static double
p_value_of(const Arm *control, const Arm *variant)
{
	SegBracket b = {.low = 0.0,
	                .high = LARGEST_DEVIATE,
	                .at_low = beyond_zero(control, variant, 0.0),
	                .at_high = INFINITY};

	if (variant->value == control->value || b.at_low >= 0.0)
		return 1.0;
	while (!seg_bracket_is_closed(&b) && b.high > SMALLEST_DEVIATE)
	{
		double deviate = seg_bracket_next(&b);

		seg_bracket_narrow(&b, deviate, beyond_zero(control, variant, deviate));
	}
	return b.high > SMALLEST_DEVIATE ? seg_normal_two_sided(b.high) : 1.0;
}

static double
finite_or_missing(double x)
{
	return isfinite(x) ? x : seg_missing();
}

static SegAbQuantileComparison
uncompared_quantile(const Arm *arm, double tail)
{
	double none = seg_missing();

	return (SegAbQuantileComparison){.n = arm->values.n,
	                                 .value = arm->value,
	                                 .value_low =
	                                     finite_or_missing(lower_of(arm, tail)),
	                                 .value_high =
	                                     finite_or_missing(upper_of(arm, tail)),
	                                 .difference = none,
	                                 .low = none,
	                                 .high = none,
	                                 .lift = none,
	                                 .lift_low = none,
	                                 .lift_high = none,
	                                 .p_value = none,
	                                 .adjusted_p_value = none};
}

static void
compare_quantile_lift(const Arm *control, const Arm *variant, double tail,
                      SegAbQuantileComparison *c)
{
	double quotient = variant->value / control->value;
	double lift = (variant->value - control->value) / control->value;
	Reach reach;

	if (!(control->value > 0.0) || !isfinite(lift))
		return;
	c->lift = lift;
	if (!(quotient > 0.0 && isfinite(quotient)))
		return;
	reach = reach_of_lift(control, variant, tail);
	c->lift_low = finite_or_missing(quotient * exp(-reach.below) - 1.0);
	c->lift_high = finite_or_missing(quotient * exp(reach.above) - 1.0);
}

static SegStatus
compare(SegEnv *env, const Arm *control, const Arm *variant, double tail,
        SegAbQuantileComparison *c)
{
	Reach reach = reach_of_difference(control, variant, tail);

	c->difference = variant->value - control->value;
	if (isinf(c->difference))
		return seg_fail(env, SEG_NOT_FINITE, "difference", c->difference, 0);
	c->low = finite_or_missing(c->difference - reach.below);
	c->high = finite_or_missing(c->difference + reach.above);
	compare_quantile_lift(control, variant, tail, c);
	c->p_value = p_value_of(control, variant);
	return SEG_OK;
}

static SegStatus
check_quantile_options(SegEnv *env, const SegAbQuantileOptions *options)
{
	double half;

	if (!(options->quantile > 0.0 && options->quantile < 1.0))
		return seg_fail_share(env, "quantile", options->quantile);
	return seg_normal_half_width(env, options->confidence, &half);
}

SegStatus
seg_ab_quantile_test(SegEnv *env, const SegAbQuantileState *state,
                     const SegAbQuantileOptions *options,
                     SegAbQuantileTest *result)
{
	double tail = 0.5 * (1.0 - options->confidence);
	int64_t n = state->variants;
	int64_t *counts;
	double *p_values;
	Arm control, arm;

	SEG_TRY(check_quantile_options(env, options));
	SEG_ALLOC(env, counts, n);
	SEG_ALLOC(env, p_values, 2 * n);
	SEG_ALLOC(env, result->variants, n);
	SEG_TRY(
		open_arm(env, state, options->control, options->quantile, &control));
	for (int64_t i = 0; i < n; i++)
	{
		SegAbQuantileComparison *c = &result->variants[i];

		if (env->stop(env->host))
			return SEG_STOPPED;
		SEG_TRY(open_arm(env, state, i, options->quantile, &arm));
		*c = uncompared_quantile(&arm, tail);
		if (i != options->control)
			SEG_TRY(compare(env, &control, &arm, tail, c));
		counts[i] = c->n;
		p_values[i] = c->p_value;
	}
	SEG_TRY(seg_ab_sample_ratio(env,
	                            counts,
	                            n,
	                            options->shares,
	                            options->share_count,
	                            &result->mismatch_p_value));
	SEG_TRY(seg_ab_adjust(env, options->adjustment, p_values, n, p_values + n));
	for (int64_t i = 0; i < n; i++)
		result->variants[i].adjusted_p_value = p_values[n + i];
	return SEG_OK;
}
