/*-------------------------------------------------------------------------
 *
 * item_lists.c
 *	  Lists of items, in the order they come.
 *
 * src/base/item_lists.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/item_lists.h"

#include <math.h>
#include <string.h>

#define FIRST_WORDS 28 /* with its head, a first chunk is 128 bytes */
#define LAST_WORDS  (256 * 1024 - 4)

static SegStatus
add_chunk(SegEnv *env, SegItemLists *lists, int32_t need)
{
	int32_t room = FIRST_WORDS;
	size_t bytes;
	char *memory;
	SegItemChunk *chunk;

	if (lists->last != NULL && lists->last->room < LAST_WORDS / 2)
		room = 2 * lists->last->room;
	else if (lists->last != NULL)
		room = LAST_WORDS;
	if (room < need)
		room = need;
	bytes = sizeof(SegItemChunk) + (size_t) room * sizeof(int32_t);
	SEG_ALLOC(env, memory, bytes);
	chunk = (SegItemChunk *) memory;
	chunk->room = room;
	if (lists->last != NULL)
		lists->last->next = chunk;
	else
		lists->first = chunk;
	lists->last = chunk;
	lists->bytes += bytes;
	return SEG_OK;
}

/*
 * Add a list.  On failure the lists are unchanged.
 */
SegStatus
seg_item_lists_add(SegEnv *env, SegItemLists *lists, const int32_t *items,
                   int32_t n)
{
	SegItemChunk *chunk = lists->last;

	if (lists->n + lists->total + n >= SEG_ITEM_LISTS_MAX)
		return seg_fail(env,
		                SEG_LIMIT,
		                "items in all rows of a training",
		                (double) (lists->n + lists->total + n),
		                (double) SEG_ITEM_LISTS_MAX);
	if (chunk == NULL || n >= chunk->room - chunk->used)
	{
		SEG_TRY(add_chunk(env, lists, n + 1));
		chunk = lists->last;
	}
	chunk->words[chunk->used] = n;
	if (n > 0) /* items may be NULL */
		memcpy(chunk->words + chunk->used + 1,
		       items,
		       (size_t) n * sizeof(int32_t));
	chunk->used += n + 1;
	lists->n++;
	lists->total += n;
	return SEG_OK;
}

SegStatus
seg_item_rows_count(SegEnv *env, const SegItemRows *rows, int32_t *counts)
{
	SegItemWalk walk = seg_item_walk(rows->lists);
	int64_t steps = 0;
	int32_t list = 0;
	int32_t *last; /* list that had a code, from 1 */
	const int32_t *items;
	int32_t n;

	SEG_ALLOC(env, last, rows->ids->count);
	memset(counts, 0, (size_t) rows->ids->count * sizeof(int32_t));
	while (seg_item_walk_next(&walk, &items, &n))
	{
		SEG_TRY(seg_count_steps(env, &steps, n + 1));
		list++;
		for (int32_t i = 0; i < n; i++)
		{
			counts[items[i]] += last[items[i]] != list;
			last[items[i]] = list;
		}
	}
	return SEG_OK;
}

/*
 * The product of a share such as 0.07 and a number may be slightly above the
 * whole number that is meant.
 */
int32_t
seg_item_rows_share(const SegItemRows *rows, double share)
{
	double product = share * (double) rows->lists->n;
	double count = ceil(product - (1e-9 + 1e-15 * product));

	return count < 1.0 ? 1 : (int32_t) count;
}
