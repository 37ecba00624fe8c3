/*-------------------------------------------------------------------------
 *
 * cf_ease.c
 *	  A linear model from items to items, in closed form.
 *
 * The matrix B of weights, with a diagonal of 0, that makes
 *
 *     |X - X B|^2 + regularization |B|^2
 *
 * least is, with P the inverse of X'X + regularization I, [1]
 *
 *     B[j][i] = -P[j][i] / P[i][i]
 *
 * so all the work is one inverse of a symmetric positive definite matrix of as
 * many rows as there are items: n^3 / 2 multiplications.
 *
 * The inverse is made in place by sweeps [2], which treat rows that have been
 * swept and rows that have not alike.  To sweep a block K of rows is
 *
 *     A[R][R] -= A[R][K] D A[K][R],   A[R][K] = A[R][K] D,   A[K][K] = -D
 *
 * with D the inverse of A[K][K]; when all are swept, the inverse stands there
 * with its sign changed.  Only the upper triangle is kept.  The first of these
 * has nearly all the multiplications, in tiles that stay in registers.
 *
 * [1] H. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
 *
 * [2] J. H. Goodnight, "A Tutorial on the SWEEP Operator", The American
 * Statistician 33(3), 1979.
 *
 * src/kernel/recommend/cf_ease.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_ease.h"

#include <math.h>
#include <string.h>

#include "base/linalg.h"
#include "base/top.h"
#include "kernel/recommend/cf_loops.h"

#define BLOCK   128 /* rows that are swept at once */
#define STRETCH 32  /* rows between two questions whether to stop */

/* A pivot below this share of its diagonal is rounding. */
#define SINGULAR 1e-13

typedef struct Sweep
{
	const SegCfLoops *loops;
	int64_t n; /* a multiple of SEG_CF_STRIDE: what is behind the items is I */
	double *a; /* n * n, the upper triangle */
	double *diagonal; /* of a, before any sweep */
	double *d;
	double *block;
	double *row;     /* of the block, side by side: depth * n */
	double *product; /* d * row */
} Sweep;

double
seg_ease_memory(int64_t items)
{
	double n = (double) seg_cf_width(items);

	return sizeof(double) * (n * n + 2 * n * BLOCK + 2 * BLOCK * BLOCK);
}

/* ---------- the matrix ---------- */

static SegStatus
add_history(SegEnv *env, const SegHistory *history, double *a, int64_t n)
{
	for (int64_t i = 0; i < history->n; i++)
	{
		double *row = a + history->other[i] * n;
		double x = history->value[i];

		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t j = i; j < history->n; j++)
			row[history->other[j]] += x * history->value[j];
	}
	return SEG_OK;
}

static SegStatus
make_matrix(SegEnv *env, const SegRatings *ratings, double regularization,
            Sweep *s)
{
	s->loops = seg_cf_loops();
	s->n = seg_cf_width(ratings->items);
	SEG_ALLOC(env, s->a, s->n * s->n);
	SEG_ALLOC(env, s->diagonal, s->n);
	SEG_ALLOC(env, s->d, BLOCK * BLOCK);
	SEG_ALLOC(env, s->block, BLOCK * BLOCK);
	SEG_ALLOC(env, s->row, BLOCK * s->n);
	SEG_ALLOC(env, s->product, BLOCK * s->n);
	for (int32_t u = 0; u < ratings->users; u++)
	{
		SegHistory history = seg_list(&ratings->by_user, u);

		SEG_TRY(add_history(env, &history, s->a, s->n));
	}
	for (int64_t i = 0; i < s->n; i++)
	{
		s->a[i * s->n + i] += i < ratings->items ? regularization : 1.0;
		s->diagonal[i] = s->a[i * s->n + i];
	}
	return SEG_OK;
}

/* ---------- sweeps ---------- */

static inline double *
at(const Sweep *s, int64_t i, int64_t j)
{
	return i <= j ? &s->a[i * s->n + j] : &s->a[j * s->n + i];
}

/* Element t of column j in panels, see cf_loops.h. */
static inline int64_t
in_panel(int64_t t, int64_t j, int64_t depth)
{
	return (j / SEG_CF_STRIDE * depth + t) * SEG_CF_STRIDE + j % SEG_CF_STRIDE;
}

/*
 * Does the factor of a block have pivots that are more than rounding?
 */
static bool
is_regular(const Sweep *s, int64_t first, int64_t depth)
{
	for (int64_t i = 0; i < depth; i++)
	{
		double root = s->block[i * depth + i];

		if (!(root * root > SINGULAR * s->diagonal[first + i]))
			return false;
	}
	return true;
}

