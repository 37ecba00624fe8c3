/*-------------------------------------------------------------------------
 *
 * kprototypes_pass.c
 *	  Passes of k-prototypes: assign each row to its nearest prototype; then make
 *	  the numbers of each prototype the means, and its categories the modes, of
 *	  its rows.
 *
 * Neither step raises the cost: a row leaves its prototype only for a nearer one,
 * and no numbers are nearer to the rows of a cluster than their means, no label is
 * more frequent than the mode. Passes end when one saves nothing.
 *
 * Every pass sums anew, so that nothing is kept of a row from one to the next, and
 * rows on disk need no memory. A cluster that loses all its rows takes over the row
 * that is farthest from its prototype, as in k-means.
 *
 * Labels are counted by cluster, for each category only those that it has.
 *
 * Z. Huang, "Extensions to the k-Means Algorithm for Clustering Large Data Sets
 * with Categorical Values", Data Mining and Knowledge Discovery 2(3), 1998.
 *
 * src/kernel/cluster/kprototypes_pass.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kprototypes_pass.h"

#include <math.h>
#include <string.h>

#include "kernel/cluster/kmeans_far.h"

#define BANKS      4
#define MAX_BANKED (1 << 16) /* center elements; with more there is one bank */

/* Everything a pass works on. */
typedef struct SegMixedWork
{
	SegMixedCenters *centers;
	SegTileSums sums;
	int64_t places;     /* pairs of a category and a label that occur */
	int32_t *place;     /* categories * labels: number of the pair, or -1 */
	int32_t *first;     /* categories + 1: the first pair of each */
	uint16_t *label_of; /* places: its label */
	double *count;      /* k * places: sum of weights */
	int64_t slice;
	uint16_t *label; /* of the rows of a slice */
	double *nearest;
	double *second;
	SegFarRow *far; /* k, once a cluster has been empty */
} Work;

static const double *
categories_of(const SegMixedMetric *m, const double *row)
{
	return row + m->dim + 1;
}

/* ---------- which label occurs in which category ---------- */

static SegStatus
mark_places(SegEnv *env, const SegMixedRun *run, int32_t *place)
{
	const SegMixedMetric *m = run->metric;
	SegRows *rows = run->rows;
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *category =
				categories_of(m, block.x + i * rows->stride);

			for (int32_t j = 0; j < m->categories; j++)
				if (!isnan(category[j]))
					place[j * run->labels + (int64_t) category[j]] = 1;
		}
	}
	return SEG_OK;
}

/*
 * Number the pairs: by category, then by label.
 */
static SegStatus
number_places(SegEnv *env, const SegMixedRun *run, Work *w)
{
	int64_t categories = run->metric->categories;
	int64_t pairs = categories * run->labels;

	SEG_ALLOC(env, w->place, pairs);
	SEG_ALLOC(env, w->first, categories + 1);
	SEG_TRY(mark_places(env, run, w->place));
	for (int64_t i = 0; i < pairs; i++)
		w->places += w->place[i];
	if (run->k * w->places > SEG_KPROTOTYPES_MAX_COUNTS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "counts of labels by category and cluster",
		                (double) (run->k * w->places),
		                (double) SEG_KPROTOTYPES_MAX_COUNTS);
	SEG_ALLOC(env, w->label_of, w->places);
	SEG_ALLOC(env, w->count, run->k * w->places);
	w->places = 0;
	for (int64_t j = 0; j < categories; j++)
	{
		w->first[j] = (int32_t) w->places;
		for (int64_t l = 0; l < run->labels; l++)
		{
			int32_t *place = &w->place[j * run->labels + l];

			if (*place > 0)
				w->label_of[w->places] = (uint16_t) l;
			*place = *place > 0 ? (int32_t) w->places++ : -1;
		}
	}
	w->first[categories] = (int32_t) w->places;
	return SEG_OK;
}

SegStatus
seg_mixed_prepare(SegEnv *env, SegMixedRun *run)
{
	const SegMixedMetric *m = run->metric;
	int64_t k = run->k;
	Work *w;

	SEG_ALLOC(env, w, 1);
	run->work = w;
	SEG_TRY(number_places(env, run, w));
	SEG_TRY(seg_mixed_centers_create(env, m, run->k, &w->centers));
	w->sums = (SegTileSums){.k = run->k,
	                        .dim = m->dim,
	                        .shift = m->numbers.shift,
	                        .weighted = true,
	                        .banks = k * m->dim > MAX_BANKED ? 1 : BANKS};
	SEG_ALLOC(env, w->sums.sum, w->sums.banks * k * m->dim);
	SEG_ALLOC(env, w->sums.mass, w->sums.banks * k);
	SEG_ALLOC(env, w->sums.count, w->sums.banks * k);
	w->slice = seg_mixed_slice(m, k);
	SEG_ALLOC(env, w->label, w->slice);
	SEG_ALLOC(env, w->nearest, w->slice);
	SEG_ALLOC(env, w->second, w->slice);
	SEG_ALLOC(env, run->size, k);
	SEG_ALLOC(env, run->mass, k);
	SEG_ALLOC(env, run->cost, k);
	return SEG_OK;
}

