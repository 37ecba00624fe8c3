/*-------------------------------------------------------------------------
 *
 * item_lists.h
 *	  Lists of items, each a small number: the baskets or paths of a training,
 *	  in the order they come.
 *
 * They are packed into chunks that grow, as there may be a million groups with
 * three lists each, or one with a hundred million.  A list lies in one piece.
 *
 * src/base/item_lists.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_ITEM_LISTS_H
#define SEG_BASE_ITEM_LISTS_H

#include "base/ids.h"
#include "base/env.h"

/* Places of items are 32-bit numbers, with room for an end per list. */
#define SEG_ITEM_LISTS_MAX (INT64_C(2000) * 1000 * 1000)

typedef struct SegItemChunk
{
	struct SegItemChunk *next;
	int32_t room;
	int32_t used;
	int32_t words[]; /* for each list, how many items, then the items */
} SegItemChunk;

typedef struct SegItemLists
{
	int64_t n;     /* lists */
	int64_t total; /* items of all */
	size_t bytes;  /* of the chunks */
	SegItemChunk *first;
	SegItemChunk *last;
} SegItemLists;

extern SegStatus seg_item_lists_add(SegEnv *env, SegItemLists *lists,
                                    const int32_t *items, int32_t n);

/* A walk through all lists, from {lists->first, 0}. */
typedef struct SegItemWalk
{
	const SegItemChunk *chunk;
	int32_t at;
} SegItemWalk;

static inline SegItemWalk
seg_item_walk(const SegItemLists *lists)
{
	return (SegItemWalk){lists->first, 0};
}

/* The next list; false: there is none. */
static inline bool
seg_item_walk_next(SegItemWalk *walk, const int32_t **items, int32_t *n)
{
	if (walk->chunk != NULL && walk->at == walk->chunk->used)
		*walk = (SegItemWalk){walk->chunk->next, 0};
	if (walk->chunk == NULL)
		return false;
	*n = walk->chunk->words[walk->at];
	*items = walk->chunk->words + walk->at + 1;
	walk->at += 1 + *n;
	return true;
}

/* A list that was found, as the last step of a path in a tree of such lists. */
typedef struct SegItemNode
{
	int32_t item;
	int32_t count;
	int32_t parent;
} SegItemNode;

/*
 * A training's input: lists of codes, and where each code is among the ids.
 */
typedef struct SegItemRows
{
	const SegItemLists *lists;
	const SegIds *ids;
	const int32_t *places;  /* of each code, in ids; as many as ids */
	int64_t most_nodes;     /* of the tree that a model may hold */
	size_t most_work;       /* bytes that a search may take in addition */
	const char *limited_by; /* what sets most_nodes, a noun; or NULL */
	double most_model;      /* bytes of a model */
} SegItemRows;

/* Count the lists that each code is in. */
extern SegStatus
seg_item_rows_count(SegEnv *env, const SegItemRows *rows, int32_t *counts);

/* How many lists make up a share of all: at least one. */
extern int32_t seg_item_rows_share(const SegItemRows *rows, double share);

#endif /* SEG_BASE_ITEM_LISTS_H */
