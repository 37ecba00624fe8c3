/*-------------------------------------------------------------------------
 *
 * feature_summary.c
 *	  Count, mean, deviation and extremes of each element of many vectors, from
 *	  exact sums that add up.
 *
 * For each element we keep the exact sum of its values and of their squares.
 * All elements have the same digits: those that any value needs, and digit 0. So
 * a summary is a function of the set of rows alone, and summaries add up to the
 * bytes of the whole.
 *
 * The deviation comes from n sum(x^2) - (sum x)^2 in whole numbers, where it
 * loses no digits, wherever the mean is.
 *
 * src/kernel/prepare/feature_summary.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/feature_summary.h"

#include <float.h>
#include <math.h>

#include "base/missing.h"
#include "base/tags.h"
#include "base/exact_sum.h"

#define MAX_ROWS 9007199254740992.0 /* 2^53 */

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegFeatureSummary, dim, 1, 16000),
	SEG_INT(SegFeatureSummary, rows_used, 1, MAX_ROWS),
	SEG_INT(SegFeatureSummary, lowest_digit, SEG_EXACT_LOWEST, 0),
	SEG_INT(SegFeatureSummary, digits, 2, SEG_EXACT_MAX_DIGITS),
	SEG_INT(SegFeatureSummary, square_digits, 3, SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS)),
	SEG_INTS(SegFeatureSummary, counts, dim, 0, MAX_ROWS),
	SEG_OPTIONAL_REALS(SegFeatureSummary, minima, dim, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REALS(SegFeatureSummary, maxima, dim, -DBL_MAX, DBL_MAX),
	SEG_INT_MATRIX(SegFeatureSummary, sums, dim, digits,
		-(double) SEG_EXACT_MAX_DIGIT, (double) SEG_EXACT_MAX_DIGIT),
	SEG_INT_MATRIX(SegFeatureSummary, squares, dim, square_digits,
		-(double) SEG_EXACT_MAX_DIGIT, (double) SEG_EXACT_MAX_DIGIT),
	SEG_FIELD_END
};
/* clang-format on */

/*
 * Does the range of the element hold what its sums say?  The sums may have
 * carries left.
 */
static bool
element_is_sound(const SegFeatureSummary *v, int64_t j)
{
	int64_t s[SEG_EXACT_MAX_DIGITS];
	int64_t q[SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS)];
	int64_t deviations[SEG_EXACT_DEVIATION_DIGITS(SEG_EXACT_MAX_DIGITS)];

	if (v->counts[j] > v->rows_used ||
	    (v->counts[j] == 0) != (isnan(v->minima[j]) != 0) ||
	    isnan(v->minima[j]) != isnan(v->maxima[j]) ||
	    v->minima[j] > v->maxima[j])
		return false;
	memcpy(s, v->sums + j * v->digits, (size_t) v->digits * sizeof(*s));
	memcpy(q,
	       v->squares + j * v->square_digits,
	       (size_t) v->square_digits * sizeof(*q));
	seg_exact_carry(s, v->digits);
	seg_exact_carry(q, v->square_digits);
	if (q[v->square_digits - 1] < 0)
		return false;
	seg_exact_deviations(s, q, v->digits, v->counts[j], deviations);
	return deviations[SEG_EXACT_DEVIATION_DIGITS(v->digits) - 1] >= 0;
}

bool
seg_feature_summary_is_sound(const SegFeatureSummary *v)
{
	if (v->square_digits != SEG_EXACT_SQUARE_DIGITS(v->digits) ||
	    v->lowest_digit + v->digits - 2 < 0 ||
	    v->lowest_digit + v->digits - 2 > SEG_EXACT_HIGHEST)
		return false;
	for (int64_t j = 0; j < v->dim; j++)
	{
		if (!element_is_sound(v, j))
			return false;
	}
	return true;
}

static bool
feature_summary_is_sound(const void *value)
{
	return seg_feature_summary_is_sound(value);
}

/* ---------- making one ---------- */

static SegStatus
make_arrays(SegEnv *env, int64_t dim, int64_t lowest, int64_t highest,
            SegFeatureSummary *result)
{
	*result = (SegFeatureSummary){.dim = dim,
	                              .lowest_digit = lowest,
	                              .digits = highest - lowest + 2};
	result->square_digits = SEG_EXACT_SQUARE_DIGITS(result->digits);
	SEG_ALLOC(env, result->counts, dim);
	SEG_ALLOC(env, result->minima, dim);
	SEG_ALLOC(env, result->maxima, dim);
	SEG_ALLOC(env, result->sums, dim * result->digits);
	SEG_ALLOC(env, result->squares, dim * result->square_digits);
	return SEG_OK;
}

static int64_t
highest_digit(const SegFeatureSummary *value)
{
	return value->lowest_digit + value->digits - 2;
}

