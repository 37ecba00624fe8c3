/*-------------------------------------------------------------------------
 *
 * scaler_fmgr.c
 *	  SQL face of scalers: the aggregate scaler_train, scale_features and
 *	  unscale_features.
 *
 * src/fmgr/prepare/scaler_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/prepare/prepare_row.h"
#include "kernel/prepare/scaler.h"
#include "pg/summary.h"
#include "pg/trainer_pg.h"
#include "pg/word_argument.h"

TRAINER(scaler_train, seg_scaler_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_scaler_from_summary);

/*
 * (summary, method)
 */
Datum
segment_scaler_from_summary(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int method = word_argument(fcinfo, 1, "method", seg_scaling_words);
	SegFeatureSummary stored, summary;
	SegScaler model = {
		.version = {SEGMENT_VERSION, (int64_t) strlen(SEGMENT_VERSION)}};

	if (method == SEG_SCALE_ROBUST)
		ereport(ERROR,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("a summary has no quartiles for method \"robust\""),
		        errhint("Use scaler_train over the rows."));
	summary_open(PG_GETARG_MODEL_P(0), &seg_feature_summary_method, &stored);
	/* a state of the aggregate may have carries left */
	segment_check(&env, seg_feature_summary_copy(&env, &stored, &summary));
	segment_check(&env,
	              seg_scaler_from_summary(&env, &summary, method, &model));
	PG_RETURN_POINTER(
		model_make(&seg_scaler_method, &model, seg_scaler_trainer.smaller));
}

/*
 * (model, vector)
 */
static inline Datum
scaler_row(FunctionCallInfo fcinfo, VectorArgument type, PrepareRow prepare)
{
	const SegScaler *model = model_open(fcinfo, 0, &seg_scaler_method, NULL);

	return prepare_row(fcinfo,
	                   type,
	                   &seg_scaler_trainer,
	                   model,
	                   model->dim,
	                   model->dim,
	                   prepare);
}

static inline Datum
scale_features(FunctionCallInfo fcinfo, VectorArgument type)
{
	return scaler_row(fcinfo, type, seg_scale);
}

static inline Datum
unscale_features(FunctionCallInfo fcinfo, VectorArgument type)
{
	return scaler_row(fcinfo, type, seg_unscale);
}

SCORING_FUNCTIONS(scale_features, scale_features);
SCORING_FUNCTIONS(unscale_features, unscale_features);
