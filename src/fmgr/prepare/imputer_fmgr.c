/*-------------------------------------------------------------------------
 *
 * imputer_fmgr.c
 *	  SQL face of imputers: the aggregate imputer_train and impute_missing.
 *
 * src/fmgr/prepare/imputer_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/prepare/imputer.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(imputer_train, seg_imputer_trainer, trainer_rows);

/*
 * (model, vector)
 */
static inline Datum
impute_missing(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegImputer *model = model_open(fcinfo, 0, &seg_imputer_method, NULL);
	FeatureVector *result;
	FeatureVectorView view;

	scoring_vector_missing(fcinfo,
	                       1,
	                       type,
	                       seg_imputer_trainer.title,
	                       model->dim,
	                       &view);
	result = feature_vector_make((int) (model->dim + model->indicators));
	seg_impute(model, view.x, result->x);
	PG_RETURN_FEATURE_VECTOR_P(result);
}

SCORING_FUNCTIONS(impute_missing, impute_missing);
