/*-------------------------------------------------------------------------
 *
 * power_fmgr.c
 *	  SQL face of power transformations: the aggregate power_train,
 *	  power_transform, power_inverse and power_lambdas.
 *
 * src/fmgr/prepare/power_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "fmgr/prepare/prepare_row.h"
#include "kernel/prepare/power.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

TRAINER(power_train, seg_power_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_power_lambdas);

/*
 * (model, vector)
 */
static inline Datum
power_row(FunctionCallInfo fcinfo, VectorArgument type, PrepareRow prepare)
{
	const SegPower *model = model_open(fcinfo, 0, &seg_power_method, NULL);

	return prepare_row(fcinfo,
	                   type,
	                   &seg_power_trainer,
	                   model,
	                   model->dim,
	                   model->dim,
	                   prepare);
}

static inline Datum
power_transform(FunctionCallInfo fcinfo, VectorArgument type)
{
	return power_row(fcinfo, type, seg_power_transform);
}

static inline Datum
power_inverse(FunctionCallInfo fcinfo, VectorArgument type)
{
	return power_row(fcinfo, type, seg_power_inverse);
}

SCORING_FUNCTIONS(power_transform, power_transform);
SCORING_FUNCTIONS(power_inverse, power_inverse);

/*
 * One row per element: feature, lambda, center, scale.
 */
Datum
segment_power_lambdas(PG_FUNCTION_ARGS)
{
	const SegPower *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_power_method);

	result_begin(fcinfo);
	for (int64 j = 0; j < model->dim; j++)
	{
		SegText name = {NULL, 0};
		bool is_unknown = isnan(model->centers[j]);
		Datum values[4] = {0,
		                   Float8GetDatum(model->lambdas[j]),
		                   Float8GetDatum(model->centers[j]),
		                   Float8GetDatum(model->scales[j])};
		bool nulls[4] = {false, is_unknown, is_unknown, is_unknown};

		if (model->names > 0)
			name = seg_texts_get(&model->feature_names, j);
		values[0] = result_feature(name, j);
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
