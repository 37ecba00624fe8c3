/*-------------------------------------------------------------------------
 *
 * periods.h
 *	  Periods that a customer pays for, discounted.
 *
 * src/base/periods.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_PERIODS_H
#define SEG_BASE_PERIODS_H

#include <math.h>

#include "base/env.h"

/*
 * What of an endless sum of q^n, q = (1 - churn) / (1 + discount), lies before the
 * horizon: 1 - q^horizon, to the last digits however close q is to 1.
 */
static inline double
seg_share_before(double churn, double discount, double horizon)
{
	if (horizon == 0)
		return 0;
	return -expm1(horizon * (log1p(-churn) - log1p(discount)));
}

/*
 * The sum itself: the periods that are paid for. Infinite where q is 1 and the
 * horizon is infinite.
 */
static inline double
seg_paid_periods(double churn, double discount, double horizon)
{
	double lost = churn + discount;

	if (lost == 0)
		return horizon;
	return seg_share_before(churn, discount, horizon) * (1.0 + discount) / lost;
}

/*
 * The product of n factors, over a divisor. On the way to it, nothing leaves the
 * range of a double: mantissas are about 1, and exponents add up.
 */
static inline double
seg_quotient_of_product(const double *factors, int n, double divisor)
{
	double product = 1;
	int exponent = 0;
	int own;

	for (int i = 0; i < n; i++)
	{
		product *= frexp(factors[i], &own);
		exponent += own;
	}
	product /= frexp(divisor, &own);
	return ldexp(product, exponent - own);
}

/* Refuse what is not a number of periods; infinity is one. */
static inline SegStatus
seg_check_horizon(SegEnv *env, double horizon)
{
	/* also false for NaN */
	if (horizon >= 0 && horizon == floor(horizon))
		return SEG_OK;
	return seg_fail(env, SEG_NOT_COUNT, "horizon", horizon, 0);
}

#endif /* SEG_BASE_PERIODS_H */
