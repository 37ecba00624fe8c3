/*-------------------------------------------------------------------------
 *
 * feature_quantiles.c
 *	  Exact quantiles of each element of many vectors.
 *
 * A quantile needs the one or two values at its rank, so columns are not sorted
 * but partitioned around pivots, as quicksort does, only where a rank is wanted
 * [1]. Equal values are set aside with the pivot. A range that does not shrink is
 * sorted by heap, so time is bounded by n log n. Several columns are copied in
 * one pass over the rows.
 *
 * [1] C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM 4, 1961.
 *
 * src/kernel/prepare/feature_quantiles.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/feature_quantiles.h"

#include <math.h>
#include <string.h>

#include "base/missing.h"

/* Numbers that are copied at once, unless one column has more. */
#define BATCH (INT64_C(1) << 22)

#define SMALL     24
#define MAX_DEPTH 60
#define MAX_RANKS (2 * SEG_MAX_FRACTIONS)

/* ---------- selection ---------- */

static inline void
swap_numbers(double *a, double *b)
{
	double t = *a;

	*a = *b;
	*b = t;
}

static inline double
median_of_three(double a, double b, double c)
{
	return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

static double
choose_pivot(const double *x, int64_t n)
{
	int64_t step = n / 9;
	double m[3];

	for (int64_t i = 0; i < 3; i++)
		m[i] = median_of_three(x[3 * i * step],
		                       x[(3 * i + 1) * step],
		                       x[(3 * i + 2) * step]);
	return median_of_three(m[0], m[1], m[2]);
}

static void
insertion_sort(double *x, int64_t n)
{
	for (int64_t i = 1; i < n; i++)
	{
		double v = x[i];
		int64_t at = i;

		for (; at > 0 && x[at - 1] > v; at--)
			x[at] = x[at - 1];
		x[at] = v;
	}
}

static void
sift_number_down(double *x, int64_t at, int64_t n)
{
	for (int64_t child; (child = 2 * at + 1) < n; at = child)
	{
		if (child + 1 < n && x[child + 1] > x[child])
			child++;
		if (x[at] >= x[child])
			return;
		swap_numbers(&x[at], &x[child]);
	}
}

static SegStatus
heap_sort(SegEnv *env, double *x, int64_t n, int64_t *steps)
{
	for (int64_t i = n / 2 - 1; i >= 0; i--)
		sift_number_down(x, i, n);
	for (int64_t i = n - 1; i > 0; i--)
	{
		swap_numbers(&x[0], &x[i]);
		sift_number_down(x, 0, i);
		SEG_TRY(seg_count_steps(env, steps, 32));
	}
	return SEG_OK;
}

/* Part of an array with the ranks wanted in it, counted from its start. */
typedef struct Part
{
	double *x;
	int64_t n;
	const int64_t *ranks;
	int64_t n_ranks;
	int64_t before; /* numbers of the array before the part */
	int depth;
} Part;

/*
 * Split a part into numbers below, equal to and above a pivot; the parts below
 * and above, with their ranks, replace it.
 */
static void
split_part(const Part *part, Part *below, Part *above)
{
	double *x = part->x;
	double pivot = choose_pivot(x, part->n);
	int64_t low = 0, high = part->n, at = 0;

	while (at < high)
	{
		if (x[at] < pivot)
			swap_numbers(&x[at++], &x[low++]);
		else if (x[at] > pivot)
			swap_numbers(&x[at], &x[--high]);
		else
			at++;
	}
	*below = *part;
	below->n = low;
	below->n_ranks = 0;
	below->depth++;
	while (below->n_ranks < part->n_ranks &&
	       part->ranks[below->n_ranks] - part->before < low)
		below->n_ranks++;
	*above = *part;
	above->x += high;
	above->n -= high;
	above->before += high;
	above->depth++;
	while (above->n_ranks > 0 && *above->ranks < above->before)
	{
		above->ranks++;
		above->n_ranks--;
	}
}

/*
 * Depth first; the stack holds at most one part for each level.
 */
SegStatus
seg_select(SegEnv *env, double *x, int64_t n, const int64_t *ranks,
           int64_t n_ranks)
{
	Part stack[MAX_DEPTH + 2];
	int top = 0;
	int64_t steps = 0;

	stack[top++] = (Part){x, n, ranks, n_ranks, 0, 0};
	while (top > 0)
	{
		Part part = stack[--top];

		if (part.n_ranks == 0 || part.n < 2)
			continue;
		if (part.n <= SMALL)
			insertion_sort(part.x, part.n);
		else if (part.depth == MAX_DEPTH)
			SEG_TRY(heap_sort(env, part.x, part.n, &steps));
		else
		{
			split_part(&part, &stack[top], &stack[top + 1]);
			top += 2;
			SEG_TRY(seg_count_steps(env, &steps, 2 * part.n));
		}
	}
	return SEG_OK;
}

/* ---------- quantiles ---------- */

/*
 * Copy some columns, each to its own place, without what is missing.
 */
static SegStatus
copy_columns(SegEnv *env, SegRows *rows, int64_t first, int64_t columns,
             double *copies, int64_t *counts)
{
	int64_t steps = 0;
	SegBlock block;

	memset(counts, 0, (size_t) columns * sizeof(*counts));
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride + first;

			for (int64_t j = 0; j < columns; j++)
			{
				/* one that is missing is overwritten by the next */
				copies[j * rows->n + counts[j]] = x[j];
				counts[j] += isnan(x[j]) ? 0 : 1;
			}
			SEG_TRY(seg_count_steps(env, &steps, columns + 4));
		}
	}
	return SEG_OK;
}

