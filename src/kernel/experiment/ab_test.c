/*-------------------------------------------------------------------------
 *
 * ab_test.c
 *	  Do the variants of an experiment differ from its control?
 *
 * Shares are compared by the two-proportion z test, with Newcombe's interval
 * [1], which does not shrink to nothing where nobody converts. Means are
 * compared by Welch's t test. A covariate first takes away from each outcome
 * what it explains, with one slope for all variants (CUPED [2]). The variance of
 * a ratio of means comes from the delta method [3].
 *
 * Always-valid p-values and intervals are those of the mixture sequential
 * probability ratio test [4] [5] with the estimated variance. If the null
 * hypothesis holds and the difference D has variance V, its likelihood ratio
 * against a normal mixture of effects with standard deviation tau,
 *
 *	  L = sqrt(V / (V + tau^2)) exp(z^2 tau^2 / (2 (V + tau^2))),  z^2 = D^2 / V,
 *
 * ever exceeds 1 / alpha with a chance of alpha at most, however often one looks.
 * Where the variance is estimated from few users, z is the normal deviate with
 * the p-value of Student's t, so that each look is as rare as it should be.
 *
 * [1] R. G. Newcombe, "Interval Estimation for the Difference between Independent
 * Proportions", Statistics in Medicine 17, 1998, method 10.
 *
 * [2] A. Deng, Y. Xu, R. Kohavi, T. Walker, "Improving the Sensitivity of Online
 * Controlled Experiments by Utilizing Pre-Experiment Data", WSDM 2013.
 *
 * [3] A. Deng, U. Knoblich, J. Lu, "Applying the Delta Method in Metric
 * Analytics", KDD 2018.
 *
 * [4] H. Robbins, "Statistical Methods Related to the Law of the Iterated
 * Logarithm", Annals of Mathematical Statistics 41, 1970.
 *
 * [5] R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always Valid Inference:
 * Continuous Monitoring of A/B Tests", Operations Research 70, 2022.
 *
 * src/kernel/experiment/ab_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_test.h"

#include <math.h>

#include "base/incomplete_gamma.h"
#include "base/missing.h"
#include "base/normal.h"
#include "base/student.h"
#include "kernel/experiment/ab_moments.h"

/* Of the deviation of a user: the effect to expect if nobody says. */
#define SMALL_EFFECT 0.1

/* A deviate that no p-value of a double reaches. */
#define LARGEST_DEVIATE 38.5

const char *const seg_ab_adjustments[] = {"holm", "bh", "none", NULL};

/* ---------- two estimates ---------- */

/* The difference of two estimates. */
typedef struct Difference
{
	double value;
	double variance;
	double freedom; /* missing: the variance counts as known */
	double weight;  /* users on which it rests: variance is about that of one
	                 * user divided by it */
} Difference;

/*
 * A variance of 0 says nothing about the next user. So for always-valid results
 * a share is estimated with one more success and one more failure.
 */
static double
variance_of(const SegAbEstimate *e, bool always_valid)
{
	double share = (e->n * e->mean + 1.0) / (e->n + 2.0);

	return e->is_share && always_valid ? share * (1.0 - share) / e->n
	                                   : e->variance;
}

static Difference
difference_of(const SegAbEstimate *a, const SegAbEstimate *b, bool always_valid)
{
	double va = variance_of(a, always_valid);
	double vb = variance_of(b, always_valid);

	return (Difference){.value =
	                        (b->mean - a->mean) + (b->mean_rest - a->mean_rest),
	                    .variance = va + vb,
	                    .freedom =
	                        (va + vb) * (va + vb) /
	                        (va * va / a->freedom + vb * vb / b->freedom),
	                    .weight = a->n * (b->n / (a->n + b->n))};
}

/*
 * Half the width of an interval, in standard errors.
 */
