/*-------------------------------------------------------------------------
 *
 * similarity.c
 *	  How alike two users, or two items, are by the ratings they have in common.
 *
 * With sums over the n common ratings a and b only:
 *
 *	cosine   sum(ab) / sqrt(sum(aa) sum(bb))
 *	pearson  (n sum(ab) - sum(a) sum(b)) /
 *	         sqrt((n sum(aa) - sum(a)^2) (n sum(bb) - sum(b)^2))
 *
 * The sums carry twice the digits of double.  So they are the same however the
 * pairs are split among workers, and the textbook form of Pearson's
 * correlation, which subtracts large numbers, keeps its digits until the mean
 * is 1e8 times the deviation.  Whole ratings are summed exactly.
 *
 * Few common ratings say little.  Shrinkage s pulls the similarity towards 0:
 * cosine by n / (n + s), Pearson, which spends one pair on the means, by
 * (n - 1) / (n - 1 + s) [1].
 *
 * [1] Y. Koren, "Factor in the Neighbors: Scalable and Accurate Collaborative
 * Filtering", ACM Transactions on Knowledge Discovery from Data 4(1), 2010.
 *
 * src/kernel/recommend/similarity.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/similarity.h"

#include <float.h>
#include <limits.h>
#include <math.h>

#include "base/count.h"
#include "kernel/recommend/rating.h"

/* What rounding may leave of n sums with 106 bits, as a share of them. */
#define ROUNDING(n) ((n) *0x1p-101)

SegStatus
seg_similarity_begin(SegEnv *env, double min_support, double shrinkage,
                     SegSimilarity *state)
{
	if (min_support < 1)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "min_support",
		                      min_support,
		                      1,
		                      INT_MAX);
	SEG_TRY(seg_check_finite(env, "shrinkage", shrinkage));
	if (shrinkage < 0)
		return seg_fail(env, SEG_ARGUMENT_BELOW, "shrinkage", shrinkage, 0);
	*state = (SegSimilarity){0, min_support, shrinkage};
	return SEG_OK;
}

static SegWide
add_product(SegWide sum, double x, double y)
{
	return seg_wide_add(sum, seg_wide_product(x, y));
}

SegStatus
seg_similarity_add(SegEnv *env, SegSimilarity *state, double a, double b)
{
	SEG_TRY(seg_rating_check(env, "rating", &a));
	SEG_TRY(seg_rating_check(env, "rating", &b));
	state->n += 1.0;
	state->a = seg_wide_add(state->a, (SegWide){a, 0.0});
	state->b = seg_wide_add(state->b, (SegWide){b, 0.0});
	state->aa = add_product(state->aa, a, a);
	state->ab = add_product(state->ab, a, b);
	state->bb = add_product(state->bb, b, b);
	return SEG_OK;
}

/* Can this be the sum of n values, or of n products of two? */
static bool
similarity_is_sum(SegWide sum, double n, double largest)
{
	return fabs(sum.hi) <= n * largest && fabs(sum.lo) <= fabs(sum.hi);
}

SegStatus
seg_similarity_check(SegEnv *env, const SegSimilarity *state)
{
	const double largest = 2 * SEG_RATING_MAX;
	double n = state->n;

	if (seg_is_count(n, SEG_HUGE_COUNT) && state->min_support >= 1 &&
	    seg_is_count(state->min_support, SEG_HUGE_COUNT) &&
	    state->shrinkage >= 0 && state->shrinkage <= DBL_MAX &&
	    similarity_is_sum(state->a, n, largest) &&
	    similarity_is_sum(state->b, n, largest) &&
	    similarity_is_sum(state->aa, n, largest * largest) &&
	    similarity_is_sum(state->ab, n, largest * largest) &&
	    similarity_is_sum(state->bb, n, largest * largest) &&
	    state->aa.hi >= 0 && state->bb.hi >= 0)
		return SEG_OK;
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
}

void
seg_similarity_merge(SegSimilarity *into, const SegSimilarity *from)
{
	into->n += from->n;
	into->a = seg_wide_add(into->a, from->a);
	into->b = seg_wide_add(into->b, from->b);
	into->aa = seg_wide_add(into->aa, from->aa);
	into->ab = seg_wide_add(into->ab, from->ab);
	into->bb = seg_wide_add(into->bb, from->bb);
}

/*
 * product / sqrt(a b), shrunk: degrees / (degrees + shrinkage).
 */
static double
similarity_shrunk(double product, double a, double b, double degrees,
                  double shrinkage)
{
	double similarity = product / sqrt(a * b);

	return fmax(-1, fmin(1, similarity)) * (degrees / (degrees + shrinkage));
}

bool
seg_similarity_cosine(const SegSimilarity *s, double *result)
{
	if (s->n < s->min_support || !(s->aa.hi > 0) || !(s->bb.hi > 0))
		return false;
	*result =
		similarity_shrunk(s->ab.hi, s->aa.hi, s->bb.hi, s->n, s->shrinkage);
	return true;
}

/*
 * n sum(xy) - sum(x) sum(y)
 */
static double
moment(double n, SegWide xy, SegWide x, SegWide y)
{
	return seg_wide_subtract(seg_wide_multiply(xy, (SegWide){n, 0.0}),
	                         seg_wide_multiply(x, y))
	    .hi;
}

bool
seg_similarity_pearson(const SegSimilarity *s, double *result)
{
	double n = s->n;
	double aa = moment(n, s->aa, s->a, s->a);
	double bb = moment(n, s->bb, s->b, s->b);
	double ab = moment(n, s->ab, s->a, s->b);

	/* for a constant, only rounding is left */
	if (n < s->min_support || !(aa > n * s->aa.hi * ROUNDING(n)) ||
	    !(bb > n * s->bb.hi * ROUNDING(n)))
		return false;
	*result = similarity_shrunk(ab, aa, bb, n - 1, s->shrinkage);
	return true;
}
