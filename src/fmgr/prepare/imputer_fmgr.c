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

#include "fmgr/prepare/prepare_row.h"
#include "kernel/prepare/imputer.h"
#include "pg/trainer_pg.h"

TRAINER(imputer_train, seg_imputer_trainer, trainer_rows);

/*
 * (model, vector)
 */
static inline Datum
impute_missing(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegImputer *model = model_open(fcinfo, 0, &seg_imputer_method, NULL);

	return prepare_row(fcinfo,
	                   type,
	                   &seg_imputer_trainer,
	                   model,
	                   model->dim,
	                   model->dim + model->indicators,
	                   seg_impute);
}

SCORING_FUNCTIONS(impute_missing, impute_missing);