static double
half_width(double deviate, double freedom)
{
	double chance = seg_normal_two_sided(deviate);

	if (isnan(freedom))
		return deviate;
	return chance > 0.0 ? seg_student_two_sided_quantile(chance, freedom)
	                    : seg_missing();
}

static double
two_sided(double statistic, double freedom)
{
	return isnan(freedom) ? seg_normal_two_sided(statistic)
	                      : seg_student_two_sided(statistic, freedom);
}

/* ---------- always valid ---------- */

/*
 * The variance of the mixture of effects.
 */
static double
mixture_variance(const Difference *d, const SegAbTestOptions *options)
{
	double effect = options->has_expected_effect
	                    ? options->expected_effect
	                    : SMALL_EFFECT * sqrt(d->variance * d->weight);

	return effect * effect;
}

static double
sequential_deviate(double variance, double mixture, double confidence)
{
	double all = variance + mixture;

	return sqrt(all / mixture *
	            (-2.0 * log1p(-confidence) + log(all / variance)));
}

static double
sequential_p_value(const Difference *d, double mixture)
{
	double all = d->variance + mixture;
	double statistic = d->value / sqrt(d->variance);
	double p = two_sided(statistic, d->freedom);
	double z = isnan(d->freedom) ? statistic
	           : p > 0.0         ? seg_normal_exceeded(0.5 * p)
	                             : LARGEST_DEVIATE;
	double log_ratio = 0.5 * (log(d->variance / all) + z * z * (mixture / all));

	return log_ratio > 0.0 ? exp(-log_ratio) : 1.0;
}

/* ---------- comparisons ---------- */

static void
newcombe_interval(const SegAbEstimate *a, const SegAbEstimate *b, double z,
                  SegAbComparison *c)
{
	double a_low, a_high, b_low, b_high;

	seg_wilson_interval(a->mean, a->n, z, &a_low, &a_high);
	seg_wilson_interval(b->mean, b->n, z, &b_low, &b_high);
	c->low = c->difference - hypot(b->mean - b_low, a_high - a->mean);
	c->high = c->difference + hypot(b_high - b->mean, a->mean - a_low);
}

/*
 * The z of two shares, with the variance under the share of both together.
 */
static double
shares_statistic(const SegAbEstimate *a, const SegAbEstimate *b)
{
	double n = a->n + b->n;
	double share = (a->n * a->mean + b->n * b->mean) / n;
	double error = sqrt(share * (1.0 - share) * (n / a->n / b->n));

	return error > 0.0 ? (b->mean - a->mean) / error : 0.0;
}

/*
 * The interval of the lift is symmetric for the log of the quotient of the means.
 */
static void
compare_lift(const SegAbEstimate *a, const SegAbEstimate *b, double freedom,
             const SegAbTestOptions *options, double mixture,
             SegAbComparison *c)
{
	double va = variance_of(a, options->always_valid);
	double vb = variance_of(b, options->always_valid);
	double relative = va / a->mean / a->mean + vb / b->mean / b->mean;
	double deviate, half;

	if (!(a->mean > 0.0) || !isfinite(c->difference / a->mean))
		return;
	c->lift = c->difference / a->mean;
	if (!(b->mean > 0.0 && relative > 0.0))
		return;
	deviate = options->always_valid
	              ? sequential_deviate(relative,
	                                   mixture / a->mean / a->mean,
	                                   options->confidence)
	              : seg_normal_exceeded(0.5 * (1.0 - options->confidence));
	half = half_width(deviate, freedom) * sqrt(relative);
	c->lift_low = b->mean / a->mean * exp(-half) - 1.0;
	c->lift_high = b->mean / a->mean * exp(half) - 1.0;
	if (!isfinite(c->lift_high))
		c->lift_low = c->lift_high = seg_missing();
}

static SegAbComparison
uncompared(const SegAbEstimate *e)
{
	double none = seg_missing();

	return (SegAbComparison){.n = (int64_t) e->n,
	                         .mean = e->mean,
	                         .difference = none,
	                         .low = none,
	                         .high = none,
	                         .lift = none,
	                         .lift_low = none,
	                         .lift_high = none,
	                         .statistic = none,
	                         .freedom = none,
	                         .p_value = none,
	                         .adjusted_p_value = none};
}

