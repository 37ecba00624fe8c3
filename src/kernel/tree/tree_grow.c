/*-------------------------------------------------------------------------
 *
 * tree_grow.c
 *	  Growing one tree.
 *
 * A node is opened when it is made: its best split is found, and it waits. The
 * open node with the largest gain is split first [1], so that a limit on leaves
 * keeps the best ones; without such a limit the order does not matter, and the
 * last one is split first, so that few wait.
 *
 * Of two children only the smaller one's rows are added up; the other's sums
 * are those of the parent less these. Parents' histograms are kept for that as
 * long as they fit into a fixed amount of memory. Sums are integers, so the
 * tree is the same whether they are kept or not.
 *
 * [1] H. Shi, "Best-first decision tree learning" (2007); G. Ke et al.,
 * "LightGBM" (2017).
 *
 * src/kernel/tree/tree_grow.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_grow.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

#define HISTOGRAM_BYTES (INT64_C(1) << 28)
#define MOST_HISTOGRAMS 4096
#define FETCH_AHEAD     16

/* A node that can be split. */
typedef struct SegOpenNode
{
	int32_t node;
	int32_t depth;
	SegSum *histogram; /* NULL: not kept */
	SegSplit split;
} SegOpenNode;

SegStatus
seg_grower_make(SegEnv *env, const SegTreeData *data, const SegGrowth *growth,
                int64_t n, SegGrower *grower)
{
	int64_t words = seg_histogram_words(data);

	*grower = (SegGrower){.data = data, .growth = growth};
	SEG_ALLOC(env, grower->rows, n);
	SEG_ALLOC(env, grower->moved, n);
	SEG_ALLOC(env, grower->gathered, n);
	SEG_ALLOC(env, grower->sums, 4 * (data->outputs + 1));
	SEG_ALLOC(env, grower->scratch, words);
	grower->most_histograms =
		HISTOGRAM_BYTES / (words * (int64_t) sizeof(SegSum));
	if (grower->most_histograms > MOST_HISTOGRAMS)
		grower->most_histograms = MOST_HISTOGRAMS;
	SEG_ALLOC(env, grower->free_histograms, grower->most_histograms + 1);
	SEG_ALLOC(env, grower->drawn, data->bins->dim);
	SEG_ALLOC(env, grower->sorted, data->bins->dim);
	return SEG_OK;
}

/* ---------- nodes ---------- */

static SegStatus
add_children(SegEnv *env, SegGrower *g)
{
	if (g->n_nodes + 2 > g->room)
	{
		int64_t room = g->room > 0 ? 2 * g->room : 64;
		SegNode *nodes;

		SEG_ALLOC(env, nodes, room);
		SEG_ALLOC(env, g->order, room);
		if (g->n_nodes > 0)
			memcpy(nodes, g->nodes, (size_t) g->n_nodes * sizeof(SegNode));
		g->nodes = nodes;
		g->room = room;
	}
	g->n_nodes += 2;
	return SEG_OK;
}

/* ---------- histograms ---------- */

/*
 * Room for a histogram to be kept; NULL: too many are.
 */
static SegStatus
take_histogram(SegEnv *env, SegGrower *g, SegSum **histogram)
{
	*histogram = NULL;
	if (g->n_free > 0)
		*histogram = g->free_histograms[--g->n_free];
	else if (g->n_histograms < g->most_histograms)
	{
		SEG_ALLOC(env, *histogram, seg_histogram_words(g->data));
		g->n_histograms++;
	}
	return SEG_OK;
}

static void
give_histogram(SegGrower *g, SegSum *histogram)
{
	if (histogram != NULL)
		g->free_histograms[g->n_free++] = histogram;
}

static void
build_histogram(SegGrower *g, const SegNode *node, SegSum *histogram)
{
	seg_histogram_build(g->data,
	                    g->rows + node->low,
	                    node->high - node->low,
	                    NULL,
	                    g->data->bins->dim,
	                    g->gathered,
	                    histogram);
}

/* ---------- the best split of a node ---------- */

static void
try_element(SegGrower *g, const SegNode *node, const SegSum *total,
            int32_t element, SegSum *histogram, SegSplit *best)
{
	seg_split_element(g->data,
	                  &g->growth->rules,
	                  element,
	                  seg_histogram_element(g->data, histogram, element),
	                  total,
	                  node->range,
	                  g->sums + g->data->outputs + 1,
	                  best);
}

