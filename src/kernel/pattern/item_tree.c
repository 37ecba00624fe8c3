/*-------------------------------------------------------------------------
 *
 * item_tree.c
 *	  Counted lists of items as a tree of their prefixes.
 *
 * src/kernel/pattern/item_tree.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/item_tree.h"

#include "base/sort.h"

#define FIRST_NODES INT64_C(16)
#define LAST_NODES  (INT64_C(512) * 1024)

static bool
ascends(int32_t before, int32_t item, const int32_t *weights)
{
	if (weights != NULL && weights[before] != weights[item])
		return weights[before] < weights[item];
	return before < item;
}

/*
 * The node before node i below the same parent, or the parent itself; -2 if the
 * parent is not on the way to node i - 1.
 */
static int64_t
previous(const SegItemTree *tree, int64_t i)
{
	int64_t parent = tree->parents[i];
	int64_t at = i - 1;

	if (parent >= i || parent < SEG_ITEM_TREE_TOP)
		return -2;
	if (parent == at)
		return parent;
	/* each step leaves a way for good, so there are few steps in total */
	while (at > parent && tree->parents[at] != parent)
		at = tree->parents[at];
	return at > parent ? at : -2;
}

static bool
node_is_sound(const SegItemTree *tree, int64_t i, const int32_t *weights)
{
	int64_t parent = tree->parents[i];
	int64_t before = previous(tree, i);
	bool is_leaf = i + 1 == tree->n || tree->parents[i + 1] != i;

	if (before < SEG_ITEM_TREE_TOP || (tree->counts[i] == 0 && is_leaf))
		return false;
	if (before != parent &&
	    !ascends(tree->items[before], tree->items[i], weights))
		return false;
	if (parent == SEG_ITEM_TREE_TOP)
		return true;
	if (weights != NULL &&
	    !ascends(tree->items[parent], tree->items[i], weights))
		return false;
	return tree->counts[parent] == 0 || tree->counts[i] <= tree->counts[parent];
}

bool
seg_item_tree_is_sound(const SegItemTree *tree, int64_t items,
                       const int32_t *weights)
{
	for (int64_t i = 0; i < tree->n; i++)
	{
		if (tree->items[i] < 0 || tree->items[i] >= items)
			return false;
		if (!node_is_sound(tree, i, weights))
			return false;
	}
	return true;
}

int32_t
seg_item_tree_depths(const SegItemTree *tree, int32_t *depths)
{
	int32_t most = 0;

	for (int64_t i = 0; i < tree->n; i++)
	{
		int32_t parent = tree->parents[i];

		depths[i] = parent == SEG_ITEM_TREE_TOP ? 1 : depths[parent] + 1;
		if (depths[i] > most)
			most = depths[i];
	}
	return most;
}

int64_t
seg_item_tree_members(const SegItemTree *tree)
{
	int64_t members = 0;

	for (int64_t i = 0; i < tree->n; i++)
		members += tree->counts[i] > 0;
	return members;
}

/*
 * Without an array of depths: the walk counts its steps down and up.
 */
int64_t
seg_item_tree_longest(const SegItemTree *tree)
{
	int64_t depth = 0;
	int64_t longest = 0;

	for (int64_t i = 0; i < tree->n; i++)
	{
		for (int64_t at = i - 1; at != tree->parents[i]; at = tree->parents[at])
			depth--;
		if (++depth > longest)
			longest = depth;
	}
	return longest;
}

int32_t
seg_item_tree_way(const SegItemTree *tree, int64_t node, int32_t *items)
{
	int32_t n = 0;

	for (int64_t at = node; at != SEG_ITEM_TREE_TOP; at = tree->parents[at])
		n++;
	for (int32_t i = n - 1; i >= 0; i--)
	{
		items[i] = tree->items[node];
		node = tree->parents[node];
	}
	return n;
}

typedef struct MemberOrder
{
	const int32_t *depths;
	const int32_t *counts;
} MemberOrder;

static int
compare_members(const void *of, int64_t a, int64_t b)
{
	const MemberOrder *o = of;

	if (o->depths[a] != o->depths[b])
		return o->depths[a] < o->depths[b] ? -1 : 1;
	return (o->counts[a] < o->counts[b]) - (o->counts[a] > o->counts[b]);
}

SegStatus
seg_item_tree_order(SegEnv *env, const SegItemTree *tree, const int32_t *depths,
                    int64_t **order, int64_t *n)
{
	MemberOrder o = {depths, tree->counts};

	SEG_ALLOC(env, *order, seg_item_tree_members(tree));
	*n = 0;
	for (int64_t i = 0; i < tree->n; i++)
	{
		if (tree->counts[i] > 0)
			(*order)[(*n)++] = i;
	}
	return seg_sort(env, *order, *n, compare_members, &o);
}

/* ---------- writing ---------- */

