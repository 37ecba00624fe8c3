/*-------------------------------------------------------------------------
 *
 * vector_tally.c
 *	  Sums, means, deviations and extremes of each element of many vectors.
 *
 * Each element is counted on its own, because it may be missing in some of the
 * vectors; a missing one adds nothing.
 *
 * Every sum is kept with what rounding took from it, the exact error of each
 * addition, and squares are added with the exact error of the product [1, 2].
 * Sum and remainder together carry about 106 bits, so however the vectors are
 * split among workers, the answers differ only in the last digit.  That is also
 * why the deviation comes from the sum of squares after all: at twice the
 * digits its cancellation costs nothing until the mean is 1e8 times the
 * deviation, while the usual updating of mean and squared deviations in single
 * digits moves the answer by 2e-12 from plan to plan at a mean of 1e6
 * deviations (measured).
 *
 * Infinity and NaN that arise when a sum leaves the range of double stay in the
 * tally; the answers check for them.  The loops over elements have no branches,
 * so that compilers can vectorize them.
 *
 * [1] D. E. Knuth, The Art of Computer Programming 2, 4.2.2, theorem B
 * (TwoSum).
 *
 * [2] T. J. Dekker, "A Floating-Point Technique for Extending the Available
 * Precision", Numerische Mathematik 18, 1971 (the product without fma).
 *
 * src/kernel/vector/vector_tally.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/vector/vector_tally.h"

#include <math.h>

#include "base/count.h"
#include "base/wide.h"
#include "kernel/vector/vector_algebra.h"

/*
 * Add to a sum that is kept with its remainder.  Renormalizing the two each
 * time keeps the remainder small, and so its own rounding negligible.
 */
static inline void
add_to(double *sum, double *rest, double x, double x_rest)
{
	SegWide s = seg_wide_sum(*sum, x);

	s = seg_wide_sum(s.hi, *rest + (s.lo + x_rest));
	*sum = s.hi;
	*rest = s.lo;
}

/*
 * A tally laid out in the given arrays * dim numbers.
 */
SegVectorTally
seg_vector_tally(double *numbers, int32_t dim, int arrays)
{
	bool has_squares = arrays == SEG_VECTOR_TALLY_SQUARES;

	return (SegVectorTally){dim,
	                        numbers,
	                        numbers + dim,
	                        numbers + 2 * (size_t) dim,
	                        has_squares ? numbers + 3 * (size_t) dim : NULL,
	                        has_squares ? numbers + 4 * (size_t) dim : NULL};
}

/*
 * Could these numbers be a tally?  Counts are whole numbers.  (The sums may be
 * anything, even NaN: that is how they remember an overflow.)
 */
SegStatus
seg_vector_tally_check(SegEnv *env, const SegVectorTally *t)
{
	for (int32_t j = 0; j < t->dim; j++)
		if (!seg_is_count(t->n[j], SEG_HUGE_COUNT))
			return seg_fail_name(env,
			                     SEG_CORRUPT,
			                     "state of the aggregate",
			                     "n");
	return SEG_OK;
}

static void
add_numbers(double *restrict n, double *restrict sum, double *restrict rest,
            const double *x, int32_t dim)
{
	for (int32_t j = 0; j < dim; j++)
	{
		bool present = x[j] == x[j];

		n[j] += present ? 1.0 : 0.0;
		add_to(&sum[j], &rest[j], present ? x[j] : 0.0, 0.0);
	}
}

static void
add_squares(double *restrict square, double *restrict rest, const double *x,
            int32_t dim)
{
	for (int32_t j = 0; j < dim; j++)
	{
		double number = x[j] == x[j] ? x[j] : 0.0;
		SegWide p = seg_wide_product(number, number);

		add_to(&square[j], &rest[j], p.hi, p.lo);
	}
}

/*
 * Add one vector.
 */
void
seg_vector_tally_add(SegVectorTally *t, const double *x)
{
	add_numbers(t->n, t->sum, t->sum_rest, x, t->dim);
	if (t->square != NULL)
		add_squares(t->square, t->square_rest, x, t->dim);
}

