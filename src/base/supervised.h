/*-------------------------------------------------------------------------
 *
 * supervised.h
 *	  What supervised methods have in common: a model predicts a number for a
 *	  row, and most have a coefficient for each element.
 *
 * A method names its SegSupervised in its SegMethod; predict() and
 * coefficients() find it there.
 *
 * src/base/supervised.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_SUPERVISED_H
#define SEG_BASE_SUPERVISED_H

#include "base/image.h"

typedef struct SegCoefficient
{
	SegText feature; /* its name; empty: it has none */
	int64_t number;  /* of its element, from 1 */
	bool is_aliased; /* depends on earlier features and has no estimate */
	double estimate;
	double std_error; /* missing: not known */
} SegCoefficient;

typedef struct SegSupervised
{
	/* elements of a row */
	int64_t (*dim)(const void *model);

	/* rows have no missing elements */
	SegStatus (*predict)(SegEnv *env, const void *model, const double *x,
	                     double *result);

	/* NULL: the method has no coefficients */
	int64_t (*coefficient_count)(const void *model);
	SegCoefficient (*coefficient)(const void *model, int64_t i);

	bool is_additive; /* coefficients add to the prediction itself */

	/* of Student's distribution, for tests; NULL: they are normal */
	double (*degrees_of_freedom)(const void *model);
} SegSupervised;

/* What follows from an estimate and its standard error. */
typedef struct SegCoefficientTest
{
	double statistic;
	double p_value;
	double low; /* of the confidence interval */
	double high;
	double exp_estimate; /* exp of the estimate; infinite on overflow */
} SegCoefficientTest;

/*
 * freedom: of Student's distribution; 0: the normal one. Confidence lies between
 * 0 and 1.
 */
extern double seg_test_half_width(double confidence, double freedom);
extern SegCoefficientTest
seg_coefficient_test(const SegCoefficient *coefficient, double half_width,
                     double freedom);

#endif /* SEG_BASE_SUPERVISED_H */