void
seg_item_tree_begin(SegItemTreeWriter *writer, SegEnv *env, int64_t most,
                    const char *limited_by, const char *what)
{
	*writer = (SegItemTreeWriter){.env = env,
	                              .most = most,
	                              .limited_by = limited_by,
	                              .what = what};
	if (most > SEG_ITEM_TREE_MAX)
	{
		writer->most = SEG_ITEM_TREE_MAX;
		writer->limited_by = "a model's text";
	}
}

SegStatus
seg_item_tree_too_large(const SegItemTreeWriter *writer, int64_t found,
                        int64_t length)
{
	return seg_fail_facts(writer->env,
	                      length > 0 ? SEG_SUBSET_LIMIT : SEG_SET_LIMIT,
	                      (SegDiag){.what = writer->what,
	                                .name = writer->limited_by,
	                                .got = (double) found,
	                                .want = (double) writer->most,
	                                .limit = (double) length});
}

/*
 * Add a chunk for more nodes: nothing is moved until the end.
 */
SegStatus
seg_item_tree_grow(SegItemTreeWriter *writer)
{
	int64_t n = FIRST_NODES;
	char *memory;
	SegItemNodes *nodes;

	if (writer->n == writer->most)
		return seg_item_tree_too_large(writer, writer->n, 0);
	if (writer->last != NULL)
		n = 4 * writer->last->n < LAST_NODES ? 4 * writer->last->n : LAST_NODES;
	if (n > writer->most - writer->n)
		n = writer->most - writer->n;
	SEG_ALLOC(writer->env,
	          memory,
	          sizeof(SegItemNodes) + (size_t) n * sizeof(SegItemNode));
	nodes = (SegItemNodes *) memory;
	nodes->n = n;
	if (writer->last != NULL)
		writer->last->next = nodes;
	else
		writer->first = nodes;
	writer->last = nodes;
	writer->slot = nodes->node;
	writer->end = nodes->node + n;
	return SEG_OK;
}

/*
 * Return all that was written as arrays.
 */
SegStatus
seg_item_tree_end(SegItemTreeWriter *writer, SegItemTree *tree)
{
	int32_t *items;
	int32_t *counts;
	int32_t *parents;
	int64_t at = 0;

	SEG_ALLOC(writer->env, items, writer->n);
	SEG_ALLOC(writer->env, counts, writer->n);
	SEG_ALLOC(writer->env, parents, writer->n);
	for (const SegItemNodes *nodes = writer->first; nodes != NULL;
	     nodes = nodes->next)
	{
		for (int64_t i = 0; i < nodes->n && at < writer->n; i++, at++)
		{
			items[at] = nodes->node[i].item;
			counts[at] = nodes->node[i].count;
			parents[at] = nodes->node[i].parent;
		}
	}
	*tree = (SegItemTree){writer->n, items, counts, parents};
	return SEG_OK;
}

/* ---------- looking up ---------- */

SegStatus
seg_item_tree_index(SegEnv *env, const SegItemTree *tree,
                    SegItemTreeIndex *index)
{
	uint32_t size = 2;
	int64_t steps = 0;
	int32_t *slots;

	while (size < 2 * tree->n)
		size *= 2;
	SEG_ALLOC(env, slots, size);
	*index = (SegItemTreeIndex){*tree, size - 1, slots};
	for (int64_t i = 0; i < tree->n; i++)
	{
		uint32_t at =
			seg_item_tree_hash(tree->parents[i], tree->items[i]) & index->mask;

		while (slots[at] != 0)
		{
			at = (at + 1) & index->mask;
			SEG_TRY(seg_count_steps(env, &steps, 1));
		}
		slots[at] = (int32_t) i + 1;
		SEG_TRY(seg_count_steps(env, &steps, 1));
	}
	return SEG_OK;
}

/* ---------- subsets ---------- */

SegStatus
seg_item_subsets_begin(SegEnv *env, const SegItemTreeIndex *index,
                       int32_t longest, SegItemSubsets *walk)
{
	*walk = (SegItemSubsets){.index = index, .longest = longest};
	SEG_ALLOC(env, walk->way, longest);
	SEG_ALLOC(env, walk->rows, (int64_t) longest * longest);
	return SEG_OK;
}

/*
 * A subset that lacks an item of the parent is a child of the parent's subset
 * without it.
 */
const int32_t *
seg_item_subsets_next(SegItemSubsets *walk, int64_t node)
{
	const SegItemTree *tree = &walk->index->tree;
	int32_t parent = tree->parents[node];
	int32_t *row;

	while (walk->length > 0 && walk->way[walk->length - 1] != parent)
		walk->length--;
	row = walk->rows + (int64_t) walk->length * walk->longest;
	for (int32_t i = 0; i < walk->length; i++)
	{
		row[i] = (int32_t) seg_item_tree_child(walk->index,
		                                       row[i - walk->longest],
		                                       tree->items[node]);
		if (row[i] < 0)
			return NULL;
	}
	row[walk->length] = parent;
	walk->way[walk->length++] = (int32_t) node;
	return row;
}
