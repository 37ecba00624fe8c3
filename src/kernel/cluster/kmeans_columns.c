/*-------------------------------------------------------------------------
 *
 * kmeans_columns.c
 *	  A look at the rows before they are clustered: whether enough of them are
 *	  different, where they lie and how far they spread.
 *
 * The shift is the mean of a sample.  Any point near there will do: it keeps
 * squares from cancelling, and the exact mean follows from the sum.
 *
 * src/kernel/cluster/kmeans_columns.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_columns.h"

#include <float.h>
#include <math.h>

#include "base/range.h"
#include "kernel/cluster/kmeans_tile.h"

/* Below that, a sum has fewer digits than its terms. */
#define SMALL_SQUARES (DBL_MIN / DBL_EPSILON)

/*
 * Of everything but the weight.
 */
static uint64_t
hash_without_weight(const SegRows *rows, const double *x)
{
	uint64_t hash = seg_row_hash(x, rows->dim);
	int32_t beside = rows->stride - rows->dim - 1;

	if (beside > 0)
		hash = hash * UINT64_C(0x9e3779b97f4a7c15) +
		       seg_row_hash(x + rows->dim + 1, beside);
	return hash;
}

/*
 * Are there at least k different rows?  Their hashes go into a small
 * open-addressing table; on most data the first k rows settle it.
 */
SegStatus
seg_kmeans_check_distinct(SegEnv *env, SegRows *rows, int64_t k)
{
	uint64_t *table;
	uint64_t mask = 1;
	SegBlock block;
	int64_t n = 0;

	while (mask < 4 * (uint64_t) k)
		mask <<= 1;
	SEG_ALLOC(env, table, mask);
	mask--;
	rows->rewind(rows);
	while (n < k && rows->next(rows, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n && n < k; i++)
		{
			/* zero marks a free slot */
			uint64_t hash =
				hash_without_weight(rows, block.x + i * rows->stride) | 1;
			uint64_t at = hash >> 1 & mask;

			while (table[at] != 0 && table[at] != hash)
				at = (at + 1) & mask;
			n += table[at] == 0;
			table[at] = hash;
		}
	}
	if (n < k)
		return seg_fail(env,
		                SEG_TOO_FEW_ROWS,
		                "clusters",
		                (double) n,
		                (double) k);
	return SEG_OK;
}

static double
row_mass(const SegRows *rows, const double *x)
{
	return rows->stride > rows->dim ? x[rows->dim] : 1.0;
}

static SegStatus
columns_create(SegEnv *env, const SegRows *rows, const double *sample,
               int64_t m, SegKMeansColumns *columns)
{
	int32_t dim = rows->dim;
	double total = 0.0;
	double *block;

	SEG_ALLOC(env, block, 6 * dim);
	*columns = (SegKMeansColumns){block,
	                              block + dim,
	                              block + 2 * dim,
	                              block + 3 * dim,
	                              block + 4 * dim,
	                              block + 5 * dim,
	                              0,
	                              0};
	for (int64_t i = 0; i < m; i++)
	{
		const double *x = sample + i * rows->stride;

		total += row_mass(rows, x);
		for (int32_t j = 0; j < dim; j++)
			columns->shift[j] += row_mass(rows, x) * (x[j] / (double) m);
	}
	for (int32_t j = 0; j < dim; j++)
	{
		columns->shift[j] /= total / (double) m;
		columns->low[j] = INFINITY;
		columns->high[j] = -INFINITY;
	}
	return SEG_OK;
}

static SegStatus
kmeans_columns_look_at_rows(SegEnv *env, SegRows *rows, SegKMeansColumns *c)
{
	SegTileSurvey survey = {rows->dim,
	                        rows->stride > rows->dim,
	                        0.0,
	                        c->shift,
	                        c->low,
	                        c->high,
	                        c->sum,
	                        c->squares};
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		SegTileRows part = {block.x,
		                    block.n,
		                    rows->stride,
		                    block.first,
		                    block.ahead};

		if (env->stop(env->host))
			return SEG_STOPPED;
		seg_tile_kernels()->survey(&survey, &part);
	}
	c->total = survey.total;
	return SEG_OK;
}

/*
 * Element weights: one over the population deviation, or 1 if nothing varies.
 */
static void
set_weights(SegKMeansColumns *c, int32_t dim, bool standardize)
{
	for (int32_t j = 0; j < dim; j++)
	{
		double mean = c->sum[j] / c->total;
		double variance = c->squares[j] / c->total - mean * mean;

		if (c->high[j] == c->low[j] || !(variance > 0.0))
			variance = 0.0;
		c->weight[j] =
			standardize && variance > 0.0 ? 1.0 / sqrt(variance) : 1.0;
		c->variation += c->total * variance * c->weight[j] * c->weight[j];
	}
}

/*
 * Refuse an element whose squares, times the weights of their rows, add up to
 * more than a number holds, or to so little that digits are lost.
 */
static SegStatus
check_squares(SegEnv *env, const SegKMeansColumns *c, int32_t j)
{
	SEG_TRY(seg_check_range(env, c->low[j], c->high[j], j + 1));
	if (c->high[j] == c->low[j] ||
	    (isfinite(c->squares[j]) && c->squares[j] >= SMALL_SQUARES))
		return SEG_OK;
	return seg_fail(env, SEG_NOT_FINITE, "sum of squares", c->squares[j], 0);
}

/*
 * Survey all rows, relative to the mean of a sample of m of them.
 */
SegStatus
seg_kmeans_columns(SegEnv *env, SegRows *rows, const double *sample, int64_t m,
                   bool standardize, SegKMeansColumns *columns)
{
	SEG_TRY(columns_create(env, rows, sample, m, columns));
	SEG_TRY(kmeans_columns_look_at_rows(env, rows, columns));
	if (!isfinite(columns->total))
		return seg_fail(env,
		                SEG_NOT_FINITE,
		                "sum of weights",
		                columns->total,
		                0);
	for (int32_t j = 0; j < rows->dim; j++)
		SEG_TRY(check_squares(env, columns, j));
	set_weights(columns, rows->dim, standardize);
	return SEG_OK;
}
