/*-------------------------------------------------------------------------
 *
 * isolation.c
 *	  Isolation forests [1]: how unlike all others a row is.
 *
 * A tree is grown from a sample of the rows, by splits that are drawn: an
 * element among those whose numbers differ, and a threshold between its least
 * and its greatest number. A row that few others resemble is alone after few
 * splits. With E the mean depth of a row over all trees, and c that of a row of
 * the sample in a random binary tree, the score of the row is 2 to the power of
 * -E / c. So a leaf holds -depth / c over the number of trees, and the sum of
 * leaves is the binary logarithm of the score; reasons for it are those of any
 * sum of trees.
 *
 * A missing element goes to the side with more rows of the sample, so that what
 * is not known about a row does not make it unusual.
 *
 * Everything is drawn by seed, tree, and number of row or draw; rows are numbered
 * in canonical order, so that the same rows give the same trees.
 *
 * [1] F. T. Liu, K. M. Ting, Z.-H. Zhou, "Isolation forest" (2008).
 *
 * src/kernel/tree/isolation.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/isolation.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/missing.h"
#include "base/radix_sort.h"
#include "base/tags.h"
#include "kernel/tree/tree_store.h"

#define EULER_GAMMA 0.57721566490153286061

/* Samples in memory; more are read in several passes over the rows. */
#define BATCH_BYTES (INT64_C(1) << 27)
#define MOST_SAMPLE (INT64_C(1) << 26) /* numbers */

typedef struct Node
{
	int64_t low; /* its rows: from low up to high - 1 */
	int64_t high;
	int64_t depth;
	int32_t element; /* -1: a leaf */
	bool missing_left;
	double threshold;
} Node;

typedef struct Isolation
{
	const SegIsolationParams *params;
	SegRows *source;
	int64_t dim;
	int64_t sample_size;
	int64_t max_depth;
	SegTreeStore store;

	/* the samples of some trees, one after another */
	int64_t batch;       /* trees */
	double *samples;     /* batch * sample_size * dim */
	SegRadixItem *picks; /* batch * sample_size: row, and place among samples */
	SegRadixItem *scratch;
	int64_t *taken; /* a hash table of the rows of a sample: number + 1, or 0 */
	int64_t taken_mask;

	/* the tree that grows */
	const double *sample;
	int64_t tree;
	uint64_t draws;    /* so far */
	int64_t *rows;     /* those of a node stand together */
	int32_t *elements; /* a permutation */
	Node *nodes;
} Isolation;

double
seg_isolation_mean_depth(int64_t n)
{
	double rows = (double) n;

	if (n <= 2)
		return n == 2 ? 1.0 : 0.0;
	return 2.0 * (log(rows - 1.0) + EULER_GAMMA) - 2.0 * (rows - 1.0) / rows;
}

/* ---------- samples ---------- */

/*
 * Put a row into the sample, unless it is there.
 */
static bool
add_to_sample(Isolation *f, int64_t row)
{
	int64_t at = (int64_t) seg_random_bits(0, 0, (uint64_t) row);

	for (at &= f->taken_mask; f->taken[at] != 0; at = (at + 1) & f->taken_mask)
	{
		if (f->taken[at] == row + 1)
			return false;
	}
	f->taken[at] = row + 1;
	return true;
}

/*
 * Draw the sample of a tree, each set of rows with the same chance: for each of
 * the last rows, one up to it, or itself if that one is taken (R. Floyd's
 * method).
 */
static void
draw_tree_sample(Isolation *f, int64_t tree, SegRadixItem *picks)
{
	int64_t first = f->source->n - f->sample_size;

	memset(f->taken, 0, (size_t) (f->taken_mask + 1) * sizeof(int64_t));
	for (int64_t i = 0; i < f->sample_size; i++)
	{
		double share = seg_random_real((uint64_t) f->params->seed,
		                               2 * (uint64_t) tree,
		                               (uint64_t) i);
		int64_t row = (int64_t) (share * (double) (first + i + 1));

		if (!add_to_sample(f, row))
		{
			row = first + i;
			add_to_sample(f, row);
		}
		picks[i].key = (uint64_t) row;
	}
}

/*
 * Copy the samples of n trees from one pass over the rows.
 */
static SegStatus
read_samples(SegEnv *env, Isolation *f, int64_t first_tree, int64_t n)
{
	int64_t count = n * f->sample_size;
	int64_t next = 0;
	SegBlock block;

	for (int64_t t = 0; t < n; t++)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		draw_tree_sample(f, first_tree + t, f->picks + t * f->sample_size);
	}
	for (int64_t i = 0; i < count; i++)
		f->picks[i].index = i;
	SEG_TRY(seg_radix_sort(env, f->picks, f->scratch, count));
	f->source->rewind(f->source);
	while (next < count && f->source->next(f->source, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (; next < count &&
		       (int64_t) f->picks[next].key < block.first + block.n;
		     next++)
			memcpy(f->samples + f->picks[next].index * f->dim,
			       block.x + ((int64_t) f->picks[next].key - block.first) *
			                     f->source->stride,
			       (size_t) f->dim * sizeof(double));
	}
	return SEG_OK;
}

