/*-------------------------------------------------------------------------
 *
 * purchases.c
 *	  What the models of purchases have in common.
 *
 * A customer who is there buys at random, at a rate that has a gamma
 * distribution across customers.  x purchases up to age T have the
 * log-likelihood
 *
 *	log (r)_x - x log alpha - (r + x) log(1 + T / alpha),
 *
 * where (r)_x is the rising factorial.  Written this way, nothing cancels,
 * however large r and alpha are.
 *
 * src/kernel/lifetime/purchases.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/purchases.h"

#include <math.h>

#include "base/special.h"

SegStatus
seg_purchases_check(SegEnv *env, double *customer, bool *counts)
{
	double frequency = customer[SEG_FREQUENCY];
	double recency = customer[SEG_RECENCY];
	double age = customer[SEG_AGE];

	*counts = true;
	SEG_TRY(seg_check_count(env, "frequency", frequency));
	SEG_TRY(seg_check_input(env, "recency", recency));
	SEG_TRY(seg_check_input(env, "age", age));
	if (recency > age)
		return seg_fail_facts(env,
		                      SEG_ABOVE,
		                      (SegDiag){.what = "recency",
		                                .name = "age",
		                                .got = recency,
		                                .want = age});
	if (frequency == 0.0 && recency > 0.0)
		return seg_fail_facts(env,
		                      SEG_NOT_ZERO,
		                      (SegDiag){.what = "recency",
		                                .name = "frequency",
		                                .got = recency});
	return SEG_OK;
}

bool
seg_purchases_are_at_once(const double *customer)
{
	return customer[SEG_FREQUENCY] > 0.0 && customer[SEG_RECENCY] == 0.0;
}

void
seg_purchases_start(const double *means, double shape, double *parameters)
{
	double rate = means[SEG_FREQUENCY] / means[SEG_AGE];

	parameters[SEG_RATE_SHAPE] = shape;
	/* nobody bought, or nobody was watched: anything will do */
	parameters[SEG_RATE_SCALE] =
		rate > 1e-6 && rate < 1e6 ? shape / rate : shape;
}

/*
 * The part that depends on the frequency x alone.
 */
static void
purchases_add_count(const double *parameters, double x, double weight,
                    SegDerivatives *sum)
{
	double r = parameters[SEG_RATE_SHAPE];
	SegRising rise = seg_rising(r, x);

	sum->value += weight * (rise.log - x * log(parameters[SEG_RATE_SCALE]));
	sum->gradient[SEG_RATE_SHAPE] += weight * r * rise.first;
	sum->gradient[SEG_RATE_SCALE] -= weight * x;
	sum->hessian[SEG_RATE_SHAPE][SEG_RATE_SHAPE] +=
		weight * r * (rise.first + r * rise.second);
}

SegDerivatives
seg_purchases_silence(const double *parameters, double x, double time)
{
	double r = parameters[SEG_RATE_SHAPE];
	double alpha = parameters[SEG_RATE_SCALE];
	double n = r + x;
	double growth = log1p(time / alpha);
	double share = time / (alpha + time);
	SegDerivatives d = {0};

	d.value = -n * growth;
	d.gradient[SEG_RATE_SHAPE] = -r * growth;
	d.gradient[SEG_RATE_SCALE] = n * share;
	d.hessian[SEG_RATE_SHAPE][SEG_RATE_SHAPE] = -r * growth;
	d.hessian[SEG_RATE_SCALE][SEG_RATE_SHAPE] = r * share;
	d.hessian[SEG_RATE_SCALE][SEG_RATE_SCALE] = -n * share * (1.0 - share);
	return d;
}

double
seg_purchases_alive(double log_odds)
{
	double e = exp(-fabs(log_odds));

	return log_odds > 0.0 ? e / (1.0 + e) : 1.0 / (1.0 + e);
}

/*
 * A customer is still there or has left: the likelihoods add up.
 */
static void
add_either(double weight, const SegDerivatives *alive,
           const SegDerivatives *dead, SegDerivatives *sum)
{
	double log_odds = dead->value - alive->value;
	double p = seg_purchases_alive(log_odds);
	double q = seg_purchases_alive(-log_odds);

	sum->value += weight * (fmax(alive->value, dead->value) +
	                        log1p(exp(-fabs(log_odds))));
	for (int i = 0; i < SEG_PURCHASE_PARAMETERS; i++)
	{
		double gap = dead->gradient[i] - alive->gradient[i];

		sum->gradient[i] +=
			weight * (p * alive->gradient[i] + q * dead->gradient[i]);
		for (int j = 0; j <= i; j++)
			sum->hessian[i][j] +=
				weight *
				(p * alive->hessian[i][j] + q * dead->hessian[i][j] +
			     p * q * gap * (dead->gradient[j] - alive->gradient[j]));
	}
}

void
seg_purchases_add(const SegLeaving *leaving, const double *parameters,
                  const double *rows, int64_t n, SegDerivatives *sum)
{
	const double *end = rows + n * (SEG_PURCHASE_COLUMNS + 1);

	while (rows < end)
	{
		double x = rows[SEG_FREQUENCY];
		double total = 0.0;

		for (; rows < end && rows[SEG_FREQUENCY] == x;
		     rows += SEG_PURCHASE_COLUMNS + 1)
		{
			SegDerivatives alive = leaving->alive(parameters, rows);
			SegDerivatives dead = leaving->dead(parameters, rows);

			add_either(rows[SEG_PURCHASE_COLUMNS], &alive, &dead, sum);
			total += rows[SEG_PURCHASE_COLUMNS];
		}
		purchases_add_count(parameters, x, total, sum);
		if (leaving->add_count != NULL)
			leaving->add_count(parameters, x, total, sum);
	}
}

/*
 * A purchase has a density in time, whose log shifts with the unit.
 */
SegStatus
seg_purchases_finish(SegEnv *env, SegFit *fit, const SegEstimates *estimates)
{
	double purchases = fit->weight * estimates->means[SEG_FREQUENCY];

	return seg_fit_set_likelihood(env,
	                              fit,
	                              SEG_PURCHASE_PARAMETERS,
	                              fit->log_likelihood -
	                                  purchases * log(estimates->unit));
}
