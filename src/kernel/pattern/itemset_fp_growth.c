/*-------------------------------------------------------------------------
 *
 * itemset_fp_growth.c
 *	  All frequent itemsets by FP-growth [1].
 *
 * The baskets become a tree: a basket is a way down from its most frequent item
 * to its rarest, and ways share their beginnings.  The nodes of an item are
 * linked; above them are the item's baskets, less what is rarer, which become a
 * tree of their own, in which the search goes on.
 *
 * [1] J. Han, J. Pei, Y. Yin, "Mining Frequent Patterns without Candidate
 * Generation", SIGMOD 2000.
 *
 * src/kernel/pattern/itemset_fp_growth.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "kernel/pattern/itemset_mining.h"

typedef struct Node
{
	int32_t item; /* in the tree's own numbers */
	int32_t count;
	int32_t parent;  /* 0: the top */
	int32_t child;   /* one of its children; 0: none */
	int32_t sibling; /* another child of the parent */
	int32_t same;    /* another node of the item */
} Node;

/* Items of a tree are numbered in the order of their ranks. */
typedef struct Tree
{
	int32_t items;
	int32_t n; /* nodes; the first one is the top, and stands for no item */
	int32_t *ranks;
	int32_t *counts;
	int32_t *heads; /* a node of each item */
	int32_t *tops;  /* child of the top for each item: there may be many */
	Node *nodes;
} Tree;

typedef struct Search
{
	SegEnv *env;
	const SegBaskets *baskets;
	SegItemTreeWriter *writer;
	SegStack stack;
	int64_t steps;
	int32_t *way; /* scratch: items of a basket, rarest first */
} Search;

/*
 * An empty tree with room for its nodes; ranks and counts are the caller's.
 */
static SegStatus
make_tree(Search *s, int64_t nodes, Tree *tree)
{
	SEG_TAKE(&s->stack, tree->heads, tree->items);
	SEG_TAKE(&s->stack, tree->tops, tree->items);
	SEG_TAKE(&s->stack, tree->nodes, nodes + 1);
	memset(tree->heads, 0, (size_t) tree->items * sizeof(int32_t));
	memset(tree->tops, 0, (size_t) tree->items * sizeof(int32_t));
	tree->nodes[0] = (Node){.item = -1};
	tree->n = 1;
	return SEG_OK;
}

/*
 * The child of a node for an item, or 0.
 */
static int32_t
itemset_fp_growth_find_child(Search *s, const Tree *tree, int32_t node,
                             int32_t item)
{
	int32_t child;

	if (node == 0)
		return tree->tops[item];
	for (child = tree->nodes[node].child;
	     child != 0 && tree->nodes[child].item != item;
	     child = tree->nodes[child].sibling)
		s->steps++;
	return child;
}

/*
 * Add a basket, or "count" with the same items: s->way, from its end.
 */
static SegStatus
insert(Search *s, Tree *tree, int32_t length, int32_t count)
{
	int32_t at = 0;

	for (int32_t i = length - 1; i >= 0; i--)
	{
		int32_t item = s->way[i];
		int32_t child = itemset_fp_growth_find_child(s, tree, at, item);

		if (child == 0)
		{
			child = tree->n++;
			tree->nodes[child] = (Node){.item = item,
			                            .parent = at,
			                            .sibling = tree->nodes[at].child,
			                            .same = tree->heads[item]};
			tree->nodes[at].child = child;
			tree->heads[item] = child;
			if (at == 0)
				tree->tops[item] = child;
		}
		tree->nodes[child].count += count;
		at = child;
	}
	return seg_count_steps(s->env, &s->steps, length + 1);
}

static SegStatus
tree_of_baskets(Search *s, Tree *tree)
{
	const SegBaskets *b = s->baskets;

	tree->items = b->items;
	SEG_TAKE(&s->stack, tree->ranks, b->items);
	for (int32_t r = 0; r < b->items; r++)
		tree->ranks[r] = r;
	tree->counts = (int32_t *) b->counts;
	SEG_TRY(make_tree(s, b->firsts[b->items], tree));
	for (int64_t i = 0; i < b->n; i++)
	{
		const int32_t *at = b->ranks + b->starts[i];
		int32_t length = 0;

		for (; *at >= 0; at++)
			s->way[length++] = *at;
		SEG_TRY(insert(s, tree, length, 1));
	}
	return SEG_OK;
}

/*
 * Count how often each item is above the nodes of an item; counts is zero
 * before.  *nodes is how many nodes are above them in all.
 */
