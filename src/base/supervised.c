/*-------------------------------------------------------------------------
 *
 * supervised.c
 *	  What supervised methods have in common.
 *
 * Maximum likelihood coefficients are tested with Wald's test: an estimate over
 * its standard error is standard normal if the element has no effect. Where the
 * standard error has a factor that is estimated from residuals, it follows
 * Student's distribution.
 *
 * src/base/supervised.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/supervised.h"

#include <math.h>

#include "base/normal.h"
#include "base/student.h"

double
seg_test_half_width(double confidence, double freedom)
{
	double chance = 1.0 - confidence;

	return freedom > 0.0 ? seg_student_two_sided_quantile(chance, freedom)
	                     : seg_normal_exceeded(0.5 * chance);
}

SegCoefficientTest
seg_coefficient_test(const SegCoefficient *coefficient, double half_width,
                     double freedom)
{
	double estimate = coefficient->estimate;
	double width = half_width * coefficient->std_error;
	double statistic = estimate / coefficient->std_error;

	return (SegCoefficientTest){statistic,
	                            freedom > 0.0
	                                ? seg_student_two_sided(statistic, freedom)
	                                : seg_normal_two_sided(statistic),
	                            estimate - width,
	                            estimate + width,
	                            exp(estimate)};
}

/* ---------- classes ---------- */

int64_t
seg_yes_no_count(const void *model)
{
	(void) model;
	return 2;
}

SegText
seg_yes_no_name(const void *model, int64_t i)
{
	(void) model;
	return i > 0 ? (SegText){"true", 4} : (SegText){"false", 5};
}

void
seg_yes_no_probabilities(double yes, double *result)
{
	result[0] = 1.0 - yes;
	result[1] = yes;
}

int64_t
seg_class_count(const SegSupervised *entry, const void *model)
{
	return entry->class_count != NULL ? entry->class_count(model) : 0;
}

bool
seg_predicts_number(const SegSupervised *entry, const void *model)
{
	int64_t n = seg_class_count(entry, model);

	if (entry->predict == NULL)
		return false;
	for (int64_t i = 0; i < n; i++)
	{
		if (n != 2 || seg_text_compare(entry->class_name(model, i),
		                               seg_yes_no_name(model, i)) != 0)
			return false;
	}
	return true;
}

int64_t
seg_class_number(const SegSupervised *entry, const void *model, SegText name)
{
	int64_t n = seg_class_count(entry, model);

	for (int64_t i = 0; i < n; i++)
	{
		if (seg_text_compare(entry->class_name(model, i), name) == 0)
			return i;
	}
	return -1;
}

int64_t
seg_likeliest_class(const double *probabilities, int64_t n)
{
	int64_t best = 0;

	for (int64_t i = 1; i < n; i++)
	{
		if (probabilities[i] > probabilities[best])
			best = i;
	}
	return best;
}

int64_t
seg_cheapest_class(const double *probabilities, const double *costs, int64_t n)
{
	int64_t best = 0;
	double least = INFINITY;

	for (int64_t j = 0; j < n; j++)
	{
		double cost = 0.0;

		for (int64_t i = 0; i < n; i++)
			cost += probabilities[i] * costs[i * n + j];
		if (cost < least)
		{
			least = cost;
			best = j;
		}
	}
	return best;
}