/*
 * d: the inverse of the block on the diagonal.
 */
static SegStatus
invert_block(SegEnv *env, Sweep *s, int64_t first, int64_t depth)
{
	for (int64_t i = 0; i < depth; i++)
		for (int64_t j = 0; j <= i; j++)
			s->block[i * depth + j] = *at(s, first + j, first + i);
	if (seg_cholesky(s->block, depth, 0.0) < depth ||
	    !is_regular(s, first, depth))
		return seg_fail_name(env, SEG_SINGULAR, "items", "regularization");
	seg_cholesky_invert(s->block, depth, s->d);
	return SEG_OK;
}

/*
 * The rows of the block, without the block itself.
 */
static void
take_rows(Sweep *s, int64_t first, int64_t depth)
{
	memset(s->row, 0, (size_t) (depth * s->n) * sizeof(double));
	for (int64_t j = 0; j < s->n; j++)
	{
		if (j >= first && j < first + depth)
			continue;
		for (int64_t t = 0; t < depth; t++)
			s->row[in_panel(t, j, depth)] = *at(s, first + t, j);
	}
}

static void
put_rows(Sweep *s, int64_t first, int64_t depth)
{
	for (int64_t j = 0; j < s->n; j++)
	{
		bool inside = j >= first && j < first + depth;

		for (int64_t t = 0; t < depth; t++)
			*at(s, first + t, j) = inside ? -s->d[t * depth + j - first]
			                              : s->product[in_panel(t, j, depth)];
	}
}

static SegStatus
sweep_block(SegEnv *env, Sweep *s, int64_t first, int64_t depth)
{
	SegPanels row = {s->row, depth};
	SegPanels product = {s->product, depth};

	SEG_TRY(invert_block(env, s, first, depth));
	take_rows(s, first, depth);
	s->loops->multiply_panels(s->d, &row, s->n, &product);
	for (int64_t i = 0; i < s->n; i += STRETCH)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		s->loops->subtract_panels(s->a,
		                          s->n,
		                          &row,
		                          &product,
		                          i,
		                          s->n - i < STRETCH ? s->n : i + STRETCH);
	}
	put_rows(s, first, depth);
	return SEG_OK;
}

/* ---------- weights ---------- */

/*
 * Keep the largest weights of item i.
 */
static void
take_weights(const Sweep *s, int64_t items, int64_t i, SegTop *top,
             int32_t *other, double *value, int64_t *to)
{
	/* the sign of the inverse cancels */
	double diagonal = *at(s, i, i);
	SegScored worst;

	top->n = 0;
	for (int64_t j = 0; j < items; j++)
	{
		if (j != i)
			seg_top_offer(top, fabs(*at(s, j, i) / diagonal), j);
	}
	if (top->n == 0)
		return;
	worst = top->item[0];
	for (int64_t j = 0; j < items; j++)
	{
		double weight = -*at(s, j, i) / diagonal;
		SegScored thing = {fabs(weight), j};

		if (j == i || weight == 0.0 || seg_scored_is_better(worst, thing))
			continue;
		other[*to] = (int32_t) j;
		value[*to] = weight;
		++*to;
	}
}

SegStatus
seg_ease_train(SegEnv *env, const SegRatings *ratings,
               const SegCfParams *params, SegRatingLists *weights)
{
	int64_t items = ratings->items;
	int64_t most = params->k < items - 1 ? params->k : items - 1;
	int64_t to = 0;
	int64_t *start;
	int32_t *other;
	double *value;
	SegTop top;
	Sweep s;

	if (items > SEG_CF_MAX_ITEMS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "items for ease",
		                (double) items,
		                SEG_CF_MAX_ITEMS);
	SEG_TRY(make_matrix(env, ratings, params->regularization, &s));
	for (int64_t i = 0; i < s.n; i += BLOCK)
	{
		if (env->progress != NULL)
			env->progress(env->host,
			              "ease",
			              i,
			              params->regularization,
			              (double) i / (double) s.n);
		SEG_TRY(sweep_block(env, &s, i, s.n - i < BLOCK ? s.n - i : BLOCK));
	}

	SEG_ALLOC(env, start, items + 1);
	SEG_ALLOC(env, other, items * most + 1);
	SEG_ALLOC(env, value, items * most + 1);
	SEG_TRY(seg_top_create(env, most, &top));
	for (int64_t i = 0; i < items; i++)
	{
		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		start[i] = to;
		take_weights(&s, items, i, &top, other, value, &to);
	}
	start[items] = to;
	*weights = (SegRatingLists){(int32_t) items, start, other, value};
	return SEG_OK;
}
