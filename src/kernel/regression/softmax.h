/*-------------------------------------------------------------------------
 *
 * softmax.h
 *	  Softmax (multinomial logistic) regression: options, model, training.
 *
 * src/kernel/regression/softmax.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SOFTMAX_H
#define SEG_KERNEL_SOFTMAX_H

#include "base/class_rows.h"
#include "kernel/regression/regression.h"

/* of all classes: their information is a matrix of so many squared */
#define SEG_SOFTMAX_MAX_COEFFICIENTS 1000

typedef struct SegSoftmax
{
	int64_t dim;
	int64_t class_count;
	int64_t rank; /* coefficients that were estimated, with intercepts */
	int64_t rows_used;
	int64_t rows_skipped;
	double weight; /* sum of weights: rows, as the statistics count them */
	int64_t iterations;
	int64_t converged;         /* 0 or 1 */
	double gradient_norm;      /* for standardized elements */
	double degrees_of_freedom; /* of the residuals */
	double deviance;
	double null_deviance; /* of a model without elements */
	double log_likelihood;
	double aic;
	double r_squared;      /* share of the null deviance that is explained */
	int64_t has_intercept; /* 0 or 1 */
	int64_t has_reference; /* 0 or 1: coefficients of the first class are 0 */
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegPreparation preparation; /* of rows; the rest speaks of prepared ones */
	SegTrainingRows training_rows; /* but for this */
	const double *means;           /* dim: of the elements, weighted */
	SegTexts classes;              /* class_count, in order */
	const double *class_weights;   /* class_count: sum of weights */
	const double *intercepts;      /* class_count */
	const double *coefficients; /* class_count * dim; 0 where there is none */
	const int64_t *aliased;  /* class_count * dim: depends on those before it */
	int64_t covariance_size; /* of the classes but the first, the intercept of
	                          * each last; 0: penalized */
	const double *covariance;
} SegSoftmax;

extern const SegOption seg_softmax_options[];
extern const SegMethod seg_softmax_method;
extern const SegTrainer seg_softmax_trainer;

/*
 * *runaway is the element, from 1, whose coefficient still grew when the
 * likelihood no longer did; or 0.
 */
extern SegStatus seg_softmax_train(SegEnv *env, const SegClassRows *rows,
                                   const SegRegressionParams *params,
                                   SegSoftmax *model, int64_t *runaway);

#endif /* SEG_KERNEL_SOFTMAX_H */
