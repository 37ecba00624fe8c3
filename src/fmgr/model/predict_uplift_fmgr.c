/*-------------------------------------------------------------------------
 *
 * predict_uplift_fmgr.c
 *	  SQL face of uplift per user, by two models: predict_uplift.
 *
 * src/fmgr/model/predict_uplift_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/hash.h"
#include "fmgr/model/predictor.h"
#include "pg/encoding.h"
#include "pg/results.h"
#include "utils/builtins.h"

/* A model that one of its kind can be compared with. */
typedef struct Side
{
	const Predictor *predictor;
	uint64 names; /* hash of the names of its elements; 0: they have none */
} Side;

static void *
prepare_side(const SegMethod *method, const void *model)
{
	Side *side = palloc0(sizeof(Side));
	const SegTexts *names;

	side->predictor = prepare_number(method, model);
	if (method->is_score)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("a %s gives no uplift", method->title),
		        errdetail("Its scores have no unit, so those of two models "
		                  "cannot be compared."));
	names = side->predictor->names;
	for (int64 i = 0; names != NULL && i < names->count; i++)
	{
		SegText name = seg_texts_get(names, i);

		side->names = seg_hash(name.bytes, (size_t) name.length, side->names);
	}
	return side;
}

/* ---------- do two models belong together? ---------- */

static const char *
kind_of_outcome(const Predictor *p)
{
	return p->classes > 0 ? "the chance of true" : "a number";
}

static char *
name_of(const Predictor *p, int64 i)
{
	return TextDatumGetCString(predictor_feature(p, i));
}

pg_noreturn pg_noinline static void
refuse_pair(const Predictor *treated, const Predictor *control)
{
	int64 i = 0;

	if ((treated->classes > 0) != (control->classes > 0))
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("the models predict different outcomes"),
		        errdetail("The treated model predicts %s, the control model "
		                  "%s.",
		                  kind_of_outcome(treated),
		                  kind_of_outcome(control)));
	if (treated->dim != control->dim)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("the models take different vectors"),
		        errdetail("The treated model was trained on " INT64_FORMAT
		                  " elements, the control model on " INT64_FORMAT ".",
		                  treated->dim,
		                  control->dim));
	while (seg_text_compare(seg_texts_get(treated->names, i),
	                        seg_texts_get(control->names, i)) == 0)
		i++;
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("the models take different vectors"),
	        errdetail("Element " INT64_FORMAT
	                  " of the treated model is \"%s\", "
	                  "that of the control model \"%s\".",
	                  i + 1,
	                  name_of(treated, i),
	                  name_of(control, i)));
}

/*
 * Names that a model does not have cannot differ.
 */
static inline void
check_sides(const Side *treated, const Side *control)
{
	const Predictor *t = treated->predictor;
	const Predictor *c = control->predictor;

	if (unlikely((t->classes > 0) != (c->classes > 0) || t->dim != c->dim ||
	             (treated->names != control->names && treated->names != 0 &&
	              control->names != 0)))
		refuse_pair(t, c);
}

/* ---------- scoring ---------- */

static inline double
predict_side(FunctionCallInfo fcinfo, const Side *side, VectorArgument type)
{
	const Predictor *p = side->predictor;
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	double result;

	predictor_row(fcinfo, 2, p, type, &view);
	segment_check(&env, p->entry->predict(&env, p->model, view.x, &result));
	return result;
}

/*
 * (treated model, control model, vector)
 */
static inline Datum
score_predict_uplift(FunctionCallInfo fcinfo, VectorArgument type)
{
	const Side *treated = model_open_any(fcinfo, 0, prepare_side);
	const Side *control = model_open_any(fcinfo, 1, prepare_side);
	SegEnv env = segment_env(CurrentMemoryContext);
	double uplift;

	check_sides(treated, control);
	uplift = predict_side(fcinfo, treated, type) -
	         predict_side(fcinfo, control, type);
	if (unlikely(isinf(uplift)))
		segment_check(&env,
		              seg_fail(&env, SEG_NOT_FINITE, "uplift", uplift, 0));
	PG_RETURN_FLOAT8(uplift);
}

SCORING_FUNCTIONS(predict_uplift, score_predict_uplift);
