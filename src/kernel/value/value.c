/*-------------------------------------------------------------------------
 *
 * value.c
 *	  What users are worth: revenue per user, lifetime value.
 *
 * A user who stays with probability r = 1 - churn in each period and brings in
 * m = arpu * margin in each is worth m * (1 + q + q^2 + ...) = m / (1 - q) with
 * q = r / (1 + d), d being the discount rate: m * (1 + d) / (d + churn) [1].
 *
 * [1] S. Gupta, D. R. Lehmann, "Customers as Assets", Journal of Interactive
 * Marketing 17(1), 2003.
 *
 * src/kernel/value/value.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/value/value.h"

#include <math.h>

#define HUGE_COUNT 0x1p53

static SegStatus
finite_result(SegEnv *env, const char *what, double x)
{
	return isfinite(x) ? SEG_OK : seg_fail(env, SEG_NOT_FINITE, what, x, 0);
}

static bool
value_is_count(double x, double limit)
{
	return x >= 0 && x <= limit && x == floor(x);
}

/*
 * Could rows have added up to these numbers?
 */
SegStatus
seg_revenue_check(SegEnv *env, const SegRevenue *state)
{
	if (!value_is_count(state->users, HUGE_COUNT) ||
	    !value_is_count(state->churned, state->users))
		return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
	return SEG_OK;
}

void
seg_revenue_merge(SegRevenue *into, const SegRevenue *from)
{
	into->users += from->users;
	into->churned += from->churned;
	into->sum = seg_wide_add(into->sum, from->sum);
}

/*
 * The sum over a count, undefined for a count of zero.
 */
static SegStatus
revenue_per(SegEnv *env, SegWide sum, double count, double *result,
            bool *defined)
{
	*defined = count > 0;
	if (!*defined)
		return SEG_OK;
	SEG_TRY(finite_result(env, "sum of the revenue", sum.hi + sum.lo));
	*result = seg_wide_divide(sum, count).hi;
	return SEG_OK;
}

SegStatus
seg_revenue_arpu(SegEnv *env, const SegRevenue *state, double *result,
                 bool *defined)
{
	return revenue_per(env, state->sum, state->users, result, defined);
}

/*
 * (sum / users) / (churned / users): the users cancel.
 */
SegStatus
seg_revenue_ltv(SegEnv *env, const SegRevenue *state, double *result,
                bool *defined)
{
	return revenue_per(env, state->sum, state->churned, result, defined);
}

static SegStatus
check_churn_rate(SegEnv *env, double churn_rate)
{
	SEG_TRY(seg_check_finite(env, "churn_rate", churn_rate));
	if (churn_rate < 0 || churn_rate > 1)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "churn_rate",
		                      churn_rate,
		                      0,
		                      1);
	return SEG_OK;
}

SegStatus
seg_ltv(SegEnv *env, double arpu, double churn_rate, double *result,
        bool *defined)
{
	SEG_TRY(seg_check_finite(env, "arpu", arpu));
	SEG_TRY(check_churn_rate(env, churn_rate));
	*defined = churn_rate > 0;
	if (!*defined)
		return SEG_OK;
	*result = arpu / churn_rate;
	return finite_result(env, "lifetime value", *result);
}

SegStatus
seg_ltv_discounted(SegEnv *env, double arpu, double churn_rate, double margin,
                   double discount_rate, double *result, bool *defined)
{
	SEG_TRY(seg_check_finite(env, "arpu", arpu));
	SEG_TRY(check_churn_rate(env, churn_rate));
	SEG_TRY(seg_check_finite(env, "margin", margin));
	SEG_TRY(seg_check_finite(env, "discount_rate", discount_rate));
	if (discount_rate < 0)
		return seg_fail(env,
		                SEG_ARGUMENT_BELOW,
		                "discount_rate",
		                discount_rate,
		                0);
	*defined = discount_rate + churn_rate > 0;
	if (!*defined)
		return SEG_OK;
	*result =
		arpu * margin * (1.0 + discount_rate) / (discount_rate + churn_rate);
	return finite_result(env, "lifetime value", *result);
}
