/*-------------------------------------------------------------------------
 *
 * kprototypes.h
 *	  k-prototypes, and k-modes for rows without numbers: options, model,
 *	  training, scoring.
 *
 * src/kernel/cluster/kprototypes.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KPROTOTYPES_H
#define SEG_KERNEL_KPROTOTYPES_H

#include "base/category_rows.h"
#include "base/ids.h"
#include "base/trainer.h"
#include "kernel/cluster/kmeans.h"

#define SEG_KPROTOTYPES_MAX_COUNTS (INT64_C(1) << 24)

typedef struct SegKPrototypesParams
{
	int64_t k;
	int64_t seed;
	int64_t restarts;
	int64_t max_iterations;
	double tolerance;
	double gamma; /* NaN: half the mean deviation of the numbers */
	bool standardize;
	int64_t rank_by; /* 1-based element that numbers the clusters */
} SegKPrototypesParams;

typedef struct SegKPrototypes
{
	int64_t k;
	int64_t dim;        /* 0: k-modes */
	int64_t categories; /* of a row */
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t iterations;
	int64_t converged; /* 0 or 1 */
	double gamma;      /* of a category that differs */
	double cost; /* weighted sum of squared distances, in scaled space, and
	                    * of gamma for each category that differs */
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegPreparation preparation; /* of rows; the rest speaks of prepared ones */
	SegTrainingRows training_rows; /* but for this */
	const double *centers;         /* k * dim, before division by deviations */
	const double *feature_weights; /* dim: 1 / deviation, or 1 */
	int64_t label_count;
	SegTexts labels;             /* of all categories, in order */
	const int64_t *modes;        /* k * categories: a label, or -1: none */
	const int64_t *sizes;        /* k: rows */
	const double *masses;        /* k: sum of weights */
	const double *cluster_costs; /* k */
} SegKPrototypes;

extern const SegOption seg_kprototypes_options[];
extern const SegMethod seg_kprototypes_method;
extern const SegTrainer seg_kprototypes_trainer;

/* The same for categories alone. */
extern const SegOption seg_kmodes_options[];
extern const SegTrainer seg_kmodes_trainer;

extern SegStatus seg_kprototypes_train(SegEnv *env, const SegCategoryRows *rows,
                                       const SegKPrototypesParams *params,
                                       SegKPrototypes *model);

/* Centers in the units of rows that are not prepared. */
extern SegStatus
seg_kprototypes_raw_centers(SegEnv *env, const SegKPrototypes *model,
                            const double **result);

/* A model prepared for scoring single rows. */
typedef struct SegKPrototypesScorer
{
	int64_t k;
	int64_t categories;
	double gamma;
	SegKMeansScorer *numbers;          /* NULL: rows have none */
	const SegPreparation *preparation; /* that rows need; NULL: none */
	SegIds labels;
	const int64_t *modes;
	int64_t *places; /* categories: scratch for one row */
} SegKPrototypesScorer;

/* What a category of a row may be besides the place of a label. */
#define SEG_CATEGORY_MISSING INT64_C(-2)
#define SEG_CATEGORY_UNKNOWN INT64_C(-3)

extern SegStatus
seg_kprototypes_scorer(SegEnv *env, const SegKPrototypes *model,
                       SegKPrototypesScorer **result);

/*
 * The nearest prototype, from 0, of a row of numbers and of the scorer's places,
 * and what the row would add to the cost; ties go to the lower one.
 */
extern SegStatus
seg_kprototypes_nearest(SegEnv *env, const SegKPrototypesScorer *scorer,
                        const double *x, int64_t *nearest, double *cost);

#endif /* SEG_KERNEL_KPROTOTYPES_H */
