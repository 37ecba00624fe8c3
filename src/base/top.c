/*-------------------------------------------------------------------------
 *
 * top.c
 *	  The best few of many scored things: a heap with the worst at the root.
 *
 * src/base/top.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/top.h"

SegStatus
seg_top_create(SegEnv *env, int64_t most, SegTop *top)
{
	*top = (SegTop){most, 0, NULL};
	SEG_ALLOC(env, top->item, most > 0 ? most : 1);
	return SEG_OK;
}

/*
 * Put a thing into the hole at i of a heap of n, moving the hole down until the
 * things below it are better.
 */
static void
top_sift_down(SegScored *item, int64_t n, int64_t i, SegScored thing)
{
	for (int64_t child; (child = 2 * i + 1) < n; i = child)
	{
		if (child + 1 < n && seg_scored_is_better(item[child], item[child + 1]))
			child++;
		if (!seg_scored_is_better(thing, item[child]))
			break;
		item[i] = item[child];
	}
	item[i] = thing;
}

void
seg_top_keep(SegTop *top, SegScored thing)
{
	int64_t i = top->n;

	if (top->most == 0)
		return;
	if (top->n == top->most)
	{
		top_sift_down(top->item, top->n, 0, thing);
		return;
	}
	top->n++;
	for (; i > 0 && seg_scored_is_better(top->item[(i - 1) / 2], thing);
	     i = (i - 1) / 2)
		top->item[i] = top->item[(i - 1) / 2];
	top->item[i] = thing;
}

void
seg_top_sort(SegTop *top)
{
	/* move the worst to the end, again and again */
	for (int64_t n = top->n - 1; n > 0; n--)
	{
		SegScored last = top->item[n];

		top->item[n] = top->item[0];
		top_sift_down(top->item, n, 0, last);
	}
}