double
seg_ab_p_value(const SegAbEstimate *control, const SegAbEstimate *variant,
               const SegAbTestOptions *options)
{
	Difference d = difference_of(control, variant, options->always_valid);

	if (control->is_share && !options->always_valid)
		return seg_normal_two_sided(shares_statistic(control, variant));
	if (!(d.variance > 0.0))
		return seg_missing();
	return options->always_valid
	           ? sequential_p_value(&d, mixture_variance(&d, options))
	           : two_sided(d.value / sqrt(d.variance), d.freedom);
}

SegAbComparison
seg_ab_compare(const SegAbEstimate *control, const SegAbEstimate *variant,
               const SegAbTestOptions *options)
{
	SegAbComparison c = uncompared(variant);
	Difference d = difference_of(control, variant, options->always_valid);
	double deviate = seg_normal_exceeded(0.5 * (1.0 - options->confidence));
	double mixture = mixture_variance(&d, options);

	if (isnan(d.value))
		return c;
	c.difference = d.value;
	c.p_value = seg_ab_p_value(control, variant, options);
	if (control->is_share && !options->always_valid)
	{
		c.statistic = shares_statistic(control, variant);
		newcombe_interval(control, variant, deviate, &c);
	}
	else if (d.variance > 0.0)
	{
		double half;

		if (options->always_valid)
			deviate =
				sequential_deviate(d.variance, mixture, options->confidence);
		half = half_width(deviate, d.freedom) * sqrt(d.variance);
		c.low = d.value - half;
		c.high = d.value + half;
		c.statistic = d.value / sqrt(d.variance);
		c.freedom = d.freedom;
	}
	compare_lift(control, variant, d.freedom, options, mixture, &c);
	return c;
}

/* ---------- many comparisons ---------- */

/*
 * Positions of the p-values that are there, ascending by p-value.
 */
static SegStatus
order_p_values(SegEnv *env, const double *p_values, int64_t n, int64_t **order,
               int64_t *count)
{
	SEG_ALLOC(env, *order, n + 1);
	*count = 0;
	for (int64_t i = 0; i < n; i++)
	{
		int64_t at = *count;

		if (isnan(p_values[i]))
			continue;
		for (; at > 0 && p_values[(*order)[at - 1]] > p_values[i]; at--)
			(*order)[at] = (*order)[at - 1];
		(*order)[at] = i;
		(*count)++;
	}
	return SEG_OK;
}

SegStatus
seg_ab_adjust(SegEnv *env, SegAbAdjustment adjustment, const double *p_values,
              int64_t n, double *adjusted)
{
	int64_t *order;
	int64_t m;
	double so_far = adjustment == SEG_AB_HOLM ? 0.0 : 1.0;

	SEG_TRY(order_p_values(env, p_values, n, &order, &m));
	for (int64_t i = 0; i < n; i++)
		adjusted[i] = p_values[i];
	if (adjustment == SEG_AB_HOLM)
	{
		for (int64_t i = 0; i < m; i++)
		{
			double p = (double) (m - i) * p_values[order[i]];

			so_far = fmin(fmax(so_far, p), 1.0);
			adjusted[order[i]] = so_far;
		}
	}
	else if (adjustment == SEG_AB_BENJAMINI_HOCHBERG)
	{
		for (int64_t i = m - 1; i >= 0; i--)
		{
			so_far = fmin(so_far,
			              (double) m / (double) (i + 1) * p_values[order[i]]);
			adjusted[order[i]] = so_far;
		}
	}
	return SEG_OK;
}