static void
take_carries(SegFeatureSummary *value)
{
	for (int64_t j = 0; j < value->dim; j++)
	{
		seg_exact_carry(value->sums + j * value->digits, value->digits);
		seg_exact_carry(value->squares + j * value->square_digits,
		                value->square_digits);
	}
}

static void
add_digits(SegFeatureSummary *into, const SegFeatureSummary *from)
{
	int64_t shift = from->lowest_digit - into->lowest_digit;

	for (int64_t j = 0; j < into->dim; j++)
	{
		seg_exact_add_digits(into->sums + j * into->digits,
		                     into->digits,
		                     from->sums + j * from->digits,
		                     from->digits,
		                     shift);
		seg_exact_add_digits(into->squares + j * into->square_digits,
		                     into->square_digits,
		                     from->squares + j * from->square_digits,
		                     from->square_digits,
		                     2 * shift);
	}
}

/*
 * A copy with digits for these numbers too, and carries taken.
 */
static SegStatus
copy_with_digits(SegEnv *env, const SegFeatureSummary *value, int64_t lowest,
                 int64_t highest, SegFeatureSummary *result)
{
	size_t width = (size_t) value->dim * sizeof(double);

	if (lowest > value->lowest_digit)
		lowest = value->lowest_digit;
	if (highest < highest_digit(value))
		highest = highest_digit(value);
	SEG_TRY(make_arrays(env, value->dim, lowest, highest, result));
	result->rows_used = value->rows_used;
	memcpy(result->counts, value->counts, width);
	memcpy(result->minima, value->minima, width);
	memcpy(result->maxima, value->maxima, width);
	add_digits(result, value);
	return SEG_OK;
}

SegStatus
seg_feature_summary_create(SegEnv *env, int64_t dim, SegFeatureSummary *result)
{
	SEG_TRY(make_arrays(env, dim, 0, 0, result));
	for (int64_t j = 0; j < dim; j++)
		result->minima[j] = result->maxima[j] = seg_missing();
	return SEG_OK;
}

SegStatus
seg_feature_summary_copy(SegEnv *env, const SegFeatureSummary *value,
                         SegFeatureSummary *result)
{
	return copy_with_digits(env, value, 0, 0, result);
}

/*
 * Add a number, which is not missing, to an element.
 */
static SegStatus
add_number(SegEnv *env, SegFeatureSummary *value, int64_t j, double x)
{
	SegExactNumber number = seg_exact_number_above(x, value->lowest_digit);
	int64_t highest = seg_exact_top(&number);
	int64_t at;

	if (number.low < value->lowest_digit || highest > highest_digit(value))
	{
		SegFeatureSummary wider;

		SEG_TRY(copy_with_digits(env, value, number.low, highest, &wider));
		*value = wider;
	}
	at = number.low - value->lowest_digit;
	seg_exact_add(value->sums + j * value->digits + at, &number);
	seg_exact_add_square(value->squares + j * value->square_digits + 2 * at,
	                     &number);
	value->counts[j]++;
	/* false for a missing extreme, too */
	if (!(x >= value->minima[j]))
		value->minima[j] = x;
	if (!(x <= value->maxima[j]))
		value->maxima[j] = x;
	return SEG_OK;
}

SegStatus
seg_feature_summary_add_part(SegEnv *env, SegFeatureSummary *value,
                             int64_t first, const double *x, int64_t n)
{
	for (int64_t j = 0; j < n; j++)
	{
		if (!isnan(x[j]))
			SEG_TRY(add_number(env, value, first + j, x[j]));
	}
	if (++value->rows_used % SEG_EXACT_MOST_PENDING == 0)
		take_carries(value);
	return SEG_OK;
}

SegStatus
seg_feature_summary_add(SegEnv *env, SegFeatureSummary *value, const double *x)
{
	return seg_feature_summary_add_part(env, value, 0, x, value->dim);
}

SegStatus
seg_feature_summary_of_rows(SegEnv *env, SegRows *rows,
                            SegFeatureSummary *result)
{
	SegFeatureSummary counting;
	int64_t steps = 0;
	SegBlock block;

	SEG_TRY(seg_feature_summary_create(env, rows->dim, &counting));
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			SEG_TRY(seg_feature_summary_add(env,
			                                &counting,
			                                block.x + i * rows->stride));
			SEG_TRY(seg_count_steps(env, &steps, 8 * rows->dim));
		}
	}
	return seg_feature_summary_copy(env, &counting, result);
}

/* ---------- adding up ---------- */

SegStatus
seg_feature_summary_spread(SegEnv *env, const SegFeatureSummary *value,
                           int64_t width, const int64_t *places, int64_t parts,
                           SegFeatureSummary *result)
{
	SEG_TRY(make_arrays(env,
	                    parts * width,
	                    value->lowest_digit,
	                    highest_digit(value),
	                    result));
	result->rows_used = value->rows_used;
	for (int64_t j = 0; j < result->dim; j++)
		result->minima[j] = result->maxima[j] = seg_missing();
	for (int64_t i = 0; i < value->dim; i++)
	{
		int64_t j = places[i / width] * width + i % width;

		result->counts[j] = value->counts[i];
		result->minima[j] = value->minima[i];
		result->maxima[j] = value->maxima[i];
		memcpy(result->sums + j * value->digits,
		       value->sums + i * value->digits,
		       (size_t) value->digits * sizeof(*value->sums));
		memcpy(result->squares + j * value->square_digits,
		       value->squares + i * value->square_digits,
		       (size_t) value->square_digits * sizeof(*value->squares));
	}
	return SEG_OK;
}

