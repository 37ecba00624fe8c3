/*-------------------------------------------------------------------------
 *
 * forest.c
 *	  Decision trees, and random forests [1]: trees grown from rows drawn at
 *	  random, each split from elements drawn at random.
 *
 * How often a row is drawn for a tree is a Poisson number of mean 1, a function
 * of seed, tree and row: for many rows the same as drawing n of n with
 * replacement [2]. Rows that are not drawn tell how well the tree does on rows
 * it has not seen.
 *
 * A leaf holds the mean of its rows' labels, or the share of each class, over
 * the number of trees; so a prediction is a sum of leaves.
 *
 * [1] L. Breiman, "Random forests" (2001); L. Breiman et al., "Classification
 * and regression trees" (1984).
 * [2] N. Oza and S. Russell, "Online bagging and boosting" (2001).
 *
 * src/kernel/tree/forest.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/missing.h"
#include "kernel/tree/tree.h"
#include "kernel/tree/tree_rows.h"
#include "kernel/tree/tree_store.h"

#define MOST_DRAWS 8
#define ROW_DRAWS  (UINT64_C(1) << 63) /* streams apart from those of nodes */

typedef struct Forest
{
	const SegTreeParams *params;
	SegTreeRows rows;
	SegTreeData data;
	SegGrowth growth;
	SegGrower grower;
	SegTreeStore store;
	int64_t outputs;      /* numbers of a leaf */
	uint16_t *classes;    /* per row, of more than two */
	unsigned char *draws; /* per row; NULL: each is drawn once */
	double *covers;       /* per leaf of a tree */
	double *values;
	int64_t leaf_room;
	double *out_of_bag; /* outputs * n: sums over trees that did not draw it */
	int32_t *judges;    /* n: how many of those there are */
} Forest;

/*
 * The most leaves that a tree can have.
 */
static int64_t
most_leaves(const Forest *f)
{
	const SegTreeParams *params = f->params;
	int64_t most =
		f->rows.n / (params->min_leaf_rows > 1 ? params->min_leaf_rows : 1);

	if (params->max_leaves > 0 && params->max_leaves < most)
		most = params->max_leaves;
	if (params->max_depth < 40 && (INT64_C(1) << params->max_depth) < most)
		most = INT64_C(1) << params->max_depth;
	return most > 1 ? most : 1;
}

static int64_t
default_features(const Forest *f)
{
	double dim = (double) f->rows.bins.dim;
	double share = f->rows.classes > 0 ? sqrt(dim) : dim / 3.0;

	return share < 1.0 ? 1 : (int64_t) share;
}

static SegStatus
begin_forest(SegEnv *env, Forest *f, bool draws)
{
	const SegTreeParams *params = f->params;
	int64_t n = f->rows.n;
	int64_t dim = f->rows.bins.dim;
	int64_t features = params->features_per_split;

	f->outputs = f->rows.classes > 2 ? f->rows.classes : 1;
	f->data = (SegTreeData){.bins = &f->rows.bins, .outputs = f->outputs};
	if (features == 0)
		features = draws ? default_features(f) : dim;
	f->growth = (SegGrowth){.rules = {.min_leaf_rows = params->min_leaf_rows},
	                        .max_depth = params->max_depth,
	                        .max_leaves = params->max_leaves,
	                        .features_per_split = features < dim ? features : 0,
	                        .seed = (uint64_t) params->seed};
	SEG_TRY(
		seg_tree_monotone(env, params, &f->rows, &f->growth.rules.monotone));
	SEG_ALLOC(env, f->data.gradients, n);
	if (f->outputs > 1)
	{
		SEG_ALLOC(env, f->classes, n);
		for (int64_t i = 0; i < n; i++)
			f->classes[i] = (uint16_t) f->rows.y[i];
		f->data.classes = f->classes;
	}
	if (draws)
	{
		SEG_ALLOC(env, f->draws, n);
		SEG_ALLOC(env, f->out_of_bag, f->outputs * n);
		SEG_ALLOC(env, f->judges, n);
	}
	f->leaf_room = most_leaves(f);
	SEG_ALLOC(env, f->covers, f->leaf_room);
	SEG_ALLOC(env, f->values, f->leaf_room * f->outputs);
	SEG_TRY(seg_grower_make(env, &f->data, &f->growth, n, &f->grower));
	return seg_tree_store_make(env, dim, f->outputs, params->trees, &f->store);
}

/* ---------- drawing ---------- */

