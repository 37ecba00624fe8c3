/*-------------------------------------------------------------------------
 *
 * winsorizer_fmgr.c
 *	  SQL face of winsorizers: the aggregate winsorizer_train and
 *	  winsorize_features.
 *
 * src/fmgr/prepare/winsorizer_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/prepare/prepare_row.h"
#include "kernel/prepare/winsorizer.h"
#include "pg/trainer_pg.h"

TRAINER(winsorizer_train, seg_winsorizer_trainer, trainer_rows);

/*
 * (model, vector)
 */
static inline Datum
winsorize_features(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegWinsorizer *model =
		model_open(fcinfo, 0, &seg_winsorizer_method, NULL);

	return prepare_row(fcinfo,
	                   type,
	                   &seg_winsorizer_trainer,
	                   model,
	                   model->dim,
	                   model->dim,
	                   seg_winsorize);
}

SCORING_FUNCTIONS(winsorize_features, winsorize_features);
