/*-------------------------------------------------------------------------
 *
 * kmeans.h
 *	  k-means: options, model, training, scoring.
 *
 * src/kernel/cluster/kmeans.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KMEANS_H
#define SEG_KERNEL_KMEANS_H

#include "base/trainer.h"

#define SEG_KMEANS_MAX_K       65535              /* a label has 16 bits */
#define SEG_KMEANS_MAX_CENTERS (INT64_C(1) << 26) /* k * dim */
#define SEG_KMEANS_ALIGN_MAX_K 4096               /* its time grows with k^3 */

typedef struct SegKMeansParams
{
	int64_t k;
	int64_t seed;
	int64_t restarts;
	int64_t max_iterations;
	double tolerance;
	bool standardize;
	int64_t rank_by; /* 1-based element that numbers the clusters */
	SegMatrix init;  /* first centers, or none */
} SegKMeansParams;

typedef struct SegKMeans
{
	int64_t k;
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t iterations;
	int64_t converged; /* 0 or 1 */
	double inertia;    /* weighted sum of squared distances, scaled space */
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegPreparation preparation; /* of rows; the rest speaks of prepared ones */
	SegTrainingRows training_rows;  /* but for this */
	const double *centers;          /* k * dim, before division by deviations */
	const double *feature_weights;  /* dim: 1 / deviation, or 1 */
	const int64_t *sizes;           /* k: rows */
	const double *masses;           /* k: sum of weights */
	const double *cluster_inertias; /* k */
} SegKMeans;

extern const SegOption seg_kmeans_options[];
extern const SegMethod seg_kmeans_method;
extern const SegTrainer seg_kmeans_trainer;

extern SegStatus
seg_kmeans_check(SegEnv *env, const SegKMeansParams *params, int64_t dim);
extern SegStatus
seg_kmeans_train(SegEnv *env, SegRows *rows, const SegKMeansParams *params,
                 SegKMeans *model);
/* Centers in the units of rows that are not prepared. */
extern SegStatus seg_kmeans_raw_centers(SegEnv *env, const SegKMeans *model,
                                        const double **result);
extern SegStatus
seg_kmeans_unprepare_centers(SegEnv *env, const SegPreparation *preparation,
                             int64_t k, const double *centers,
                             const double **result);
extern SegStatus
seg_kmeans_prepare_centers(SegEnv *env, const SegPreparation *preparation,
                           int64_t k, const double *centers,
                           const double **result);
extern SegStatus seg_kmeans_align(SegEnv *env, const SegKMeans *model,
                                  const SegKMeans *old, SegKMeans *result);

/*
 * A model prepared for scoring single rows: centers lie side by side, so that
 * four distances are summed at once.
 */
typedef struct SegKMeansScorer
{
	int64_t k;
	int64_t dim;
	int64_t padded_k;
	const double *weight;              /* dim */
	const SegPreparation *preparation; /* that rows need; NULL: none */
	double *lanes;                     /* dim * padded_k */
	double *squares;                   /* padded_k: scratch for one row */
} SegKMeansScorer;

extern SegStatus
seg_kmeans_scorer(SegEnv *env, const double *centers, const double *weight,
                  int64_t k, int64_t dim, SegKMeansScorer **result);
extern SegStatus seg_kmeans_model_scorer(SegEnv *env, const SegKMeans *model,
                                         SegKMeansScorer **result);
extern SegStatus seg_kmeans_assign(SegEnv *env, const SegKMeansScorer *scorer,
                                   const double *x, int64_t *cluster);
extern int64_t
seg_kmeans_nearest(const SegKMeansScorer *scorer, const double *x,
                   double *nearest, double *second);
extern const double *
seg_kmeans_squares(const SegKMeansScorer *scorer, const double *x);

#endif /* SEG_KERNEL_KMEANS_H */
