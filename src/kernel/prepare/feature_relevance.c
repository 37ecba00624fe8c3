/*-------------------------------------------------------------------------
 *
 * feature_relevance.c
 *	  How much each element of vectors says about a label.
 *
 * F compares the variance between the means of the classes with that within them
 * (analysis of variance), or, for a label that is a number, the variance along a
 * line with that about it. It sees means and lines only. The mutual information
 * sees any relation: that of the label and of the element in ten bins of equal
 * frequency, by the counts of both together.
 *
 * src/kernel/prepare/feature_relevance.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/feature_relevance.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/incomplete_beta.h"
#include "base/missing.h"
#include "base/radix_sort.h"
#include "kernel/prepare/feature_hash.h"
#include "kernel/prepare/feature_quantiles.h"

/* Numbers that are copied at once, unless one column has more. */
#define BATCH (INT64_C(1) << 22)

/* Rounding of a sum of squares relative to that of the values, with a margin. */
#define ROUNDING 1e-13

typedef struct Labels
{
	int64_t n;       /* rows */
	int64_t classes; /* 0: labels are numbers */
	double *numbers; /* n: labels, or numbers of classes from 0 */
} Labels;

/* Room for one element. */
typedef struct Element
{
	double *x;      /* rows that have it */
	double *label;  /* of these rows */
	double *sorted; /* values, for quantiles */
	int64_t n;
	int64_t number; /* from 1 */
	double *sums;   /* of each class */
	double *counts;
} Element;

/* ---------- labels ---------- */

/*
 * Replace keys by the numbers of classes, in the order of the keys.
 */
static SegStatus
number_classes(SegEnv *env, Labels *labels)
{
	SegRadixItem *items, *scratch;

	SEG_ALLOC(env, items, labels->n);
	SEG_ALLOC(env, scratch, labels->n);
	for (int64_t i = 0; i < labels->n; i++)
		items[i] =
			(SegRadixItem){seg_radix_key(labels->numbers[i]), .index = i};
	SEG_TRY(seg_radix_sort(env, items, scratch, labels->n));
	for (int64_t i = 0; i < labels->n; i++)
	{
		labels->classes += i == 0 || items[i].key != items[i - 1].key;
		labels->numbers[items[i].index] = (double) (labels->classes - 1);
	}
	if (labels->classes > SEG_RELEVANCE_MAX_CLASSES)
		return seg_fail(env,
		                SEG_LIMIT,
		                "classes",
		                (double) labels->classes,
		                SEG_RELEVANCE_MAX_CLASSES);
	return SEG_OK;
}

/*
 * Copy some columns of the rows, one after the other.
 */
static SegStatus
read_columns(SegEnv *env, SegRows *rows, int64_t first, int64_t columns,
             double *copies)
{
	int64_t steps = 0;
	int64_t row = 0;
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++, row++)
		{
			for (int64_t j = 0; j < columns; j++)
				copies[j * rows->n + row] =
					block.x[i * rows->stride + first + j];
			SEG_TRY(seg_count_steps(env, &steps, columns + 4));
		}
	}
	return SEG_OK;
}

static SegStatus
read_relevance_labels(SegEnv *env, SegRows *rows, bool is_class, Labels *labels)
{
	*labels = (Labels){.n = rows->n};
	SEG_ALLOC(env, labels->numbers, rows->n);
	SEG_TRY(read_columns(env, rows, rows->dim, 1, labels->numbers));
	return is_class ? number_classes(env, labels) : SEG_OK;
}

/* ---------- F ---------- */

static double
column_mean(const double *x, int64_t n)
{
	double sum = 0.0;

	for (int64_t i = 0; i < n; i++)
		sum += (x[i] - x[0]) / (double) n;
	return x[0] + sum;
}

static void
set_f(double between, double within, double numerator, double denominator,
      SegRelevance *result)
{
	if (numerator < 1 || denominator < 1 || !(between + within > 0.0))
		return;
	/* infinite without variance within */
	result->f_statistic = between / numerator / (within / denominator);
	result->p_value = seg_f_upper(result->f_statistic, numerator, denominator);
}

