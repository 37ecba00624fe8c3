/*-------------------------------------------------------------------------
 *
 * tree_rows.c
 *	  Training rows in the form that trees are grown from.
 *
 * Which rows are held out is decided by a hash of a row's elements, so equal
 * vectors are all held out or all learned from, and more rows do not change it
 * for those that were there.
 *
 * src/kernel/tree/tree_rows.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_rows.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/range.h"
#include "kernel/tree/tree_histogram.h"

#define MOST_ROWS (INT64_C(1) << 28)

int64_t
seg_tree_row_bytes(int64_t dim)
{
	/* codes; label and weight; gradients, and those of a node; rows, and those
	 * moved; the mark of a held-out row */
	return seg_bins_row_bytes(dim) + 2 * (int64_t) sizeof(double) +
	       2 * (int64_t) sizeof(SegGradient) + 2 * (int64_t) sizeof(uint32_t) +
	       1;
}

/*
 * Labels, weights and hold-out, by number of row.
 */
static SegStatus
read_tree_columns(SegEnv *env, SegRows *source, const SegClassRows *classes,
                  const SegTreeParams *params, double held_out_share,
                  SegTreeRows *rows)
{
	int64_t dim = source->dim;
	SegBlock block;

	source->rewind(source);
	while (source->next(source, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * source->stride;
			int64_t at = block.first + i;

			rows->y[at] = x[dim + SEG_TREE_LABEL];
			if (classes != NULL)
				rows->y[at] = seg_class_of(classes, rows->y[at]);
			if (rows->weights != NULL)
				rows->weights[at] = source->stride > dim + SEG_TREE_WEIGHT
				                        ? x[dim + SEG_TREE_WEIGHT]
				                        : 1.0;
			if (rows->is_held_out == NULL)
				continue;
			rows->is_held_out[at] =
				seg_random_real((uint64_t) params->seed,
			                    seg_row_hash(x, source->dim),
			                    0) < held_out_share;
			rows->held_out += rows->is_held_out[at];
		}
	}
	return SEG_OK;
}

/*
 * Weights by which all classes have the same sum of weights, and the sum of all
 * stays as it is.
 */
static SegStatus
balance_classes(SegEnv *env, SegTreeRows *rows)
{
	double *sums;
	double total = 0.0;

	SEG_ALLOC(env, sums, rows->classes);
	for (int64_t i = 0; i < rows->n; i++)
	{
		sums[(int64_t) rows->y[i]] += rows->weights[i];
		total += rows->weights[i];
	}
	for (int64_t i = 0; i < rows->n; i++)
		rows->weights[i] *=
			total / ((double) rows->classes * sums[(int64_t) rows->y[i]]);
	return SEG_OK;
}

/*
 * Sums of weights and of labels, which must stay within what we can square.
 */
static SegStatus
sum_up(SegEnv *env, SegTreeRows *rows)
{
	double sum = 0.0;
	double largest = 0.0;

	for (int64_t i = 0; i < rows->n; i++)
	{
		double weight = seg_tree_weight(rows, i);

		rows->most_weight = fmax(rows->most_weight, weight);
		largest = fmax(largest, fabs(rows->y[i]));
		if (rows->is_held_out != NULL && rows->is_held_out[i])
			continue;
		rows->total_weight += weight;
		sum += weight * rows->y[i];
	}
	if (rows->most_weight < 1.0 / SEG_LARGE_VALUE)
		return seg_fail(env,
		                SEG_NOT_FINITE,
		                "sum of the weights",
		                rows->total_weight,
		                0);
	if (!(rows->most_weight * (double) rows->n <= SEG_LARGE_VALUE) ||
	    !(rows->most_weight * (double) rows->n * largest <= SEG_LARGE_VALUE))
		return seg_fail(env,
		                SEG_NOT_FINITE,
		                "weighted sum of the labels",
		                sum,
		                0);
	rows->mean = rows->total_weight > 0.0 ? sum / rows->total_weight : 0.0;
	return SEG_OK;
}

static SegStatus
check_classes(SegEnv *env, const SegClassRows *classes, const char *title,
              int64_t n)
{
	SegText name = seg_texts_get(&classes->names, 0);
	char *label;

	if (classes->count > SEG_MAX_CLASSES)
		return seg_fail(env,
		                SEG_LIMIT,
		                "classes of a label",
		                (double) classes->count,
		                SEG_MAX_CLASSES);
	if (classes->count > 1)
		return SEG_OK;
	SEG_ALLOC(env, label, name.length + 1);
	memcpy(label, name.bytes, (size_t) name.length);
	return seg_fail_facts(env,
	                      SEG_ONE_CLASS,
	                      (SegDiag){.what = title,
	                                .name = label,
	                                .got = (double) n});
}

SegStatus
seg_tree_read(SegEnv *env, SegRows *source, const SegClassRows *classes,
              const SegTreeParams *params, const char *title,
              double held_out_share, SegTreeRows *rows, SegTree *model)
{
	bool balanced = params->class_weights == SEG_CLASS_WEIGHTS_BALANCED;

	*rows = (SegTreeRows){.n = source->n};
	if (rows->n > MOST_ROWS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "rows to grow trees from",
		                (double) rows->n,
		                (double) MOST_ROWS);
	if (classes != NULL)
		SEG_TRY(check_classes(env, classes, title, rows->n));
	rows->classes = classes != NULL ? classes->count : 0;
	SEG_ALLOC(env, rows->y, rows->n);
	if (balanced || source->stride > source->dim + SEG_TREE_WEIGHT)
		SEG_ALLOC(env, rows->weights, rows->n);
	if (held_out_share > 0.0)
		SEG_ALLOC(env, rows->is_held_out, rows->n);
	SEG_TRY(
		read_tree_columns(env, source, classes, params, held_out_share, rows));
	if (balanced)
		SEG_TRY(balance_classes(env, rows));
	SEG_TRY(sum_up(env, rows));
	SEG_TRY(seg_bins_make(env, source, params->max_bins, &rows->bins));
	model->dim = source->dim;
	model->rows_used = rows->n;
	model->held_out_rows = rows->held_out;
	model->class_count = rows->classes;
	if (classes != NULL)
		model->classes = classes->names;
	return SEG_OK;
}

SegStatus
seg_tree_monotone(SegEnv *env, const SegTreeParams *params,
                  const SegTreeRows *rows, const signed char **monotone)
{
	const SegMatrix *given = &params->monotone;
	signed char *signs;

	*monotone = NULL;
	if (given->x == NULL)
		return SEG_OK;
	if (rows->classes > 2)
		return seg_fail_name(env,
		                     SEG_OPTION_UNUSED,
		                     "monotone",
		                     "more than two classes");
	if (given->rows != 1 || given->cols != rows->bins.dim)
		return seg_option_bad_size(env,
		                           "monotone",
		                           "numbers",
		                           given->rows * given->cols,
		                           rows->bins.dim);
	SEG_ALLOC(env, signs, given->cols);
	for (int64_t j = 0; j < given->cols; j++)
	{
		if (given->x[j] != -1.0 && given->x[j] != 0.0 && given->x[j] != 1.0)
			return seg_fail_range(env,
			                      SEG_OPTION_RANGE,
			                      "monotone",
			                      given->x[j],
			                      -1,
			                      1);
		signs[j] = (signed char) given->x[j];
	}
	*monotone = signs;
	return SEG_OK;
}
