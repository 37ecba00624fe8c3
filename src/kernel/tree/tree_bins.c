/*-------------------------------------------------------------------------
 *
 * tree_bins.c
 *	  Elements of training rows as numbers of bins.
 *
 * An element with no more values than bins has a bin for each value, and edges
 * halfway between neighbours, so nothing is lost. Otherwise bins hold about
 * equally many rows of a sample. Rows come in canonical order, so the sample,
 * every (n / m)-th row, depends only on the set of rows.
 *
 * A number lies in the bin whose number is the count of edges below it; a
 * model compares numbers with the same edges, so training and scoring agree.
 *
 * src/kernel/tree/tree_bins.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_bins.h"

#include <math.h>

#include "base/radix_sort.h"

#define SAMPLE_ROWS   65536
#define SAMPLE_VALUES (INT64_C(1) << 24) /* at most, of more than 2,000 rows */
#define FEWEST_ROWS   2000
#define TABLE_SIZE    256 /* of edges, padded with infinity */
#define LANES         4   /* rows whose searches run side by side */

/*
 * A number with low <= number < high, halfway if possible.
 */
static double
middle_of(double low, double high)
{
	double middle = low + (high / 2.0 - low / 2.0);

	return middle < high ? middle : low;
}

static int64_t
count_distinct(const SegRadixItem *sorted, int64_t n, int64_t most)
{
	int64_t distinct = n > 0;

	for (int64_t i = 1; i < n && distinct <= most; i++)
		distinct += sorted[i].number != sorted[i - 1].number;
	return distinct;
}

/*
 * Edges between all neighbours; returns their number.
 */
static int32_t
edges_of_values(const SegRadixItem *sorted, int64_t n, double *edges)
{
	int32_t count = 0;

	for (int64_t i = 1; i < n; i++)
	{
		if (sorted[i].number != sorted[i - 1].number)
			edges[count++] = middle_of(sorted[i - 1].number, sorted[i].number);
	}
	return count;
}

/*
 * Edges at the quantiles. A value that fills a bin or more ends one.
 */
static int32_t
edges_of_quantiles(const SegRadixItem *sorted, int64_t n, int64_t bins,
                   double *edges)
{
	int32_t count = 0;

	for (int64_t b = 1; b < bins; b++)
	{
		int64_t at = n * b / bins;
		double edge = middle_of(sorted[at - 1].number, sorted[at].number);

		if ((count == 0 || edge > edges[count - 1]) &&
		    edge < sorted[n - 1].number)
			edges[count++] = edge;
	}
	return count;
}

/*
 * The edges of an element, from a sample of rows.
 */
static SegStatus
edges_of_sample(SegEnv *env, const double *column, int64_t n, int64_t stride,
                int64_t max_bins, SegRadixItem *items, SegRadixItem *scratch,
                double *edges, int32_t *count)
{
	int64_t m = 0;

	for (int64_t i = 0; i < n; i++)
	{
		double x = column[i * stride];

		if (!isnan(x))
			items[m++] = (SegRadixItem){seg_radix_key(x), .number = x};
	}
	SEG_TRY(seg_radix_sort(env, items, scratch, m));
	if (count_distinct(items, m, max_bins) <= max_bins)
		*count = edges_of_values(items, m, edges);
	else
		*count = edges_of_quantiles(items, m, max_bins, edges);
	return SEG_OK;
}

static int64_t
sample_size(const SegRows *rows)
{
	int64_t most = SAMPLE_VALUES / rows->stride;

	most = most < FEWEST_ROWS ? FEWEST_ROWS : most;
	most = most > SAMPLE_ROWS ? SAMPLE_ROWS : most;
	return rows->n < most ? rows->n : most;
}

/*
 * Work memory is env's, edges are of the outer environment.
 */
static SegStatus
find_all_edges(SegEnv *env, SegRows *rows, int64_t max_bins, SegBins *bins)
{
	int64_t n = sample_size(rows);
	int64_t stride = rows->stride;
	SegRadixItem *items, *scratch;
	double *sample;

	SEG_ALLOC(env, sample, n * stride);
	SEG_ALLOC(env, items, n);
	SEG_ALLOC(env, scratch, n);
	SEG_TRY(seg_rows_sample(env, rows, n, sample));
	for (int64_t j = 0; j < bins->dim; j++)
	{
		int32_t count;

		SEG_TRY(edges_of_sample(env,
		                        sample + j,
		                        n,
		                        stride,
		                        max_bins,
		                        items,
		                        scratch,
		                        bins->edges[j],
		                        &count));
		bins->numbers[j] = count + 1;
		for (int32_t e = count; e < TABLE_SIZE; e++)
			bins->edges[j][e] = INFINITY;
		if (env->stop(env->host))
			return SEG_STOPPED;
	}
	return SEG_OK;
}