static SegStatus
count_above(Search *s, const Tree *tree, int32_t item, int32_t *counts,
            int64_t *nodes)
{
	*nodes = 0;
	for (int32_t node = tree->heads[item]; node != 0;
	     node = tree->nodes[node].same)
	{
		int64_t before = *nodes;

		for (int32_t up = tree->nodes[node].parent; up != 0;
		     up = tree->nodes[up].parent)
		{
			counts[tree->nodes[up].item] += tree->nodes[node].count;
			(*nodes)++;
		}
		SEG_TRY(seg_count_steps(s->env, &s->steps, *nodes - before + 1));
	}
	return SEG_OK;
}

/*
 * Fill the tree of what is above the nodes of an item; number[] is where its
 * frequent items are in the new tree, -1 for the others.
 */
static SegStatus
fill_tree(Search *s, const Tree *tree, int32_t item, const int32_t *number,
          Tree *above)
{
	for (int32_t node = tree->heads[item]; node != 0;
	     node = tree->nodes[node].same)
	{
		int32_t length = 0;

		for (int32_t up = tree->nodes[node].parent; up != 0;
		     up = tree->nodes[up].parent)
		{
			s->way[length] = number[tree->nodes[up].item];
			length += s->way[length] >= 0;
			s->steps++;
		}
		SEG_TRY(insert(s, above, length, tree->nodes[node].count));
	}
	return SEG_OK;
}

static SegStatus
tree_above(Search *s, const Tree *tree, int32_t item, Tree *above)
{
	int64_t nodes;
	int32_t *counts;

	above->items = 0;
	SEG_TAKE(&s->stack, counts, tree->items);
	SEG_TAKE(&s->stack, above->ranks, tree->items - item - 1);
	SEG_TAKE(&s->stack, above->counts, tree->items - item - 1);
	memset(counts, 0, (size_t) tree->items * sizeof(int32_t));
	SEG_TRY(seg_count_steps(s->env, &s->steps, tree->items));
	SEG_TRY(count_above(s, tree, item, counts, &nodes));
	for (int32_t i = item + 1; i < tree->items; i++)
	{
		int32_t count = counts[i];

		counts[i] = -1; /* from here on the number in the new tree */
		if (count < s->baskets->min_count)
			continue;
		above->ranks[above->items] = tree->ranks[i];
		above->counts[above->items] = count;
		counts[i] = above->items++;
	}
	if (above->items == 0)
		return SEG_OK;
	SEG_TRY(make_tree(s, nodes, above));
	return fill_tree(s, tree, item, counts, above);
}

/*
 * All sets that begin with the parent's.  The depth is small: see
 * seg_itemset_explodes.
 */
static SegStatus
itemset_fp_growth_mine(Search *s, const Tree *tree, int64_t parent,
                       int32_t length)
{
	if (tree->items > 0 && seg_itemset_explodes(length, s->writer->most))
		return seg_item_tree_too_large(s->writer, s->writer->n, length);
	for (int32_t item = 0; item < tree->items; item++)
	{
		SegStackMark mark = seg_stack_mark(&s->stack);
		int64_t node = s->writer->n;
		Tree above;

		SEG_TRY(seg_item_tree_add(s->writer,
		                          tree->ranks[item],
		                          tree->counts[item],
		                          parent));
		if (length == 1 && s->env->progress != NULL)
			s->env->progress(s->env->host,
			                 "itemsets",
			                 item + 1,
			                 (double) s->writer->n,
			                 (item + 1.0) / tree->items);
		if (item + 1 == tree->items || length == s->baskets->most)
			continue;
		SEG_TRY(tree_above(s, tree, item, &above));
		SEG_TRY(itemset_fp_growth_mine(s, &above, node, length + 1));
		seg_stack_release(&s->stack, mark);
	}
	return SEG_OK;
}

SegStatus
seg_itemset_fp_growth(SegEnv *env, const SegBaskets *baskets, size_t most_work,
                      SegItemTreeWriter *writer)
{
	Search s = {.env = env, .baskets = baskets, .writer = writer};
	Tree tree;

	seg_stack_init(&s.stack, env, most_work);
	SEG_ALLOC(env, s.way, (int64_t) baskets->longest + 1);
	SEG_TRY(tree_of_baskets(&s, &tree));
	return itemset_fp_growth_mine(&s, &tree, SEG_ITEM_TREE_TOP, 1);
}