/* ---------- sums ---------- */

static SegStatus
mixed_clear_sums(SegEnv *env, const SegMixedRun *run)
{
	Work *w = run->work;
	size_t n = (size_t) w->sums.banks * (size_t) run->k;
	int64_t done = 0;

	memset(w->sums.sum, 0, n * (size_t) w->sums.dim * sizeof(double));
	memset(w->sums.mass, 0, n * sizeof(double));
	memset(w->sums.count, 0, n * sizeof(int64_t));
	for (int32_t c = 0; c < run->k; c++)
	{
		memset(w->count + c * w->places,
		       0,
		       (size_t) w->places * sizeof(double));
		SEG_TRY(seg_count_steps(env, &done, w->places));
	}
	return SEG_OK;
}

/*
 * Count the categories of a row in a cluster.
 */
static void
count_categories(const SegMixedRun *run, int32_t c, const double *row,
                 double mass)
{
	const SegMixedMetric *m = run->metric;
	const Work *w = run->work;
	const double *category = categories_of(m, row);
	double *count = w->count + c * w->places;

	for (int32_t j = 0; j < m->categories; j++)
		if (!isnan(category[j]))
			count[w->place[j * run->labels + (int64_t) category[j]]] += mass;
}

static void
mixed_fold_banks(Work *w)
{
	int64_t k = w->sums.k;
	int64_t n = k * w->sums.dim;

	for (int b = 1; b < w->sums.banks; b++)
	{
		for (int64_t i = 0; i < n; i++)
			w->sums.sum[i] += w->sums.sum[b * n + i];
		for (int64_t c = 0; c < k; c++)
		{
			w->sums.mass[c] += w->sums.mass[b * k + c];
			w->sums.count[c] += w->sums.count[b * k + c];
		}
	}
}

/* What to do with the rows of a slice and their labels and distances. */
typedef void (*SliceStep)(SegMixedRun *run, const SegTileRows *part);

static SegStatus
walk_rows(SegEnv *env, SegMixedRun *run, SliceStep step)
{
	SegRows *rows = run->rows;
	Work *w = run->work;
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t at = 0; at < block.n; at += w->slice)
		{
			int64_t left = block.n - at;
			SegTileRows part = {block.x + at * rows->stride,
			                    left < w->slice ? left : w->slice,
			                    rows->stride,
			                    block.first + at,
			                    NULL};

			if (env->stop(env->host))
				return SEG_STOPPED;
			seg_mixed_measure(w->centers,
			                  &part,
			                  w->label,
			                  w->nearest,
			                  w->second);
			step(run, &part);
		}
	}
	return SEG_OK;
}

static void
add_costs(SegMixedRun *run, const SegTileRows *part)
{
	const Work *w = run->work;

	for (int64_t i = 0; i < part->n; i++)
	{
		double mass = part->x[i * part->stride + run->metric->dim];
		uint16_t c = w->label[i];

		run->size[c]++;
		run->mass[c] += mass;
		run->cost[c] += mass * w->nearest[i];
	}
}

static void
add_costs_and_sums(SegMixedRun *run, const SegTileRows *part)
{
	Work *w = run->work;

	add_costs(run, part);
	seg_tile_kernels()->add(&w->sums, part, w->label);
	for (int64_t i = 0; i < part->n; i++)
	{
		const double *row = part->x + i * part->stride;

		count_categories(run, w->label[i], row, row[run->metric->dim]);
	}
}

/*
 * Assign all rows, and find what that costs.
 */
static SegStatus
assign_rows(SegEnv *env, SegMixedRun *run, SliceStep step)
{
	size_t k = (size_t) run->k;

	memset(run->size, 0, k * sizeof(int64_t));
	memset(run->mass, 0, k * sizeof(double));
	memset(run->cost, 0, k * sizeof(double));
	seg_mixed_centers_set(run->work->centers, run->prototype, run->k);
	SEG_TRY(walk_rows(env, run, step));
	run->total = 0.0;
	for (int32_t c = 0; c < run->k; c++)
		run->total += run->cost[c];
	return SEG_OK;
}

/* ---------- empty clusters ---------- */

static void
keep_far_rows(SegMixedRun *run, const SegTileRows *part)
{
	Work *w = run->work;
	int64_t n = 0;

	for (int32_t c = 0; c < run->k; c++)
		n += w->sums.count[c] == 0;
	for (int64_t i = 0; i < part->n; i++)
		if (w->nearest[i] > w->far[n - 1].square)
			seg_far_keep(w->far,
			             n,
			             w->nearest[i],
			             w->label[i],
			             part->x + i * part->stride,
			             part->stride);
}

/*
 * Make a row, which is in the sums of another cluster, the only one of c.
 */