SegStatus
seg_ab_sample_ratio(SegEnv *env, const int64_t *counts, int64_t variants,
                    const double *shares, int64_t share_count, double *p_value)
{
	double total = 0.0, users = 0.0;
	double chi_square = 0.0;

	if (shares != NULL && share_count != variants)
		return seg_fail(env,
		                SEG_BAD_DIM,
		                "shares and variants",
		                (double) share_count,
		                (double) variants);
	for (int64_t i = 0; i < variants; i++)
	{
		double share = shares != NULL ? shares[i] : 1.0;

		if (!(share > 0.0) || share - share != 0.0)
			return seg_fail(env, SEG_NOT_POSITIVE, "share", share, 0);
		total += share * 0x1p-10; /* cannot overflow */
		users += (double) counts[i];
	}
	if (!(total > 0.0))
		return seg_fail(env, SEG_NOT_POSITIVE, "sum of shares", total, 0);
	for (int64_t i = 0; i < variants; i++)
	{
		double share = shares != NULL ? shares[i] : 1.0;
		double expected = users * (share * 0x1p-10 / total);
		double gap = (double) counts[i] - expected;

		chi_square += gap * gap / expected;
	}
	*p_value = variants > 1
	               ? seg_chi_square_upper(chi_square, (double) (variants - 1))
	               : seg_missing();
	return SEG_OK;
}

/* ---------- estimates from a state ---------- */

/*
 * Means less what the covariate explains, with the slope within variants.
 */
static void
take_covariate_away(SegAbMoments *moments, int64_t variants,
                    double *variance_reduction)
{
	double s[3] = {0.0, 0.0, 0.0};
	SegWide sum = {0.0, 0.0};
	SegWide mean;
	double n = 0.0, slope;

	for (int64_t i = 0; i < variants; i++)
	{
		for (int k = 0; k < 3; k++)
			s[k] += moments[i].sum_of_products[k];
		n += moments[i].n;
		sum = seg_wide_add(sum,
		                   seg_wide_multiply(moments[i].mean[1],
		                                     (SegWide){moments[i].n, 0.0}));
	}
	slope = s[2] > 0.0 ? s[1] / s[2] : 0.0;
	mean = seg_wide_divide(sum, n);
	for (int64_t i = 0; i < variants; i++)
	{
		SegAbMoments *m = &moments[i];
		double gap = seg_wide_subtract(m->mean[1], mean).hi;
		double rest =
			m->sum_of_products[0] - slope * (2.0 * m->sum_of_products[1] -
		                                     slope * m->sum_of_products[2]);

		m->mean[0] = seg_wide_add(m->mean[0], (SegWide){-slope * gap, 0.0});
		m->sum_of_products[0] = fmax(rest, 0.0);
	}
	*variance_reduction =
		s[0] > 0.0 ? fmin(slope * s[1] / s[0], 1.0) : seg_missing();
}

static SegAbEstimate
mean_estimate(const SegAbMoments *m, bool is_share)
{
	double mean = m->mean[0].hi;
	SegAbEstimate e = {.n = m->n,
	                   .mean = mean,
	                   .mean_rest = m->mean[0].lo,
	                   .variance = seg_missing(),
	                   .freedom = is_share ? seg_missing() : m->n - 1.0,
	                   .is_share = is_share};

	if (is_share)
		e.variance = mean * (1.0 - mean) / m->n;
	else if (m->n > 1.0)
		e.variance = m->sum_of_products[0] / (m->n - 1.0) / m->n;
	return e;
}

static SegAbEstimate
ratio_estimate(const SegAbMoments *m)
{
	double by = m->mean[1].hi;
	double ratio = by != 0.0 ? m->mean[0].hi / by : seg_missing();
	double squares =
		m->sum_of_products[0] -
		ratio * (2.0 * m->sum_of_products[1] - ratio * m->sum_of_products[2]);
	SegAbEstimate e = {.n = m->n,
	                   .mean = ratio,
	                   .variance = seg_missing(),
	                   .freedom = seg_missing()};

	if (m->n > 1.0)
		e.variance = fmax(squares, 0.0) / (m->n - 1.0) / m->n / by / by;
	return e;
}

