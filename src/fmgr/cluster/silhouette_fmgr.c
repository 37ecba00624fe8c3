/*-------------------------------------------------------------------------
 *
 * silhouette_fmgr.c
 *	  SQL face of silhouette and simplified_silhouette.
 *
 * silhouette collects rows as davies_bouldin does; simplified_silhouette is a
 * mean over rows, whose state is an array of count, sum and what rounding took
 * from the sum.
 *
 * src/fmgr/cluster/silhouette_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "base/wide.h"
#include "kernel/cluster/kmeans.h"
#include "kernel/cluster/silhouette.h"
#include "pg/model.h"
#include "pg/results.h"
#include "pg/row_work.h"

PG_FUNCTION_INFO_V1(segment_silhouette_final);
PG_FUNCTION_INFO_V1(segment_simplified_silhouette_trans);
PG_FUNCTION_INFO_V1(segment_simplified_silhouette_array_trans);
PG_FUNCTION_INFO_V1(segment_simplified_silhouette_combine);
PG_FUNCTION_INFO_V1(segment_simplified_silhouette_final);

Datum
segment_silhouette_final(PG_FUNCTION_ARGS)
{
	RowStore *state = SEGMENT_ARG_STATE(0, RowStore);
	RowWork work;
	SegStatus status;
	double result;

	if (state == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = row_work_begin(state);
	status = seg_silhouette(&work.env, work.rows, &result);
	if (status != SEG_UNDEFINED)
		segment_check(&work.env, status);
	row_work_end(&work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---------- simplified ---------- */

/* count, sum, remainder */
#define STATE_LENGTH 3

/*
 * The numbers of a state.  writable says that they will be changed, which we
 * may do in place only if the executor runs us as part of an aggregate.
 */
static ArrayType *
silhouette_state_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	ArrayType *state = writable && !AggCheckCallContext(fcinfo, NULL)
	                       ? PG_GETARG_ARRAYTYPE_P_COPY(argno)
	                       : PG_GETARG_ARRAYTYPE_P(argno);
	double count;

	if (ARR_NDIM(state) != 1 || ARR_DIMS(state)[0] != STATE_LENGTH ||
	    ARR_HASNULL(state) || ARR_ELEMTYPE(state) != FLOAT8OID)
		count = -1;
	else
		count = *(float8 *) ARR_DATA_PTR(state);
	if (!(count >= 0 && count <= 0x1p53 && count == floor(count)))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("state of the aggregate is corrupted"));
	return state;
}

static void
add_to_state(ArrayType *state, double count, SegWide term)
{
	float8 *number = (float8 *) ARR_DATA_PTR(state);
	SegWide sum = seg_wide_add((SegWide){number[1], number[2]}, term);

	number[0] += count;
	number[1] = sum.hi;
	number[2] = sum.lo;
}

static ArrayType *
silhouette_make_state(void)
{
	static const double zero[STATE_LENGTH] = {0};

	return DatumGetArrayTypeP(result_float8_array(zero, STATE_LENGTH));
}

static void *
silhouette_prepare_scorer(const SegEnv *host, const void *value)
{
	SegEnv env = *host;
	SegKMeansScorer *scorer;

	segment_check(&env, seg_kmeans_model_scorer(&env, value, &scorer));
	return scorer;
}

/*
 * Transition: the model is an argument, and is kept only in fn_extra.  With one
 * cluster there is no second nearest, and no row counts.
 */
static inline Datum
simplified_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegKMeansScorer *scorer;
	FeatureVectorView view;
	ArrayType *state;
	double nearest, second;

	state = PG_ARGISNULL(0) ? silhouette_make_state()
	                        : silhouette_state_argument(fcinfo, 0, true);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_POINTER(state);

	scorer =
		model_open(fcinfo, 1, &seg_kmeans_method, silhouette_prepare_scorer);
	(void) argument_vector(fcinfo, 2, type, "k-means", &view);
	if (unlikely(view.dim != scorer->dim))
		model_bad_row(view.dim, scorer->dim);
	if (scorer->k < 2)
		PG_RETURN_POINTER(state);
	(void) seg_kmeans_nearest(scorer, view.x, &nearest, &second);
	if (unlikely(isinf(second)))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_fail(&env, SEG_NOT_FINITE, "distance", 0, 0));
	}
	add_to_state(state,
	             1.0,
	             (SegWide){seg_simplified_silhouette(nearest, second), 0.0});
	PG_RETURN_POINTER(state);
}

Datum
segment_simplified_silhouette_trans(PG_FUNCTION_ARGS)
{
	return simplified_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_simplified_silhouette_array_trans(PG_FUNCTION_ARGS)
{
	return simplified_trans(fcinfo, VECTOR_IS_ARRAY);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_simplified_silhouette_combine(PG_FUNCTION_ARGS)
{
	ArrayType *into = PG_ARGISNULL(0)
	                      ? silhouette_make_state()
	                      : silhouette_state_argument(fcinfo, 0, true);

	if (!PG_ARGISNULL(1))
	{
		float8 *number = (float8 *) ARR_DATA_PTR(
			silhouette_state_argument(fcinfo, 1, false));

		add_to_state(into, number[0], (SegWide){number[1], number[2]});
	}
	PG_RETURN_POINTER(into);
}

Datum
segment_simplified_silhouette_final(PG_FUNCTION_ARGS)
{
	float8 *number =
		(float8 *) ARR_DATA_PTR(silhouette_state_argument(fcinfo, 0, false));

	if (number[0] == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((number[1] + number[2]) / number[0]);
}