/*
 * Between and within classes. Values are relative to the mean of all, and scaled
 * so that no square overflows.
 */
static void
f_of_classes(const Labels *labels, Element *e, double mean, double scale,
             SegRelevance *result)
{
	double between = 0.0, within = 0.0, total = 0.0;
	double present = 0.0;

	memset(e->sums, 0, (size_t) labels->classes * sizeof(double));
	memset(e->counts, 0, (size_t) labels->classes * sizeof(double));
	for (int64_t i = 0; i < e->n; i++)
	{
		e->sums[(int64_t) e->label[i]] += (e->x[i] - mean) * scale;
		e->counts[(int64_t) e->label[i]] += 1.0;
	}
	for (int64_t c = 0; c < labels->classes; c++)
	{
		if (e->counts[c] == 0.0)
			continue;
		present += 1.0;
		between += e->sums[c] * (e->sums[c] / e->counts[c]);
	}
	for (int64_t i = 0; i < e->n; i++)
	{
		int64_t c = (int64_t) e->label[i];
		double z = (e->x[i] - mean) * scale;
		double gap = z - e->sums[c] / e->counts[c];

		within += gap * gap;
		total += z * z;
	}
	if (within < ROUNDING * ROUNDING * total)
		within = 0.0;
	set_f(between, within, present - 1.0, (double) e->n - present, result);
}

/*
 * Along and about the line of least squares.
 */
static void
f_of_line(const Element *e, double mean, double scale, SegRelevance *result)
{
	double label_mean = column_mean(e->label, e->n);
	double largest = 0.0;
	double xx = 0.0, yy = 0.0, xy = 0.0, r2;

	for (int64_t i = 0; i < e->n; i++)
		largest = fmax(largest, fabs(e->label[i] - label_mean));
	if (largest == 0.0)
		return;
	for (int64_t i = 0; i < e->n; i++)
	{
		double x = (e->x[i] - mean) * scale;
		double y = (e->label[i] - label_mean) / largest;

		xx += x * x;
		yy += y * y;
		xy += x * y;
	}
	r2 = xy / xx * (xy / yy);
	set_f(r2,
	      r2 < 1.0 - ROUNDING ? 1.0 - r2 : 0.0,
	      1.0,
	      (double) e->n - 2.0,
	      result);
}

/* ---------- mutual information ---------- */

/*
 * Edges between bins of equal frequency: distinct quantiles, above the smallest
 * value. Reorders the numbers.
 */
static SegStatus
find_bin_edges(SegEnv *env, double *x, int64_t n, double *edges, int64_t *count)
{
	int64_t ranks[SEG_RELEVANCE_BINS];
	double smallest = x[0];

	*count = 0;
	for (int b = 1; b < SEG_RELEVANCE_BINS; b++)
		ranks[b - 1] = n * b / SEG_RELEVANCE_BINS;
	for (int64_t i = 1; i < n; i++)
		smallest = fmin(smallest, x[i]);
	SEG_TRY(seg_select(env, x, n, ranks, SEG_RELEVANCE_BINS - 1));
	for (int b = 0; b < SEG_RELEVANCE_BINS - 1; b++)
	{
		double edge = x[ranks[b]];

		if (edge > (*count > 0 ? edges[*count - 1] : smallest))
			edges[(*count)++] = edge;
	}
	return SEG_OK;
}

/*
 * The bin of each number, in its place.
 */
static SegStatus
put_into_bins(SegEnv *env, const double *x, int64_t n, double *scratch,
              double *bins, int64_t *count)
{
	double edges[SEG_RELEVANCE_BINS];
	int64_t n_edges;

	memcpy(scratch, x, (size_t) n * sizeof(double));
	SEG_TRY(find_bin_edges(env, scratch, n, edges, &n_edges));
	for (int64_t i = 0; i < n; i++)
		bins[i] = (double) seg_bucket(edges, n_edges, x[i]);
	*count = n_edges + 1;
	return SEG_OK;
}

