/*-------------------------------------------------------------------------
 *
 * tier_jenks.c
 *	  Natural breaks: the classes of least variance, exactly.
 *
 * Fisher's dynamic programme [1] over the sorted distinct scores: the least sum
 * of squares of the first j scores in m classes is that of some first i in m - 1
 * classes and the rest in one.  The best i never falls as j grows, so halving
 * finds all of them for one m in d log d steps instead of d squared [2].
 *
 * The sum of squares of a class comes from prefix sums of w, w x and w x^2.
 * One outlier makes these cancel: next to a score of 1e9 the classes {1, 2, 3}
 * and {11, 12, 13} differ in the 17th digit of the sums.  So the sums, of
 * scores shifted and scaled without rounding, have twice the digits of a double
 * (Dekker [3]).
 *
 * Ties between equally good breaks go to the lowest.
 *
 * [1] W. D. Fisher, "On Grouping for Maximum Homogeneity", Journal of the
 * American Statistical Association 53, 1958.
 *
 * [2] A. Gronlund et al., "Fast Exact k-Means, k-Medians and Bregman Divergence
 * Clustering in 1D", arXiv:1701.07204, 2017, section 2.2.
 *
 * [3] T. J. Dekker, "A Floating-Point Technique for Extending the Available
 * Precision", Numerische Mathematik 18, 1971.
 *
 * src/kernel/tier/tier_jenks.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "kernel/tier/tier.h"
#include "kernel/tier/tier_scores.h"

/* Distinct scores, and their product with the number of classes. */
#define MAX_DISTINCT (INT64_C(1) << 20)
#define MAX_CELLS    (INT64_C(1) << 24)

#define FIRST_ROOM 4096

/* ---------- sorted distinct scores ---------- */

typedef struct Scores
{
	SegEnv *env;
	SegRadixItem *at; /* with their masses */
	SegRadixItem *scratch;
	int64_t n;
	int64_t room;
	int64_t limit;
} Scores;

/*
 * Sort, and add up the masses of equal scores, in row order because the sort is
 * stable.
 */
static SegStatus
compact(Scores *s)
{
	int64_t kept = 0;

	SEG_TRY(seg_radix_sort(s->env, s->at, s->scratch, s->n));
	for (int64_t i = 0; i < s->n; i++)
	{
		if (kept > 0 && s->at[kept - 1].key == s->at[i].key)
			s->at[kept - 1].number += s->at[i].number;
		else
			s->at[kept++] = s->at[i];
	}
	s->n = kept;
	if (kept > s->limit)
		return seg_fail_facts(s->env,
		                      SEG_DISTINCT_LIMIT,
		                      (SegDiag){.what = "scores",
		                                .name = "natural breaks",
		                                .got = (double) kept,
		                                .want = (double) s->limit});
	return SEG_OK;
}

static SegStatus
tier_jenks_make_room(Scores *s)
{
	int64_t room = s->room > 0 ? s->room * 4 : FIRST_ROOM;
	SegRadixItem *at;

	SEG_ALLOC(s->env, at, room);
	SEG_ALLOC(s->env, s->scratch, room);
	if (s->n > 0)
		memcpy(at, s->at, (size_t) s->n * sizeof(SegRadixItem));
	s->at = at;
	s->room = room;
	return SEG_OK;
}

static SegStatus
collect_score(void *context, double score, double mass)
{
	Scores *s = context;

	if (s->n == s->room)
	{
		if (s->n > 0)
			SEG_TRY(compact(s));
		if (s->n >= s->room / 2)
			SEG_TRY(tier_jenks_make_room(s));
	}
	s->at[s->n++] = (SegRadixItem){seg_radix_key(score), .number = mass};
	return SEG_OK;
}

/* ---------- numbers with twice the digits ---------- */

typedef struct Wide
{
	double high;
	double low;
} Wide;

static inline Wide
wide_of(double high, double low)
{
	double sum = high + low;

	return (Wide){sum, low - (sum - high)};
}

static inline Wide
wide_add(Wide a, Wide b)
{
	double sum = a.high + b.high;
	double part = sum - a.high;
	double lost = (a.high - (sum - part)) + (b.high - part);

	return wide_of(sum, lost + a.low + b.low);
}

static inline Wide
wide_subtract(Wide a, Wide b)
{
	return wide_add(a, (Wide){-b.high, -b.low});
}

static inline Wide
wide_product(double a, double b)
{
	const double split = 134217729.0; /* 2^27 + 1 */
	double t = split * a;
	double a_high = t - (t - a);
	double a_low = a - a_high;
	double b_high, b_low, product;

	t = split * b;
	b_high = t - (t - b);
	b_low = b - b_high;
	product = a * b;
	return (
		Wide){product,
	          ((a_high * b_high - product) + a_high * b_low + a_low * b_high) +
	              a_low * b_low};
}

