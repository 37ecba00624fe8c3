/*-------------------------------------------------------------------------
 *
 * pca_fmgr.c
 *	  SQL face of principal components: the aggregate pca_train, pca_project and
 *	  pca_components.
 *
 * src/fmgr/prepare/pca_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/prepare/prepare_row.h"
#include "kernel/prepare/pca.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

TRAINER(pca_train, seg_pca_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_pca_components);

/*
 * (model, vector)
 */
static inline Datum
pca_project(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegPca *model = model_open(fcinfo, 0, &seg_pca_method, NULL);

	return prepare_row(fcinfo,
	                   type,
	                   &seg_pca_trainer,
	                   model,
	                   model->dim,
	                   model->n_components,
	                   seg_pca_project);
}

SCORING_FUNCTIONS(pca_project, pca_project);

/*
 * One row per component: component, variance, share, loadings.
 */
Datum
segment_pca_components(PG_FUNCTION_ARGS)
{
	const SegPca *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_pca_method);

	result_begin(fcinfo);
	for (int64 k = 0; k < model->n_components; k++)
	{
		double variance = model->variances[k];
		double share = variance / model->total_variance;
		Datum values[4] = {Int32GetDatum((int32) k + 1),
		                   Float8GetDatum(variance),
		                   Float8GetDatum(share),
		                   result_feature_vector(model->components +
		                                             k * model->dim,
		                                         model->dim)};
		bool nulls[4] = {[2] = model->total_variance == 0.0};

		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
