/*-------------------------------------------------------------------------
 *
 * natural_breaks.c
 *	  Natural breaks: the classes of least variance, exactly.
 *
 * Fisher's dynamic programme [1] over the sorted distinct numbers: the least sum
 * of squares of the first j numbers in m classes is that of some first i in
 * m - 1 classes and the rest in one.  The best i never falls as j grows, so
 * halving finds all of them for one m in n log n steps instead of n squared [2].
 *
 * The sum of squares of a class comes from prefix sums of w, w x and w x^2.
 * One outlier makes these cancel: next to a number of 1e9 the classes {1, 2, 3}
 * and {11, 12, 13} differ in the 17th digit of the sums.  So the sums, of
 * numbers shifted and scaled without rounding, have twice the digits of a
 * double.
 *
 * Ties between equally good breaks go to the lowest.
 *
 * [1] W. D. Fisher, "On Grouping for Maximum Homogeneity", Journal of the
 * American Statistical Association 53, 1958.
 *
 * [2] A. Gronlund et al., "Fast Exact k-Means, k-Medians and Bregman Divergence
 * Clustering in 1D", arXiv:1701.07204, 2017, section 2.2.
 *
 * src/base/natural_breaks.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/natural_breaks.h"

#include <math.h>

#include "base/wide.h"

typedef struct Sums
{
	SegWide mass;
	SegWide first;
	SegWide second;
} Sums;

typedef struct Programme
{
	SegEnv *env;
	const Sums *sums; /* sums[j]: of the j lowest numbers */
	double *before;   /* least cost of the first j numbers, m - 1 classes */
	double *now;      /* the same for m classes */
	uint32_t *breaks; /* numbers below the last of m classes */
} Programme;

/*
 * a * a / b, to twice the digits.
 */
static inline SegWide
square_over(SegWide a, SegWide b)
{
	SegWide square = seg_wide_multiply(a, a);
	double first = square.hi / b.hi;
	SegWide rest =
		seg_wide_subtract(square, seg_wide_multiply((SegWide){first, 0}, b));

	return seg_wide_sum(first, rest.hi / b.hi);
}

/*
 * Sum of squares of numbers i to j - 1 about their mean.
 */
static inline double
class_cost(const Programme *p, int64_t i, int64_t j)
{
	const Sums *a = &p->sums[i];
	const Sums *b = &p->sums[j];
	SegWide mass, first, second;
	double cost;

	if (j - i == 1)
		return 0;
	mass = seg_wide_subtract(b->mass, a->mass);
	first = seg_wide_subtract(b->first, a->first);
	second = seg_wide_subtract(b->second, a->second);
	cost = seg_wide_subtract(second, square_over(first, mass)).hi;
	return cost > 0 ? cost : 0;
}

/*
 * Best breaks, which lie between least and most, for the first low to high
 * numbers.
 */
static SegStatus
fill(Programme *p, int64_t low, int64_t high, int64_t least, int64_t most)
{
	int64_t j = low + (high - low) / 2;
	int64_t best = least;

	if (low > high)
		return SEG_OK;
	if (p->env->stop(p->env->host))
		return SEG_STOPPED;
	p->now[j] = INFINITY;
	for (int64_t i = least; i <= most && i < j; i++)
	{
		double cost = p->before[i] + class_cost(p, i, j);

		if (cost < p->now[j])
		{
			p->now[j] = cost;
			best = i;
		}
	}
	p->breaks[j] = (uint32_t) best;
	SEG_TRY(fill(p, low, j - 1, least, best));
	return fill(p, j + 1, high, best, most);
}

/*
 * Masses are divided by a power of two, which changes no digit and no break, so
 * that squares of their sums stay in range.
 */
static void
add_sums(const SegBreakItems *items, Sums *sums)
{
	int exponent;

	(void) frexp(items->mass, &exponent);
	for (int64_t i = 0; i < items->n; i++)
	{
		double x =
			(seg_radix_unkey(items->at[i].key) - items->center) * items->factor;
		double share = ldexp(items->at[i].number, -exponent);
		SegWide first = seg_wide_product(x, share);

		sums[i + 1].mass = seg_wide_add(sums[i].mass, (SegWide){share, 0});
		sums[i + 1].first = seg_wide_add(sums[i].first, first);
		sums[i + 1].second =
			seg_wide_add(sums[i].second,
		                 seg_wide_multiply(first, (SegWide){x, 0}));
	}
}

SegStatus
seg_natural_breaks(SegEnv *env, const SegBreakItems *items, int64_t classes,
                   int64_t *first)
{
	Programme p = {.env = env};
	int64_t room = items->n + 1;
	uint32_t *breaks;
	Sums *sums;

	SEG_ALLOC(env, sums, room);
	SEG_ALLOC(env, p.before, room);
	SEG_ALLOC(env, p.now, room);
	SEG_ALLOC(env, breaks, classes * room);
	add_sums(items, sums);
	p.sums = sums;
	for (int64_t j = 1; j <= items->n; j++)
		p.now[j] = class_cost(&p, 0, j);
	for (int64_t m = 2; m <= classes; m++)
	{
		double *last = p.now;

		p.now = p.before;
		p.before = last;
		p.breaks = breaks + (m - 1) * room;
		SEG_TRY(fill(&p, m, items->n, m - 1, items->n - 1));
		if (env->progress != NULL)
			env->progress(env->host,
			              "natural breaks",
			              m,
			              p.now[items->n],
			              (double) m / (double) classes);
	}
	/* the last class of all numbers, the last one of those below it, ... */
	first[0] = 0;
	for (int64_t m = classes, j = items->n; m > 1; m--)
		first[m - 1] = j = breaks[(m - 1) * room + j];
	return SEG_OK;
}
