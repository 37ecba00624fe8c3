/*-------------------------------------------------------------------------
 *
 * supervised.c
 *	  What supervised methods have in common.
 *
 * Maximum likelihood coefficients are tested with Wald's test: an estimate over
 * its standard error is standard normal if the element has no effect.
 *
 * src/base/supervised.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/supervised.h"

#include <math.h>

#include "base/normal.h"

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