static SegStatus
information_of_bins(SegEnv *env, const Element *e, int64_t rows,
                    int64_t columns, double *result)
{
	SegEnv inner = seg_enter(env);
	double *joint, *of_row, *of_column;
	double sum = 0.0;

	SEG_ALLOC(&inner, joint, rows * columns + rows + columns);
	of_row = joint + rows * columns;
	of_column = of_row + rows;
	for (int64_t i = 0; i < e->n; i++)
	{
		int64_t r = (int64_t) e->x[i], c = (int64_t) e->label[i];

		joint[r * columns + c] += 1.0;
		of_row[r] += 1.0;
		of_column[c] += 1.0;
	}
	for (int64_t r = 0; r < rows; r++)
	{
		for (int64_t c = 0; c < columns; c++)
		{
			double n = joint[r * columns + c];

			if (n > 0.0)
				sum += n / (double) e->n *
				       log(n / of_row[r] * ((double) e->n / of_column[c]));
		}
	}
	*result = fmax(sum, 0.0);
	return seg_leave(env, &inner, SEG_OK);
}

/* ---------- one element after the other ---------- */

static SegStatus
judge_element(SegEnv *env, const Labels *labels, const double *column,
              Element *e, SegRelevance *result)
{
	double mean, largest = 0.0;
	int64_t bins, label_bins = labels->classes;

	*result = (SegRelevance){seg_missing(), seg_missing(), seg_missing()};
	e->n = 0;
	for (int64_t i = 0; i < labels->n; i++)
	{
		e->x[e->n] = column[i];
		e->label[e->n] = labels->numbers[i];
		e->n += isnan(column[i]) ? 0 : 1;
	}
	if (e->n == 0)
		return SEG_OK;
	mean = column_mean(e->x, e->n);
	for (int64_t i = 0; i < e->n; i++)
		largest = fmax(largest, fabs(e->x[i] - mean));
	if (!isfinite(largest))
		return seg_fail(env,
		                SEG_ELEMENT_RANGE,
		                "span of element",
		                e->x[0],
		                (double) e->number);
	if (largest > 0.0 && labels->classes > 0)
		f_of_classes(labels, e, mean, 1.0 / fmax(largest, DBL_MIN), result);
	else if (largest > 0.0)
		f_of_line(e, mean, 1.0 / fmax(largest, DBL_MIN), result);
	SEG_TRY(put_into_bins(env, e->x, e->n, e->sorted, e->x, &bins));
	if (labels->classes == 0)
		SEG_TRY(put_into_bins(env,
		                      e->label,
		                      e->n,
		                      e->sorted,
		                      e->label,
		                      &label_bins));
	return information_of_bins(env,
	                           e,
	                           bins,
	                           label_bins,
	                           &result->mutual_information);
}

SegStatus
seg_feature_relevance(SegEnv *env, SegRows *rows, bool is_class,
                      SegRelevance *result)
{
	int64_t batch = BATCH / (rows->n > 0 ? rows->n : 1);
	Labels labels;
	Element e = {0};
	double *copies;

	batch = batch < 1 ? 1 : batch > rows->dim ? rows->dim : batch;
	SEG_TRY(read_relevance_labels(env, rows, is_class, &labels));
	SEG_ALLOC(env, copies, batch * rows->n);
	SEG_ALLOC(env, e.x, rows->n);
	SEG_ALLOC(env, e.label, rows->n);
	SEG_ALLOC(env, e.sorted, rows->n);
	SEG_ALLOC(env, e.sums, labels.classes + 1);
	SEG_ALLOC(env, e.counts, labels.classes + 1);
	for (int64_t first = 0; first < rows->dim; first += batch)
	{
		int64_t columns = batch < rows->dim - first ? batch : rows->dim - first;

		SEG_TRY(read_columns(env, rows, first, columns, copies));
		for (int64_t j = 0; j < columns; j++)
		{
			e.number = first + j + 1;
			SEG_TRY(judge_element(env,
			                      &labels,
			                      copies + j * rows->n,
			                      &e,
			                      &result[first + j]));
			if (env->stop(env->host))
				return SEG_STOPPED;
		}
	}
	return SEG_OK;
}
