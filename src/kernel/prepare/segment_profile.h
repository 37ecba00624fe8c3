/*-------------------------------------------------------------------------
 *
 * segment_profile.h
 *	  How the elements of the vectors of each segment differ from those of all.
 *
 * src/kernel/prepare/segment_profile.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SEGMENT_PROFILE_H
#define SEG_KERNEL_SEGMENT_PROFILE_H

#include "base/image.h"
#include "kernel/prepare/feature_summary.h"

#define SEG_PROFILE_MAX_SEGMENTS 1000

typedef struct SegSegmentProfile
{
	int64_t dim;
	int64_t segments;
	SegTexts names;        /* of segments, ascending */
	int64_t *segment_rows; /* segments */

	/* of the elements of each segment, one segment after another */
	SegFeatureSummary features;
} SegSegmentProfile;

extern const SegMethod seg_segment_profile_method;

/* Without a segment. */
extern SegStatus
seg_segment_profile_create(SegEnv *env, int64_t dim, SegSegmentProfile *result);

/*
 * Add a vector. For a new segment, and if its numbers need more digits, the
 * arrays are replaced by larger ones from the environment.
 */
extern SegStatus seg_segment_profile_add(SegEnv *env, SegSegmentProfile *value,
                                         SegText segment, const double *x);

/* The same profile with carries taken: one form for the same rows. */
extern SegStatus
seg_segment_profile_copy(SegEnv *env, const SegSegmentProfile *value,
                         SegSegmentProfile *result);

/* Of all segments together; needs carries taken, as in a copy. */
extern SegStatus
seg_segment_profile_overall(SegEnv *env, const SegSegmentProfile *value,
                            SegFeatureSummary *overall);

/* Of a segment: points into the value. */
static inline SegFeatureSummary
seg_segment_profile_features(const SegSegmentProfile *value, int64_t segment)
{
	return seg_feature_summary_part(&value->features,
	                                segment * value->dim,
	                                value->dim,
	                                value->segment_rows[segment]);
}

/*
 * How far the mean of an element in a segment is from that in all rows, in
 * standard deviations of all rows. Missing if there is no mean, or no
 * deviation.
 */
extern double seg_standardized_difference(const SegFeatureStatistics *segment,
                                          const SegFeatureStatistics *overall);

#endif /* SEG_KERNEL_SEGMENT_PROFILE_H */
