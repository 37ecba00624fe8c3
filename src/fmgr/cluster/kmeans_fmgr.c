/*-------------------------------------------------------------------------
 *
 * kmeans_fmgr.c
 *	  SQL face of k-means: the aggregate kmeans_train and its readers.
 *
 * src/fmgr/cluster/kmeans_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "kernel/cluster/kmeans.h"
#include "pg/model.h"
#include "pg/options_pg.h"
#include "pg/results.h"
#include "pg/training.h"

PG_FUNCTION_INFO_V1(segment_kmeans_train_trans);
PG_FUNCTION_INFO_V1(segment_kmeans_train_array_trans);
PG_FUNCTION_INFO_V1(segment_kmeans_train_final);
PG_FUNCTION_INFO_V1(segment_kmeans_init);
PG_FUNCTION_INFO_V1(segment_kmeans_assign);
PG_FUNCTION_INFO_V1(segment_kmeans_assign_array);
PG_FUNCTION_INFO_V1(segment_kmeans_distance);
PG_FUNCTION_INFO_V1(segment_kmeans_distance_array);
PG_FUNCTION_INFO_V1(segment_kmeans_distances);
PG_FUNCTION_INFO_V1(segment_kmeans_distances_array);
PG_FUNCTION_INFO_V1(segment_kmeans_clusters);

/* ---------- training: (state, vector, k [, options [, weight]]) ---------- */

typedef struct KMeansState
{
	TrainingRows training;
	const SegKMeansParams *options; /* without k */
	int32 k;
} KMeansState;

static SegKMeansParams
kmeans_params_of(const KMeansState *state)
{
	SegKMeansParams params = *state->options;

	params.k = state->k;
	return params;
}

/*
 * The first row that counts fixes the dimension, and may break a limit.
 */
static void
kmeans_start_store(FunctionCallInfo fcinfo, KMeansState *state, int dim)
{
	MemoryContext context = segment_agg_context(fcinfo);
	SegEnv env = segment_env(context);
	SegKMeansParams params = kmeans_params_of(state);
	bool weighted = PG_NARGS() > 4;

	segment_check(&env, seg_kmeans_check(&env, &params, dim));
	model_check_size((Size) state->k * (dim + 3) * sizeof(double),
	                 "Use fewer clusters or shorter vectors.");
	state->training.store =
		rowstore_create(context, dim, weighted ? 1 : 0, sizeof(uint16));
}

static inline Datum
kmeans_train_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	KMeansState *state = SEGMENT_ARG_STATE(0, KMeansState);
	int32 k = training_int32(fcinfo, 2, "number of clusters");
	const SegKMeansParams *options =
		training_options(fcinfo, 3, seg_kmeans_options, sizeof(SegKMeansParams));
	FeatureVectorView view;
	double weight;

	if (state == NULL)
	{
		state = MemoryContextAllocZero(segment_agg_context(fcinfo),
		                               sizeof(KMeansState));
		state->k = k;
		state->options = options;
	}
	else if (state->k != k)
		training_changed("the number of clusters");
	else if (state->options != options)
		training_changed("options");

	if (!training_argument(fcinfo, 1, type, "k-means", &view) ||
	    !training_weight(fcinfo, 4, &weight))
		state->training.skipped++;
	else
	{
		if (state->training.store == NULL)
			kmeans_start_store(fcinfo, state, view.dim);
		training_append(&state->training, &view, &weight);
	}
	PG_RETURN_POINTER(state);
}

Datum
segment_kmeans_train_trans(PG_FUNCTION_ARGS)
{
	return kmeans_train_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_kmeans_train_array_trans(PG_FUNCTION_ARGS)
{
	return kmeans_train_trans(fcinfo, VECTOR_IS_ARRAY);
}

static void
kmeans_warn_unless_converged(const SegKMeans *model)
{
	if (model->converged == 0)
		ereport(WARNING,
		        errmsg_plural("k-means did not converge in %lld pass",
		                      "k-means did not converge in %lld passes",
		                      (unsigned long) model->iterations,
		                      (long long) model->iterations),
		        errhint(
					"Raise the option \"max_iterations\" or \"tolerance\"."));
}

Datum
segment_kmeans_train_final(PG_FUNCTION_ARGS)
{
	KMeansState *state = SEGMENT_ARG_STATE(0, KMeansState);
	SegKMeansParams params;
	SegKMeans model = {0};
	TrainingWork work;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = training_begin(&state->training);
	params = kmeans_params_of(state);
	segment_check(&work.env,
	              seg_kmeans_train(&work.env, work.rows, &params, &model));
	kmeans_warn_unless_converged(&model);
	model.rows_skipped = state->training.skipped;
	model.options = options_to_text(seg_kmeans_options, &params);
	model.version = training_version();
	PG_RETURN_POINTER(training_model(&work, &seg_kmeans_method, &model));
}

/*
 * Centers of a model in the form that the option "init" takes: jsonb.
 */
Datum
segment_kmeans_init(PG_FUNCTION_ARGS)
{
	const SegKMeans *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kmeans_method);
	static const SegOption init[] =
		{{"init", SEG_OPTION_MATRIX, 0, 0, 0, 0, NULL, NULL}, SEG_OPTION_END};
	SegMatrix matrix = {model->centers, model->k, model->dim};
	SegText text = options_to_text(init, &matrix);

	return DirectFunctionCall1(jsonb_in, CStringGetDatum(text.bytes));
}