static inline Wide
wide_multiply(Wide a, Wide b)
{
	Wide p = wide_product(a.high, b.high);

	return wide_of(p.high, p.low + (a.high * b.low + a.low * b.high));
}

/*
 * a * a / b, to twice the digits.
 */
static inline Wide
wide_square_over(Wide a, Wide b)
{
	Wide square = wide_multiply(a, a);
	double first = square.high / b.high;
	Wide rest = wide_subtract(square, wide_multiply((Wide){first, 0}, b));

	return wide_of(first, rest.high / b.high);
}

/* ---------- the dynamic programme ---------- */

typedef struct Sums
{
	Wide mass;
	Wide first;
	Wide second;
} Sums;

typedef struct Programme
{
	SegEnv *env;
	const Sums *sums; /* sums[j]: of the j lowest scores */
	double *before;   /* least cost of the first j scores, m - 1 classes */
	double *now;      /* the same for m classes */
	uint32_t *breaks; /* scores below the last of m classes */
	int64_t m;
} Programme;

/*
 * Sum of squares of scores i to j - 1 about their mean.
 */
static inline double
class_cost(const Programme *p, int64_t i, int64_t j)
{
	const Sums *a = &p->sums[i];
	const Sums *b = &p->sums[j];
	Wide mass, first, second;
	double cost;

	if (j - i == 1)
		return 0;
	mass = wide_subtract(b->mass, a->mass);
	first = wide_subtract(b->first, a->first);
	second = wide_subtract(b->second, a->second);
	cost = wide_subtract(second, wide_square_over(first, mass)).high;
	return cost > 0 ? cost : 0;
}

/*
 * Best breaks, which lie between least and most, for the first low to high
 * scores.
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
add_sums(const Scores *s, const SegTierRange *range, Sums *sums)
{
	int exponent;

	(void) frexp(range->mass, &exponent);
	for (int64_t i = 0; i < s->n; i++)
	{
		double x =
			(seg_radix_unkey(s->at[i].key) - range->center) * range->factor;
		double share = ldexp(s->at[i].number, -exponent);
		Wide mass = {share, 0};
		Wide first = wide_product(x, share);

		sums[i + 1].mass = wide_add(sums[i].mass, mass);
		sums[i + 1].first = wide_add(sums[i].first, first);
		sums[i + 1].second =
			wide_add(sums[i].second, wide_multiply(first, (Wide){x, 0}));
	}
}

/*
 * The last class of all scores, the last one of those below it, and so on.
 */
static void
read_breaks(const Scores *s, const uint32_t *breaks, int64_t n, double *edges)
{
	int64_t j = s->n;

	for (int64_t m = n; m > 1; m--)
	{
		j = breaks[(m - 1) * (s->n + 1) + j];
		edges[m - 2] = seg_radix_unkey(s->at[j - 1].key);
	}
}

static SegStatus
find_breaks(SegEnv *env, const Scores *s, const SegTierRange *range, int64_t n,
            double *edges)
{
	Programme p = {.env = env};
	int64_t room = s->n + 1;
	uint32_t *breaks;
	Sums *sums;

	SEG_ALLOC(env, sums, room);
	SEG_ALLOC(env, p.before, room);
	SEG_ALLOC(env, p.now, room);
	SEG_ALLOC(env, breaks, n * room);
	add_sums(s, range, sums);
	p.sums = sums;
	for (int64_t j = 1; j <= s->n; j++)
		p.now[j] = class_cost(&p, 0, j);
	for (p.m = 2; p.m <= n; p.m++)
	{
		double *last = p.now;

		p.now = p.before;
		p.before = last;
		p.breaks = breaks + (p.m - 1) * room;
		SEG_TRY(fill(&p, p.m, s->n, p.m - 1, s->n - 1));
		if (env->progress != NULL)
			env->progress(env->host,
			              "natural breaks",
			              p.m,
			              p.now[s->n],
			              (double) p.m / (double) n);
	}
	read_breaks(s, breaks, n, edges);
	return SEG_OK;
}

SegStatus
seg_tier_jenks(SegEnv *env, SegRows *rows, const SegTierRange *range, int64_t n,
               double *edges, int64_t *count)
{
	Scores s = {.env = env, .limit = MAX_CELLS / n};

	if (s.limit > MAX_DISTINCT)
		s.limit = MAX_DISTINCT;
	SEG_TRY(seg_tier_visit(env, rows, 0, collect_score, &s));
	SEG_TRY(compact(&s));
	if (n > s.n)
		n = s.n; /* every score is a tier of its own */
	*count = n - 1;
	return n > 1 ? find_breaks(env, &s, range, n, edges) : SEG_OK;
}
