/*-------------------------------------------------------------------------
 *
 * kmeans_elbow.c
 *	  k-means for a range of k, and how good each is.
 *
 * Each clustering is judged in the space in which it was found: scaled by the
 * deviations, unless standardize is off.  There the scores of different k can be
 * compared with each other and with the inertia.
 *
 * R. L. Thorndike, "Who Belongs in the Family?", Psychometrika 18, 1953 (the
 * elbow).
 *
 * src/kernel/cluster/kmeans_elbow.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_elbow.h"

#include <float.h>
#include <math.h>

#include "base/wide.h"
#include "kernel/cluster/kmeans_lloyd.h"
#include "base/tags.h"
#include "kernel/cluster/cluster_quality.h"
#include "kernel/cluster/silhouette.h"

#define HUGE_COUNT 9007199254740992.0

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegKMeansElbow, k_min, 1, SEG_KMEANS_MAX_K),
	SEG_INT(SegKMeansElbow, points, 1, SEG_KMEANS_MAX_K),
	SEG_INT(SegKMeansElbow, dim, 1, 16000),
	SEG_INT(SegKMeansElbow, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegKMeansElbow, rows_skipped, 0, HUGE_COUNT),
	SEG_BOOL(SegKMeansElbow, converged),
	SEG_JSON_FIELD(SegKMeansElbow, options),
	SEG_TEXT_FIELD(SegKMeansElbow, version),
	SEG_BOOLS(SegKMeansElbow, points_converged, points),
	SEG_REALS(SegKMeansElbow, inertias, points, 0, DBL_MAX),
	SEG_REALS(SegKMeansElbow, simplified_silhouettes, points, SEG_NO_SCORE, 1),
	SEG_REALS(SegKMeansElbow, calinski_harabasz, points, SEG_NO_SCORE, DBL_MAX),
	SEG_REALS(SegKMeansElbow, davies_bouldin, points, SEG_NO_SCORE, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static bool
is_score(double x)
{
	return x >= 0.0 || x == SEG_NO_SCORE;
}

static bool
kmeans_elbow_is_sound(const void *value)
{
	const SegKMeansElbow *e = value;
	bool all = true;

	for (int64_t i = 0; i < e->points; i++)
	{
		all = all && e->points_converged[i];
		if (!is_score(e->simplified_silhouettes[i]) ||
		    !is_score(e->calinski_harabasz[i]) ||
		    !is_score(e->davies_bouldin[i]))
			return false;
	}
	return e->converged == all && e->k_min + e->points - 1 <= SEG_KMEANS_MAX_K;
}

const SegMethod seg_kmeans_elbow_method = {SEG_TAG_KMEANS_ELBOW,
                                           1,
                                           false,
                                           "kmeans_elbow",
                                           "k-means elbow",
                                           fields,
                                           sizeof(SegKMeansElbow),
                                           kmeans_elbow_is_sound};

SegStatus
seg_kmeans_elbow_check(SegEnv *env, const SegKMeansElbowParams *params,
                       int64_t dim)
{
	SegKMeansParams each = params->kmeans;
	int64_t k_min = params->k_min;
	int64_t k_max = params->k_max;

	if (k_max < k_min)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "largest number of clusters",
		                      (double) k_max,
		                      (double) k_min,
		                      SEG_KMEANS_MAX_K);
	each.k = k_min;
	SEG_TRY(seg_kmeans_check(env, &each, dim));
	each.k = k_max;
	SEG_TRY(seg_kmeans_check(env, &each, dim));
	if (k_max * dim > SEG_PARTITION_MAX_CELLS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "center elements",
		                (double) (k_max * dim),
		                (double) SEG_PARTITION_MAX_CELLS);
	return SEG_OK;
}

static SegStatus
mean_simplified(SegEnv *env, SegRows *rows, const SegKMeansScorer *scorer,
                double *result)
{
	SegWide sum = {0.0, 0.0};
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		int64_t slice = seg_kmeans_slice(scorer->k, scorer->dim);

		for (int64_t i = 0; i < block.n; i++)
		{
			double nearest, second, silhouette;

			if (i % slice == 0 && env->stop(env->host))
				return SEG_STOPPED;
			(void) seg_kmeans_nearest(scorer,
			                          block.x + i * rows->stride,
			                          &nearest,
			                          &second);
			silhouette = seg_simplified_silhouette(nearest, second);
			sum = seg_wide_add(sum, (SegWide){silhouette, 0.0});
		}
	}
	*result = (sum.hi + sum.lo) / (double) rows->n;
	return SEG_OK;
}

/* How seg_cluster_quality asks for the cluster of a row. */
typedef struct Nearest
{
	SegEnv *env;
	const SegKMeansScorer *scorer;
	int64_t slice;
	int64_t asked;
} Nearest;

