/*-------------------------------------------------------------------------
 *
 * campaign_roi.h
 *	  What did a campaign earn, compared with users who were left alone?
 *
 * src/kernel/experiment/campaign_roi.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CAMPAIGN_ROI_H
#define SEG_KERNEL_CAMPAIGN_ROI_H

#include "kernel/experiment/ab_test.h"

/* An amount with its interval; missing if it cannot be told. */
typedef struct SegAmount
{
	double middle;
	double low;
	double high;
} SegAmount;

typedef struct SegCampaignRoi
{
	double cost;
	SegAmount incremental; /* what the users of the variant brought in more */
	SegAmount profit;      /* that less cost */
	SegAmount roi;         /* profit by cost; missing if there is no cost */
} SegCampaignRoi;

/* value: of one unit of the outcome; both per user of a variant. */
extern SegStatus
seg_campaign_roi(SegEnv *env, const SegAbComparison *variant,
                 double cost_per_user, double value, SegCampaignRoi *result);

#endif /* SEG_KERNEL_CAMPAIGN_ROI_H */
