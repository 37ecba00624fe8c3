/*-------------------------------------------------------------------------
 *
 * phrase_trie.h
 *	  Sequences of symbols as paths of a tree, with a value at each node.
 *
 * A child is found by hashing its parent and its symbol.
 *
 * src/kernel/text/phrase_trie.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PHRASE_TRIE_H
#define SEG_KERNEL_PHRASE_TRIE_H

#include "base/env.h"

#define SEG_PHRASE_ROOT 0
#define SEG_PHRASE_NONE (-1)

typedef struct SegPhraseEdge
{
	int32_t parent; /* a smaller number */
	int32_t symbol;
} SegPhraseEdge;

typedef struct SegPhraseTrie
{
	SegEnv *env;   /* has all of it */
	SegEnv memory; /* has what follows, and is made anew when the tree grows */
	double taken;  /* bytes elsewhere */
	double most;   /* bytes that may be taken */
	size_t width;  /* bytes of a value */
	int32_t n;     /* nodes, the root among them */
	int32_t room;  /* a power of 2 */
	SegPhraseEdge *edges;
	char *values;
	int32_t *slots; /* nodes; 0: empty */
} SegPhraseTrie;

/*
 * Values are zero at first.  With what is taken elsewhere there may be so many
 * bytes.
 */
extern SegStatus seg_phrase_trie_create(SegEnv *env, size_t width, double taken,
                                        double most, SegPhraseTrie *trie);

/* The child, which is made if it is not there. */
extern SegStatus
seg_phrase_trie_add(SegEnv *env, SegPhraseTrie *trie, int32_t parent,
                    int32_t symbol, int32_t *child);

static inline void *
seg_phrase_trie_value(const SegPhraseTrie *trie, int32_t node)
{
	return trie->values + (size_t) node * trie->width;
}

static inline uint64_t
seg_phrase_trie_slot(const SegPhraseTrie *trie, int32_t parent, int32_t symbol)
{
	uint64_t key = (uint64_t) (uint32_t) parent << 32 | (uint32_t) symbol;

	key *= UINT64_C(0x9e3779b97f4a7c15);
	return (key ^ key >> 32) & (uint64_t) (2 * (int64_t) trie->room - 1);
}

/* The child of a node, or SEG_PHRASE_NONE. */
static inline int32_t
seg_phrase_trie_find(const SegPhraseTrie *trie, int32_t parent, int32_t symbol)
{
	uint64_t slot = seg_phrase_trie_slot(trie, parent, symbol);
	int32_t node;

	while ((node = trie->slots[slot]) != 0)
	{
		if (trie->edges[node].parent == parent &&
		    trie->edges[node].symbol == symbol)
			return node;
		slot = (slot + 1) & (uint64_t) (2 * (int64_t) trie->room - 1);
	}
	return SEG_PHRASE_NONE;
}

#endif /* SEG_KERNEL_PHRASE_TRIE_H */
