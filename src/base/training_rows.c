/*-------------------------------------------------------------------------
 *
 * training_rows.c
 *	  What the rows were like that a model was trained on.
 *
 * One pass sums the differences of each element from its first value, and their
 * squares. For each run of rows these are plain sums, in loops that a processor
 * does several of at once; the sums of runs are added with twice the digits. A run
 * is set by the numbers of its rows, so where a block of the stream ends changes
 * nothing.
 *
 * Squares of differences below 1e-135 or above 1e154 would leave the range of
 * float8. Then a second pass has such elements in another unit, a power of two,
 * which loses no digits.
 *
 * src/base/training_rows.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/training_rows.h"

#include <math.h>

#include "base/missing.h"
#include "base/wide.h"

#define RUN 512 /* rows */

/* units, and the sums of squares that call for them */
#define UNIT_EXPONENT 600
#define SMALL_SUM     0x1p-900
#define SMALL_VALUE   0x1p-300

/* of sums of numbers from 0 to 1, for each of them */
#define ROUNDING 1e-13

typedef struct Sums
{
	int64_t dim;
	int64_t rows;
	int64_t unset;     /* elements without a first value */
	double *exponents; /* of the unit of each element */
	double *scales;    /* to that unit */
	double *first;     /* scaled; 0 where there is none */
	double *is_set;    /* 0 or 1 */

	/* of the run so far */
	double *counts;
	double *differences;
	double *squares;

	/* of all runs before it */
	double *all_counts;
	SegWide *all_differences;
	SegWide *all_squares;
} Sums;

bool
seg_training_rows_are_sound(const SegTrainingRows *t, int64_t dim)
{
	if (t->dim != 0 && t->dim != dim)
		return false;
	for (int64_t j = 0; j < t->dim; j++)
	{
		if ((isnan(t->means[j]) != 0) != (t->missing[j] == 1.0) ||
		    (isnan(t->means[j]) && !isnan(t->deviations[j])))
			return false;
	}
	return true;
}

/*
 * A number is 0 or 1 if it is its own square.  Of whole numbers no square is
 * smaller, so their sum is that of the numbers only if all are 0 or 1.
 */
bool
seg_training_rows_say_yes_no(const SegTrainingRows *t, int64_t rows, int64_t j)
{
	double n = round((double) rows * (1.0 - t->missing[j]));
	double sum = n * t->means[j];
	double around =
		n >= 2.0 ? (n - 1.0) * t->deviations[j] * t->deviations[j] : 0.0;

	return n >= 1.0 && fabs(around + sum * t->means[j] - sum) <= n * ROUNDING;
}

static SegStatus
sums_create(SegEnv *env, int64_t dim, Sums *s)
{
	*s = (Sums){.dim = dim};
	SEG_ALLOC(env, s->exponents, dim);
	SEG_ALLOC(env, s->scales, dim);
	SEG_ALLOC(env, s->first, dim);
	SEG_ALLOC(env, s->is_set, dim);
	SEG_ALLOC(env, s->counts, dim);
	SEG_ALLOC(env, s->differences, dim);
	SEG_ALLOC(env, s->squares, dim);
	SEG_ALLOC(env, s->all_counts, dim);
	SEG_ALLOC(env, s->all_differences, dim);
	SEG_ALLOC(env, s->all_squares, dim);
	for (int64_t j = 0; j < dim; j++)
		s->scales[j] = 1.0;
	return SEG_OK;
}

static void
sums_clear(Sums *s)
{
	size_t width = (size_t) s->dim * sizeof(double);

	s->rows = 0;
	s->unset = s->dim;
	memset(s->is_set, 0, width);
	memset(s->first, 0, width);
	memset(s->counts, 0, width);
	memset(s->differences, 0, width);
	memset(s->squares, 0, width);
	memset(s->all_counts, 0, width);
	memset(s->all_differences, 0, 2 * width);
	memset(s->all_squares, 0, 2 * width);
}

/*
 * First values of elements that had none so far.
 */
static void
set_first(Sums *s, const double *x)
{
	for (int64_t j = 0; j < s->dim; j++)
	{
		if (s->is_set[j] != 0.0 || isnan(x[j]))
			continue;
		s->first[j] = x[j] * s->scales[j];
		s->is_set[j] = 1.0;
		s->unset--;
	}
}

/*
 * Add a row; a missing element adds nothing.
 */