static void
take_far_row(SegMixedRun *run, int32_t c, const SegFarRow *row)
{
	SegTileSums *s = &run->work->sums;
	double mass = row->x[s->dim];

	for (int32_t j = 0; j < s->dim; j++)
	{
		double y = mass * (row->x[j] - s->shift[j]);

		s->sum[(int64_t) c * s->dim + j] = y;
		s->sum[(int64_t) row->label * s->dim + j] -= y;
	}
	count_categories(run, c, row->x, mass);
	count_categories(run, row->label, row->x, -mass);
	s->mass[c] = mass;
	s->mass[row->label] -= mass;
	s->count[c]++;
	s->count[row->label]--;
}

/*
 * Give each empty cluster the farthest row that is left, unless that is the only
 * one of its cluster.
 */
static SegStatus
fill_empty(SegEnv *env, SegMixedRun *run, bool *filled)
{
	Work *w = run->work;
	const SegFarRow *row;
	int64_t n = 0;

	*filled = false;
	for (int32_t c = 0; c < run->k; c++)
		n += w->sums.count[c] == 0;
	if (n == 0)
		return SEG_OK;
	if (w->far == NULL)
		SEG_TRY(seg_far_create(env, run->k, run->rows->stride, &w->far));
	seg_far_clear(w->far, n);
	SEG_TRY(walk_rows(env, run, keep_far_rows));
	row = w->far;
	for (int32_t c = 0; c < run->k && row < w->far + n && row->square > 0.0;
	     c++)
	{
		if (w->sums.count[c] > 0)
			continue;
		if (w->sums.count[row->label] > 1)
		{
			take_far_row(run, c, row);
			*filled = true;
		}
		row++;
	}
	return SEG_OK;
}

/* ---------- prototypes ---------- */

/*
 * The label of a category that is most frequent in a cluster, ties go to the
 * first in order.
 */
static double
most_frequent(const Work *w, int32_t c, int32_t j)
{
	const double *count = w->count + c * w->places;
	double most = 0.0;
	double mode = SEG_NO_MODE;

	for (int32_t at = w->first[j]; at < w->first[j + 1]; at++)
	{
		if (count[at] > most)
		{
			most = count[at];
			mode = w->label_of[at];
		}
	}
	return mode;
}

/*
 * Rounding may carry a mean out of the range of its rows: that of zeros would not
 * be zero.
 */
static double
clipped_mean(const SegMixedRun *run, int32_t c, int32_t j)
{
	const SegMixedMetric *m = run->metric;
	const SegTileSums *s = &run->work->sums;
	double mean =
		m->numbers.shift[j] + s->sum[(int64_t) c * m->dim + j] / s->mass[c];

	return fmin(fmax(mean, m->low[j]), m->high[j]);
}

/*
 * Make each prototype that of its rows; one without rows stays as it is.
 */
static SegStatus
move_prototypes(SegEnv *env, SegMixedRun *run)
{
	const SegMixedMetric *m = run->metric;
	const Work *w = run->work;
	int64_t done = 0;

	for (int32_t c = 0; c < run->k; c++)
	{
		double *prototype = run->prototype + (int64_t) c * seg_mixed_width(m);
		double *mode = prototype + m->dim + 1;
		bool is_empty = w->sums.count[c] == 0;

		for (int32_t j = 0; j < m->dim && !is_empty; j++)
			prototype[j] = clipped_mean(run, c, j);
		prototype[m->dim] = 0.0;
		for (int32_t j = 0; j < m->categories; j++)
		{
			if (!is_empty)
				mode[j] = most_frequent(w, c, j);
			else if (isnan(mode[j]))
				mode[j] = SEG_NO_MODE;
		}
		SEG_TRY(seg_count_steps(env, &done, w->places + m->dim));
	}
	return SEG_OK;
}

/* ---------- the passes ---------- */

SegStatus
seg_mixed_take_stock(SegEnv *env, SegMixedRun *run)
{
	return assign_rows(env, run, add_costs);
}

static SegStatus
mixed_pass(SegEnv *env, SegMixedRun *run, bool *filled)
{
	SEG_TRY(mixed_clear_sums(env, run));
	SEG_TRY(assign_rows(env, run, add_costs_and_sums));
	mixed_fold_banks(run->work);
	SEG_TRY(fill_empty(env, run, filled));
	run->iterations++;
	if (env->progress != NULL)
		env->progress(env->host,
		              "k-prototypes",
		              run->iterations,
		              run->total,
		              (double) run->iterations / (double) run->max_iterations);
	return SEG_OK;
}

/*
 * Did the pass save enough for another one? The first one always does: where it
 * begins are rows, in which categories may be missing.
 */
static bool
saves_enough(const SegMixedRun *run, double last)
{
	return run->iterations == 1 || run->total < last * (1.0 - run->tolerance);
}

SegStatus
seg_mixed_run(SegEnv *env, SegMixedRun *run)
{
	double last = INFINITY;

	run->iterations = 0;
	run->converged = false;
	while (run->iterations < run->max_iterations)
	{
		bool filled;

		SEG_TRY(mixed_pass(env, run, &filled));
		run->converged = !filled && !saves_enough(run, last);
		if (run->converged)
			break;
		last = run->total;
		SEG_TRY(move_prototypes(env, run));
	}
	return SEG_OK;
}
