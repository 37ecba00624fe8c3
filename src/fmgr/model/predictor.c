/*-------------------------------------------------------------------------
 *
 * predictor.c
 *	  What the verbs of supervised models have in common.
 *
 * src/fmgr/model/predictor.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/model/predictor.h"
#include "pg/encoding.h"
#include "pg/results.h"

const SegSupervised *
supervised_of(const SegMethod *method)
{
	if (method->supervised == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("expected a supervised model, got a %s", method->title));
	return method->supervised;
}

void *
prepare_predictor(const SegMethod *method, const void *model)
{
	Predictor *predictor = palloc(sizeof(Predictor));
	const SegSupervised *entry = supervised_of(method);

	*predictor = (Predictor){method,
	                         entry,
	                         model,
	                         entry->dim(model),
	                         model_feature_names(method, model),
	                         seg_class_count(entry, model),
	                         model_preparation(method, model),
	                         model_training_rows(method, model),
	                         model_rows_used(method, model)};
	return predictor;
}

/*
 * A model of several classes predicts no number.
 */
void *
prepare_number(const SegMethod *method, const void *model)
{
	Predictor *predictor = prepare_predictor(method, model);

	if (!seg_predicts_number(predictor->entry, model))
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("a %s predicts a class, not a number", method->title),
		        errhint("Use predict_class() or predict_probabilities()."));
	return predictor;
}

void *
prepare_classifier(const SegMethod *method, const void *model)
{
	Predictor *predictor = prepare_predictor(method, model);

	if (predictor->classes == 0)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("a %s predicts a number, not a class", method->title),
		        errhint("Use predict()."));
	return predictor;
}

const double *
predictor_probabilities(FunctionCallInfo fcinfo, const Predictor *p,
                        VectorArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double *result = palloc(p->classes * sizeof(double));
	FeatureVectorView view;

	predictor_row(fcinfo, 1, p, type, &view);
	segment_check(&env,
	              p->entry->probabilities(&env, p->model, view.x, result));
	return result;
}

Datum
predictor_class(const Predictor *p, int64 i)
{
	return result_text(text_from_utf8(p->entry->class_name(p->model, i)));
}

static bool
has_names(const Predictor *p)
{
	return p->names != NULL && p->names->count > 0;
}

bool
predictor_says_yes_no(const Predictor *p, int64 i)
{
	return has_names(p) && p->training_rows != NULL &&
	       seg_training_rows_say_yes_no(p->training_rows, p->rows_used, i);
}

Datum
predictor_feature(const Predictor *p, int64 i)
{
	return result_feature(has_names(p) ? seg_texts_get(p->names, i)
	                                   : (SegText){NULL, 0},
	                      i);
}