/* ---------- a tree ---------- */

static double
draw(Isolation *f)
{
	return seg_random_real((uint64_t) f->params->seed,
	                       2 * (uint64_t) f->tree + 1,
	                       f->draws++);
}

static inline double
sample_number(const Isolation *f, int64_t row, int32_t element)
{
	return f->sample[f->rows[row] * f->dim + element];
}

/*
 * The least and the greatest number of an element in a node. Do they differ?
 */
static bool
find_range(const Isolation *f, const Node *node, int32_t element, double *least,
           double *greatest)
{
	*least = INFINITY;
	*greatest = -INFINITY;
	for (int64_t r = node->low; r < node->high; r++)
	{
		double x = sample_number(f, r, element);

		/* false for a missing one */
		if (x < *least)
			*least = x;
		if (x > *greatest)
			*greatest = x;
	}
	return *least < *greatest;
}

/*
 * Draw a split, if there is an element to split: elements in random order, up to
 * the first one whose numbers differ.
 */
static bool
draw_split(Isolation *f, Node *node)
{
	double least = 0.0, greatest = 0.0;
	double share;
	int64_t k = 0;
	bool found = false;

	for (; k < f->dim && !found; k++)
	{
		int64_t at = k + (int64_t) (draw(f) * (double) (f->dim - k));
		int32_t element = f->elements[at];

		f->elements[at] = f->elements[k];
		f->elements[k] = element;
		found = find_range(f, node, element, &least, &greatest);
	}
	if (!found)
		return false;
	share = draw(f);
	node->element = f->elements[k - 1];
	node->threshold = least * (1.0 - share) + greatest * share;
	/* rounding must leave a number on each side */
	if (!(node->threshold >= least && node->threshold < greatest))
		node->threshold = least;
	return true;
}

/*
 * Put the rows that go left first; returns the first one that goes right.
 */
static int64_t
part_node(Isolation *f, Node *node)
{
	int64_t left = 0, right = 0;
	int64_t low = node->low;

	for (int64_t r = node->low; r < node->high; r++)
	{
		double x = sample_number(f, r, node->element);

		left += x <= node->threshold;
		right += x > node->threshold;
	}
	node->missing_left = left >= right;
	for (int64_t r = node->low; r < node->high; r++)
	{
		double x = sample_number(f, r, node->element);
		int64_t row = f->rows[r];

		if (isnan(x) ? !node->missing_left : x > node->threshold)
			continue;
		f->rows[r] = f->rows[low];
		f->rows[low++] = row;
	}
	return low;
}

static SegStatus
store_tree(SegEnv *env, Isolation *f, int64_t n_nodes)
{
	double mean_depth = seg_isolation_mean_depth(f->sample_size);
	double trees = (double) f->params->trees;

	SEG_TRY(seg_tree_store_begin(env, &f->store, n_nodes));
	for (int64_t i = 0; i < n_nodes; i++)
	{
		const Node *node = &f->nodes[i];
		int64_t n = node->high - node->low;
		double depth = (double) node->depth + seg_isolation_mean_depth(n);
		/* one row alone is as usual as any */
		double value = mean_depth > 0.0 ? -depth / mean_depth : -1.0;

		value /= trees;
		if (node->element < 0)
			seg_tree_store_leaf(&f->store, (double) n, &value);
		else
			seg_tree_store_split(&f->store,
			                     node->element,
			                     node->threshold,
			                     node->missing_left,
			                     0.0);
	}
	seg_tree_store_end(&f->store);
	return SEG_OK;
}

/*
 * Grow a tree from a sample, level by level.
 */
static SegStatus
grow_tree(SegEnv *env, Isolation *f, const double *sample, int64_t tree)
{
	int64_t n = 1;
	int64_t steps = 0;

	f->sample = sample;
	f->tree = tree;
	f->draws = 0;
	for (int64_t i = 0; i < f->sample_size; i++)
		f->rows[i] = i;
	for (int64_t j = 0; j < f->dim; j++)
		f->elements[j] = (int32_t) j;
	f->nodes[0] = (Node){.low = 0, .high = f->sample_size};
	for (int64_t i = 0; i < n; i++)
	{
		Node *node = &f->nodes[i];
		uint64_t draws = f->draws;
		int64_t middle;

		node->element = -1;
		if (node->depth == f->max_depth || node->high - node->low == 1 ||
		    !draw_split(f, node))
			continue;
		middle = part_node(f, node);
		f->nodes[n++] =
			(Node){.low = node->low, .high = middle, .depth = node->depth + 1};
		f->nodes[n++] =
			(Node){.low = middle, .high = node->high, .depth = node->depth + 1};
		SEG_TRY(seg_count_steps(env,
		                        &steps,
		                        (int64_t) (f->draws - draws) *
		                            (node->high - node->low)));
	}
	return store_tree(env, f, n);
}

/* ---------- the forest ---------- */