/*
 * The rank below a fraction of n values, and how far it is to the next one.
 */
static int64_t
rank_of(double fraction, int64_t n, double *beyond)
{
	double at = fraction * (double) (n - 1);
	int64_t rank = (int64_t) floor(at);

	*beyond = at - floor(at);
	return rank;
}

static double
value_between(double a, double b, double share)
{
	double gap = b - a;

	if (share == 0.0 || a == b)
		return a;
	if (isinf(gap))
		return a * (1.0 - share) + b * share;
	return a + gap * share;
}

/*
 * The ranks that the fractions need, ascending.
 */
static int64_t
list_ranks(const double *fractions, int64_t n_fractions, int64_t n,
           int64_t *ranks)
{
	int64_t count = 0;

	for (int64_t f = 0; f < n_fractions; f++)
	{
		double beyond;
		int64_t rank = rank_of(fractions[f], n, &beyond);

		for (int64_t r = rank; r <= rank + (beyond > 0); r++)
		{
			int64_t at = count++;

			for (; at > 0 && ranks[at - 1] > r; at--)
				ranks[at] = ranks[at - 1];
			ranks[at] = r;
		}
	}
	return count;
}

static SegStatus
column_quantiles(SegEnv *env, double *x, int64_t n, const double *fractions,
                 int64_t n_fractions, double *result)
{
	int64_t ranks[MAX_RANKS] = {0};
	int64_t n_ranks;

	if (n == 0)
	{
		for (int64_t f = 0; f < n_fractions; f++)
			result[f] = seg_missing();
		return SEG_OK;
	}
	n_ranks = list_ranks(fractions, n_fractions, n, ranks);
	SEG_TRY(seg_select(env, x, n, ranks, n_ranks));
	for (int64_t f = 0; f < n_fractions; f++)
	{
		double beyond;
		int64_t rank = rank_of(fractions[f], n, &beyond);

		result[f] =
			value_between(x[rank], beyond > 0 ? x[rank + 1] : x[rank], beyond) +
			0.0;
	}
	return SEG_OK;
}

SegStatus
seg_feature_quantiles(SegEnv *env, SegRows *rows, const double *fractions,
                      int64_t n_fractions, double *result)
{
	int64_t batch = BATCH / (rows->n > 0 ? rows->n : 1);
	double *copies;
	int64_t *counts;

	if (batch < 1)
		batch = 1;
	if (batch > rows->dim)
		batch = rows->dim;
	SEG_ALLOC(env, copies, batch * rows->n);
	SEG_ALLOC(env, counts, batch);
	for (int64_t first = 0; first < rows->dim; first += batch)
	{
		int64_t columns = batch < rows->dim - first ? batch : rows->dim - first;

		SEG_TRY(copy_columns(env, rows, first, columns, copies, counts));
		for (int64_t j = 0; j < columns; j++)
			SEG_TRY(column_quantiles(env,
			                         copies + j * rows->n,
			                         counts[j],
			                         fractions,
			                         n_fractions,
			                         result + (first + j) * n_fractions));
	}
	return SEG_OK;
}