/* ---------- scoring ---------- */

static void *
kmeans_prepare_scorer(const SegEnv *host, const void *value)
{
	SegEnv env = *host;
	SegKMeansScorer *scorer;

	segment_check(&env, seg_kmeans_model_scorer(&env, value, &scorer));
	return scorer;
}

/*
 * The model in argument 0 and the row in argument 1, which must fit it.
 */
static inline const SegKMeansScorer *
scorer_and_row(FunctionCallInfo fcinfo, VectorArgument type,
               FeatureVectorView *view)
{
	const SegKMeansScorer *scorer =
		model_open(fcinfo, 0, &seg_kmeans_method, kmeans_prepare_scorer);

	(void) training_argument(fcinfo, 1, type, "k-means", view);
	if (unlikely(view->dim != scorer->dim))
		model_bad_row(view->dim, scorer->dim);
	return scorer;
}

static inline Datum
kmeans_assign(FunctionCallInfo fcinfo, VectorArgument type)
{
	FeatureVectorView view;
	const SegKMeansScorer *scorer = scorer_and_row(fcinfo, type, &view);
	SegEnv env = segment_env(CurrentMemoryContext);
	int64_t cluster;

	segment_check(&env, seg_kmeans_assign(&env, scorer, view.x, &cluster));
	PG_RETURN_INT32(cluster);
}

Datum
segment_kmeans_assign(PG_FUNCTION_ARGS)
{
	return kmeans_assign(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_kmeans_assign_array(PG_FUNCTION_ARGS)
{
	return kmeans_assign(fcinfo, VECTOR_IS_ARRAY);
}

static double
checked_distance(double square)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (isinf(square))
		segment_check(&env, seg_fail(&env, SEG_NOT_FINITE, "distance", 0, 0));
	return sqrt(square);
}

static inline Datum
distance(FunctionCallInfo fcinfo, VectorArgument type)
{
	FeatureVectorView view;
	const SegKMeansScorer *scorer = scorer_and_row(fcinfo, type, &view);
	double nearest;

	(void) seg_kmeans_nearest(scorer, view.x, &nearest, NULL);
	PG_RETURN_FLOAT8(checked_distance(nearest));
}

Datum
segment_kmeans_distance(PG_FUNCTION_ARGS)
{
	return distance(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_kmeans_distance_array(PG_FUNCTION_ARGS)
{
	return distance(fcinfo, VECTOR_IS_ARRAY);
}

static inline Datum
distances(FunctionCallInfo fcinfo, VectorArgument type)
{
	FeatureVectorView view;
	const SegKMeansScorer *scorer = scorer_and_row(fcinfo, type, &view);
	const double *square = seg_kmeans_squares(scorer, view.x);
	double *result = palloc(scorer->k * sizeof(double));

	for (int64 c = 0; c < scorer->k; c++)
		result[c] = checked_distance(square[c]);
	return result_float8_array(result, scorer->k);
}

Datum
segment_kmeans_distances(PG_FUNCTION_ARGS)
{
	return distances(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_kmeans_distances_array(PG_FUNCTION_ARGS)
{
	return distances(fcinfo, VECTOR_IS_ARRAY);
}

/* ---------- reading ---------- */

/*
 * One row a cluster: cluster, size, share, centroid, inertia.
 */
Datum
segment_kmeans_clusters(PG_FUNCTION_ARGS)
{
	const SegKMeans *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kmeans_method);
	double total = 0.0;

	result_begin(fcinfo);
	for (int64 c = 0; c < model->k; c++)
		total += model->masses[c];
	for (int64 c = 0; c < model->k; c++)
	{
		FeatureVector *centroid = feature_vector_make((int) model->dim);
		Datum values[5];

		for (int64 j = 0; j < model->dim; j++)
			centroid->x[j] =
				feature_vector_element(model->centers[c * model->dim + j]);
		values[0] = Int32GetDatum((int32) c + 1);
		values[1] = Int64GetDatum(model->sizes[c]);
		values[2] = Float8GetDatum(model->masses[c] / total);
		values[3] = PointerGetDatum(centroid);
		values[4] = Float8GetDatum(model->cluster_inertias[c]);
		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}
