/*-------------------------------------------------------------------------
 *
 * fit.c
 *	  Parameters of a distribution by maximum likelihood, from rows.
 *
 * Rows are collapsed to distinct ones, of which purchases by week make few, and
 * sorted.  So sums run in one order, whatever the order and weights in which
 * rows came, and likelihoods find equal counts together.  Beyond RESIDENT_ROWS
 * distinct rows, the stream is collapsed anew, in smaller tables, whenever the
 * likelihood is evaluated.
 *
 * Columns and weights are divided by powers of two near their means, which
 * loses no digits.  Parameters in the unit of the columns are sought as
 * multiples of the mean itself, so ages in seconds and in weeks give the same
 * fit, even where it depends on where the search begins and how far it may go.
 *
 * With many distinct rows, the search begins on a sample, drawn by weight at
 * equal distances along the sorted rows; a few steps over all of them remain.
 *
 * src/kernel/lifetime/fit.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/fit.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "kernel/lifetime/distinct.h"
#include "base/missing.h"
#include "base/wide.h"

#define RESIDENT_ROWS (INT64_C(1) << 19)
#define STREAM_SHARE  8 /* a stream's tables are smaller by this factor */
#define SAMPLE_ROWS   1024
#define SLICE_ROWS    256 /* between checks for a stop */

/* Parameters stay between exp(-BOUND) and exp(BOUND), times the mean. */
#define BOUND 13.0

#define LARGEST_WEIGHT 1e100
#define LEAST_UNIT     1e-100

#define OPTION(member) offsetof(SegFitParams, member)

/* clang-format off */
const SegOption seg_fit_options[] = {
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 200, 1, 10000, NULL,
		"steps at most"},
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 1e-8, 1e-10, 1e-2, NULL,
		"at rest when no parameter would change by more than this share"},
	SEG_OPTION_END
};
/* clang-format on */

SegStatus
seg_check_input(SegEnv *env, const char *what, double x)
{
	if (x >= 0.0 && x <= SEG_LARGEST_INPUT)
		return SEG_OK;
	if (!isfinite(x))
		return seg_fail(env, SEG_INFINITE, what, x, 0);
	return seg_fail_range(env,
	                      SEG_ARGUMENT_RANGE,
	                      what,
	                      x,
	                      0,
	                      SEG_LARGEST_INPUT);
}

SegStatus
seg_check_count(SegEnv *env, const char *what, double x)
{
	if (x >= 0.0 && x <= SEG_LARGEST_COUNT && x == (double) (int64_t) x)
		return SEG_OK;
	return seg_fail(env, isfinite(x) ? SEG_NOT_COUNT : SEG_INFINITE, what, x, 0);
}

/* What a search works on. */
typedef struct Fit
{
	const SegLikelihood *likelihood;
	SegDistinct table;
	int64_t resident_rows;
	bool is_resident; /* the table has all rows */
	double unit;
	double weight_unit;
	double scale; /* mean of the last column in its unit; 1 if it has none */
} Fit;

/* ---------- rows ---------- */

/*
 * The power of two below a positive number.
 */
static double
power_below(double x)
{
	int exponent;

	(void) frexp(x, &exponent);
	return ldexp(1.0, exponent - 1);
}

static void
divide_by_units(const Fit *fit)
{
	int32_t columns = fit->table.columns;
	double *row = fit->table.x;

	for (int64_t i = 0; i < fit->table.n; i++, row += columns + 1)
	{
		for (int32_t j = 1; j < columns; j++)
			row[j] /= fit->unit;
		row[columns] /= fit->weight_unit;
	}
}

/*
 * Go through all tables: begin, then next while there is one.
 */
static SegStatus
fit_read_table(SegEnv *env, Fit *fit, bool *is_read)
{
	SEG_TRY(seg_distinct_next(env, &fit->table, is_read));
	divide_by_units(fit);
	return SEG_OK;
}

static SegStatus
begin_tables(SegEnv *env, Fit *fit, bool *is_read)
{
	*is_read = true;
	if (fit->is_resident)
		return SEG_OK;
	seg_distinct_rewind(&fit->table, fit->resident_rows / STREAM_SHARE);
	return fit_read_table(env, fit, is_read);
}

static SegStatus
next_table(SegEnv *env, Fit *fit, bool *is_read)
{
	*is_read = false;
	return fit->is_resident ? SEG_OK : fit_read_table(env, fit, is_read);
}

static SegStatus
open_rows(SegEnv *env, SegRows *rows, Fit *fit)
{
	bool is_read;

	SEG_TRY(seg_distinct_open(env, rows, fit->resident_rows, &fit->table));
	SEG_TRY(seg_distinct_next(env, &fit->table, &is_read));
	fit->is_resident = fit->table.is_last;
	fit->unit = fit->weight_unit = fit->scale = 1.0;
	return SEG_OK;
}

