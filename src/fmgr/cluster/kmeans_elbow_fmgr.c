/*-------------------------------------------------------------------------
 *
 * kmeans_elbow_fmgr.c
 *	  SQL face of the aggregate kmeans_elbow and its reader.
 *
 * src/fmgr/cluster/kmeans_elbow_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "kernel/cluster/kmeans_elbow.h"
#include "pg/model.h"
#include "pg/options_pg.h"
#include "pg/results.h"
#include "pg/training.h"

PG_FUNCTION_INFO_V1(segment_kmeans_elbow_trans);
PG_FUNCTION_INFO_V1(segment_kmeans_elbow_array_trans);
PG_FUNCTION_INFO_V1(segment_kmeans_elbow_final);
PG_FUNCTION_INFO_V1(segment_kmeans_elbow_points);

/* ---------- training: (state, vector, k_min, k_max [, options]) ---------- */

typedef struct ElbowState
{
	TrainingRows training;
	const SegKMeansParams *options; /* without k */
	int32 k_min;
	int32 k_max;
} ElbowState;

static ElbowState *
start_state(FunctionCallInfo fcinfo, int32 k_min, int32 k_max,
            const SegKMeansParams *options)
{
	ElbowState *state =
		MemoryContextAllocZero(segment_agg_context(fcinfo), sizeof(ElbowState));

	state->k_min = k_min;
	state->k_max = k_max;
	state->options = options;
	return state;
}

/*
 * The first row that counts fixes the dimension, and may break a limit.
 */
static void
kmeans_elbow_start_store(FunctionCallInfo fcinfo, ElbowState *state, int dim)
{
	MemoryContext context = segment_agg_context(fcinfo);
	SegEnv env = segment_env(context);

	segment_check(&env,
	              seg_kmeans_elbow_check(&env,
	                                     state->options,
	                                     state->k_min,
	                                     state->k_max,
	                                     dim));
	state->training.store = rowstore_create(context, dim, 0, sizeof(uint16));
}

static inline Datum
elbow_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	ElbowState *state = SEGMENT_ARG_STATE(0, ElbowState);
	int32 k_min = training_int32(fcinfo, 2, "smallest number of clusters");
	int32 k_max = training_int32(fcinfo, 3, "largest number of clusters");
	const SegKMeansParams *options =
		training_options(fcinfo, 4, seg_kmeans_options, sizeof(SegKMeansParams));
	FeatureVectorView view;

	if (state == NULL)
		state = start_state(fcinfo, k_min, k_max, options);
	else if (state->k_min != k_min || state->k_max != k_max)
		training_changed("the number of clusters");
	else if (state->options != options)
		training_changed("options");

	if (!training_argument(fcinfo, 1, type, "k-means", &view))
		state->training.skipped++;
	else
	{
		if (state->training.store == NULL)
			kmeans_elbow_start_store(fcinfo, state, view.dim);
		training_append(&state->training, &view, NULL);
	}
	PG_RETURN_POINTER(state);
}

Datum
segment_kmeans_elbow_trans(PG_FUNCTION_ARGS)
{
	return elbow_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_kmeans_elbow_array_trans(PG_FUNCTION_ARGS)
{
	return elbow_trans(fcinfo, VECTOR_IS_ARRAY);
}

/*
 * Train and judge each k, in a context that is emptied in between.
 */
static SegKMeansElbowPoint *
find_points(const ElbowState *state, SegRows *rows, int64 n)
{
	SegKMeansElbowPoint *points = palloc(n * sizeof(SegKMeansElbowPoint));
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
	                                              "segment k-means",
	                                              ALLOCSET_DEFAULT_SIZES);
	SegKMeansParams params = *state->options;

	for (int64 i = 0; i < n; i++)
	{
		SegEnv env = segment_env(context);

		params.k = state->k_min + i;
		segment_check(&env,
		              seg_kmeans_elbow_point(&env, rows, &params, &points[i]));
		MemoryContextReset(context);
	}
	return points;
}

static void
kmeans_elbow_warn_unless_converged(const SegKMeansElbow *elbow)
{
	int64 bad = 0;

	for (int64 i = 0; i < elbow->points; i++)
		bad += elbow->converged[i] == 0;
	if (bad > 0)
		ereport(WARNING,
		        errmsg("k-means did not converge for %lld of %lld numbers of "
		               "clusters",
		               (long long) bad,
		               (long long) elbow->points),
		        errhint(
					"Raise the option \"max_iterations\" or \"tolerance\"."));
}

static void
fill_elbow(const SegKMeansElbowPoint *points, int64 n, SegKMeansElbow *elbow)
{
	int64 *converged = palloc(n * sizeof(int64));
	double *scores = palloc(4 * n * sizeof(double));

	for (int64 i = 0; i < n; i++)
	{
		converged[i] = points[i].converged;
		scores[i] = points[i].inertia;
		scores[n + i] = points[i].simplified_silhouette;
		scores[2 * n + i] = points[i].calinski_harabasz;
		scores[3 * n + i] = points[i].davies_bouldin;
	}
	elbow->points = n;
	elbow->converged = converged;
	elbow->inertias = scores;
	elbow->simplified_silhouettes = scores + n;
	elbow->calinski_harabasz = scores + 2 * n;
	elbow->davies_bouldin = scores + 3 * n;
}

Datum
segment_kmeans_elbow_final(PG_FUNCTION_ARGS)
{
	ElbowState *state = SEGMENT_ARG_STATE(0, ElbowState);
	SegKMeansElbow elbow = {0};
	TrainingWork work;
	int64 n;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = training_begin(&state->training);
	n = (int64) state->k_max - state->k_min + 1;
	fill_elbow(find_points(state, work.rows, n), n, &elbow);
	kmeans_elbow_warn_unless_converged(&elbow);
	elbow.k_min = state->k_min;
	elbow.dim = work.rows->dim;
	elbow.rows_used = work.rows->n;
	elbow.rows_skipped = state->training.skipped;
	elbow.options = options_to_text(seg_kmeans_options, state->options);
	elbow.version = training_version();
	PG_RETURN_POINTER(training_model(&work, &seg_kmeans_elbow_method, &elbow));
}

/* ---------- reading ---------- */

/*
 * One row for each k: k, inertia, simplified_silhouette, calinski_harabasz,
 * davies_bouldin.
 */
Datum
segment_kmeans_elbow_points(PG_FUNCTION_ARGS)
{
	const SegKMeansElbow *elbow =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kmeans_elbow_method);

	result_begin(fcinfo);
	for (int64 i = 0; i < elbow->points; i++)
	{
		double score[3] = {elbow->simplified_silhouettes[i],
		                   elbow->calinski_harabasz[i],
		                   elbow->davies_bouldin[i]};
		Datum values[5];
		bool nulls[5] = {false};

		values[0] = Int32GetDatum((int32) (elbow->k_min + i));
		values[1] = Float8GetDatum(elbow->inertias[i]);
		for (int s = 0; s < 3; s++)
		{
			values[2 + s] = Float8GetDatum(score[s]);
			nulls[2 + s] = score[s] == SEG_NO_SCORE;
		}
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
