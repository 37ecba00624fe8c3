/*-------------------------------------------------------------------------
 *
 * kmeans_elbow.h
 *	  k-means for a range of k, and how good each is.
 *
 * src/kernel/cluster/kmeans_elbow.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KMEANS_ELBOW_H
#define SEG_KERNEL_KMEANS_ELBOW_H

#include "kernel/cluster/kmeans.h"

/* In place of a score that a clustering does not have: all are 0 or more. */
#define SEG_NO_SCORE (-1.0)

typedef struct SegKMeansElbow
{
	int64_t k_min;
	int64_t points; /* k_min, k_min + 1, ... */
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t converged; /* at all points */
	SegText options;
	SegText version;
	const int64_t *points_converged; /* points: 0 or 1 */
	const double *inertias;          /* points */
	/* points; SEG_NO_SCORE for one cluster, and the last two also for as many
	 * clusters as rows */
	const double *simplified_silhouettes;
	const double *calinski_harabasz;
	const double *davies_bouldin;
} SegKMeansElbow;

/* Options are those of k-means. */
typedef struct SegKMeansElbowParams
{
	SegKMeansParams kmeans; /* comes first; its k is ignored */
	int64_t k_min;
	int64_t k_max;
} SegKMeansElbowParams;

extern const SegMethod seg_kmeans_elbow_method;
extern const SegTrainer seg_kmeans_elbow_trainer;

/* What can be checked once the dimension is known. */
extern SegStatus
seg_kmeans_elbow_check(SegEnv *env, const SegKMeansElbowParams *params,
                       int64_t dim);

/* Train with each k and judge the results. */
extern SegStatus seg_kmeans_elbow_train(SegEnv *env, SegRows *rows,
                                        const SegKMeansElbowParams *params,
                                        SegKMeansElbow *elbow);

/* One clustering and how good it is. */
typedef struct SegKMeansElbowPoint
{
	int64_t converged;
	double inertia;
	double simplified_silhouette;
	double calinski_harabasz;
	double davies_bouldin;
} SegKMeansElbowPoint;

/* Train with params->k clusters and judge the result. */
extern SegStatus seg_kmeans_elbow_point(SegEnv *env, SegRows *rows,
                                        const SegKMeansParams *params,
                                        SegKMeansElbowPoint *point);

#endif /* SEG_KERNEL_KMEANS_ELBOW_H */
