/*-------------------------------------------------------------------------
 *
 * model_drift_fmgr.c
 *	  SQL face of model_drift.
 *
 * src/fmgr/evaluate/model_drift_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/evaluate/model_drift.h"
#include "pg/model.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_model_drift);

/*
 * What the model says of its training rows, which must fit the summary.
 */
static const SegTrainingRows *
training_rows_of(const SegMethod *method, const void *model,
                 const SegFeatureSummary *current)
{
	const SegTrainingRows *training = model_training_rows(method, model);

	if (training == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("a %s does not say what its training rows were like",
		               method->title),
		        errhint(
					"Regressions, trees, k-means and PCA models do, as their "
					"trainers make them."));
	if (training->dim != current->dim)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("summary does not fit the model"),
		        errdetail_plural("Its vectors have %d element, the model was trained "
		                         "on %d.",
		                         "Its vectors have %d elements, the model was "
		                         "trained on %d.",
		                         (unsigned long) current->dim,
		                         (int) current->dim,
		                         (int) training->dim));
	return training;
}

/*
 * (model, summary): one row per element.
 */
Datum
segment_model_drift(PG_FUNCTION_ARGS)
{
	const ModelValue *value = PG_GETARG_MODEL_P(0);
	const SegMethod *method = model_method(value);
	const void *model = model_open_value(value, method);
	const SegTexts *names = model_feature_names(method, model);
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegTrainingRows *training;
	SegFeatureSummary stored, current;

	summary_open(PG_GETARG_MODEL_P(1), &seg_feature_summary_method, &stored);
	training = training_rows_of(method, model, &stored);
	/* a state of the aggregate may have carries left */
	segment_check(&env, seg_feature_summary_copy(&env, &stored, &current));
	result_begin(fcinfo);
	for (int64 j = 0; j < training->dim; j++)
	{
		bool has_name = names != NULL && names->count > 0;
		SegModelDrift d;
		Datum values[9];
		bool nulls[9] = {false};

		segment_check(&env, seg_model_drift(&env, training, &current, j, &d));
		values[0] = result_feature(has_name ? seg_texts_get(names, j)
		                                    : (SegText){NULL, 0},
		                           j);
		values[1] = Float8GetDatum(d.training_mean);
		values[2] = Float8GetDatum(d.current_mean);
		values[3] = Float8GetDatum(d.shift);
		values[4] = Float8GetDatum(d.training_stddev);
		values[5] = Float8GetDatum(d.current_stddev);
		values[6] = Float8GetDatum(d.stddev_ratio);
		values[7] = Float8GetDatum(d.training_missing);
		values[8] = Float8GetDatum(d.current_missing);
		for (int i = 1; i < 9; i++)
			nulls[i] = isnan(DatumGetFloat8(values[i]));
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
