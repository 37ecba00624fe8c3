/*-------------------------------------------------------------------------
 *
 * silhouette_fmgr.c
 *	  SQL face of silhouette and simplified_silhouette.
 *
 * silhouette collects rows as davies_bouldin does; simplified_silhouette is a
 * mean over rows.
 *
 * src/fmgr/cluster/silhouette_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/memutils.h"

#include "base/count.h"
#include "base/wide.h"
#include "kernel/cluster/kmeans.h"
#include "kernel/cluster/silhouette.h"
#include "pg/float_state.h"
#include "pg/row_work.h"
#include "pg/scoring.h"

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

#define SILHOUETTE_STATE 0x53494c48 /* "SILH" */

typedef struct Mean
{
	double count;
	SegWide sum;
} Mean;

static FloatState *
silhouette_state_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	FloatState *state = float_state_argument(fcinfo,
	                                         argno,
	                                         SILHOUETTE_STATE,
	                                         FLOAT_STATE_LENGTH(Mean),
	                                         writable);
	double count = ((Mean *) state->numbers)->count;

	float_state_check(seg_is_count(count, SEG_HUGE_COUNT));
	return state;
}

static void
add_to_state(FloatState *state, Mean term)
{
	Mean *mean = (Mean *) state->numbers;

	mean->count += term.count;
	mean->sum = seg_wide_add(mean->sum, term.sum);
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
	FloatState *state = silhouette_state_argument(fcinfo, 0, true);
	double nearest, second;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_POINTER(state);

	scorer =
		model_open(fcinfo, 1, &seg_kmeans_method, silhouette_prepare_scorer);
	scoring_vector_prepared(fcinfo,
	                        2,
	                        type,
	                        "k-means",
	                        scorer->dim,
	                        scorer->preparation,
	                        &view);
	if (scorer->k < 2)
		PG_RETURN_POINTER(state);
	(void) seg_kmeans_nearest(scorer, view.x, &nearest, &second);
	if (unlikely(isinf(second)))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_fail(&env, SEG_NOT_FINITE, "distance", 0, 0));
	}
	add_to_state(state,
	             (Mean){1.0,
	                    {seg_simplified_silhouette(nearest, second), 0.0}});
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
	FloatState *into = silhouette_state_argument(fcinfo, 0, true);

	if (!PG_ARGISNULL(1))
		add_to_state(into,
		             *(Mean *) silhouette_state_argument(fcinfo, 1, false)
		                  ->numbers);
	PG_RETURN_POINTER(into);
}

Datum
segment_simplified_silhouette_final(PG_FUNCTION_ARGS)
{
	Mean *mean = (Mean *) silhouette_state_argument(fcinfo, 0, false)->numbers;

	if (mean->count == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((mean->sum.hi + mean->sum.lo) / mean->count);
}
