/*-------------------------------------------------------------------------
 *
 * cf_ease.c
 *	  A linear model from items to items, in closed form.
 *
 * The matrix B of weights, with a diagonal of 0, that minimizes
 *
 *     |X - X B|^2 + regularization |B|^2
 *
 * is, with P the inverse of X'X + regularization I, [1]
 *
 *     B[j][i] = -P[j][i] / P[i][i]
 *
 * so all the work is to invert one symmetric positive definite matrix with a
 * row per item: n^3 / 2 multiplications.
 *
 * The inverse is computed in place by sweeps [2], which treat swept and unswept
 * rows alike.  Sweeping a block K of rows is
 *
 *     A[R][R] -= A[R][K] D A[K][R],   A[R][K] = A[R][K] D,   A[K][K] = -D
 *
 * with D the inverse of A[K][K]; once all are swept, A is the inverse with its
 * sign changed.  Only the upper triangle is kept.  The first of these steps has
 * nearly all the multiplications, in tiles that stay in registers.
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
#include "kernel/recommend/cf_algorithm.h"

#define BLOCK   128 /* rows swept at once */
#define STRETCH 32  /* rows between checks whether to stop */

/* A pivot below this share of its diagonal is rounding. */
#define SINGULAR 1e-13

typedef struct Sweep
{
	const SegCfLoops *loops;
	int64_t n; /* a multiple of SEG_CF_STRIDE: beyond the items, a is I */
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
 * Are the pivots of a block's factor more than rounding?
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

/* ---------- as a recommender method ---------- */

/* clang-format off */
static const SegOption ease_options[] = {
	SEG_CF_METHOD_OPTION(SEG_CF_EASE),
	{"regularization", SEG_OPTION_REAL, SEG_CF_OPTION(regularization), 500, SEG_CF_TINY, 1e12, NULL,
		"weight of the squares of the item weights"},
	{"neighbours", SEG_OPTION_INT, SEG_CF_OPTION(k), 200, 1, SEG_CF_MAX_K, NULL,
		"weights that each item keeps, the largest"},
	SEG_OPTION_END
};
/* clang-format on */

static SegStatus
train_ease(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
           SegCf *model)
{
	SegRatingLists weights;
	int64_t *ends;
	int64_t *items;

	SEG_TRY(seg_ease_train(env, ratings, params, &weights));
	SEG_TRY(seg_cf_take_lists(env, &weights, &ends, &items));
	model->weight_count = weights.start[weights.count];
	if (seg_cf_are_large(weights.value, model->weight_count))
		return seg_fail_name(env, SEG_SINGULAR, "items", "regularization");
	model->weight_ends = ends;
	model->weight_items = items;
	model->weights = weights.value;
	return seg_cf_take_histories(env, ratings, model);
}

/* Weights in both directions. */
typedef struct Weights
{
	SegRatingLists to; /* the items that an item speaks for */
	SegRatingLists by; /* and those that speak for it */
} Weights;

static SegStatus
ready_ease(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;
	Weights *w;

	SEG_ALLOC(env, w, 1);
	s->own = w;
	/* weights are not symmetric: these are cosines of the ratings */
	s->item_rule = (SegKnnRule){.similarity = SEG_CF_COSINE,
	                            .center = SEG_CF_CENTER_NONE,
	                            .implicit = true,
	                            .k = 1,
	                            .min_k = 1,
	                            .min_support = 1};
	SEG_TRY(seg_cf_open_lists(env,
	                          m->weight_list_count,
	                          m->weight_ends,
	                          m->weight_items,
	                          m->weights,
	                          &w->by));
	return seg_lists_transpose(env, &w->by, (int32_t) m->items, &w->to);
}

/*
 * Sum of the user's weights times those that speak for an item: two ascending
 * lists, walked side by side.
 */
static SegStatus
predict_ease(SegEnv *env, SegCfScorer *s, const SegCfUser *user, int32_t item,
             double *result)
{
	const Weights *w = s->own;
	const SegHistory *history = &user->history;
	SegHistory by = seg_list(&w->by, item);
	double sum = 0.0;
	int64_t i = 0;
	int64_t j = 0;

	(void) env;
	while (i < history->n && j < by.n)
	{
		int32_t a = history->other[i];
		int32_t b = by.other[j];

		if (a == b)
			sum += history->value[i] * by.value[j];
		i += a <= b;
		j += b <= a;
	}
	*result = sum;
	return SEG_OK;
}

static SegStatus
score_ease(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
           SegCfScores *scores)
{
	const Weights *w = s->own;

	(void) env;
	for (int64_t h = 0; h < user->history.n; h++)
	{
		SegHistory to = seg_list(&w->to, user->history.other[h]);

		for (int64_t i = 0; i < to.n; i++)
		{
			scores->value[to.other[i]] += user->history.value[h] * to.value[i];
			scores->found[to.other[i]]++;
		}
	}
	return SEG_OK;
}

static void
similar_by_weight(const SegCfScorer *s, int64_t item, SegTop *top)
{
	const Weights *w = s->own;
	SegHistory to = seg_list(&w->to, item);

	for (int64_t i = 0; i < to.n; i++)
	{
		if (to.value[i] > 0.0)
			seg_top_offer(top, to.value[i], to.other[i]);
	}
}

static SegStatus
reasons_of_ease(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
                int32_t item, SegCfReasons *reasons)
{
	const Weights *w = s->own;
	SegHistory by = seg_list(&w->by, item);
	const SegHistory *history = &user->history;
	int64_t j = 0;
	SegTop top;

	SEG_TRY(seg_top_create(env, history->n, &top));
	SEG_ALLOC(env, reasons->reason, history->n + 1);
	for (int64_t i = 0; i < history->n; i++)
	{
		while (j < by.n && by.other[j] < history->other[i])
			j++;
		if (j < by.n && by.other[j] == history->other[i])
			seg_top_offer(&top, by.value[j], i);
	}
	seg_top_sort(&top);
	for (int64_t i = 0; i < top.n; i++)
	{
		int64_t at = top.item[i].index;
		double weight = top.item[i].score;

		reasons->reason[i] = (SegKnnReason){history->other[at],
		                                    weight,
		                                    history->value[at],
		                                    weight * history->value[at]};
	}
	reasons->n = top.n;
	return SEG_OK;
}

const SegCfAlgorithm seg_cf_ease = {
	.options = ease_options,
	.feedback = SEG_CF_IMPLICIT,
	.arrays = SEG_CF_HISTORIES | SEG_CF_WEIGHTS,
	.memory = seg_ease_memory,
	.train = train_ease,
	.ready = ready_ease,
	.predict = predict_ease,
	.score = score_ease,
	.similar = similar_by_weight,
	.reasons = reasons_of_ease,
};