static void
best_of_all(SegGrower *g, const SegNode *node, SegSum *histogram,
            SegSplit *best)
{
	SegSum *total = g->sums;
	int64_t width = g->data->outputs + 1;
	int32_t bins = g->data->bins->numbers[0] + g->data->bins->missing[0];

	/* the bins of any element add up to the node */
	memset(total, 0, (size_t) width * sizeof(SegSum));
	for (int64_t i = 0; i < bins * width; i++)
		total[i % width] += histogram[i];
	for (int32_t j = 0; j < g->data->bins->dim; j++)
		try_element(g, node, total, j, histogram, best);
}

/*
 * Draw the k-th of the elements that a node tries: a step of a random
 * permutation, which depends on tree and node alone.
 */
static int32_t
draw_element(SegGrower *g, int64_t node, int64_t k)
{
	int64_t left = g->data->bins->dim - k;
	uint64_t stream = (uint64_t) g->number << 32 | (uint64_t) node;
	int64_t at =
		k +
		(int64_t) (seg_random_real(g->growth->seed, stream, (uint64_t) k + 1) *
	               (double) left);
	int32_t element = g->drawn[at];

	g->drawn[at] = g->drawn[k];
	g->drawn[k] = element;
	return element;
}

static void
sort_elements(int32_t *elements, int64_t n)
{
	for (int64_t i = 1; i < n; i++)
	{
		int32_t x = elements[i];
		int64_t at = i;

		for (; at > 0 && elements[at - 1] > x; at--)
			elements[at] = elements[at - 1];
		elements[at] = x;
	}
}

/*
 * Does an element differ between the rows of a node?
 */
static bool
varies_within(const SegGrower *g, const SegNode *node, int32_t element,
              SegSum *histogram)
{
	const SegSum *sum = seg_histogram_element(g->data, histogram, element);
	int64_t rows = 0;

	for (; rows == 0; sum += g->data->outputs + 1)
		rows = seg_sum_rows(g->data, sum);
	return rows < node->high - node->low;
}

/*
 * Try as many elements as a split may use, and further ones, one by one, while
 * all of them are constant. To go on until there is a split would fit noise.
 */
static void
best_of_drawn(SegGrower *g, int64_t number, SegSplit *best)
{
	const SegNode *node = &g->nodes[number];
	int64_t dim = g->data->bins->dim;
	int64_t most = g->growth->features_per_split;
	bool any_varies = false;

	for (int64_t j = 0; j < dim; j++)
		g->drawn[j] = (int32_t) j;
	seg_histogram_total(g->data,
	                    g->rows + node->low,
	                    node->high - node->low,
	                    g->sums);
	for (int64_t tried = 0; tried < dim && !any_varies;)
	{
		int64_t n = tried == 0 ? most : 1;

		for (int64_t k = 0; k < n; k++)
			g->sorted[k] = draw_element(g, number, tried + k);
		tried += n;
		sort_elements(g->sorted, n);
		seg_histogram_build(g->data,
		                    g->rows + node->low,
		                    node->high - node->low,
		                    g->sorted,
		                    n,
		                    g->gathered,
		                    g->scratch);
		for (int64_t k = 0; k < n; k++)
		{
			try_element(g, node, g->sums, g->sorted[k], g->scratch, best);
			any_varies |= varies_within(g, node, g->sorted[k], g->scratch);
		}
	}
}

/* ---------- open nodes ---------- */

/*
 * Which of two is split first? Equal gains: the node that was made first.
 */
static bool
is_before(const SegOpenNode *a, const SegOpenNode *b)
{
	return a->split.gain > b->split.gain ||
	       (a->split.gain == b->split.gain && a->node < b->node);
}

static SegStatus
push_open(SegEnv *env, SegGrower *g, const SegOpenNode *node)
{
	int64_t at = g->n_open;

	if (g->n_open == g->open_room)
	{
		int64_t room = g->open_room > 0 ? 2 * g->open_room : 64;
		SegOpenNode *open;

		SEG_ALLOC(env, open, room);
		if (g->n_open > 0)
			memcpy(open, g->open, (size_t) g->n_open * sizeof(SegOpenNode));
		g->open = open;
		g->open_room = room;
	}
	g->n_open++;
	for (; g->growth->max_leaves > 0 && at > 0 &&
	       is_before(node, &g->open[(at - 1) / 2]);
	     at = (at - 1) / 2)
		g->open[at] = g->open[(at - 1) / 2];
	g->open[at] = *node;
	return SEG_OK;
}