/*
 * Poisson numbers of mean 1 from 16 random bits each: how many of the bounds of
 * their distribution lie at or below them.
 */
static void
draw_counts(Forest *f, int64_t tree)
{
	static const uint32_t bounds[MOST_DRAWS] =
		{24109, 48219, 60273, 64292, 65296, 65497, 65531, 65535};
	uint64_t bits = 0;

	for (int64_t i = 0; i < f->rows.n; i++)
	{
		uint32_t x;
		unsigned char count = 0;

		if (i % 4 == 0)
			bits = seg_random_bits((uint64_t) f->params->seed,
			                       ROW_DRAWS | (uint64_t) tree,
			                       (uint64_t) i);
		x = (uint32_t) (bits & 65535);
		bits >>= 16;
		for (int k = 0; k < MOST_DRAWS; k++)
			count += x >= bounds[k];
		f->draws[i] = count;
	}
}

static inline double
drawn_weight(const Forest *f, int64_t i)
{
	double weight = seg_tree_weight(&f->rows, i);

	return f->draws != NULL ? weight * f->draws[i] : weight;
}

/*
 * List the rows drawn, with their weight as second derivative and the distance
 * to their label as first one: then a split's gain is the squares it takes away.
 */
static int64_t
list_drawn(Forest *f)
{
	const SegTreeRows *rows = &f->rows;
	double g_scale = 1.0 / f->data.g_unit;
	double h_scale = 1.0 / f->data.h_unit;
	int64_t n = 0;

	for (int64_t i = 0; i < rows->n; i++)
	{
		double weight = drawn_weight(f, i);

		if (!(weight > 0.0))
			continue;
		f->data.gradients[i] =
			(SegGradient){(int32_t) rint((rows->mean - rows->y[i]) * weight *
		                                 g_scale),
		                  (int32_t) rint(weight * h_scale)};
		f->grower.rows[n++] = (uint32_t) i;
	}
	return n;
}

static void
set_units(Forest *f)
{
	const SegTreeRows *rows = &f->rows;
	double most_weight =
		rows->most_weight * (f->draws != NULL ? MOST_DRAWS : 1);
	double farthest = 0.0;

	for (int64_t i = 0; i < rows->n; i++)
		farthest = fmax(farthest, fabs(rows->y[i] - rows->mean));
	seg_histogram_units(&f->data, rows->n, farthest * most_weight, most_weight);
}

/* ---------- leaves ---------- */

/*
 * The mean label of a leaf's rows, or the share of each class, over the number
 * of trees. A mean lies between the labels, also in its last digit.
 */
static void
fill_leaf(Forest *f, const SegNode *node)
{
	double *values = f->values + node->link * f->outputs;
	double *cover = &f->covers[node->link];
	double trees = (double) f->params->trees;
	double low = INFINITY;
	double high = -INFINITY;

	*cover = 0.0;
	memset(values, 0, (size_t) f->outputs * sizeof(double));
	for (int64_t r = node->low; r < node->high; r++)
	{
		uint32_t row = f->grower.rows[r];
		double weight = drawn_weight(f, row);

		*cover += weight;
		if (f->outputs > 1)
			values[f->classes[row]] += weight;
		else
		{
			double y = f->rows.y[row];

			values[0] += weight * (y - f->rows.mean);
			low = y < low ? y : low;
			high = y > high ? y : high;
		}
	}
	for (int64_t k = 0; k < f->outputs; k++)
		values[k] /= *cover;
	if (f->outputs == 1)
	{
		values[0] = f->rows.mean +
		            fmin(fmax(values[0], node->range.low), node->range.high);
		/* a monotone tree's range may lie beyond them */
		if (f->growth.rules.monotone == NULL)
			values[0] = fmin(fmax(values[0], low), high);
	}
	for (int64_t k = 0; k < f->outputs; k++)
		values[k] /= trees;
}

static SegStatus
judge_rows(SegEnv *env, Forest *f)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < f->rows.n; i++)
	{
		const double *values;

		if (f->draws[i] > 0)
			continue;
		values = f->values + seg_grower_leaf(&f->grower, i)->link * f->outputs;
		for (int64_t k = 0; k < f->outputs; k++)
			f->out_of_bag[i * f->outputs + k] += values[k];
		f->judges[i]++;
		SEG_TRY(seg_count_steps(env, &steps, f->params->max_depth));
	}
	return SEG_OK;
}

