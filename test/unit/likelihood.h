/*
 * likelihood.h
 *	  What the tests of fitted models share.
 */
#ifndef SEG_UNIT_LIKELIHOOD_H
#define SEG_UNIT_LIKELIHOOD_H

#include "kernel/lifetime/fit.h"
#include "unit.h"

/* near in all but the last digits, however small */
#define CHECK_RELATIVE(a, b, tol) CHECK(fabs((a) - (b)) <= (tol) *fabs(b))

/* n rows of a likelihood, with weights: value, gradient, Hessian */
extern SegDerivatives
unit_likelihood(const SegLikelihood *likelihood, const double *parameters,
                const double *rows, int64_t n);

/* Do the derivatives agree with differences? */
extern void
unit_check_derivatives(const SegLikelihood *likelihood,
                       const double *parameters, const double *rows, int64_t n);

/*
 * Does a fit of rows with weights give the same in every unit of the columns?
 */
extern void unit_check_units(const SegLikelihood *likelihood,
                             const double *rows, int n, int columns);

/* The defaults of seg_fit_options. */
extern SegFitParams unit_fit_params(void);

/* Does a model pass validation, as one from outside must? */
extern bool
unit_is_valid(SegEnv *env, const SegMethod *method, const void *value);

/* Customer histories (frequency, recency, age, weight) that determine no model
 * of purchases. */
typedef struct UnitHistories
{
	const char *what;
	int n;
	double rows[6][4];
} UnitHistories;

extern const UnitHistories unit_bad_histories[]; /* ends with n = 0 */

/* Each call is the next draw of a stream. */
extern double unit_uniform(uint64_t *item);
extern double unit_exponential(uint64_t *item);
extern double unit_gamma(double shape, uint64_t *item);

#endif