static int64_t
depth_limit(const Isolation *f)
{
	int64_t depth = 0;

	if (f->params->max_depth > 0)
		return f->params->max_depth;
	while ((INT64_C(1) << depth) < f->sample_size)
		depth++;
	return depth;
}

static SegStatus
begin_isolation(SegEnv *env, Isolation *f)
{
	const SegIsolationParams *params = f->params;
	int64_t picks;

	f->dim = f->source->dim;
	f->sample_size =
		f->source->n < params->sample_size ? f->source->n : params->sample_size;
	if (f->sample_size * f->dim > MOST_SAMPLE)
		return seg_fail(env,
		                SEG_LIMIT,
		                "numbers in the sample of a tree",
		                (double) (f->sample_size * f->dim),
		                (double) MOST_SAMPLE);
	f->max_depth = depth_limit(f);
	f->batch =
		BATCH_BYTES / (f->sample_size * f->dim * (int64_t) sizeof(double));
	if (f->batch > params->trees)
		f->batch = params->trees;
	if (f->batch < 1)
		f->batch = 1;
	picks = f->batch * f->sample_size;
	SEG_ALLOC(env, f->samples, picks * f->dim);
	SEG_ALLOC(env, f->picks, picks);
	SEG_ALLOC(env, f->scratch, picks);
	for (f->taken_mask = 1; f->taken_mask < 2 * f->sample_size;)
		f->taken_mask *= 2;
	SEG_ALLOC(env, f->taken, f->taken_mask);
	f->taken_mask--;
	SEG_ALLOC(env, f->rows, f->sample_size);
	SEG_ALLOC(env, f->elements, f->dim);
	SEG_ALLOC(env, f->nodes, 2 * f->sample_size - 1);
	return seg_tree_store_make(env, f->dim, 1, params->trees, &f->store);
}

SegStatus
seg_isolation_train(SegEnv *env, SegRows *rows,
                    const SegIsolationParams *params, SegTree *model)
{
	Isolation f = {.params = params, .source = rows};
	double *base;

	SEG_TRY(begin_isolation(env, &f));
	for (int64_t tree = 0; tree < params->trees; tree++)
	{
		int64_t at = tree % f.batch;
		int64_t left = params->trees - tree;

		if (at == 0)
			SEG_TRY(
				read_samples(env, &f, tree, left < f.batch ? left : f.batch));
		if (env->stop(env->host))
			return SEG_STOPPED;
		SEG_TRY(
			grow_tree(env, &f, f.samples + at * f.sample_size * f.dim, tree));
		if (env->progress != NULL)
			env->progress(env->host,
			              "isolation forest",
			              tree + 1,
			              0.0,
			              (double) (tree + 1) / (double) params->trees);
	}
	SEG_ALLOC(env, base, 1);
	model->dim = rows->dim;
	model->rows_used = rows->n;
	model->train_loss = model->holdout_loss = model->out_of_bag_score =
		seg_missing();
	model->link = SEG_LINK_EXP2;
	model->scores = 1;
	model->base = base;
	return seg_tree_store_finish(env, &f.store, model);
}

/* ---------- tables ---------- */

static SegStatus
isolation_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_isolation_train(env, rows, params, model);
}

static bool
isolation_is_sound(const void *value)
{
	const SegTree *model = value;

	return model->link == SEG_LINK_EXP2 && model->class_count == 0 &&
	       seg_tree_is_sound(model);
}

#define OPTION(member) offsetof(SegIsolationParams, member)

/* clang-format off */
const SegOption seg_isolation_options[] = {
	{"trees", SEG_OPTION_INT, OPTION(trees), 100, 1, SEG_TREE_MAX_TREES, NULL,
		"how many"},
	{"sample_size", SEG_OPTION_INT, OPTION(sample_size), 256, 2,
		SEG_ISOLATION_MAX_SAMPLE, NULL, "rows that a tree is grown from"},
	{"max_depth", SEG_OPTION_INT, OPTION(max_depth), 0, 0, SEG_TREE_MAX_DEPTH,
		NULL, "splits from the root to a leaf at most; 0: by sample_size"},
	{"seed", SEG_OPTION_INT, OPTION(seed), 0, 0, 9007199254740992.0, NULL,
		"start of the random draws"},
	SEG_OPTION_END
};
/* clang-format on */

const SegMethod seg_isolation_method = {.tag = SEG_TAG_ISOLATION,
                                        .format = 1,
                                        .name = "isolation",
                                        .title = "model of outliers",
                                        .fields = seg_tree_fields,
                                        .size = sizeof(SegTree),
                                        .is_sound = isolation_is_sound,
                                        .supervised = &seg_tree_supervised,
                                        .is_score = true};

const SegTrainer seg_isolation_trainer = {.method = &seg_isolation_method,
                                          .title = "isolation forest",
                                          .columns = {{SEG_COLUMN_VECTOR}},
                                          .takes_missing = true,
                                          .options = seg_isolation_options,
                                          .params_size =
                                              sizeof(SegIsolationParams),
                                          .smaller = "fewer or smaller trees",
                                          .train = isolation_train};
