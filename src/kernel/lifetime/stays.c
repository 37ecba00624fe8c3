/*-------------------------------------------------------------------------
 *
 * stays.c
 *	  The chance of staying again and again, when customers differ in it.
 *
 * On each occasion a customer leaves with an individual probability; these have
 * a beta distribution of a and b.  The chance of staying n times is (b)_n /
 * (a + b)_n, two rising factorials.
 *
 * src/kernel/lifetime/stays.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/stays.h"

#include "base/special.h"

SegStays
seg_stays(double a, double b, double n)
{
	SegRising all = seg_rising(a + b, n);
	SegRising stay = seg_rising(b, n);
	double chance = stay.log - all.log;

	/* the same ratio of four gamma functions, in the pairs that cancel less */
	if (n > a)
		chance = seg_rising(b, a).log - seg_rising(b + n, a).log;
	return (SegStays){.log = chance,
	                  .a = -all.first,
	                  .b = stay.first - all.first,
	                  .aa = -all.second,
	                  .ab = -all.second,
	                  .bb = stay.second - all.second};
}

/*
 * The variables are the logs of a and b.
 */
void
seg_stays_add(const SegStays *stays, double a, double b, double weight,
              int first, SegDerivatives *sum)
{
	int second = first + 1;

	sum->value += weight * stays->log;
	sum->gradient[first] += weight * a * stays->a;
	sum->gradient[second] += weight * b * stays->b;
	sum->hessian[first][first] += weight * a * (stays->a + a * stays->aa);
	sum->hessian[second][first] += weight * a * b * stays->ab;
	sum->hessian[second][second] += weight * b * (stays->b + b * stays->bb);
}
