/*-------------------------------------------------------------------------
 *
 * model_drift.h
 *	  How far the rows of today are from those that a model was trained on.
 *
 * src/kernel/evaluate/model_drift.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_MODEL_DRIFT_H
#define SEG_KERNEL_MODEL_DRIFT_H

#include "base/training_rows.h"
#include "kernel/prepare/feature_summary.h"

/* Of one element; what the rows do not determine is missing. */
typedef struct SegModelDrift
{
	double training_mean;
	double current_mean;
	double shift; /* of the mean, in standard deviations of training */
	double training_stddev;
	double current_stddev;
	double stddev_ratio; /* current to training */
	double training_missing;
	double current_missing; /* shares */
} SegModelDrift;

/* Of element j; carries of the summary are taken, as in a copy. */
extern SegStatus seg_model_drift(SegEnv *env, const SegTrainingRows *training,
                                 const SegFeatureSummary *current, int64_t j,
                                 SegModelDrift *result);

#endif /* SEG_KERNEL_MODEL_DRIFT_H */