/* Sums over rows, with weights. */
typedef struct Totals
{
	SegWide weight;
	SegWide columns[SEG_MAX_COLUMNS];
	SegWide squares[2]; /* of the first and the last column */
	SegWide product;    /* of the two */
} Totals;

static void
fit_add_row(const double *row, int32_t columns, Totals *t)
{
	double weight = row[columns];
	SegWide first = {row[0], 0.0};
	SegWide last = {row[columns - 1], 0.0};
	SegWide weighted = seg_wide_product(weight, row[columns - 1]);

	t->weight = seg_wide_add(t->weight, (SegWide){weight, 0.0});
	for (int32_t j = 0; j < columns; j++)
		t->columns[j] =
			seg_wide_add(t->columns[j], seg_wide_product(weight, row[j]));
	t->product = seg_wide_add(t->product, seg_wide_multiply(weighted, first));
	t->squares[1] =
		seg_wide_add(t->squares[1], seg_wide_multiply(weighted, last));
	weighted = seg_wide_product(weight, row[0]);
	t->squares[0] =
		seg_wide_add(t->squares[0], seg_wide_multiply(weighted, first));
}

static SegStatus
add_totals(SegEnv *env, const SegDistinct *table, Totals *totals)
{
	int32_t stride = table->columns + 1;

	for (int64_t i = 0; i < table->n; i++)
	{
		if (i % SLICE_ROWS == 0 && env->stop(env->host))
			return SEG_STOPPED;
		fit_add_row(table->x + i * stride, table->columns, totals);
	}
	return SEG_OK;
}

/*
 * weight * sum of a b - sum of a * sum of b
 */
static double
spread(const Totals *t, SegWide product, SegWide a, SegWide b)
{
	return seg_wide_subtract(seg_wide_multiply(t->weight, product),
	                         seg_wide_multiply(a, b))
	    .hi;
}

/*
 * Between the first and the last column.
 */
static double
fit_correlation(const Totals *t, int32_t columns)
{
	SegWide a = t->columns[0];
	SegWide b = t->columns[columns - 1];
	double r =
		spread(t, t->product, a, b) / (sqrt(spread(t, t->squares[0], a, a)) *
	                                   sqrt(spread(t, t->squares[1], b, b)));

	return isfinite(r) ? fmin(fmax(r, -1.0), 1.0) : seg_missing();
}

/*
 * Weight and means of all rows, and the units that follow.
 */
static SegStatus
fit_take_stock(SegEnv *env, Fit *fit, SegFit *result, SegEstimates *estimates)
{
	int32_t columns = fit->table.columns;
	Totals totals = {{0.0, 0.0}};
	double rows = 0.0;
	bool is_read;

	SEG_TRY(begin_tables(env, fit, &is_read));
	while (is_read)
	{
		rows += (double) fit->table.n;
		SEG_TRY(add_totals(env, &fit->table, &totals));
		SEG_TRY(next_table(env, fit, &is_read));
	}
	result->weight = totals.weight.hi;
	if (!(result->weight <= LARGEST_WEIGHT))
		return seg_fail(env, SEG_NOT_FINITE, "sum of weights", 0, 0);
	for (int j = 0; j < SEG_MAX_COLUMNS; j++)
		estimates->means[j] = totals.columns[j].hi / result->weight;
	estimates->correlation = fit_correlation(&totals, columns);

	if (fit->likelihood->has_unit)
	{
		double mean = fmax(estimates->means[columns - 1], LEAST_UNIT);

		fit->unit = power_below(mean);
		fit->scale = mean / fit->unit;
	}
	estimates->unit = fit->unit;
	fit->weight_unit = power_below(result->weight / rows);
	if (fit->is_resident)
		divide_by_units(fit);
	return SEG_OK;
}

/*
 * A fit to rows at equal distances along the table's weights, each as often as
 * it is hit.
 */
static SegStatus
draw_sample(SegEnv *env, const Fit *fit, Fit *sample)
{
	const SegDistinct *table = &fit->table;
	int32_t stride = table->columns + 1;
	double total = 0.0;
	double passed = 0.0; /* weight of the rows before this one */
	int64_t at = 0;

	*sample = *fit;
	sample->is_resident = true;
	sample->table.n = SAMPLE_ROWS;
	SEG_ALLOC(env, sample->table.x, SAMPLE_ROWS * stride);
	for (int64_t i = 0; i < table->n; i++)
		total += table->x[i * stride + table->columns];
	for (int64_t i = 0; i < SAMPLE_ROWS; i++)
	{
		double target = ((double) i + 0.5) / SAMPLE_ROWS * total;
		double *row = sample->table.x + i * stride;

		for (; at < table->n - 1; at++)
		{
			double weight = table->x[at * stride + table->columns];

			if (passed + weight > target)
				break;
			passed += weight;
		}
		memcpy(row, table->x + at * stride, (size_t) stride * sizeof(double));
		row[table->columns] = 1.0;
	}
	return SEG_OK;
}

