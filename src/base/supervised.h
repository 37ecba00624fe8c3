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
	bool is_aliased; /* depends on earlier features and has no estimate */
	double estimate;
	double std_error;
} SegCoefficient;

typedef struct SegSupervised
{
	/* elements of a row */
	int64_t (*dim)(const void *model);
	bool takes_missing; /* they may be missing */

	SegStatus (*predict)(SegEnv *env, const void *model, const double *x,
	                     double *result);

	/* NULL: the method has no coefficients */
	int64_t (*coefficient_count)(const void *model);
	SegCoefficient (*coefficient)(const void *model, int64_t i);

	/*
	 * Classes, in the model's order; NULL: the method knows none. A model of 0
	 * classes predicts a number.
	 */
	int64_t (*class_count)(const void *model);
	SegText (*class_name)(const void *model, int64_t i);
	SegStatus (*probabilities)(SegEnv *env, const void *model, const double *x,
	                           double *result);

	/*
	 * What each element adds to the prediction on the link scale; contributions
	 * and base add up to it. NULL: it cannot be told.
	 */
	SegStatus (*explain)(SegEnv *env, const void *model, const double *x,
	                     int64_t class_number, double *contributions,
	                     double *base);
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

extern SegCoefficientTest
seg_coefficient_test(const SegCoefficient *coefficient, double half_width);

#endif /* SEG_BASE_SUPERVISED_H */
