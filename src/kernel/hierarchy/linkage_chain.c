/*-------------------------------------------------------------------------
 *
 * linkage_chain.c
 *	  The nearest-neighbour chain.
 *
 * src/kernel/hierarchy/linkage_chain.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/hierarchy/linkage_chain.h"

SegStatus
seg_chain_create(SegEnv *env, SegPoints *p, SegChain *chain)
{
	chain->points = p;
	SEG_ALLOC(env, chain->slot, p->slots);
	SEG_ALLOC(env, chain->next, p->slots);
	SEG_ALLOC(env, chain->top, p->slots);
	SEG_ALLOC(env, chain->moved, p->slots);
	return SEG_OK;
}

static void
start_chain(SegChain *chain)
{
	int64_t slot = 0;

	while (chain->points->gone[slot])
		slot++;
	chain->slot[0] = (int32_t) slot;
	chain->length = 1;
}

/*
 * Follow nearest neighbours until the last two are each other's.
 */
static SegStatus
follow_chain(SegEnv *env, SegChain *chain)
{
	for (;;)
	{
		int64_t last = chain->length - 1;
		SegNearest nearest = {-1, INFINITY, INFINITY};
		bool came_from = last > 0;

		if (came_from)
		{
			nearest = chain->next[last - 1];
			nearest.slot = chain->slot[last - 1];
		}
		SEG_TRY(chain->search(env, chain, chain->slot[last], &nearest));
		if (came_from && nearest.slot == chain->slot[last - 1])
			return SEG_OK;
		chain->next[last] = nearest;
		chain->slot[chain->length++] = (int32_t) nearest.slot;
	}
}

/*
 * Merge the last two links. Rounding must not put a merge below its parts.
 */
static SegMerge
merge_last(SegChain *chain)
{
	SegPoints *p = chain->points;
	int32_t a = chain->slot[chain->length - 1];
	int32_t b = chain->slot[chain->length - 2];
	double height = chain->next[chain->length - 2].height;
	SegMerge merge;

	if (a > b)
	{
		int32_t swap = a;

		a = b;
		b = swap;
	}
	height = fmax(height, fmax(chain->top[a], chain->top[b]));
	merge = (SegMerge){p->leaf[a], p->leaf[b], height};
	chain->merge(chain, a, b);
	p->mass[b] += p->mass[a];
	chain->top[b] = height;
	seg_points_remove(p, a);
	chain->length -= 2;
	return merge;
}

static void
close_gaps(SegChain *chain)
{
	int64_t slots = chain->points->slots;
	const int32_t *moved = chain->moved;

	if (!seg_points_compact(chain->points, chain->moved))
		return;
	for (int64_t slot = 0; slot < slots; slot++)
	{
		if (moved[slot] >= 0)
			chain->top[moved[slot]] = chain->top[slot];
	}
	for (int64_t i = 0; i < chain->length; i++)
		chain->slot[i] = moved[chain->slot[i]];
	if (chain->renumber != NULL)
		chain->renumber(chain, slots);
}

SegStatus
seg_chain_run(SegEnv *env, SegChain *chain, SegMerge *merges)
{
	int64_t n = chain->points->slots;

	for (int64_t i = 0; i < n - 1; i++)
	{
		if (chain->length == 0)
			start_chain(chain);
		SEG_TRY(follow_chain(env, chain));
		merges[i] = merge_last(chain);
		seg_linkage_progress(env, n, i + 1, merges[i].height);
		close_gaps(chain);
	}
	return SEG_OK;
}