static SegStatus
nearest_cluster(void *host, const double *row, int64_t *group)
{
	Nearest *nearest = host;

	if (nearest->asked++ % nearest->slice == 0 &&
	    nearest->env->stop(nearest->env->host))
		return SEG_STOPPED;
	*group = seg_kmeans_nearest(nearest->scorer, row, NULL, NULL);
	return SEG_OK;
}

SegStatus
seg_kmeans_elbow_point(SegEnv *env, SegRows *rows,
                       const SegKMeansParams *params,
                       SegKMeansElbowPoint *point)
{
	SegKMeans model = {0};
	SegKMeansScorer *scorer;
	SegClusterQuality scores;
	Nearest nearest = {.env = env};

	SEG_TRY(seg_kmeans_train(env, rows, params, &model));
	*point = (SegKMeansElbowPoint){model.converged,
	                               model.inertia,
	                               SEG_NO_SCORE,
	                               SEG_NO_SCORE,
	                               SEG_NO_SCORE};
	if (model.k < 2)
		return SEG_OK;

	SEG_TRY(seg_kmeans_scorer(env,
	                          model.centers,
	                          model.feature_weights,
	                          model.k,
	                          model.dim,
	                          &scorer));
	SEG_TRY(mean_simplified(env, rows, scorer, &point->simplified_silhouette));
	nearest.scorer = scorer;
	nearest.slice = seg_kmeans_slice(model.k, model.dim);
	SEG_TRY(seg_cluster_quality(env,
	                            rows,
	                            model.feature_weights,
	                            model.k,
	                            nearest_cluster,
	                            &nearest,
	                            &scores));
	if (seg_partition_check(scores.groups, rows->n) != SEG_OK)
		return SEG_OK;
	point->calinski_harabasz = scores.calinski_harabasz;
	point->davies_bouldin = scores.davies_bouldin;
	return SEG_OK;
}

/* ---------- the trainer ---------- */

/*
 * Train and judge one k, in memory that is freed afterwards.
 */
static SegStatus
find_point(SegEnv *env, SegRows *rows, const SegKMeansParams *params,
           SegKMeansElbowPoint *point)
{
	SegEnv inner = seg_enter(env);

	return seg_leave(env,
	                 &inner,
	                 seg_kmeans_elbow_point(&inner, rows, params, point));
}

SegStatus
seg_kmeans_elbow_train(SegEnv *env, SegRows *rows,
                       const SegKMeansElbowParams *params,
                       SegKMeansElbow *elbow)
{
	int64_t n = params->k_max - params->k_min + 1;
	SegKMeansParams each = params->kmeans;
	int64_t *converged;
	bool all = true;
	double *scores;

	SEG_ALLOC(env, converged, n);
	SEG_ALLOC(env, scores, 4 * n);
	for (int64_t i = 0; i < n; i++)
	{
		SegKMeansElbowPoint point;

		each.k = params->k_min + i;
		SEG_TRY(find_point(env, rows, &each, &point));
		converged[i] = point.converged;
		all = all && point.converged;
		scores[i] = point.inertia;
		scores[n + i] = point.simplified_silhouette;
		scores[2 * n + i] = point.calinski_harabasz;
		scores[3 * n + i] = point.davies_bouldin;
	}
	elbow->k_min = params->k_min;
	elbow->points = n;
	elbow->dim = rows->dim;
	elbow->rows_used = rows->n;
	elbow->converged = all;
	elbow->points_converged = converged;
	elbow->inertias = scores;
	elbow->simplified_silhouettes = scores + n;
	elbow->calinski_harabasz = scores + 2 * n;
	elbow->davies_bouldin = scores + 3 * n;
	return SEG_OK;
}

static SegStatus
kmeans_elbow_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	return seg_kmeans_elbow_check(env, params, dim);
}

static SegStatus
kmeans_elbow_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegKMeansElbow *elbow = result;
	int64_t unconverged = 0;

	SEG_TRY(seg_kmeans_elbow_train(env, rows, params, elbow));
	for (int64_t i = 0; i < elbow->points; i++)
		unconverged += elbow->points_converged[i] == 0;
	if (unconverged > 0)
		seg_note(env,
		         SEG_NOTE_PARTLY,
		         (SegDiag){.what = "k-means",
		                   .name = "numbers of clusters",
		                   .got = (double) unconverged,
		                   .want = (double) elbow->points});
	return SEG_OK;
}

#define SETTING(member) offsetof(SegKMeansElbowParams, member)

const SegTrainer seg_kmeans_elbow_trainer =
	{.method = &seg_kmeans_elbow_method,
     .title = "k-means",
     .columns =
         {{SEG_COLUMN_VECTOR},
          {SEG_COLUMN_SETTING, "smallest number of clusters", SETTING(k_min)},
          {SEG_COLUMN_SETTING, "largest number of clusters", SETTING(k_max)}},
     .options = seg_kmeans_options,
     .params_size = sizeof(SegKMeansElbowParams),
     .check_dim = kmeans_elbow_check_dim,
     .label_bytes = sizeof(uint16_t),
     .train = kmeans_elbow_train};
