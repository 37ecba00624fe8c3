/*-------------------------------------------------------------------------
 *
 * phrase_trie.c
 *	  Sequences of symbols as paths of a tree.
 *
 * src/kernel/text/phrase_trie.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase_trie.h"

#define FIRST_ROOM 16
#define MOST_NODES (INT32_C(1) << 28)

static void
put_node(SegPhraseTrie *trie, int32_t node)
{
	uint64_t slot = seg_phrase_trie_slot(trie,
	                                     trie->edges[node].parent,
	                                     trie->edges[node].symbol);

	while (trie->slots[slot] != 0)
		slot = (slot + 1) & (uint64_t) (2 * (int64_t) trie->room - 1);
	trie->slots[slot] = node;
}

/*
 * Room for more nodes, in new memory, after which the old is freed.
 */
static SegStatus
enlarge_trie(SegEnv *env, SegPhraseTrie *trie, int32_t room)
{
	SegPhraseTrie old = *trie;
	double bytes =
		old.taken + (double) room * (double) (sizeof(SegPhraseEdge) +
	                                          old.width + 2 * sizeof(int32_t));

	if (bytes > old.most || room > MOST_NODES)
		return seg_name_options(env,
		                        seg_fail(env,
		                                 SEG_WORK_LIMIT,
		                                 "phrases",
		                                 bytes,
		                                 old.most),
		                        "\"min_count\" or \"max_length\"");
	trie->memory = seg_enter(trie->env);
	trie->room = room;
	SEG_ALLOC(&trie->memory, trie->edges, room);
	SEG_ALLOC(&trie->memory, trie->values, (size_t) room * trie->width);
	SEG_ALLOC(&trie->memory, trie->slots, 2 * (int64_t) room);
	if (old.n == 0)
		return SEG_OK;
	memcpy(trie->edges, old.edges, (size_t) old.n * sizeof(SegPhraseEdge));
	memcpy(trie->values, old.values, (size_t) old.n * old.width);
	for (int32_t node = 1; node < old.n; node++)
		put_node(trie, node);
	trie->env->leave(old.memory.host);
	return SEG_OK;
}

SegStatus
seg_phrase_trie_create(SegEnv *env, size_t width, double taken, double most,
                       SegPhraseTrie *trie)
{
	*trie = (SegPhraseTrie){.env = env,
	                        .width = width,
	                        .taken = taken,
	                        .most = most};
	SEG_TRY(enlarge_trie(env, trie, FIRST_ROOM));
	trie->edges[SEG_PHRASE_ROOT] =
		(SegPhraseEdge){SEG_PHRASE_NONE, SEG_PHRASE_NONE};
	trie->n = 1;
	return SEG_OK;
}

SegStatus
seg_phrase_trie_add(SegEnv *env, SegPhraseTrie *trie, int32_t parent,
                    int32_t symbol, int32_t *child)
{
	*child = seg_phrase_trie_find(trie, parent, symbol);
	if (*child != SEG_PHRASE_NONE)
		return SEG_OK;
	if (trie->n == trie->room)
		SEG_TRY(enlarge_trie(env, trie, 2 * trie->room));
	*child = trie->n++;
	trie->edges[*child] = (SegPhraseEdge){parent, symbol};
	put_node(trie, *child);
	return SEG_OK;
}
