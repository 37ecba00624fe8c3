/*-------------------------------------------------------------------------
 *
 * feature_quantiles_fmgr.c
 *	  SQL face of the aggregate feature_quantiles.
 *
 * src/fmgr/prepare/feature_quantiles_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"

#include "fmgr/prepare/matrix_result.h"
#include "kernel/prepare/feature_quantiles.h"
#include "pg/row_work.h"

PG_FUNCTION_INFO_V1(segment_feature_quantiles_trans);
PG_FUNCTION_INFO_V1(segment_feature_quantiles_array_trans);
PG_FUNCTION_INFO_V1(segment_feature_quantiles_final);

#define MAX_RESULTS (INT64CONST(1) << 24)

typedef struct QuantileState
{
	RowStore *store;
	int n;
	float8 fractions[FLEXIBLE_ARRAY_MEMBER];
} QuantileState;

/*
 * The fractions of a row, checked; valid as long as the row.
 */
static const float8 *
fractions_argument(FunctionCallInfo fcinfo, int *n)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	ArrayType *array;
	const float8 *fractions;

	argument_refuse_null(fcinfo, 2, "fractions");
	array = PG_GETARG_ARRAYTYPE_P(2);
	if (ARR_HASNULL(array))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("fractions must not have a null"));
	*n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (*n < 1)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("fractions must not be empty"));
	if (*n > SEG_MAX_FRACTIONS)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_LIMIT,
		                       "fractions",
		                       *n,
		                       SEG_MAX_FRACTIONS));
	fractions = (const float8 *) ARR_DATA_PTR(array);
	for (int i = 0; i < *n; i++)
	{
		if (!(fractions[i] >= 0.0 && fractions[i] <= 1.0))
			segment_check(&env,
			              seg_fail_range(&env,
			                             SEG_ARGUMENT_RANGE,
			                             "fraction",
			                             fractions[i],
			                             0,
			                             1));
	}
	return fractions;
}

static QuantileState *
make_quantile_state(MemoryContext context, int dim, const float8 *fractions,
                    int n)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	QuantileState *state;

	if ((int64) dim * n > MAX_RESULTS)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_LIMIT,
		                       "quantiles of all elements together",
		                       (double) dim * n,
		                       (double) MAX_RESULTS));
	state = MemoryContextAlloc(context,
	                           offsetof(QuantileState, fractions) +
	                               n * sizeof(float8));
	state->store = rowstore_create(context, dim, 0, 0);
	state->n = n;
	memcpy(state->fractions, fractions, n * sizeof(float8));
	return state;
}

/*
 * Transition: (state, vector, fractions)
 */
static Datum
quantiles_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	QuantileState *state = SEGMENT_ARG_STATE(0, QuantileState);
	FeatureVectorView view;
	const float8 *fractions;
	int n;

	if (PG_ARGISNULL(1))
		SEGMENT_RETURN_STATE(state);
	argument_view(PG_GETARG_DATUM(1), type, &view);
	fractions = fractions_argument(fcinfo, &n);
	if (state == NULL)
		state = make_quantile_state(segment_agg_context(fcinfo),
		                            view.dim,
		                            fractions,
		                            n);
	if (unlikely(state->n != n ||
	             memcmp(state->fractions, fractions, n * sizeof(float8)) != 0))
		argument_changed("fractions");
	row_work_add(state->store, &view, NULL);
	PG_RETURN_POINTER(state);
}

Datum
segment_feature_quantiles_trans(PG_FUNCTION_ARGS)
{
	return quantiles_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_feature_quantiles_array_trans(PG_FUNCTION_ARGS)
{
	return quantiles_trans(fcinfo, VECTOR_IS_ARRAY);
}

Datum
segment_feature_quantiles_final(PG_FUNCTION_ARGS)
{
	QuantileState *state = SEGMENT_ARG_STATE(0, QuantileState);
	RowWork work;
	int dim;
	double *result;

	if (state == NULL)
		PG_RETURN_NULL(); /* no row was seen */
	dim = rowstore_dim(state->store);
	result = palloc((Size) dim * state->n * sizeof(double));
	work = row_work_begin(state->store);
	segment_check(&work.env,
	              seg_feature_quantiles(&work.env,
	                                    work.rows,
	                                    state->fractions,
	                                    state->n,
	                                    result));
	row_work_end(&work);
	PG_RETURN_DATUM(matrix_result(result, dim, state->n));
}
