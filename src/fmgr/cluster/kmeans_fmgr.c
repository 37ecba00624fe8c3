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

#include "kernel/cluster/kmeans.h"
#include "pg/options_pg.h"
#include "pg/results.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(kmeans_train, seg_kmeans_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_kmeans_init);
PG_FUNCTION_INFO_V1(segment_kmeans_clusters);
PG_FUNCTION_INFO_V1(segment_kmeans_centroids);

/*
 * Centers in the units of the rows.
 */
static const double *
raw_centers(const SegKMeans *model)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const double *centers;

	segment_check(&env, seg_kmeans_raw_centers(&env, model, &centers));
	return centers;
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
	SegMatrix matrix = {raw_centers(model), model->k, model->dim};
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
 * The model in argument 0 and the row in argument 1.
 */
static inline const SegKMeansScorer *
scorer_and_row(FunctionCallInfo fcinfo, VectorArgument type,
               FeatureVectorView *view)
{
	const SegKMeansScorer *scorer =
		model_open(fcinfo, 0, &seg_kmeans_method, kmeans_prepare_scorer);

	scoring_vector_prepared(fcinfo,
	                        1,
	                        type,
	                        "k-means",
	                        scorer->dim,
	                        scorer->preparation,
	                        view);
	return scorer;
}

static inline Datum
score_assign(FunctionCallInfo fcinfo, VectorArgument type)
{
	FeatureVectorView view;
	const SegKMeansScorer *scorer = scorer_and_row(fcinfo, type, &view);
	SegEnv env = segment_env(CurrentMemoryContext);
	int64_t cluster;

	segment_check(&env, seg_kmeans_assign(&env, scorer, view.x, &cluster));
	PG_RETURN_INT32(cluster);
}

SCORING_FUNCTIONS(kmeans_assign, score_assign);

static double
checked_distance(double square)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (isinf(square))
		segment_check(&env, seg_fail(&env, SEG_NOT_FINITE, "distance", 0, 0));
	return sqrt(square);
}

static inline Datum
score_distance(FunctionCallInfo fcinfo, VectorArgument type)
{
	FeatureVectorView view;
	const SegKMeansScorer *scorer = scorer_and_row(fcinfo, type, &view);
	double nearest;

	(void) seg_kmeans_nearest(scorer, view.x, &nearest, NULL);
	PG_RETURN_FLOAT8(checked_distance(nearest));
}

SCORING_FUNCTIONS(kmeans_distance, score_distance);

static inline Datum
score_distances(FunctionCallInfo fcinfo, VectorArgument type)
{
	FeatureVectorView view;
	const SegKMeansScorer *scorer = scorer_and_row(fcinfo, type, &view);
	const double *square = seg_kmeans_squares(scorer, view.x);
	double *result = palloc(scorer->k * sizeof(double));

	for (int64 c = 0; c < scorer->k; c++)
		result[c] = checked_distance(square[c]);
	return result_float8_array(result, scorer->k);
}

SCORING_FUNCTIONS(kmeans_distances, score_distances);

/* ---------- reading ---------- */

/*
 * One row per cluster: cluster, size, share, centroid, inertia.
 */
Datum
segment_kmeans_clusters(PG_FUNCTION_ARGS)
{
	const SegKMeans *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kmeans_method);
	const double *centers = raw_centers(model);
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
				feature_vector_element(centers[c * model->dim + j]);
		values[0] = Int32GetDatum((int32) c + 1);
		values[1] = Int64GetDatum(model->sizes[c]);
		values[2] = Float8GetDatum(model->masses[c] / total);
		values[3] = PointerGetDatum(centroid);
		values[4] = Float8GetDatum(model->cluster_inertias[c]);
		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}

/*
 * One row per cluster and element: cluster, feature, value.
 */
Datum
segment_kmeans_centroids(PG_FUNCTION_ARGS)
{
	const SegKMeans *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kmeans_method);
	const double *centers = raw_centers(model);
	RowWriter writer;

	result_begin(fcinfo);
	writer = row_writer_open(fcinfo);
	for (int64 i = 0; i < model->k * model->dim; i++)
	{
		int64 element = i % model->dim;
		SegText name = {NULL, 0};
		Datum values[3];

		row_writer_begin(&writer);
		if (model->names > 0)
			name = seg_texts_get(&model->feature_names, element);
		values[0] = Int32GetDatum((int32) (i / model->dim) + 1);
		values[1] = result_feature(name, element);
		values[2] = Float8GetDatum(centers[i]);
		row_writer_end(&writer, values, NULL);
	}
	row_writer_close(&writer);
	return (Datum) 0;
}
