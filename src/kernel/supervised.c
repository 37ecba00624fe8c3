/*-------------------------------------------------------------------------
 *
 * supervised.c
 *	  What supervised methods have in common.
 *
 * Coefficients of maximum likelihood are tested as Wald's test does: an estimate
 * over its standard error is standard normal if the element plays no part.
 *
 * src/kernel/supervised.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/supervised.h"

#include <math.h>

#include "base/normal.h"
#include "kernel/cox.h"

static const SegSupervised *const entries[] = {
	&seg_cox_supervised,
};

const SegSupervised *
seg_supervised(const SegMethod *method)
{
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
	{
		if (entries[i]->method == method)
			return entries[i];
	}
	return NULL;
}

SegCoefficientTest
seg_coefficient_test(const SegCoefficient *coefficient, double half_width)
{
	double estimate = coefficient->estimate;
	double width = half_width * coefficient->std_error;
	double statistic = estimate / coefficient->std_error;

	return (SegCoefficientTest){statistic,
	                            seg_normal_two_sided(statistic),
	                            estimate - width,
	                            estimate + width,
	                            exp(estimate)};
}
