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