/*
 * The class that a row's votes give, as a number.
 */
static double
class_of_votes(const Forest *f, const double *votes, double judges)
{
	int64_t best = 0;

	if (f->outputs == 1)
		return votes[0] / judges > 0.5 ? 1.0 : 0.0;
	for (int64_t k = 1; k < f->outputs; k++)
	{
		if (votes[k] > votes[best])
			best = k;
	}
	return (double) best;
}

/*
 * How well rows are predicted by the trees that did not draw them: the share of
 * classes that are right, or of the variance that is explained. Missing if there
 * is nothing to explain.
 */
static double
out_of_bag_score(const Forest *f)
{
	const SegTreeRows *rows = &f->rows;
	double trees = (double) f->params->trees;
	double total = 0.0, right = 0.0, errors = 0.0, squares = 0.0, mean = 0.0;

	for (int64_t i = 0; i < rows->n; i++)
	{
		double weight = seg_tree_weight(rows, i);
		const double *votes = f->out_of_bag + i * f->outputs;
		double judges = (double) f->judges[i] / trees;
		double gap;

		if (f->judges[i] == 0)
			continue;
		total += weight;
		if (rows->classes > 0)
		{
			right += weight * (class_of_votes(f, votes, judges) == rows->y[i]);
			continue;
		}
		gap = rows->y[i] - votes[0] / judges;
		errors += weight * gap * gap;
		/* squares about the mean so far */
		gap = rows->y[i] - mean;
		mean += gap * weight / total;
		squares += weight * gap * (rows->y[i] - mean);
	}
	if (total == 0.0 || (rows->classes == 0 && squares == 0.0))
		return seg_missing();
	return rows->classes > 0 ? right / total : 1.0 - errors / squares;
}

/* ---------- the trees ---------- */

static SegStatus
grow_trees(SegEnv *env, Forest *f)
{
	set_units(f);
	for (int64_t tree = 0; tree < f->params->trees; tree++)
	{
		int64_t n;

		if (env->stop(env->host))
			return SEG_STOPPED;
		if (f->draws != NULL)
			draw_counts(f, tree);
		n = list_drawn(f);
		if (n == 0) /* of so few rows that none was drawn */
		{
			memset(f->draws, 1, (size_t) f->rows.n);
			n = list_drawn(f);
		}
		SEG_TRY(seg_grow(env, &f->grower, n, tree));
		for (int64_t i = 0; i < f->grower.n_nodes; i++)
		{
			if (f->grower.nodes[i].element < 0)
				fill_leaf(f, &f->grower.nodes[i]);
		}
		if (f->draws != NULL)
			SEG_TRY(judge_rows(env, f));
		SEG_TRY(seg_tree_store_add(env,
		                           &f->store,
		                           &f->grower,
		                           f->covers,
		                           f->values));
		if (env->progress != NULL)
			env->progress(env->host,
			              "forest",
			              tree + 1,
			              0.0,
			              (double) (tree + 1) / (double) f->params->trees);
	}
	return SEG_OK;
}

static SegStatus
train_trees(SegEnv *env, SegRows *rows, const SegClassRows *classes,
            const SegTreeParams *params, bool draws, SegTree *model)
{
	Forest f = {.params = params};
	double *base;

	SEG_TRY(seg_tree_read(env,
	                      rows,
	                      classes,
	                      params,
	                      draws ? "random forest" : "decision tree",
	                      0.0,
	                      &f.rows,
	                      model));
	SEG_TRY(begin_forest(env, &f, draws));
	SEG_TRY(grow_trees(env, &f));
	SEG_ALLOC(env, base, f.outputs);
	model->train_loss = model->holdout_loss = seg_missing();
	model->out_of_bag_score = draws ? out_of_bag_score(&f) : seg_missing();
	model->link = SEG_LINK_IDENTITY;
	model->scores = f.outputs;
	model->base = base;
	return seg_tree_store_finish(env, &f.store, model);
}

SegStatus
seg_forest_train(SegEnv *env, SegRows *rows, const SegClassRows *classes,
                 const SegTreeParams *params, SegTree *model)
{
	return train_trees(env, rows, classes, params, true, model);
}

SegStatus
seg_tree_train(SegEnv *env, SegRows *rows, const SegClassRows *classes,
               const SegTreeParams *params, SegTree *model)
{
	SegTreeParams single = *params;

	single.trees = 1;
	return train_trees(env, rows, classes, &single, false, model);
}
