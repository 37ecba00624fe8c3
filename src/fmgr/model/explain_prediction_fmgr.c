/*-------------------------------------------------------------------------
 *
 * explain_prediction_fmgr.c
 *	  SQL face of all supervised models: what each element adds to a prediction,
 *	  as rows and as text.
 *
 * What a method does for it is in its SegSupervised.
 *
 * src/fmgr/model/explain_prediction_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

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
 * The first classes of a model, for a message.
 */
static const char *
class_list(const Predictor *p)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int64 i = 0; i < p->classes; i++)
	{
		SegText name = text_from_utf8(p->entry->class_name(p->model, i));

		if (!segment_list_name(&list, name, i, p->classes))
			break;
	}
	return list.data;
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
		               given.bytes),
		        errdetail("Its classes are %s.", class_list(p)));
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
 * What each element of the row adds to the prediction; raw: the row as given.
 * class_argno: of the class to explain, if there are so many arguments.
 */
static const double *
contributions_of(FunctionCallInfo fcinfo, const Predictor *p,
                 VectorArgument type, int class_argno, FeatureVectorView *raw,
                 double *base)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double *contributions = palloc0(p->dim * sizeof(double));
	FeatureVectorView view;
	int64 number;

	predictor_row(fcinfo, 1, p, type, &view);
	argument_view(PG_GETARG_DATUM(1), type, raw);
	number = PG_NARGS() > class_argno ? class_argument(fcinfo, class_argno, p)
	                                  : default_class(fcinfo, p, type);
	*base = 0.0;
	segment_check(&env,
	              p->entry->explain(&env,
	                                p->model,
	                                view.x,
	                                number,
	                                contributions,
	                                base));
	for (int64 i = 0; i < p->dim; i++)
		segment_check(&env,
		              seg_check_finite(&env, "contribution", contributions[i]));
	return contributions;
}

/*
 * (model, vector [, class]): the base, then one row per element.
 */
static inline Datum
explain(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Predictor *p = model_open_any(fcinfo, 0, prepare_explainer);
	FeatureVectorView raw;
	double base;
	const double *contributions =
		contributions_of(fcinfo, p, type, 2, &raw, &base);

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

/* ---------- as text ---------- */

/*
 * The larger contribution first; ties go to the lower element.
 */
static int
compare_reasons(const void *a, const void *b, void *contributions)
{
	int64 i = *(const int64 *) a;
	int64 j = *(const int64 *) b;
	double x = fabs(((const double *) contributions)[i]);
	double y = fabs(((const double *) contributions)[j]);

	return x != y ? (x < y ? 1 : -1) : (i > j) - (i < j);
}

/*
 * "days_away 41", or of an element that says yes or no "annual", "not annual".
 */
static void
append_fact(StringInfo reasons, const Predictor *p, int64 i, double value)
{
	const char *name = TextDatumGetCString(predictor_feature(p, i));
	char number[DOUBLE_SHORTEST_DECIMAL_LEN] = "missing";

	if ((value == 0.0 || value == 1.0) && predictor_says_yes_no(p, i))
	{
		appendStringInfo(reasons, "%s%s", value == 0.0 ? "not " : "", name);
		return;
	}
	if (!isnan(value))
		double_to_shortest_decimal_buf(value, number);
	appendStringInfo(reasons, "%s %s", name, number);
}

/*
 * "days_away 41 (+1.2)": a contribution has two digits, or those before the
 * point.
 */
static void
append_reason(StringInfo reasons, const Predictor *p, int64 i, double value,
              double contribution)
{
	const char *format = fabs(contribution) < 99.5 ? " (%+.2g)" : " (%+.0f)";

	if (reasons->len > 0)
		appendStringInfoString(reasons, ", ");
	append_fact(reasons, p, i, value);
	appendStringInfo(reasons, format, contribution);
}

/*
 * (model, vector, n [, class]): the n strongest reasons.
 */
static inline Datum
explain_text(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Predictor *p = model_open_any(fcinfo, 0, prepare_explainer);
	SegEnv env = segment_env(CurrentMemoryContext);
	int64 n = PG_GETARG_INT64(2);
	int64 *order = palloc(p->dim * sizeof(int64));
	FeatureVectorView raw;
	StringInfoData reasons;
	double base;
	const double *contributions;

	if (n < 1)
		segment_check(&env,
		              seg_fail(&env, SEG_ARGUMENT_BELOW, "n", (double) n, 1));
	contributions = contributions_of(fcinfo, p, type, 3, &raw, &base);
	for (int64 i = 0; i < p->dim; i++)
		order[i] = i;
	qsort_arg(order,
	          p->dim,
	          sizeof(int64),
	          compare_reasons,
	          (void *) contributions);
	initStringInfo(&reasons);
	for (int64 k = 0; k < p->dim && k < n; k++)
	{
		int64 i = order[k];

		if (contributions[i] == 0.0)
			break; /* no reason */
		append_reason(&reasons, p, i, raw.x[i], contributions[i]);
	}
	return result_text((SegText){reasons.data, reasons.len});
}

SCORING_FUNCTIONS(explain_text, explain_text);
