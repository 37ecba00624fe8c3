/*-------------------------------------------------------------------------
 *
 * correlation_matrix_fmgr.c
 *	  SQL face of the aggregate correlation_matrix.
 *
 * src/fmgr/prepare/correlation_matrix_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/prepare/matrix_result.h"
#include "kernel/prepare/correlation_matrix.h"
#include "pg/row_work.h"

PG_FUNCTION_INFO_V1(segment_feature_rows_trans);
PG_FUNCTION_INFO_V1(segment_feature_rows_array_trans);
PG_FUNCTION_INFO_V1(segment_correlation_matrix_final);

/*
 * Transition: collects vectors, with missing elements.
 */
static Datum
feature_rows_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	RowStore *state = SEGMENT_ARG_STATE(0, RowStore);
	FeatureVectorView view;

	if (PG_ARGISNULL(1))
		SEGMENT_RETURN_STATE(state);
	argument_view(PG_GETARG_DATUM(1), type, &view);
	if (state == NULL)
		state = rowstore_create(segment_agg_context(fcinfo), view.dim, 0, 0);
	row_work_add(state, &view, NULL);
	PG_RETURN_POINTER(state);
}

Datum
segment_feature_rows_trans(PG_FUNCTION_ARGS)
{
	return feature_rows_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_feature_rows_array_trans(PG_FUNCTION_ARGS)
{
	return feature_rows_trans(fcinfo, VECTOR_IS_ARRAY);
}

Datum
segment_correlation_matrix_final(PG_FUNCTION_ARGS)
{
	RowStore *state = SEGMENT_ARG_STATE(0, RowStore);
	MemoryContext outside = CurrentMemoryContext;
	RowWork work;
	int dim;
	double *matrix;

	if (state == NULL)
		PG_RETURN_NULL(); /* no row was seen */
	dim = rowstore_dim(state);
	work = row_work_begin(state);
	matrix = MemoryContextAllocHuge(outside, (Size) dim * dim * sizeof(double));
	segment_check(&work.env,
	              seg_correlation_matrix(&work.env, work.rows, matrix));
	row_work_end(&work);
	PG_RETURN_DATUM(matrix_result(matrix, dim, dim));
}
