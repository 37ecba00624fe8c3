/*-------------------------------------------------------------------------
 *
 * value.c
 *	  What users are worth: revenue per user, lifetime value.
 *
 * A user who stays with probability r = 1 - churn in each period and brings in
 * m = arpu * margin in each is worth m * (1 + q + q^2 + ...) = m / (1 - q) with
 * q = r / (1 + d), d being the discount rate: m * (1 + d) / (d + churn) [1]. Up
 * to a horizon the sum ends: 1 - q^horizon of it.
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

#include "base/count.h"
#include "base/periods.h"

static SegStatus
finite_result(SegEnv *env, const char *what, double x)
{
	return isfinite(x) ? SEG_OK : seg_fail(env, SEG_NOT_FINITE, what, x, 0);
}

/*
 * Could rows have added up to these numbers?
 */
SegStatus
seg_revenue_check(SegEnv *env, const SegRevenue *state)
{
	if (!seg_is_count(state->users, SEG_HUGE_COUNT) ||
	    !seg_is_count(state->churned, state->users))
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

SegStatus
seg_ltv(SegEnv *env, const SegLtvTerms *terms, double *result, bool *defined)
{
	double lost = terms->discount_rate + terms->churn_rate;
	double factors[] = {terms->arpu, terms->margin, terms->horizon, 1.0};

	SEG_TRY(seg_check_finite(env, "arpu", terms->arpu));
	SEG_TRY(seg_check_share(env, "churn_rate", terms->churn_rate));
	SEG_TRY(seg_check_finite(env, "margin", terms->margin));
	SEG_TRY(seg_check_finite(env, "discount_rate", terms->discount_rate));
	if (terms->discount_rate < 0)
		return seg_fail(env,
		                SEG_ARGUMENT_BELOW,
		                "discount_rate",
		                terms->discount_rate,
		                0);
	SEG_TRY(seg_check_horizon(env, terms->horizon));
	*defined = lost > 0 || !isinf(terms->horizon);
	if (!*defined)
		return SEG_OK;
	if (lost > 0)
	{
		factors[2] = seg_share_before(terms->churn_rate,
		                              terms->discount_rate,
		                              terms->horizon);
		factors[3] = 1.0 + terms->discount_rate;
	}
	*result = seg_quotient_of_product(factors, 4, lost > 0 ? lost : 1.0);
	return finite_result(env, "lifetime value", *result);
}
