/*-------------------------------------------------------------------------
 *
 * test_campaign_roi.c
 *	  Amounts of a campaign.
 *
 * test/unit/experiment/test_campaign_roi.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/campaign_roi.h"

#include "unit.h"

static void
amounts_follow_from_the_difference(void)
{
	SegEnv env = unit_env();
	const SegAbComparison c = {.n = 1000,
	                           .difference = 0.5,
	                           .low = -0.25,
	                           .high = 1.25};
	SegCampaignRoi r;

	CHECK(seg_campaign_roi(&env, &c, 0.25, 2, &r) == SEG_OK);
	CHECK(r.cost == 250);
	CHECK(r.incremental.middle == 1000 && r.incremental.low == -500 &&
	      r.incremental.high == 2500);
	CHECK(r.profit.middle == 750 && r.profit.low == -750 &&
	      r.profit.high == 2250);
	CHECK(r.roi.middle == 3 && r.roi.low == -3 && r.roi.high == 9);
	CHECK(seg_campaign_roi(&env, &c, 0, 2, &r) == SEG_OK);
	CHECK(r.cost == 0 && r.profit.middle == 1000 && isnan(r.roi.middle));
	unit_env_free(&env);
}

static void
what_cannot_be_told_is_missing(void)
{
	SegEnv env = unit_env();
	SegAbComparison c = {.n = 10, .difference = 0.5, .low = NAN, .high = NAN};
	const double bad[] = {-1, NAN, INFINITY};
	SegCampaignRoi r;

	CHECK(seg_campaign_roi(&env, &c, 1, 1, &r) == SEG_OK);
	CHECK(r.profit.middle == -5 && isnan(r.profit.low) && isnan(r.roi.high));
	for (int i = 0; i < 3; i++)
	{
		CHECK(seg_campaign_roi(&env, &c, bad[i], 1, &r) == SEG_NOT_POSITIVE);
		CHECK(seg_campaign_roi(&env, &c, 1, bad[i], &r) == SEG_NOT_POSITIVE);
	}
	CHECK(seg_campaign_roi(&env, &c, 1, 0, &r) == SEG_NOT_POSITIVE);
	c.difference = 1e10;
	CHECK(seg_campaign_roi(&env, &c, 1, 1e308, &r) == SEG_NOT_FINITE);
	CHECK(seg_campaign_roi(&env, &c, 1e308, 1, &r) == SEG_NOT_FINITE);
	CHECK(seg_campaign_roi(&env, &c, 1e-320, 1e290, &r) == SEG_NOT_FINITE);
	c.difference = 0;
	CHECK(seg_campaign_roi(&env, &c, 1, 1.5e308, &r) == SEG_NOT_FINITE);
	CHECK(seg_campaign_roi(&env, &c, 1e-320, 1, &r) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

void
test_campaign_roi(void)
{
	amounts_follow_from_the_difference();
	what_cannot_be_told_is_missing();
}