static void
vector_tally_merge_sums(double *sum, double *rest, const double *from_sum,
                        const double *from_rest, int32_t dim)
{
	for (int32_t j = 0; j < dim; j++)
		add_to(&sum[j], &rest[j], from_sum[j], from_rest[j]);
}

/*
 * Merge the tally of other vectors, of the same kind and length.
 */
void
seg_vector_tally_merge(SegVectorTally *into, const SegVectorTally *from)
{
	for (int32_t j = 0; j < into->dim; j++)
		into->n[j] += from->n[j];
	vector_tally_merge_sums(into->sum,
	                        into->sum_rest,
	                        from->sum,
	                        from->sum_rest,
	                        into->dim);
	if (into->square != NULL)
		vector_tally_merge_sums(into->square,
		                        into->square_rest,
		                        from->square,
		                        from->square_rest,
		                        into->dim);
}

/*
 * The answer for one element if it had enough values, otherwise missing.
 */
static SegStatus
answer_element(SegEnv *env, const char *what, double answer, bool enough,
               double *result, bool *has_missing)
{
	if (!enough)
	{
		*result = seg_missing();
		*has_missing = true;
		return SEG_OK;
	}
	if (!isfinite(answer))
		return seg_fail(env, SEG_NOT_FINITE, what, answer, 0);
	*result = answer + 0.0; /* no -0 */
	return SEG_OK;
}

SegStatus
seg_vector_sum(SegEnv *env, const SegVectorTally *t, double *result,
               bool *has_missing)
{
	*has_missing = false;
	for (int32_t j = 0; j < t->dim; j++)
		SEG_TRY(answer_element(env,
		                       "sum",
		                       t->sum[j] + t->sum_rest[j],
		                       t->n[j] > 0,
		                       &result[j],
		                       has_missing));
	return SEG_OK;
}

SegStatus
seg_vector_mean(SegEnv *env, const SegVectorTally *t, double *result,
                bool *has_missing)
{
	*has_missing = false;
	for (int32_t j = 0; j < t->dim; j++)
		SEG_TRY(answer_element(env,
		                       "sum",
		                       (t->sum[j] + t->sum_rest[j]) / t->n[j],
		                       t->n[j] > 0,
		                       &result[j],
		                       has_missing));
	return SEG_OK;
}

/*
 * Sample standard deviation of element j.  What is left below the digits that
 * we carry is rounding: a constant column has deviation 0.
 */
static double
stddev_of(const SegVectorTally *t, int32_t j)
{
	double n = t->n[j];
	SegWide sum = {t->sum[j], t->sum_rest[j]};
	SegWide squares = {t->square[j], t->square_rest[j]};
	double deviations =
		seg_wide_subtract(squares,
	                      seg_wide_multiply(seg_wide_divide(sum, n), sum))
			.hi;

	if (deviations <= 0 || deviations < squares.hi * n * 0x1p-104)
		return 0;
	return sqrt(deviations / (n - 1));
}

SegStatus
seg_vector_stddev(SegEnv *env, const SegVectorTally *t, double *result,
                  bool *has_missing)
{
	*has_missing = false;
	for (int32_t j = 0; j < t->dim; j++)
		SEG_TRY(answer_element(env,
		                       "sum of squares",
		                       t->n[j] > 1 ? stddev_of(t, j) : 0,
		                       t->n[j] > 1,
		                       &result[j],
		                       has_missing));
	return SEG_OK;
}

/*
 * A missing x fails the comparison; a missing kept value is replaced.
 */
bool
seg_vector_keep_min(double *kept, const double *x, int32_t dim)
{
	bool has_missing = false;

	for (int32_t j = 0; j < dim; j++)
	{
		if (x[j] < kept[j] || isnan(kept[j]))
			kept[j] = x[j];
		has_missing |= isnan(kept[j]) != 0;
	}
	return has_missing;
}

bool
seg_vector_keep_max(double *kept, const double *x, int32_t dim)
{
	bool has_missing = false;

	for (int32_t j = 0; j < dim; j++)
	{
		if (x[j] > kept[j] || isnan(kept[j]))
			kept[j] = x[j];
		has_missing |= isnan(kept[j]) != 0;
	}
	return has_missing;
}
