/*-------------------------------------------------------------------------
 *
 * top.h
 *	  The best few of many scored things.
 *
 * The higher score is better; ties go to the lower number. So the result does
 * not depend on the order in which things are offered.
 *
 * src/base/top.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TOP_H
#define SEG_BASE_TOP_H

#include "base/env.h"

typedef struct SegScored
{
	double score;
	int64_t index;
} SegScored;

typedef struct SegTop
{
	int64_t most; /* things to keep */
	int64_t n;    /* kept so far */
	SegScored *item;
} SegTop;

extern SegStatus seg_top_create(SegEnv *env, int64_t most, SegTop *top);

static inline bool
seg_scored_is_better(SegScored a, SegScored b)
{
	return a.score > b.score || (a.score == b.score && a.index < b.index);
}

/* Keep a thing that is among the best; seg_top_offer checks that first. */
extern void seg_top_keep(SegTop *top, SegScored thing);

static inline void
seg_top_offer(SegTop *top, double score, int64_t index)
{
	SegScored thing = {score, index};

	/* the worst one kept is first */
	if (top->n < top->most || seg_scored_is_better(thing, top->item[0]))
		seg_top_keep(top, thing);
}

/* Sort, the best first; nothing may be offered after that. */
extern void seg_top_sort(SegTop *top);

#endif /* SEG_BASE_TOP_H */
