/*-------------------------------------------------------------------------
 *
 * predict_class_fmgr.c
 *	  SQL face of supervised models of classes: predict_class,
 *	  predict_probabilities, predict_cost.
 *
 * What a method does for them is in its SegSupervised.
 *
 * src/fmgr/model/predict_class_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "fmgr/model/predictor.h"
#include "pg/results.h"

/*
 * (model, vector)
 */
static inline Datum
most_probable(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Predictor *p = model_open_any(fcinfo, 0, prepare_classifier);
	const double *chance = predictor_probabilities(fcinfo, p, type);

	return predictor_class(p, seg_likeliest_class(chance, p->classes));
}

SCORING_FUNCTIONS(predict_class, most_probable);

/*
 * (model, vector): one row per class.
 */
static inline Datum
list_probabilities(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Predictor *p = model_open_any(fcinfo, 0, prepare_classifier);
	const double *chance = predictor_probabilities(fcinfo, p, type);

	result_begin(fcinfo);
	for (int64 i = 0; i < p->classes; i++)
	{
		Datum values[2] = {predictor_class(p, i), Float8GetDatum(chance[i])};
		bool nulls[2] = {false, false};

		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

SCORING_FUNCTIONS(predict_probabilities, list_probabilities);

/*
 * A number for each pair of classes.
 */
static const double *
costs_argument(FunctionCallInfo fcinfo, int argno, int64 classes)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);
	SegEnv env = segment_env(CurrentMemoryContext);
	const double *costs;

	if (ARR_NDIM(array) != 2 || ARR_DIMS(array)[0] != classes ||
	    ARR_DIMS(array)[1] != classes)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("costs must be an array of " INT64_FORMAT
		               " times " INT64_FORMAT " numbers",
		               classes,
		               classes),
		        errdetail("There is a row for each class that may be true, and "
		                  "in it a number for each that may be predicted."));
	if (array_contains_nulls(array))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not be null", "costs"));
	costs = (const double *) ARR_DATA_PTR(array);
	for (int64 i = 0; i < classes * classes; i++)
		segment_check(&env, seg_check_finite(&env, "cost", costs[i]));
	return costs;
}

/*
 * (model, vector, costs)
 */
static inline Datum
least_costly(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Predictor *p = model_open_any(fcinfo, 0, prepare_classifier);
	const double *chance = predictor_probabilities(fcinfo, p, type);
	const double *costs = costs_argument(fcinfo, 2, p->classes);

	return predictor_class(p, seg_cheapest_class(chance, costs, p->classes));
}

SCORING_FUNCTIONS(predict_cost, least_costly);
