/*-------------------------------------------------------------------------
 *
 * campaign_roi.c
 *	  What did a campaign earn, compared with users who were left alone?
 *
 * All amounts are linear in the difference of the means, so their intervals are
 * those of the difference.
 *
 * src/kernel/experiment/campaign_roi.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/campaign_roi.h"

#include <math.h>

#include "base/missing.h"

static SegAmount
linear_amount(const SegAbComparison *c, double factor, double less)
{
	return (SegAmount){c->difference * factor - less,
	                   c->low * factor - less,
	                   c->high * factor - less};
}

static SegStatus
check_price(SegEnv *env, const char *what, double x, bool may_be_zero)
{
	if (may_be_zero && x == 0.0)
		return SEG_OK;
	/* also true for NaN */
	if (!(x > 0.0) || isinf(x))
		return seg_fail(env, SEG_NOT_POSITIVE, what, x, 0);
	return SEG_OK;
}

SegStatus
seg_campaign_roi(SegEnv *env, const SegAbComparison *variant,
                 double cost_per_user, double value, SegCampaignRoi *result)
{
	double n = (double) variant->n;
	double cost = n * cost_per_user;
	double per_cost = cost > 0.0 ? n * value / cost : seg_missing();

	SEG_TRY(check_price(env, "cost_per_user", cost_per_user, true));
	SEG_TRY(check_price(env, "value", value, false));
	*result = (SegCampaignRoi){cost,
	                           linear_amount(variant, n * value, 0.0),
	                           linear_amount(variant, n * value, cost),
	                           linear_amount(variant, per_cost, 1.0)};
	/* an infinite amount is not told, a missing one is not infinite */
	if (isinf(cost) || isinf(n * value) || isinf(per_cost) ||
	    isinf(result->profit.middle) || isinf(result->profit.low) ||
	    isinf(result->profit.high) || isinf(result->roi.middle) ||
	    isinf(result->roi.low) || isinf(result->roi.high))
		return seg_fail(env, SEG_NOT_FINITE, "profit", INFINITY, 0);
	return SEG_OK;
}
