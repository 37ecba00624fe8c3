/*-------------------------------------------------------------------------
 *
 * regression.h
 *	  Generalized linear models: linear, logistic, Poisson and gamma regression,
 *	  with penalties and robust standard errors. Options, model, training.
 *
 * src/kernel/regression/regression.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_REGRESSION_H
#define SEG_KERNEL_REGRESSION_H

#include "base/supervised.h"
#include "base/trainer.h"

#define SEG_REGRESSION_MAX_DIM 1000 /* the covariance is (dim + 1) squared */

typedef enum SegFamily
{
	SEG_LINEAR,
	SEG_LOGISTIC,
	SEG_POISSON,
	SEG_GAMMA,
	SEG_SOFTMAX /* classes; see softmax.h */
} SegFamily;

typedef enum SegStdErrors
{
	SEG_ERRORS_MODEL, /* as if the family's assumptions held */
	SEG_ERRORS_HC0,   /* robust: MacKinnon and White's HC0 to HC3 */
	SEG_ERRORS_HC1,
	SEG_ERRORS_HC2,
	SEG_ERRORS_HC3
} SegStdErrors;

typedef struct SegRegressionParams
{
	double l1;
	double l2;
	bool standardize; /* penalties are on standardized elements */
	bool intercept;
	int std_errors;
	int64_t offset; /* element whose coefficient is 1; 0: none */
	int64_t max_iterations;
	double tolerance;
} SegRegressionParams;

typedef struct SegRegression
{
	int64_t dim;
	int64_t rank; /* coefficients that were estimated, with the intercept */
	int64_t rows_used;
	int64_t rows_skipped;
	double weight; /* sum of weights: rows, as the statistics count them */
	int64_t iterations;
	int64_t converged;         /* 0 or 1 */
	double gradient_norm;      /* for standardized elements */
	double degrees_of_freedom; /* of the residuals */
	double dispersion;
	double deviance;
	double null_deviance;  /* of a model without elements */
	double log_likelihood; /* missing if it is infinite */
	double aic;            /* the same */
	double r_squared;      /* share of the null deviance that is explained */
	int64_t has_intercept; /* 0 or 1 */
	int64_t offset;        /* element whose coefficient is 1; 0: none */
	double intercept;
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegPreparation preparation; /* of rows; the rest speaks of prepared ones */
	SegTrainingRows training_rows; /* but for this */
	const double *means;           /* dim: of the elements, weighted */
	const double *coefficients;    /* dim; 0 where there is none */
	const int64_t *aliased;        /* dim: depends on elements before it */
	int64_t covariance_size; /* dim + 1: the intercept is last; 0: penalized */
	const double *covariance;
} SegRegression;

extern const SegOption seg_regression_options[];
extern const SegMethod seg_linear_method;
extern const SegMethod seg_logistic_method;
extern const SegMethod seg_poisson_method;
extern const SegMethod seg_gamma_method;
extern const SegTrainer seg_linear_trainer;
extern const SegTrainer seg_logistic_trainer;
extern const SegTrainer seg_poisson_trainer;
extern const SegTrainer seg_gamma_trainer;

extern SegStatus
seg_regression_check(SegEnv *env, const SegRegressionParams *params,
                     int64_t dim);

/*
 * Rows have the label after the vector, then a weight if there is one.
 * *runaway is the element, from 1, whose coefficient still grew when the
 * likelihood no longer did; or 0.
 */
extern SegStatus
seg_regression_train(SegEnv *env, SegFamily family, SegRows *rows,
                     const SegRegressionParams *params, SegRegression *model,
                     int64_t *runaway);

#endif /* SEG_KERNEL_REGRESSION_H */
