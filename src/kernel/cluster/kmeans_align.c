/*-------------------------------------------------------------------------
 *
 * kmeans_align.c
 *	  Give the clusters of a new model the numbers of an old one.
 *
 * Centers of the two models are matched one to one so that the sum of distances
 * is least (base/assignment.h), in the scaled space of the new model.  A
 * cluster takes the number of its match where the new model has such a number;
 * the others take the numbers left over: first those whose match has a higher
 * number, in its order, then those without a match, in their own.
 *
 * src/kernel/cluster/kmeans_align.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans.h"

#include <math.h>
#include <string.h>

#include "base/assignment.h"

/*
 * Distances between all centers; "turned" has the old model's in the rows.
 */
static SegStatus
kmeans_align_measure(SegEnv *env, const SegKMeans *model, const SegKMeans *old,
                     bool turned, double *cost)
{
	int64_t columns = turned ? model->k : old->k;
	const double *centers;

	SEG_TRY(seg_kmeans_raw_centers(env, old, &centers));
	SEG_TRY(seg_kmeans_prepare_centers(env,
	                                   &model->preparation,
	                                   old->k,
	                                   centers,
	                                   &centers));

	for (int64_t a = 0; a < model->k; a++)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t b = 0; b < old->k; b++)
		{
			double square = 0.0;

			for (int64_t j = 0; j < model->dim; j++)
			{
				double gap = (model->centers[a * model->dim + j] -
				              centers[b * model->dim + j]) *
				             model->feature_weights[j];

				square += gap * gap;
			}
			if (!isfinite(square))
				return seg_fail(env, SEG_NOT_FINITE, "distance", square, 0);
			cost[turned ? b * columns + a : a * columns + b] = sqrt(square);
		}
	}
	return SEG_OK;
}

/*
 * The old cluster that matches each new one, or -1.
 */
static SegStatus
match(SegEnv *env, const SegKMeans *model, const SegKMeans *old,
      int64_t *old_of)
{
	bool turned = model->k > old->k;
	int64_t *column_of;
	double *cost;

	SEG_ALLOC(env, cost, model->k * old->k);
	SEG_TRY(kmeans_align_measure(env, model, old, turned, cost));
	if (!turned)
		return seg_assignment(env, cost, model->k, old->k, old_of);

	SEG_ALLOC(env, column_of, old->k);
	SEG_TRY(seg_assignment(env, cost, old->k, model->k, column_of));
	for (int64_t a = 0; a < model->k; a++)
		old_of[a] = -1;
	for (int64_t b = 0; b < old->k; b++)
		old_of[column_of[b]] = b;
	return SEG_OK;
}

/*
 * Which new cluster gets each number, from 0.
 */
static SegStatus
kmeans_align_number_clusters(SegEnv *env, int64_t k, int64_t old_k,
                             const int64_t *old_of, int64_t *cluster_at)
{
	int64_t *new_of;
	int64_t at = 0;

	SEG_ALLOC(env, new_of, old_k);
	for (int64_t b = 0; b < old_k; b++)
		new_of[b] = -1;
	for (int64_t a = 0; a < k; a++)
		if (old_of[a] >= 0)
			new_of[old_of[a]] = a;

	for (int64_t c = 0; c < k; c++)
		cluster_at[c] = c < old_k ? new_of[c] : -1;
	for (int64_t b = k; b < old_k; b++)
	{
		if (new_of[b] < 0)
			continue;
		while (cluster_at[at] >= 0)
			at++;
		cluster_at[at] = new_of[b];
	}
	for (int64_t a = 0; a < k; a++)
	{
		if (old_of[a] >= 0)
			continue;
		while (cluster_at[at] >= 0)
			at++;
		cluster_at[at] = a;
	}
	return SEG_OK;
}

static SegStatus
reorder(SegEnv *env, const SegKMeans *model, const int64_t *cluster_at,
        SegKMeans *result)
{
	double *centers, *masses, *inertias;
	int64_t *sizes;

	SEG_ALLOC(env, centers, model->k * model->dim);
	SEG_ALLOC(env, masses, model->k);
	SEG_ALLOC(env, inertias, model->k);
	SEG_ALLOC(env, sizes, model->k);
	for (int64_t c = 0; c < model->k; c++)
	{
		int64_t from = cluster_at[c];

		memcpy(centers + c * model->dim,
		       model->centers + from * model->dim,
		       (size_t) model->dim * sizeof(double));
		masses[c] = model->masses[from];
		inertias[c] = model->cluster_inertias[from];
		sizes[c] = model->sizes[from];
	}
	*result = *model;
	result->centers = centers;
	result->masses = masses;
	result->cluster_inertias = inertias;
	result->sizes = sizes;
	return SEG_OK;
}

SegStatus
seg_kmeans_align(SegEnv *env, const SegKMeans *model, const SegKMeans *old,
                 SegKMeans *result)
{
	int64_t more = model->k > old->k ? model->k : old->k;
	int64_t *old_of, *cluster_at;

	if (model->dim != old->dim)
		return seg_fail(env,
		                SEG_BAD_DIM,
		                "centers of two models",
		                (double) model->dim,
		                (double) old->dim);
	if (more > SEG_KMEANS_ALIGN_MAX_K)
		return seg_fail(env,
		                SEG_LIMIT,
		                "clusters to align",
		                (double) more,
		                SEG_KMEANS_ALIGN_MAX_K);
	SEG_ALLOC(env, old_of, model->k);
	SEG_ALLOC(env, cluster_at, model->k);
	SEG_TRY(match(env, model, old, old_of));
	SEG_TRY(
		kmeans_align_number_clusters(env, model->k, old->k, old_of, cluster_at));
	SEG_TRY(reorder(env, model, cluster_at, result));
	if (model->names == 0)
	{
		result->names = old->names;
		result->feature_names = old->feature_names;
	}
	return SEG_OK;
}
