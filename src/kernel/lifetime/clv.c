/*-------------------------------------------------------------------------
 *
 * clv.c
 *	  Customer lifetime value, from a model of purchases and one of spend.
 *
 * Purchases and spend are independent in these models, so the value is a
 * product: expected spend per purchase, chance of being alive, and the
 * purchases to come, each period's discounted from its end to today.
 *
 * src/kernel/lifetime/clv.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/clv.h"

#include <math.h>

#include "kernel/lifetime/bgnbd.h"
#include "kernel/lifetime/paretonbd.h"

/* periods between checks for a stop */
#define STRETCH 64

/* A common view of the models of purchases. */
typedef struct Kind
{
	const SegMethod *method;
	double (*p_alive)(const void *model, const double *customer);
	double (*purchases_if_alive)(const void *model, const double *customer,
	                             double horizon);
} Kind;

static double
bgnbd_p_alive(const void *model, const double *customer)
{
	return seg_bgnbd_p_alive(model, customer);
}

static double
bgnbd_purchases_if_alive(const void *model, const double *customer,
                         double horizon)
{
	return seg_bgnbd_purchases_if_alive(model, customer, horizon);
}

static double
paretonbd_p_alive(const void *model, const double *customer)
{
	return seg_paretonbd_p_alive(model, customer);
}

static double
paretonbd_purchases_if_alive(const void *model, const double *customer,
                             double horizon)
{
	return seg_paretonbd_purchases_if_alive(model, customer, horizon);
}

static const Kind kinds[] = {
	{&seg_bgnbd_method, bgnbd_p_alive, bgnbd_purchases_if_alive},
	{&seg_paretonbd_method, paretonbd_p_alive, paretonbd_purchases_if_alive},
};

#define N_KINDS ((int) (sizeof(kinds) / sizeof(kinds[0])))

static const Kind *
kind_of(const SegMethod *method)
{
	for (int i = 0; i < N_KINDS; i++)
	{
		if (kinds[i].method == method)
			return &kinds[i];
	}
	return NULL;
}

bool
seg_clv_takes(const SegMethod *method)
{
	return kind_of(method) != NULL;
}

static SegStatus
check_terms(SegEnv *env, const SegClvTerms *terms)
{
	SEG_TRY(seg_check_input(env, "horizon", terms->horizon));
	if (!(terms->discount_rate >= 0.0 && isfinite(terms->discount_rate)))
		return seg_fail(env,
		                SEG_ARGUMENT_BELOW,
		                "discount_rate",
		                terms->discount_rate,
		                0.0);
	if (!(terms->period > 0.0 && isfinite(terms->period)))
		return seg_fail(env, SEG_NOT_POSITIVE, "period", terms->period, 0);
	if (terms->horizon / terms->period > SEG_CLV_MAX_PERIODS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "periods",
		                ceil(terms->horizon / terms->period),
		                SEG_CLV_MAX_PERIODS);
	return SEG_OK;
}

/*
 * Discounted purchases of a customer who is still there.
 */
static SegStatus
add_periods(SegEnv *env, const Kind *kind, const void *model,
            const double *customer, const SegClvTerms *terms, double *sum)
{
	double log_discount = log1p(terms->discount_rate);
	double n = ceil(terms->horizon / terms->period);
	double made = 0.0; /* up to the end of the previous period */

	*sum = 0.0;
	for (double i = 1.0; i <= n; i += 1.0)
	{
		double end = fmin(i * terms->period, terms->horizon);
		double until = kind->purchases_if_alive(model, customer, end);

		if (fmod(i, STRETCH) == 0.0 && env->stop(env->host))
			return SEG_STOPPED;
		*sum += (until - made) * exp(-i * log_discount);
		made = until;
	}
	return SEG_OK;
}

SegStatus
seg_clv(SegEnv *env, const SegClvModels *models, const double *customer,
        const double *spending, const SegClvTerms *terms, double *value,
        bool *is_known)
{
	const Kind *kind = kind_of(models->method);
	double spend, purchases;

	SEG_TRY(check_terms(env, terms));
	*is_known = seg_gamma_gamma_expected(models->spend, spending, &spend);
	if (!*is_known)
		return SEG_OK;
	SEG_TRY(
		add_periods(env, kind, models->purchases, customer, terms, &purchases));
	*value = spend * kind->p_alive(models->purchases, customer) * purchases;
	if (!isfinite(*value))
		return seg_fail(env, SEG_NOT_FINITE, "customer lifetime value", 0, 0);
	return SEG_OK;
}
