/*-------------------------------------------------------------------------
 *
 * predict_fmgr.c
 *	  SQL face of all supervised models: predict and coefficients.
 *
 * What a method does for them is in its SegSupervised.
 *
 * src/fmgr/model/predict_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/normal.h"
#include "fmgr/model/predictor.h"
#include "pg/encoding.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_coefficients);

/*
 * (model, vector)
 */
static inline Datum
score_predict(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Predictor *p = model_open_any(fcinfo, 0, prepare_number);
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	double result;

	predictor_row(fcinfo, 1, p, type, &view);
	segment_check(&env, p->entry->predict(&env, p->model, view.x, &result));
	PG_RETURN_FLOAT8(result);
}

SCORING_FUNCTIONS(predict, score_predict);

/*
 * (model, confidence): one row per coefficient.
 */
Datum
segment_coefficients(PG_FUNCTION_ARGS)
{
	const ModelValue *value = PG_GETARG_MODEL_P(0);
	const SegMethod *method = model_method(value);
	const SegSupervised *entry = supervised_of(method);
	const void *model = model_open_value(value, method);
	SegEnv env = segment_env(CurrentMemoryContext);
	double half_width;
	double freedom = 0.0;

	if (entry->coefficient == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("a %s has no coefficients", method->title));
	/* checks the confidence, too */
	segment_check(&env,
	              seg_normal_half_width(&env, PG_GETARG_FLOAT8(1), &half_width));
	if (entry->degrees_of_freedom != NULL)
		freedom = entry->degrees_of_freedom(model);
	if (freedom > 0.0)
		half_width = seg_test_half_width(PG_GETARG_FLOAT8(1), freedom);
	result_begin(fcinfo);
	for (int64 i = 0; i < entry->coefficient_count(model); i++)
	{
		SegCoefficient c = entry->coefficient(model, i);
		SegCoefficientTest test = seg_coefficient_test(&c, half_width, freedom);
		bool nulls[9];
		Datum values[9] = {result_feature(c.feature, c.number - 1),
		                   Float8GetDatum(c.estimate),
		                   Float8GetDatum(c.std_error),
		                   Float8GetDatum(test.statistic),
		                   Float8GetDatum(test.p_value),
		                   Float8GetDatum(test.low),
		                   Float8GetDatum(test.high),
		                   Float8GetDatum(test.exp_estimate),
		                   c.of.bytes != NULL
		                       ? result_text(text_from_utf8(c.of))
		                       : (Datum) 0};

		memset(nulls, c.is_aliased || isnan(c.std_error), sizeof(nulls));
		nulls[0] = false;
		nulls[1] = c.is_aliased;
		nulls[7] =
			c.is_aliased || entry->is_additive || isinf(test.exp_estimate);
		nulls[8] = c.of.bytes == NULL;
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
