/*-------------------------------------------------------------------------
 *
 * prepare_row.h
 *	  What functions that apply a trained preparation to a row have in common.
 *
 * src/fmgr/prepare/prepare_row.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_PREPARE_ROW_H
#define SEGMENT_FMGR_PREPARE_ROW_H

#include "base/trainer.h"
#include "pg/scoring.h"

/* From a row of the model's dimension to another one. */
typedef SegStatus (*PrepareRow)(SegEnv *env, const void *model, const double *x,
                                double *result);

/*
 * (model, vector): a vector of width elements. The model, opened from argument 0,
 * was trained on rows of dim elements.
 */
static inline Datum
prepare_row(FunctionCallInfo fcinfo, VectorArgument type,
            const SegTrainer *trainer, const void *model, int64 dim,
            int64 width, PrepareRow prepare)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVector *result;
	FeatureVectorView view;
	SegStatus status;

	if (trainer->takes_missing)
		scoring_vector_missing(fcinfo, 1, type, trainer->title, dim, &view);
	else
		scoring_vector(fcinfo, 1, type, trainer->title, dim, &view);
	result = feature_vector_make((int) width);
	status = prepare(&env, model, view.x, result->x);
	if (unlikely(status != SEG_OK))
		model_raise(PG_GETARG_MODEL_P(0), &env, status);
	/* an element that no row of the training had is missing, too */
	for (int64 j = 0; trainer->takes_missing && j < width; j++)
	{
		if (isnan(result->x[j]))
			result->flags |= FEATURE_VECTOR_HAS_MISSING;
	}
	PG_RETURN_FEATURE_VECTOR_P(result);
}

#endif /* SEGMENT_FMGR_PREPARE_ROW_H */
