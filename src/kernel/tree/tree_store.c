/*-------------------------------------------------------------------------
 *
 * tree_store.c
 *	  The trees of a model while it is trained.
 *
 * src/kernel/tree/tree_store.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_store.h"

#include <string.h>

#define MOST_NODES (INT64_C(1) << 24) /* the largest model holds fewer */
#define NODE_BYTES 32

SegStatus
seg_tree_store_make(SegEnv *env, int64_t dim, int64_t leaf_width,
                    int64_t most_trees, SegTreeStore *store)
{
	*store = (SegTreeStore){.dim = dim, .leaf_width = leaf_width};
	SEG_ALLOC(env, store->tree_ends, most_trees);
	return SEG_OK;
}

#define GROW(env, array, used, room) \
	do \
	{ \
		void *old_ = (array); \
		SEG_ALLOC(env, array, room); \
		if ((used) > 0) \
			memcpy(array, old_, (size_t) (used) * sizeof(*(array))); \
	} while (0)

static SegStatus
make_node_room(SegEnv *env, SegTreeStore *s, int64_t more)
{
	int64_t room = 2 * s->room;

	if (s->nodes + more <= s->room)
		return SEG_OK;
	if (s->nodes + more > MOST_NODES)
		return seg_fail_model_size(env,
		                           (double) ((s->nodes + more) * NODE_BYTES),
		                           (double) (MOST_NODES * NODE_BYTES),
		                           "fewer or smaller trees");
	room = room < s->nodes + more ? s->nodes + more : room;
	GROW(env, s->features, s->nodes, room);
	GROW(env, s->links, s->nodes, room);
	GROW(env, s->missing_left, s->nodes, room);
	GROW(env, s->thresholds, s->nodes, room);
	GROW(env, s->covers, s->nodes, room);
	GROW(env, s->gains, s->nodes, room);
	/* a tree has a leaf more than it has splits */
	GROW(env, s->values, s->leaves * s->leaf_width, room * s->leaf_width);
	s->room = room;
	return SEG_OK;
}

/*
 * Number the nodes level by level, so that the children of the s-th split are
 * nodes 2 s + 1 and 2 s + 2: of[i] is the grown node with number i.
 */
static void
order_nodes(const SegGrower *grower, int32_t *of)
{
	int64_t n = 1;

	of[0] = 0;
	for (int64_t i = 0; i < n; i++)
	{
		const SegNode *node = &grower->nodes[of[i]];

		if (node->element < 0)
			continue;
		of[n++] = node->link;
		of[n++] = node->link + 1;
	}
}

SegStatus
seg_tree_store_begin(SegEnv *env, SegTreeStore *s, int64_t nodes)
{
	SEG_TRY(make_node_room(env, s, nodes));
	s->root = s->nodes;
	s->child = s->root + 1;
	return SEG_OK;
}

void
seg_tree_store_split(SegTreeStore *s, int32_t element, double threshold,
                     bool missing_left, double gain)
{
	int64_t at = s->nodes++;

	s->features[at] = element;
	s->links[at] = (int32_t) s->child;
	s->missing_left[at] = missing_left;
	s->thresholds[at] = threshold;
	s->gains[at] = gain;
	s->child += 2;
}

void
seg_tree_store_leaf(SegTreeStore *s, double cover, const double *values)
{
	int64_t at = s->nodes++;

	s->features[at] = -1;
	s->links[at] = (int32_t) s->leaves;
	s->missing_left[at] = 0;
	s->thresholds[at] = 0.0;
	s->gains[at] = 0.0;
	s->covers[at] = cover;
	memcpy(s->values + s->leaves * s->leaf_width,
	       values,
	       (size_t) s->leaf_width * sizeof(double));
	s->leaves++;
}

void
seg_tree_store_end(SegTreeStore *s)
{
	for (int64_t i = s->nodes - 1; i >= s->root; i--)
	{
		if (s->features[i] >= 0)
			s->covers[i] = s->covers[s->links[i]] + s->covers[s->links[i] + 1];
	}
	s->tree_ends[s->trees++] = (int32_t) s->nodes;
}

SegStatus
seg_tree_store_add(SegEnv *env, SegTreeStore *s, const SegGrower *grower,
                   const double *covers, const double *values)
{
	const SegBins *bins = grower->data->bins;

	SEG_TRY(seg_tree_store_begin(env, s, grower->n_nodes));
	order_nodes(grower, grower->order);
	for (int64_t i = 0; i < grower->n_nodes; i++)
	{
		const SegNode *node = &grower->nodes[grower->order[i]];
		int64_t leaf = node->link;

		if (node->element < 0)
			seg_tree_store_leaf(s, covers[leaf], values + leaf * s->leaf_width);
		else
			seg_tree_store_split(s,
			                     node->element,
			                     seg_bins_edge(bins, node->element, node->bin),
			                     node->missing_left,
			                     node->gain);
	}
	seg_tree_store_end(s);
	return SEG_OK;
}

void
seg_tree_store_cut(SegTreeStore *store, int64_t trees)
{
	store->trees = trees;
	store->nodes = trees > 0 ? store->tree_ends[trees - 1] : 0;
	/* of each tree, one node more than two per split */
	store->leaves = (store->nodes + trees) / 2;
}

/*
 * Splits from the root to the deepest leaf of any tree.
 */
static int64_t
deepest_of(const SegTree *model)
{
	int64_t deepest = 0;
	int64_t root = 0;

	for (int64_t t = 0; t < model->trees; t++)
	{
		int64_t end = model->tree_ends[t];
		int64_t child = root + 1; /* of the next split */
		int64_t depth = 0;

		for (int64_t i = root, level_end = root + 1; i < end; i++)
		{
			if (i == level_end)
			{
				level_end = child;
				depth++;
			}
			child += model->features[i] < 0 ? 0 : 2;
		}
		deepest = depth > deepest ? depth : deepest;
		root = end;
	}
	return deepest;
}

/*
 * The mean of each score over the rows of training, as the trees saw them.
 */
static SegStatus
fill_expected(SegEnv *env, SegTree *model)
{
	double *expected;
	int64_t first = 0;

	SEG_ALLOC(env, expected, model->scores);
	memcpy(expected, model->base, (size_t) model->scores * sizeof(double));
	for (int64_t t = 0; t < model->trees; t++)
	{
		double cover = model->covers[first];

		for (int64_t i = first; i < model->tree_ends[t]; i++)
		{
			const double *values =
				model->values + model->links[i] * model->leaf_width;

			for (int64_t k = 0; model->features[i] < 0 && k < model->leaf_width;
			     k++)
				expected[model->leaf_width > 1 ? k : t % model->scores] +=
					values[k] * (model->covers[i] / cover);
		}
		first = model->tree_ends[t];
	}
	model->expected = expected;
	return SEG_OK;
}

SegStatus
seg_tree_store_finish(SegEnv *env, const SegTreeStore *s, SegTree *model)
{
	double *gains;

	SEG_ALLOC(env, gains, s->dim);
	for (int64_t i = 0; i < s->nodes; i++)
	{
		if (s->features[i] >= 0)
			gains[s->features[i]] += s->gains[i];
	}
	model->feature_gains = gains;
	model->leaf_width = s->leaf_width;
	model->trees = s->trees;
	model->nodes = s->nodes;
	model->leaves = s->leaves;
	model->tree_ends = s->tree_ends;
	model->features = s->features;
	model->links = s->links;
	model->missing_left = s->missing_left;
	model->thresholds = s->thresholds;
	model->covers = s->covers;
	model->values = s->values;
	model->depth = deepest_of(model);
	return fill_expected(env, model);
}