/* ---------- the likelihood ---------- */

/*
 * The gradient's terms nearly cancel, and values are compared: both keep all
 * their digits.
 */
typedef struct Sum
{
	SegWide value;
	SegWide gradient[SEG_MAX_VARIABLES];
	SegDerivatives rest;
} Sum;

static void
add_slice(Sum *sum, const SegDerivatives *slice, int n)
{
	sum->value = seg_wide_add(sum->value, (SegWide){slice->value, 0.0});
	for (int i = 0; i < n; i++)
	{
		sum->gradient[i] =
			seg_wide_add(sum->gradient[i], (SegWide){slice->gradient[i], 0.0});
		for (int j = 0; j <= i; j++)
			sum->rest.hessian[i][j] += slice->hessian[i][j];
	}
}

static SegStatus
add_table(SegEnv *env, const Fit *fit, const double *parameters, Sum *sum)
{
	const SegDistinct *table = &fit->table;

	for (int64_t i = 0; i < table->n; i += SLICE_ROWS)
	{
		int64_t left = table->n - i;
		SegDerivatives slice = {0};

		if (env->stop(env->host))
			return SEG_STOPPED;
		fit->likelihood->add(parameters,
		                     table->x + i * (table->columns + 1),
		                     left < SLICE_ROWS ? left : SLICE_ROWS,
		                     &slice);
		add_slice(sum, &slice, fit->likelihood->n);
	}
	return SEG_OK;
}

/*
 * A parameter in the unit of the columns, from a variable of the search.
 */
static double
parameter_at(const Fit *fit, int i, double x)
{
	return exp(x) * (fit->likelihood->is_scale[i] ? fit->scale : 1.0);
}

/*
 * SegFunction of the logs of the parameters.
 */
static SegStatus
evaluate(SegEnv *env, void *context, const double *logs, SegDerivatives *result)
{
	Fit *fit = context;
	double parameters[SEG_MAX_VARIABLES];
	Sum sum = {{0.0, 0.0}};
	bool is_read;

	for (int i = 0; i < fit->likelihood->n; i++)
		parameters[i] = parameter_at(fit, i, logs[i]);
	SEG_TRY(begin_tables(env, fit, &is_read));
	while (is_read)
	{
		SEG_TRY(add_table(env, fit, parameters, &sum));
		SEG_TRY(next_table(env, fit, &is_read));
	}
	*result = sum.rest;
	result->value = sum.value.hi;
	for (int i = 0; i < fit->likelihood->n; i++)
		result->gradient[i] = sum.gradient[i].hi;
	return SEG_OK;
}

static SegStatus
maximize(SegEnv *env, Fit *fit, const SegFitParams *params, SegMaximum *maximum)
{
	SegProblem problem = {.function = evaluate,
	                      .context = fit,
	                      .n = fit->likelihood->n,
	                      .low = -BOUND,
	                      .high = BOUND,
	                      .tolerance = params->tolerance,
	                      .max_steps = params->max_iterations,
	                      .name = fit->likelihood->name};

	return seg_maximize(env, &problem, maximum);
}

/*
 * Is one search better than the other: likelier by more than rounding, or as
 * likely and converged?
 */
static bool
is_better(const SegMaximum *one, const SegMaximum *other)
{
	double margin = 1e-9 * (1.0 + fabs(other->at.value));

	if (one->outcome == SEG_CONVERGED && other->outcome != SEG_CONVERGED)
		margin = -margin;
	return one->at.value > other->at.value + margin;
}

static SegStatus
search_from_starts(SegEnv *env, Fit *fit, const SegFitParams *params,
                   const double *means, SegMaximum *best)
{
	const SegLikelihood *likelihood = fit->likelihood;

	for (int which = 0; which < likelihood->starts; which++)
	{
		SegMaximum next = {{0.0}};

		likelihood->start(which, means, next.x);
		for (int i = 0; i < likelihood->n; i++)
			next.x[i] = fmin(fmax(log(next.x[i]), -BOUND), BOUND);
		SEG_TRY(maximize(env, fit, params, &next));
		if (which == 0 || is_better(&next, best))
			*best = next;
		if (best->outcome == SEG_CONVERGED)
			break;
	}
	return SEG_OK;
}

/*
 * With many rows, start from where a sample led.  If that was a maximum, but
 * does not lead to one for all rows, it says nothing.
 */