/*
 * The bins of an element of some rows: a binary search without branches, for
 * several rows at a time, since each of its steps waits for the one before.
 */
static void
code_lanes(const double *edges, const double *x, int64_t stride, uint8_t *to)
{
	uint32_t at[LANES] = {0};

	for (uint32_t step = TABLE_SIZE / 2; step > 0; step /= 2)
	{
		for (int lane = 0; lane < LANES; lane++)
			at[lane] += step & -(uint32_t) (x[lane * stride] >
			                                edges[at[lane] + step - 1]);
	}
	for (int lane = 0; lane < LANES; lane++)
		to[lane * SEG_BIN_GROUP] = (uint8_t) at[lane];
}

static void
code_column(const SegBins *bins, int64_t j, const double *x, int64_t n,
            int64_t stride, uint8_t *to)
{
	uint8_t missing = (uint8_t) bins->numbers[j];
	bool any = false;
	int64_t i = 0;

	for (; i + LANES <= n; i += LANES)
		code_lanes(bins->edges[j],
		           x + i * stride,
		           stride,
		           to + i * SEG_BIN_GROUP);
	for (; i < n; i++)
	{
		uint32_t at = 0;

		for (uint32_t step = TABLE_SIZE / 2; step > 0; step /= 2)
			at += step &
			      -(uint32_t) (x[i * stride] > bins->edges[j][at + step - 1]);
		to[i * SEG_BIN_GROUP] = (uint8_t) at;
	}
	for (i = 0; i < n; i++)
		any |= isnan(x[i * stride]);
	if (!any)
		return;
	bins->missing[j] = 1;
	for (i = 0; i < n; i++)
	{
		if (isnan(x[i * stride]))
			to[i * SEG_BIN_GROUP] = missing;
	}
}

#define TILE 512 /* rows whose elements stay in the first cache */

static SegStatus
code_rows(SegEnv *env, SegRows *rows, const SegBins *bins)
{
	int64_t stride = rows->stride;
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t at = 0; at < block.n; at += TILE)
		{
			int64_t n = block.n - at < TILE ? block.n - at : TILE;
			const double *x = block.x + at * stride;

			for (int64_t j = 0; j < bins->dim; j++)
				code_column(bins,
				            j,
				            x + j,
				            n,
				            stride,
				            bins->codes +
				                (j / SEG_BIN_GROUP * bins->n + block.first +
				                 at) *
				                    SEG_BIN_GROUP +
				                j % SEG_BIN_GROUP);
			if (env->stop(env->host))
				return SEG_STOPPED;
		}
	}
	return SEG_OK;
}

/*
 * A sample may have missed the missing elements of all others, so bins are
 * numbered once all rows are known.
 */
static void
number_bins(SegBins *bins)
{
	bins->total = 0;
	for (int64_t j = 0; j < bins->dim; j++)
	{
		bins->first[j] = (int32_t) bins->total;
		bins->total += bins->numbers[j] + bins->missing[j];
	}
}

SegStatus
seg_bins_make(SegEnv *env, SegRows *rows, int64_t max_bins, SegBins *bins)
{
	int64_t dim = rows->dim;
	SegEnv inner;

	*bins = (SegBins){.n = rows->n, .dim = dim};
	bins->groups = (dim + SEG_BIN_GROUP - 1) / SEG_BIN_GROUP;
	SEG_ALLOC(env, bins->edges, dim);
	SEG_ALLOC(env, bins->numbers, dim);
	SEG_ALLOC(env, bins->first, dim);
	SEG_ALLOC(env, bins->missing, dim);
	SEG_ALLOC(env, bins->codes, bins->groups * bins->n * SEG_BIN_GROUP);
	for (int64_t j = 0; j < dim; j++)
		SEG_ALLOC(env, bins->edges[j], TABLE_SIZE);
	inner = seg_enter(env);
	SEG_TRY(
		seg_leave(env, &inner, find_all_edges(&inner, rows, max_bins, bins)));
	SEG_TRY(code_rows(env, rows, bins));
	number_bins(bins);
	return SEG_OK;
}