static SegOpenNode
pop_open(SegGrower *g)
{
	SegOpenNode last = g->open[--g->n_open];
	SegOpenNode first = g->open[0];
	int64_t at = 0;

	if (g->growth->max_leaves == 0 || g->n_open == 0)
		return last;
	for (;;)
	{
		int64_t child = 2 * at + 1;

		if (child >= g->n_open)
			break;
		if (child + 1 < g->n_open &&
		    is_before(&g->open[child + 1], &g->open[child]))
			child++;
		if (!is_before(&g->open[child], &last))
			break;
		g->open[at] = g->open[child];
		at = child;
	}
	g->open[at] = last;
	return first;
}

/*
 * May a node be split at all, as far as its size says?
 */
static bool
is_large(const SegGrower *g, int64_t number, int64_t depth)
{
	const SegNode *node = &g->nodes[number];

	return depth < g->growth->max_depth && node->high - node->low > 1 &&
	       node->high - node->low >= 2 * g->growth->rules.min_leaf_rows;
}

/*
 * Find the best split of a node. The histogram, NULL if elements are drawn,
 * stays with the node if it is kept and there is a split.
 */
static SegStatus
open_node(SegEnv *env, SegGrower *g, int64_t number, int64_t depth,
          SegSum *histogram)
{
	bool is_kept = histogram != NULL && histogram != g->scratch;
	SegOpenNode open = {.node = (int32_t) number,
	                    .depth = (int32_t) depth,
	                    .histogram = is_kept ? histogram : NULL};

	if (is_large(g, number, depth))
	{
		if (histogram != NULL)
			best_of_all(g, &g->nodes[number], histogram, &open.split);
		else
			best_of_drawn(g, number, &open.split);
	}
	if (open.split.gain > 0.0)
		return push_open(env, g, &open);
	give_histogram(g, open.histogram);
	return SEG_OK;
}

/*
 * Add up the rows of a node, and open it.
 */
static SegStatus
open_by_rows(SegEnv *env, SegGrower *g, int64_t number, int64_t depth)
{
	SegSum *histogram = NULL;

	if (!is_large(g, number, depth))
		return SEG_OK;
	if (g->growth->features_per_split == 0)
	{
		SEG_TRY(take_histogram(env, g, &histogram));
		if (histogram == NULL)
			histogram = g->scratch;
		build_histogram(g, &g->nodes[number], histogram);
	}
	return open_node(env, g, number, depth, histogram);
}

/* ---------- splitting ---------- */

/*
 * Move the rows of a node that go right behind the others; both keep their
 * order. Returns where the right ones begin.
 */
static int64_t
divide_rows(SegGrower *g, const SegNode *node)
{
	const uint8_t *codes = seg_bins_element(g->data->bins, node->element);
	uint32_t *rows = g->rows;
	uint32_t *moved = g->moved;
	uint32_t bin = (uint32_t) node->bin;
	uint32_t exception = node->missing_left
	                         ? (uint32_t) g->data->bins->numbers[node->element]
	                         : 256;
	int64_t left = node->low;
	int64_t right = 0;

	for (int64_t i = node->low; i < node->high; i++)
	{
		uint32_t row = rows[i];
		uint32_t code = codes[(size_t) row * SEG_BIN_GROUP];
		bool goes_right = (code > bin) & (code != exception);

		if (i + FETCH_AHEAD < node->high)
			__builtin_prefetch(codes +
			                   (size_t) rows[i + FETCH_AHEAD] * SEG_BIN_GROUP);
		rows[left] = row;
		moved[right] = row;
		left += !goes_right;
		right += goes_right;
	}
	memcpy(rows + left, moved, (size_t) right * sizeof(uint32_t));
	return left;
}

/*
 * The ranges of two children: below and above a value between theirs, if the
 * element is monotone.
 */
