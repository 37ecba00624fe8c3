/*-------------------------------------------------------------------------
 *
 * conformal_fmgr.c
 *	  SQL face of conformal prediction: the aggregates conformal_train and
 *	  conformal_classes_train, predict_interval and predict_set_includes.
 *
 * src/fmgr/evaluate/conformal_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "kernel/evaluate/conformal.h"
#include "kernel/evaluate/loss.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

TRAINER(conformal_train, seg_conformal_trainer, trainer_rows);
TRAINER(conformal_classes_train, seg_conformal_classes_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_predict_interval);
PG_FUNCTION_INFO_V1(segment_predict_set_includes);

/*
 * (model, predicted number); an end beyond float8 is infinite.  The row type is in
 * fn_extra, where models are kept elsewhere, so the model is opened each time: it
 * has no arrays.
 */
Datum
segment_predict_interval(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID, FLOAT8OID};
	const SegConformal *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_conformal_method);
	double predicted = PG_GETARG_FLOAT8(1);
	SegEnv env = segment_env(CurrentMemoryContext);
	bool nulls[2] = {false};
	Datum values[2];

	if (model->classes)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("the conformal model is one of classes"),
		        errhint("Use predict_set_includes, or a model trained with "
		                "conformal_train."));
	segment_check(&env, seg_check_finite(&env, "predicted value", predicted));
	values[0] = Float8GetDatum(predicted + model->low);
	values[1] = Float8GetDatum(predicted + model->high);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}

/*
 * (model, probability of a class)
 */
Datum
segment_predict_set_includes(PG_FUNCTION_ARGS)
{
	const SegConformal *model =
		model_open(fcinfo, 0, &seg_conformal_method, NULL);
	double probability = PG_GETARG_FLOAT8(1);
	SegEnv env = segment_env(CurrentMemoryContext);

	if (!model->classes)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("the conformal model is one of numbers"),
		        errhint("Use predict_interval, or a model trained with "
		                "conformal_classes_train."));
	segment_check(&env, seg_check_probability(&env, probability));
	PG_RETURN_BOOL(probability >= model->low);
}
