/*-------------------------------------------------------------------------
 *
 * explain_prediction_fmgr.c
 *	  SQL face of all supervised models: what each element adds to a prediction.
 *
 * What a method does for it is in its SegSupervised.
 *
 * src/fmgr/model/explain_prediction_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/missing.h"
#include "fmgr/model/predictor.h"
#include "pg/encoding.h"
#include "pg/results.h"

static void *
prepare_explainer(const SegMethod *method, const void *model)
{
	Predictor *predictor = prepare_predictor(method, model);

	if (predictor->entry->explain == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("predictions of a %s cannot be explained",
		               method->title));
	return predictor;
}

/*
 * The class in an argument, of those of the model.
 */
static int64
class_argument(FunctionCallInfo fcinfo, int argno, const Predictor *p)
{
	text *name = PG_GETARG_TEXT_PP(argno);
	SegText given = {VARDATA_ANY(name), (int64) VARSIZE_ANY_EXHDR(name)};
	int64 number;

	if (p->classes == 0)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("a %s predicts a number, not a class", p->method->title),
		        errhint("Leave out the class."));
	number = seg_class_number(p->entry, p->model, text_to_utf8(given));
	if (number < 0)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("the model has no class \"%.*s\"",
		               (int) given.length,
		               given.bytes));
	return number;
}

/*
 * The class to explain, if none is named: of yes and no, yes; otherwise the
 * most probable one.
 */
static int64
default_class(FunctionCallInfo fcinfo, const Predictor *p, VectorArgument type)
{
	if (p->classes == 0)
		return 0;
	if (seg_predicts_number(p->entry, p->model))
		return 1;
	return seg_likeliest_class(predictor_probabilities(fcinfo, p, type),
	                           p->classes);
}

static void
explanation_row(FunctionCallInfo fcinfo, Datum feature, double value,
                double contribution)
{
	Datum values[3] = {feature,
	                   Float8GetDatum(value),
	                   Float8GetDatum(contribution)};
	bool nulls[3] = {false, isnan(value), false};

	result_row(fcinfo, values, nulls);
}

/*
 * (model, vector [, class]): the base, then one row per element.
 */
static inline Datum
explain(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Predictor *p = model_open_any(fcinfo, 0, prepare_explainer);
	SegEnv env = segment_env(CurrentMemoryContext);
	double *contributions = palloc0(p->dim * sizeof(double));
	double base = 0.0;
	FeatureVectorView view, raw;
	int64 number;

	predictor_row(fcinfo, p, type, &view);
	argument_view(PG_GETARG_DATUM(1), type, &raw);
	number = PG_NARGS() > 2 ? class_argument(fcinfo, 2, p)
	                        : default_class(fcinfo, p, type);
	segment_check(&env,
	              p->entry->explain(&env,
	                                p->model,
	                                view.x,
	                                number,
	                                contributions,
	                                &base));
	for (int64 i = 0; i < p->dim; i++)
		segment_check(&env,
		              seg_check_finite(&env, "contribution", contributions[i]));
	result_begin(fcinfo);
	explanation_row(fcinfo,
	                result_text((SegText){"(base)", 6}),
	                seg_missing(),
	                base);
	for (int64 i = 0; i < p->dim; i++)
		explanation_row(fcinfo,
		                predictor_feature(p, i),
		                raw.x[i],
		                contributions[i]);
	return (Datum) 0;
}

SCORING_FUNCTIONS(explain_prediction, explain);