static SegStatus
search(SegEnv *env, Fit *fit, const SegFitParams *params, const double *means,
       SegMaximum *best)
{
	Fit sample;
	bool is_read, was_at_rest;

	if (fit->is_resident && fit->table.n <= SAMPLE_ROWS)
		return search_from_starts(env, fit, params, means, best);

	SEG_TRY(begin_tables(env, fit, &is_read));
	SEG_TRY(draw_sample(env, fit, &sample));
	SEG_TRY(search_from_starts(env, &sample, params, means, best));
	was_at_rest = best->outcome == SEG_CONVERGED;
	SEG_TRY(maximize(env, fit, params, best));
	if (best->outcome == SEG_CONVERGED || !was_at_rest)
		return SEG_OK;
	return search_from_starts(env, fit, params, means, best);
}

/* ---------- results ---------- */

static void
take_estimates(const Fit *fit, const SegMaximum *maximum,
               SegEstimates *estimates)
{
	double covariance[SEG_MAX_VARIABLES * SEG_MAX_VARIABLES];
	int n = fit->likelihood->n;
	bool has_errors = maximum->outcome == SEG_CONVERGED &&
	                  seg_curvature_inverse(&maximum->at, n, covariance);

	for (int i = 0; i < n; i++)
	{
		double value = parameter_at(fit, i, maximum->x[i]);
		double std_error = seg_missing();

		if (has_errors)
			std_error = value * sqrt(covariance[i * n + i] / fit->weight_unit);
		estimates->value[i] = value;
		estimates->std_error[i] =
			isfinite(std_error) ? std_error : seg_missing();
	}
}

bool
seg_fit_is_sound(const SegFit *fit, const double *std_errors, int n)
{
	for (int i = 0; i < n; i++)
	{
		if (!fit->converged && !isnan(std_errors[i]))
			return false;
	}
	return true;
}

SegStatus
seg_fit_set_likelihood(SegEnv *env, SegFit *fit, int parameters,
                       double log_likelihood)
{
	fit->log_likelihood = log_likelihood;
	fit->aic = 2.0 * parameters - 2.0 * log_likelihood;
	if (!isfinite(fit->aic))
		return seg_fail(env, SEG_NOT_FINITE, "log-likelihood", 0, 0);
	return SEG_OK;
}

SegStatus
seg_fit(SegEnv *env, SegRows *rows, const SegLikelihood *likelihood,
        const SegFitParams *params, SegFit *result, SegEstimates *estimates)
{
	Fit fit = {.likelihood = likelihood,
	           .resident_rows = params->resident_rows > 0
	                                ? params->resident_rows
	                                : RESIDENT_ROWS};
	double means[SEG_MAX_COLUMNS];
	SegMaximum maximum = {{0.0}};

	SEG_TRY(open_rows(env, rows, &fit));
	SEG_TRY(fit_take_stock(env, &fit, result, estimates));
	for (int32_t j = 0; j < fit.table.columns; j++)
		means[j] = estimates->means[j] / (j > 0 ? fit.unit * fit.scale : 1.0);
	SEG_TRY(search(env, &fit, params, means, &maximum));
	if (result->rows_without_recency > 0)
		maximum.outcome = SEG_UNBOUNDED;
	take_estimates(&fit, &maximum, estimates);

	result->rows_used = rows->n;
	result->iterations = maximum.steps;
	result->outcome = maximum.outcome;
	result->converged = maximum.outcome == SEG_CONVERGED;
	if (maximum.outcome == SEG_AT_BOUND)
		result->bound = likelihood->parameters[maximum.which];
	result->gradient_norm =
		fit.weight_unit * seg_gradient_norm(&maximum.at, likelihood->n);
	return seg_fit_set_likelihood(env,
	                              result,
	                              likelihood->n,
	                              fit.weight_unit * maximum.at.value);
}

void
seg_fit_note(SegEnv *env, const SegFit *fit, const char *title)
{
	static const SegStatus notes[] = {[SEG_OUT_OF_STEPS] = SEG_NOTE_UNCONVERGED,
	                                  [SEG_AT_BOUND] = SEG_NOTE_AT_BOUND,
	                                  [SEG_FLAT] = SEG_NOTE_FLAT,
	                                  [SEG_UNBOUNDED] = SEG_NOTE_UNBOUNDED};
	bool is_unbounded = fit->outcome == SEG_UNBOUNDED;

	if (!fit->converged)
		seg_note(env,
		         notes[fit->outcome],
		         (SegDiag){.what = title,
		                   .name = fit->bound,
		                   .got = (double) (is_unbounded
		                                        ? fit->rows_without_recency
		                                        : fit->iterations)});
}