SegStatus
seg_ab_estimates(SegEnv *env, const SegAbState *state, bool ratio,
                 bool as_means, SegAbEstimate *estimates, int *unit,
                 double *variance_reduction)
{
	bool is_share = state->outcome_is_flag && state->columns == 1 && !as_means;
	int units[SEG_AB_MAX_COLUMNS] = {0, 0};
	SegAbMoments *moments;

	SEG_ALLOC(env, moments, state->variants);
	if (!is_share)
		seg_ab_units(state, units);
	for (int64_t i = 0; i < state->variants; i++)
		moments[i] = seg_ab_moments(state, i, units);
	*variance_reduction = seg_missing();
	if (state->columns == 2 && !ratio)
		take_covariate_away(moments, state->variants, variance_reduction);
	for (int64_t i = 0; i < state->variants; i++)
		estimates[i] = ratio ? ratio_estimate(&moments[i])
		                     : mean_estimate(&moments[i], is_share);
	*unit = ratio ? units[0] - units[1] : units[0];
	return SEG_OK;
}

/*
 * Bring a comparison to the units of the data.
 */
static SegStatus
in_data_units(SegEnv *env, int unit, SegAbComparison *c)
{
	double *values[] = {&c->mean, &c->difference, &c->low, &c->high};

	for (int i = 0; i < 4; i++)
	{
		double x = ldexp(*values[i], unit);

		if (isinf(x))
			return seg_fail(env, SEG_NOT_FINITE, "difference", x, 0);
		*values[i] = x;
	}
	return SEG_OK;
}

static SegStatus
check_options(SegEnv *env, const SegAbTestOptions *options)
{
	double effect = options->expected_effect;
	double half;

	SEG_TRY(seg_normal_half_width(env, options->confidence, &half));
	if (options->has_expected_effect && (!(effect > 0.0) || isinf(effect)))
		return seg_fail(env, SEG_NOT_POSITIVE, "expected_effect", effect, 0);
	return SEG_OK;
}

SegStatus
seg_ab_test(SegEnv *env, const SegAbState *stored, bool ratio,
            const SegAbTestOptions *given, SegAbTest *result)
{
	SegAbTestOptions options = *given;
	SegAbState state;
	SegAbEstimate *estimates;
	double *p_values;
	int unit;

	SEG_TRY(check_options(env, given));
	/* a state of the aggregate may have carries left */
	SEG_TRY(seg_ab_state_copy(env, stored, &state));
	SEG_TRY(seg_ab_sample_ratio(env,
	                            state.counts,
	                            state.variants,
	                            given->shares,
	                            given->share_count,
	                            &result->mismatch_p_value));
	SEG_ALLOC(env, estimates, state.variants);
	SEG_ALLOC(env, p_values, 2 * state.variants);
	SEG_ALLOC(env, result->variants, state.variants);
	SEG_TRY(seg_ab_estimates(env,
	                         &state,
	                         ratio,
	                         given->as_means,
	                         estimates,
	                         &unit,
	                         &result->variance_reduction));
	options.expected_effect = ldexp(options.expected_effect, -unit);
	for (int64_t i = 0; i < state.variants; i++)
	{
		SegAbComparison *c = &result->variants[i];

		*c = i == options.control ? uncompared(&estimates[i])
		                          : seg_ab_compare(&estimates[options.control],
		                                           &estimates[i],
		                                           &options);
		SEG_TRY(in_data_units(env, unit, c));
		p_values[i] = c->p_value;
	}
	SEG_TRY(seg_ab_adjust(env,
	                      options.adjustment,
	                      p_values,
	                      state.variants,
	                      p_values + state.variants));
	for (int64_t i = 0; i < state.variants; i++)
		result->variants[i].adjusted_p_value = p_values[state.variants + i];
	return SEG_OK;
}