static inline void
sums_add_row(int64_t dim, const double *restrict x,
             const double *restrict scales, const double *restrict first,
             double *restrict counts, double *restrict differences,
             double *restrict squares)
{
	for (int64_t j = 0; j < dim; j++)
	{
		double is_there = x[j] == x[j] ? 1.0 : 0.0;
		double difference = x[j] == x[j] ? x[j] * scales[j] - first[j] : 0.0;

		counts[j] += is_there;
		differences[j] += difference;
		squares[j] += difference * difference;
	}
}

static void
end_run(Sums *s)
{
	for (int64_t j = 0; j < s->dim; j++)
	{
		s->all_counts[j] += s->counts[j];
		s->all_differences[j] = seg_wide_add(s->all_differences[j],
		                                     (SegWide){s->differences[j], 0.0});
		s->all_squares[j] =
			seg_wide_add(s->all_squares[j], (SegWide){s->squares[j], 0.0});
		s->counts[j] = s->differences[j] = s->squares[j] = 0.0;
	}
}

static SegStatus
sums_add_rows(SegEnv *env, SegRows *rows, Sums *s)
{
	int64_t steps = 0;
	SegBlock block;

	sums_clear(s);
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			if (s->unset > 0)
				set_first(s, x);
			sums_add_row(s->dim,
			             x,
			             s->scales,
			             s->first,
			             s->counts,
			             s->differences,
			             s->squares);
			if (++s->rows % RUN != 0)
				continue;
			end_run(s);
			SEG_TRY(seg_count_steps(env, &steps, RUN * s->dim));
		}
	}
	end_run(s);
	return SEG_OK;
}

/*
 * Choose the unit of elements whose squares may have left the range; false: there
 * are none.  A first value that is not small has no small differences but 0.
 */
static bool
choose_units(Sums *s)
{
	bool any = false;

	for (int64_t j = 0; j < s->dim; j++)
	{
		double sum = s->all_squares[j].hi;
		int exponent = 0;

		if (s->is_set[j] == 0.0)
			continue;
		/* not so for NaN, either */
		if (!(sum <= DBL_MAX))
			exponent = UNIT_EXPONENT;
		else if (sum < SMALL_SUM && fabs(s->first[j]) < SMALL_VALUE)
			exponent = -UNIT_EXPONENT;
		s->exponents[j] = exponent;
		s->scales[j] = ldexp(1.0, -exponent);
		any = any || exponent != 0;
	}
	return any;
}

static double
within_range(double x)
{
	return fmin(fmax(x, -DBL_MAX), DBL_MAX);
}

/*
 * The mean of an element that some row has, and its sample standard deviation.
 */
static void
finish_element(const Sums *s, int64_t j, double *mean, double *deviation)
{
	double n = s->all_counts[j];
	int exponent = (int) s->exponents[j];
	SegWide sum = s->all_differences[j];
	SegWide offset = seg_wide_divide(sum, n);
	SegWide squares =
		seg_wide_subtract(s->all_squares[j], seg_wide_multiply(sum, offset));

	offset = seg_wide_add((SegWide){s->first[j], 0.0}, offset);
	*mean = within_range(ldexp(offset.hi, exponent)) + 0.0; /* no -0 */
	if (n >= 2.0)
		*deviation = within_range(
			ldexp(sqrt(fmax(squares.hi, 0.0) / (n - 1.0)), exponent));
}

SegStatus
seg_training_rows_find(SegEnv *env, SegRows *rows, SegTrainingRows *result)
{
	double *means, *deviations, *missing;
	Sums sums;

	SEG_ALLOC(env, means, rows->dim);
	SEG_ALLOC(env, deviations, rows->dim);
	SEG_ALLOC(env, missing, rows->dim);
	SEG_TRY(sums_create(env, rows->dim, &sums));
	SEG_TRY(sums_add_rows(env, rows, &sums));
	if (choose_units(&sums))
		SEG_TRY(sums_add_rows(env, rows, &sums));
	for (int64_t j = 0; j < rows->dim; j++)
	{
		double n = sums.all_counts[j];

		means[j] = deviations[j] = seg_missing();
		missing[j] = ((double) sums.rows - n) / (double) sums.rows;
		if (n > 0.0)
			finish_element(&sums, j, &means[j], &deviations[j]);
	}
	*result = (SegTrainingRows){rows->dim, means, deviations, missing};
	return SEG_OK;
}
