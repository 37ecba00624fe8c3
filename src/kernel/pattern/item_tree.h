/*-------------------------------------------------------------------------
 *
 * item_tree.h
 *	  Counted lists of items as a tree of their prefixes: what a model of
 *	  itemsets or sequences holds.
 *
 * A node stands for the items on the way to it from the top.  Nodes are in the
 * order of a walk through the tree (a node, then all below it, then its next
 * sibling), so that twelve bytes describe one: its item, its count, its parent.
 * A node that is only a way to others has the count 0.
 *
 * src/kernel/pattern/item_tree.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ITEM_TREE_H
#define SEG_KERNEL_ITEM_TREE_H

#include "base/env.h"
#include "base/item_lists.h"

/*
 * A text form with more nodes could not be read back: the server's jsonb has room
 * for 2^28 bytes, and three numbers take up to 48.
 */
#define SEG_ITEM_TREE_MAX (INT64_C(5500) * 1000)

#define SEG_ITEM_TREE_TOP (-1) /* parent of the first items */

typedef struct SegItemTree
{
	int64_t n; /* nodes */
	const int32_t *items;
	const int32_t *counts;
	const int32_t *parents;
} SegItemTree;

/*
 * Is the tree valid, with items below "items"?  The children of a node ascend
 * by item or, in a tree of sets, by the weights of the items, ties by item;
 * there the ways down ascend too.
 */
extern bool seg_item_tree_is_sound(const SegItemTree *tree, int64_t items,
                                   const int32_t *weights);

/* Items on the way to each node, itself included; returns the most. */
extern int32_t seg_item_tree_depths(const SegItemTree *tree, int32_t *depths);

/* How many nodes are not just ways; the items on the longest way. */
extern int64_t seg_item_tree_members(const SegItemTree *tree);
extern int64_t seg_item_tree_longest(const SegItemTree *tree);

/* Items on the way to a node, from the top down; returns how many. */
extern int32_t
seg_item_tree_way(const SegItemTree *tree, int64_t node, int32_t *items);

/* Its members: shortest first, then most frequent, then in tree order. */
extern SegStatus
seg_item_tree_order(SegEnv *env, const SegItemTree *tree, const int32_t *depths,
                    int64_t **order, int64_t *n);

/* ---------- writing ---------- */

typedef struct SegItemNodes
{
	struct SegItemNodes *next;
	int64_t n;
	SegItemNode node[];
} SegItemNodes;

typedef struct SegItemTreeWriter
{
	SegEnv *env;
	int64_t n;              /* nodes written */
	int64_t most;           /* nodes there may be */
	const char *limited_by; /* what sets this limit, a noun; or NULL */
	const char *what;
	SegItemNode *slot;
	SegItemNode *end;
	SegItemNodes *first;
	SegItemNodes *last;
} SegItemTreeWriter;

extern void
seg_item_tree_begin(SegItemTreeWriter *writer, SegEnv *env, int64_t most,
                    const char *limited_by, const char *what);
extern SegStatus seg_item_tree_grow(SegItemTreeWriter *writer);
extern SegStatus
seg_item_tree_end(SegItemTreeWriter *writer, SegItemTree *tree);

/*
 * Fail because a tree would be too large: say how many were found so far
 * (SEG_SET_LIMIT) and, if not 0, the length of the one that proves there are
 * more (SEG_SUBSET_LIMIT).
 */
extern SegStatus seg_item_tree_too_large(const SegItemTreeWriter *writer,
                                         int64_t found, int64_t length);

/* Write the next node; its number is writer->n before the call. */
static inline SegStatus
seg_item_tree_add(SegItemTreeWriter *writer, int32_t item, int32_t count,
                  int64_t parent)
{
	if (writer->slot == writer->end)
		SEG_TRY(seg_item_tree_grow(writer));
	*writer->slot++ = (SegItemNode){item, count, (int32_t) parent};
	writer->n++;
	return SEG_OK;
}

/* ---------- looking up ---------- */

typedef struct SegItemTreeIndex
{
	SegItemTree tree;
	uint32_t mask;
	const int32_t *slots; /* number of a node + 1; 0: free */
} SegItemTreeIndex;

extern SegStatus seg_item_tree_index(SegEnv *env, const SegItemTree *tree,
                                     SegItemTreeIndex *index);

static inline uint32_t
seg_item_tree_hash(int64_t parent, int32_t item)
{
	uint64_t key = (uint64_t) (parent + 1) << 32 | (uint32_t) item;

	key *= UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t) (key >> 32 ^ key >> 52);
}

/* The node of an item below another node, or -1. */
static inline int64_t
seg_item_tree_child(const SegItemTreeIndex *index, int64_t parent, int32_t item)
{
	uint32_t at = seg_item_tree_hash(parent, item) & index->mask;

	for (; index->slots[at] != 0; at = (at + 1) & index->mask)
	{
		int32_t node = index->slots[at] - 1;

		if (index->tree.items[node] == item &&
		    index->tree.parents[node] == parent)
			return node;
	}
	return -1;
}

/* ---------- subsets ---------- */

/*
 * A walk through a tree of sets that knows, for each set, the sets that lack
 * one of its items.  If the tree has all frequent sets, it has these too.
 */
typedef struct SegItemSubsets
{
	const SegItemTreeIndex *index;
	int32_t longest;
	int32_t length; /* of the last set */
	int32_t *way;   /* its nodes from the top down */
	int32_t *rows;  /* for each node on the way, its subsets */
} SegItemSubsets;

extern SegStatus
seg_item_subsets_begin(SegEnv *env, const SegItemTreeIndex *index,
                       int32_t longest, SegItemSubsets *walk);

/*
 * Go to the next node; returns walk->length nodes, number i of which lacks item
 * i of the way; the only subset of a single item is the top.  NULL: one is
 * missing.
 */
extern const int32_t *seg_item_subsets_next(SegItemSubsets *walk, int64_t node);

#endif /* SEG_KERNEL_ITEM_TREE_H */
