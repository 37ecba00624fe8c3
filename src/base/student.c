/*-------------------------------------------------------------------------
 *
 * student.c
 *	  Student's distribution: tails and quantiles.
 *
 * The two tails beyond t with n degrees of freedom are the regularized
 * incomplete beta function I_x(n / 2, 1 / 2) at x = n / (n + t^2).
 *
 * src/base/student.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/student.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#include "base/incomplete_beta.h"

double
seg_student_two_sided(double t, double freedom)
{
	double square = t * t;
	double all = freedom + square;

	if (!(square <= DBL_MAX))
		return 0.0;
	return fmin(seg_incomplete_beta(0.5 * freedom,
	                                0.5,
	                                freedom / all,
	                                square / all),
	            1.0);
}

double
seg_student_two_sided_quantile(double chance, double freedom)
{
	double low = 0.0;
	double high = 1.0;

	while (seg_student_two_sided(high, freedom) > chance && high < 0x1p1000)
	{
		low = high;
		high *= 2.0;
	}
	for (;;)
	{
		double middle = 0.5 * (low + high);

		if (middle <= low || middle >= high)
			return middle;
		if (seg_student_two_sided(middle, freedom) > chance)
			low = middle;
		else
			high = middle;
	}
}
