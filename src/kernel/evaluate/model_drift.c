/*-------------------------------------------------------------------------
 *
 * model_drift.c
 *	  How far the rows of today are from those that a model was trained on.
 *
 * src/kernel/evaluate/model_drift.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/model_drift.h"

#include <math.h>

#include "base/missing.h"

/*
 * In units of the deviation, which is above 0; the difference itself may be beyond
 * the range.
 */
static double
shift_of(double from, double to, double deviation)
{
	double difference = to - from;

	return isinf(difference) ? to / deviation - from / deviation
	                         : difference / deviation;
}

static SegStatus
figure_in_range(SegEnv *env, const char *name, double x)
{
	return isinf(x) ? seg_fail(env, SEG_NOT_FINITE, name, x, 0) : SEG_OK;
}

SegStatus
seg_model_drift(SegEnv *env, const SegTrainingRows *training,
                const SegFeatureSummary *current, int64_t j,
                SegModelDrift *result)
{
	SegFeatureStatistics now = seg_feature_statistics(current, j);
	SegModelDrift d = {.training_mean = training->means[j],
	                   .current_mean = now.mean,
	                   .shift = seg_missing(),
	                   .training_stddev = training->deviations[j],
	                   .current_stddev = seg_missing(),
	                   .stddev_ratio = seg_missing(),
	                   .training_missing = training->missing[j],
	                   .current_missing =
	                       (double) now.missing / (double) current->rows_used};

	if (now.count >= 2)
		d.current_stddev = seg_feature_deviation(&now, now.count - 1);
	/* not so if it is missing */
	if (d.training_stddev > 0.0)
	{
		d.shift = shift_of(d.training_mean, d.current_mean, d.training_stddev);
		d.stddev_ratio = d.current_stddev / d.training_stddev;
	}
	SEG_TRY(figure_in_range(env, "current_stddev", d.current_stddev));
	SEG_TRY(figure_in_range(env, "shift", d.shift));
	SEG_TRY(figure_in_range(env, "stddev_ratio", d.stddev_ratio));
	*result = d;
	return SEG_OK;
}
