/*-------------------------------------------------------------------------
 *
 * profile_weights.h
 *	  Weights of the features of a profile, learned from data, and the score that
 *	  they make.
 *
 * src/kernel/prepare/profile_weights.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PROFILE_WEIGHTS_H
#define SEG_KERNEL_PROFILE_WEIGHTS_H

#include "base/trainer.h"

typedef enum SegWeighting
{
	SEG_WEIGHTS_ENTROPY,   /* how unevenly a feature is spread over the rows */
	SEG_WEIGHTS_PCA,       /* its square in the first principal component */
	SEG_WEIGHTS_CRITIC,    /* deviation, and how little it agrees with others */
	SEG_WEIGHTS_REGRESSION /* its coefficient for an outcome */
} SegWeighting;

/* What stands for a missing element. */
typedef enum SegMissingAs
{
	SEG_MISSING_ERROR,
	SEG_MISSING_MEAN, /* the mean of the rows that have it */
	SEG_MISSING_WORST /* 0 */
} SegMissingAs;

typedef struct SegProfileWeightsParams
{
	int64_t method; /* SegWeighting */
	SegTexts directions;
	int missing; /* SegMissingAs */
} SegProfileWeightsParams;

/*
 * A feature becomes (x - minimum) / (maximum - minimum), not beyond 0 to 1, or 1
 * less that if less is better. The score is the weighted sum of that.
 */
typedef struct SegProfileWeights
{
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	SegText weighting; /* the word for it */
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegTrainingRows training_rows;
	const double *weights;    /* dim; add up to 1 */
	const double *statistics; /* dim: what they are made of, by method; missing
	                              * of a feature that is constant */
	const double *minima;     /* dim; missing where no row has the feature */
	const double *maxima;     /* the same */
	const double *fills;      /* dim: what stands for a missing element, from
	                              * 0 to 1; missing: nothing does */
	const int64_t *less_is_better; /* dim: 0 or 1 */
} SegProfileWeights;

extern const SegMethod seg_profile_weights_method;
extern const SegTrainer seg_profile_weights_trainer;
extern const SegTrainer seg_profile_weights_regression_trainer;

/* From 0 to 1. SEG_MISSING if an element is that nothing stands for. */
extern SegStatus seg_profile_score(SegEnv *env, const SegProfileWeights *model,
                                   const double *x, double *score);

#endif /* SEG_KERNEL_PROFILE_WEIGHTS_H */
