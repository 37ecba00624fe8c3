/*-------------------------------------------------------------------------
 *
 * supervised.h
 *	  What supervised methods have in common: a model predicts a number or a
 *	  class for a row; many have a coefficient for each element, and can tell
 *	  what each element adds to a prediction.
 *
 * A method names its SegSupervised in its SegMethod; predict(), coefficients()
 * and the other verbs find it there.
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
	SegText of;      /* the class it is for; no bytes: it is for none */
	int64_t number;  /* of its element, from 1 */
	bool is_aliased; /* depends on earlier features and has no estimate */
	double estimate;
	double std_error; /* missing: not known */
} SegCoefficient;

typedef struct SegSupervised
{
	/* elements of a row */
	int64_t (*dim)(const void *model);
	bool takes_missing; /* they may be missing */

	/*
	 * The number predicted; of a model of the classes "false" and "true", the
	 * chance of "true". NULL: the method predicts only classes.
	 */
	SegStatus (*predict)(SegEnv *env, const void *model, const double *x,
	                     double *result);

	/* NULL: the method has no coefficients */
	int64_t (*coefficient_count)(const void *model);
	SegCoefficient (*coefficient)(const void *model, int64_t i);

	bool is_additive; /* coefficients add to the prediction itself */

	/* of Student's distribution, for tests; NULL: they are normal */
	double (*degrees_of_freedom)(const void *model);

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

/* The classes "false" and "true", of a method whose models all have them. */
extern int64_t seg_yes_no_count(const void *model);
extern SegText seg_yes_no_name(const void *model, int64_t i);

/* Their probabilities, from the second. */
extern void seg_yes_no_probabilities(double yes, double *result);

/* Classes of a model: 0 if it predicts a number. */
extern int64_t seg_class_count(const SegSupervised *entry, const void *model);

/* Does predict() have an answer? */
extern bool seg_predicts_number(const SegSupervised *entry, const void *model);

/* Its number; -1: the model has no such class. */
extern int64_t
seg_class_number(const SegSupervised *entry, const void *model, SegText name);

/* The most probable class; the first one among equals. */
extern int64_t seg_likeliest_class(const double *probabilities, int64_t n);

/*
 * The class whose expected cost is least, the first one among equals; costs has
 * a row for each class that may be true, a column for each that may be chosen.
 */
extern int64_t
seg_cheapest_class(const double *probabilities, const double *costs, int64_t n);

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