static void
divide_range(const SegGrower *g, const SegSplit *split, SegRange range,
             SegRange *left, SegRange *right)
{
	const signed char *monotone = g->growth->rules.monotone;
	double middle = 0.5 * split->left_value + 0.5 * split->right_value;

	*left = *right = range;
	if (monotone == NULL || monotone[split->element] == 0)
		return;
	if (monotone[split->element] > 0)
		left->high = right->low = middle;
	else
		left->low = right->high = middle;
}

/*
 * Open both children: by subtraction if the parent's histogram was kept.
 */
static SegStatus
open_children(SegEnv *env, SegGrower *g, const SegOpenNode *parent,
              int64_t left)
{
	int64_t depth = parent->depth + 1;
	const SegNode *nodes = g->nodes;
	bool is_left = nodes[left].high - nodes[left].low <=
	               nodes[left + 1].high - nodes[left + 1].low;
	int64_t small = is_left ? left : left + 1;
	int64_t large = is_left ? left + 1 : left;
	SegSum *histogram;

	if (parent->histogram == NULL || !is_large(g, large, depth))
	{
		give_histogram(g, parent->histogram);
		SEG_TRY(open_by_rows(env, g, left, depth));
		return open_by_rows(env, g, left + 1, depth);
	}
	SEG_TRY(take_histogram(env, g, &histogram));
	if (histogram == NULL)
		histogram = g->scratch;
	build_histogram(g, &g->nodes[small], histogram);
	seg_histogram_subtract(g->data, parent->histogram, histogram);
	SEG_TRY(open_node(env, g, small, depth, histogram));
	return open_node(env, g, large, depth, parent->histogram);
}

static SegStatus
split_node(SegEnv *env, SegGrower *g, const SegOpenNode *open)
{
	int64_t left = g->n_nodes;
	SegNode *node, *child;

	SEG_TRY(add_children(env, g));
	node = &g->nodes[open->node];
	child = &g->nodes[left];
	node->element = open->split.element;
	node->bin = open->split.bin;
	node->missing_left = open->split.missing_left;
	node->gain = open->split.gain;
	node->link = (int32_t) left;
	child[0] = (SegNode){.element = -1, .value = open->split.left_value};
	child[1] = (SegNode){.element = -1, .value = open->split.right_value};
	child[0].low = node->low;
	child[1].high = node->high;
	child[0].high = child[1].low = divide_rows(g, node);
	divide_range(g, &open->split, node->range, &child[0].range, &child[1].range);
	g->leaves++;
	return open_children(env, g, open, left);
}

SegStatus
seg_grow(SegEnv *env, SegGrower *g, int64_t n, int64_t number)
{
	const SegRange anything = {-INFINITY, INFINITY};
	int64_t steps = 0;
	int64_t leaf = 0;

	g->number = number;
	g->n_open = 0;
	g->leaves = 1;
	g->n_nodes = 0;
	SEG_TRY(add_children(env, g));
	g->n_nodes = 1;
	seg_histogram_total(g->data, g->rows, n, g->sums);
	g->nodes[0] = (SegNode){.element = -1, .high = n, .range = anything};
	if (g->data->outputs == 1)
		g->nodes[0].value =
			seg_split_value(g->data, &g->growth->rules, g->sums, anything);
	SEG_TRY(open_by_rows(env, g, 0, 0));
	while (g->n_open > 0 &&
	       (g->growth->max_leaves == 0 || g->leaves < g->growth->max_leaves))
	{
		SegOpenNode open = pop_open(g);
		const SegNode *node = &g->nodes[open.node];

		SEG_TRY(
			seg_count_steps(env, &steps, 16 * (node->high - node->low) + 1024));
		SEG_TRY(split_node(env, g, &open));
	}
	while (g->n_open > 0)
		give_histogram(g, pop_open(g).histogram);
	for (int64_t i = 0; i < g->n_nodes; i++)
	{
		if (g->nodes[i].element < 0)
			g->nodes[i].link = (int32_t) leaf++;
	}
	return SEG_OK;
}

const SegNode *
seg_grower_leaf(const SegGrower *g, int64_t row)
{
	const SegBins *bins = g->data->bins;
	const SegNode *node = &g->nodes[0];

	while (node->element >= 0)
	{
		int32_t code =
			seg_bins_element(bins, node->element)[row * SEG_BIN_GROUP];
		bool goes_right = code > node->bin;

		if (node->missing_left && code == bins->numbers[node->element])
			goes_right = false;
		node = &g->nodes[node->link + goes_right];
	}
	return node;
}