SegFeatureSummary
seg_feature_summary_part(const SegFeatureSummary *value, int64_t first,
                         int64_t n, int64_t rows)
{
	SegFeatureSummary part = *value;

	part.dim = n;
	part.rows_used = rows;
	part.counts += first;
	part.minima += first;
	part.maxima += first;
	part.sums += first * value->digits;
	part.squares += first * value->square_digits;
	return part;
}

static SegStatus
check_digits(SegEnv *env, const SegFeatureSummary *value)
{
	for (int64_t j = 0; j < value->dim; j++)
	{
		int64_t sum = value->sums[(j + 1) * value->digits - 1];
		int64_t square = value->squares[(j + 1) * value->square_digits - 1];

		if (sum > SEG_EXACT_MAX_DIGIT || sum < -SEG_EXACT_MAX_DIGIT ||
		    square > SEG_EXACT_MAX_DIGIT)
			return seg_fail_name(env, SEG_CORRUPT, "summary", "sums");
	}
	return SEG_OK;
}

SegStatus
seg_feature_summary_merge(SegEnv *env, const SegFeatureSummary *left,
                          const SegFeatureSummary *right,
                          SegFeatureSummary *sum)
{
	if (left->dim != right->dim)
		return seg_fail(env,
		                SEG_BAD_DIM,
		                "vectors",
		                (double) right->dim,
		                (double) left->dim);
	if ((double) left->rows_used + (double) right->rows_used > MAX_ROWS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "rows",
		                (double) left->rows_used + (double) right->rows_used,
		                MAX_ROWS);
	SEG_TRY(copy_with_digits(env,
	                         left,
	                         right->lowest_digit,
	                         highest_digit(right),
	                         sum));
	add_digits(sum, right);
	sum->rows_used += right->rows_used;
	for (int64_t j = 0; j < sum->dim; j++)
	{
		sum->counts[j] += right->counts[j];
		if (right->counts[j] == 0)
			continue;
		if (!(right->minima[j] >= sum->minima[j]))
			sum->minima[j] = right->minima[j];
		if (!(right->maxima[j] <= sum->maxima[j]))
			sum->maxima[j] = right->maxima[j];
	}
	return check_digits(env, sum);
}

static SegStatus
feature_summary_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	return seg_feature_summary_merge(env, a, b, merged);
}

/* ---------- answers ---------- */

SegFeatureStatistics
seg_feature_statistics(const SegFeatureSummary *value, int64_t j)
{
	const int64_t *sum = value->sums + j * value->digits;
	const int64_t *squares = value->squares + j * value->square_digits;
	int64_t deviations[SEG_EXACT_DEVIATION_DIGITS(SEG_EXACT_MAX_DIGITS)];
	SegFeatureStatistics s = {.count = value->counts[j],
	                          .missing = value->rows_used - value->counts[j],
	                          .mean = seg_missing(),
	                          .min = value->minima[j],
	                          .max = value->maxima[j]};
	int exponent;
	SegWide total;

	if (s.count == 0)
		return s;
	total = seg_exact_value(sum, value->digits, &exponent);
	exponent += SEG_DIGIT_BITS * (int) value->lowest_digit;
	s.mean = ldexp(seg_wide_divide(total, (double) s.count).hi, exponent);
	/* a sum of forged digits may be out of the range */
	s.mean = fmin(fmax(s.mean, s.min), s.max) + 0.0;

	seg_exact_deviations(sum, squares, value->digits, s.count, deviations);
	total = seg_exact_value(deviations,
	                        SEG_EXACT_DEVIATION_DIGITS(value->digits),
	                        &s.exponent);
	s.exponent += 2 * SEG_DIGIT_BITS * (int) value->lowest_digit;
	s.sum_of_squares = seg_wide_divide(total, (double) s.count).hi;
	return s;
}

double
seg_feature_deviation(const SegFeatureStatistics *s, int64_t degrees)
{
	return ldexp(sqrt(s->sum_of_squares / (double) degrees), s->exponent / 2);
}

const SegMethod seg_feature_summary_method = {.tag = SEG_TAG_FEATURE_SUMMARY,
                                              .format = 1,
                                              .is_summary = true,
                                              .name = "feature_summary",
                                              .title = "feature summary",
                                              .fields = fields,
                                              .size = sizeof(SegFeatureSummary),
                                              .is_sound =
                                                  feature_summary_is_sound,
                                              .merge = feature_summary_merge};
