/*-------------------------------------------------------------------------
 *
 * pca.h
 *	  Principal components: the directions in which rows vary most.
 *
 * src/kernel/prepare/pca.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PCA_H
#define SEG_KERNEL_PCA_H

#include "base/trainer.h"

typedef struct SegPcaParams
{
	bool whiten;
	int64_t n_components;
} SegPcaParams;

typedef struct SegPca
{
	int64_t dim;
	int64_t n_components;
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t whiten;        /* 1: projections have variance 1 */
	double total_variance; /* of all elements together */
	SegText options;       /* JSON */
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegTrainingRows training_rows;
	const double *means;      /* dim */
	const double *variances;  /* n_components, descending */
	const double *components; /* n_components * dim, each of length 1 */
} SegPca;

extern const SegMethod seg_pca_method;
extern const SegTrainer seg_pca_trainer;

/* By a SegPca; result: n_components numbers. */
extern SegStatus seg_pca_project(SegEnv *env, const void *model,
                                 const double *x, double *result);

#endif /* SEG_KERNEL_PCA_H */
