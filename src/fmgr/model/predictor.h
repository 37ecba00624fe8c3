/*-------------------------------------------------------------------------
 *
 * predictor.h
 *	  What the verbs of supervised models have in common: the model, opened once
 *	  per query, and the row.
 *
 * src/fmgr/model/predictor.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_PREDICTOR_H
#define SEGMENT_FMGR_PREDICTOR_H

#include "base/supervised.h"
#include "base/training_rows.h"
#include "pg/scoring.h"

typedef struct Predictor
{
	const SegMethod *method;
	const SegSupervised *entry;
	const void *model;
	int64 dim;
	const SegTexts *names; /* of elements; NULL: they have none */
	int64 classes;
	const SegPreparation *preparation;    /* that rows need; NULL: none */
	const SegTrainingRows *training_rows; /* NULL: it does not say */
	int64 rows_used;
} Predictor;

/* What a method does for supervised models; it is an error if it is none. */
extern const SegSupervised *supervised_of(const SegMethod *method);

/* A ModelPrepareAny: any supervised model. */
extern void *prepare_predictor(const SegMethod *method, const void *model);

/* The same for one that predicts a number. */
extern void *prepare_number(const SegMethod *method, const void *model);

/* The same for one that has classes. */
extern void *prepare_classifier(const SegMethod *method, const void *model);

/*
 * The row in an argument, prepared as the model needs it.
 */
static inline void
predictor_row(FunctionCallInfo fcinfo, int argno, const Predictor *p,
              VectorArgument type, FeatureVectorView *view)
{
	if (!p->entry->takes_missing)
	{
		scoring_vector_prepared(fcinfo,
		                        argno,
		                        type,
		                        p->method->title,
		                        p->dim,
		                        p->preparation,
		                        view);
		return;
	}
	scoring_vector_missing(fcinfo, argno, type, p->method->title, p->dim, view);
	scoring_prepare(fcinfo, argno, p->preparation, view);
}

/* The chance of each class for the row in argument 1. */
extern const double *
predictor_probabilities(FunctionCallInfo fcinfo, const Predictor *p,
                        VectorArgument type);

/* Does an element have a name, and say yes or no by being 1 or 0? */
extern bool predictor_says_yes_no(const Predictor *p, int64 i);

/* The name of an element, or else its number. */
extern Datum predictor_feature(const Predictor *p, int64 i);

/* The name of a class, in the database's encoding. */
extern Datum predictor_class(const Predictor *p, int64 i);

#endif /* SEGMENT_FMGR_PREDICTOR_H */
