/*-------------------------------------------------------------------------
 *
 * cluster_quality_fmgr.c
 *	  SQL face of calinski_harabasz and davies_bouldin.
 *
 * calinski_harabasz keeps sums per group, which can be merged; davies_bouldin,
 * like silhouette, collects rows, with the hash of the label after the vector.
 *
 * src/fmgr/cluster/cluster_quality_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"


#include "kernel/cluster/cluster_quality.h"
#include "pg/count_state.h"
#include "pg/label.h"
#include "pg/row_work.h"

PG_FUNCTION_INFO_V1(segment_dispersion_combine);
PG_FUNCTION_INFO_V1(segment_calinski_harabasz_final);
PG_FUNCTION_INFO_V1(segment_davies_bouldin_final);

#define DISPERSION_STATE 0x44495350 /* "DISP" */
#define METHOD           "a cluster score"

/* ---------- sums of each group ---------- */

static CountState *
dispersion_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	CountState *state = count_state_argument(fcinfo,
	                                         argno,
	                                         DISPERSION_STATE,
	                                         COUNT_STATE_ANY_WIDTH,
	                                         writable);
	int64 width = state->map.width;
	SegEnv env = segment_env(CurrentMemoryContext);

	if (width < SEG_DISPERSION_WIDTH(1) || width % 2 == 0)
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "width"));
	return state;
}

/*
 * Transition: the first row that counts fixes the dimension; one whose label or
 * vector is NULL is skipped.
 */
static inline Datum
dispersion_trans(FunctionCallInfo fcinfo, LabelArgument label_type,
                 VectorArgument vector_type)
{
	LabelView label;
	FeatureVectorView view;
	CountState *state;
	int64 dim, at;

	if (!label_argument(fcinfo, 1, label_type, &label) ||
	    !argument_vector(fcinfo, 2, vector_type, METHOD, NULL, &view))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	state = PG_ARGISNULL(0) ? count_state_make(DISPERSION_STATE,
	                                           SEG_DISPERSION_WIDTH(view.dim))
	                        : dispersion_argument(fcinfo, 0, true);
	dim = SEG_DISPERSION_DIM(state->map.width);
	if (unlikely(view.dim != dim))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env,
		              seg_fail(&env,
		                       SEG_BAD_DIM,
		                       "vectors",
		                       view.dim,
		                       (double) dim));
	}
	at = count_state_add(&state, label.text.bytes, label.text.length);
	seg_dispersion_add(seg_count_map_words(&state->map, at), view.x, dim);
	PG_RETURN_POINTER(state);
}

#define DISPERSION_TRANSITION(label, vector, LABEL, VECTOR) \
	PG_FUNCTION_INFO_V1(segment_dispersion_##label##_##vector##_trans); \
	Datum segment_dispersion_##label##_##vector##_trans(PG_FUNCTION_ARGS) \
	{ \
		return dispersion_trans(fcinfo, LABEL_IS_##LABEL, VECTOR_IS_##VECTOR); \
	}

DISPERSION_TRANSITION(bigint, vector, BIGINT, FEATURE_VECTOR)
DISPERSION_TRANSITION(text, vector, TEXT, FEATURE_VECTOR)
DISPERSION_TRANSITION(bigint, array, BIGINT, ARRAY)
DISPERSION_TRANSITION(text, array, TEXT, ARRAY)

static void
merge_dispersion(void *into, const void *from, int64 width)
{
	seg_dispersion_merge(into, from, width);
}

Datum
segment_dispersion_combine(PG_FUNCTION_ARGS)
{
	int64 width = COUNT_STATE_ANY_WIDTH;

	if (!PG_ARGISNULL(1))
		width = dispersion_argument(fcinfo, 1, false)->map.width;
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
	{
		int64 own = dispersion_argument(fcinfo, 0, false)->map.width;
		SegEnv env = segment_env(CurrentMemoryContext);

		if (own != width)
			segment_check(&env,
			              seg_fail(&env,
			                       SEG_BAD_DIM,
			                       "vectors",
			                       (double) SEG_DISPERSION_DIM(width),
			                       (double) SEG_DISPERSION_DIM(own)));
	}
	return count_state_combine(fcinfo,
	                           DISPERSION_STATE,
	                           width,
	                           merge_dispersion);
}

Datum
segment_calinski_harabasz_final(PG_FUNCTION_ARGS)
{
	CountState *state = dispersion_argument(fcinfo, 0, false);
	SegEnv env = segment_env(CurrentMemoryContext);
	double result;
	SegStatus status = seg_calinski_harabasz(&env, &state->map, &result);

	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	segment_check(&env, status);
	PG_RETURN_FLOAT8(result);
}

/* ---------- collected rows ---------- */

/*
 * Transition of davies_bouldin and silhouette.
 */
static inline Datum
labeled_rows_trans(FunctionCallInfo fcinfo, LabelArgument label_type,
                   VectorArgument vector_type)
{
	RowStore *state = SEGMENT_ARG_STATE(0, RowStore);
	LabelView label;
	FeatureVectorView view;
	double columns[SEG_LABEL_COLUMNS];

	if (!label_argument(fcinfo, 1, label_type, &label) ||
	    !argument_vector(fcinfo, 2, vector_type, METHOD, NULL, &view))
		SEGMENT_RETURN_STATE(state);

	if (state == NULL)
		state = rowstore_create(segment_agg_context(fcinfo),
		                        view.dim,
		                        SEG_LABEL_COLUMNS,
		                        0);
	seg_label_columns(label.text, columns);
	row_work_add(state, &view, columns);
	PG_RETURN_POINTER(state);
}

#define LABELED_ROWS_TRANSITION(label, vector, LABEL, VECTOR) \
	PG_FUNCTION_INFO_V1(segment_labeled_rows_##label##_##vector##_trans); \
	Datum segment_labeled_rows_##label##_##vector##_trans(PG_FUNCTION_ARGS) \
	{ \
		return labeled_rows_trans(fcinfo, \
		                          LABEL_IS_##LABEL, \
		                          VECTOR_IS_##VECTOR); \
	}

LABELED_ROWS_TRANSITION(bigint, vector, BIGINT, FEATURE_VECTOR)
LABELED_ROWS_TRANSITION(text, vector, TEXT, FEATURE_VECTOR)
LABELED_ROWS_TRANSITION(bigint, array, BIGINT, ARRAY)
LABELED_ROWS_TRANSITION(text, array, TEXT, ARRAY)

/*
 * Final: the labels are counted first, then the rows measured.
 */
Datum
segment_davies_bouldin_final(PG_FUNCTION_ARGS)
{
	RowStore *state = SEGMENT_ARG_STATE(0, RowStore);
	SegClusterQuality scores;
	SegLabelGroups groups;
	RowWork work;
	SegEnv *env = &work.env;
	bool defined;

	if (state == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = row_work_begin(state);
	segment_check(env, seg_label_groups(env, work.rows->dim, &groups));
	segment_check(env, seg_label_count(env, work.rows, &groups));
	defined = seg_partition_check(groups.map->n, work.rows->n) == SEG_OK;
	if (defined)
		segment_check(env,
		              seg_cluster_quality(env,
		                                  work.rows,
		                                  NULL,
		                                  groups.map->n,
		                                  seg_label_group,
		                                  &groups,
		                                  &scores));
	row_work_end(&work);
	if (!defined)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(scores.davies_bouldin);
}
