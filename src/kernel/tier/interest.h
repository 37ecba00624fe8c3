/*-------------------------------------------------------------------------
 *
 * interest.h
 *	  Which keys of a count map have the largest totals: the topic a user is
 *	  most interested in, the words that most documents have.
 *
 * src/kernel/tier/interest.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_INTEREST_H
#define SEG_KERNEL_INTEREST_H

#include "base/count_map.h"
#include "base/wide.h"

/*
 * Words of a key: its total, which is a count (one int64_t) or a sum of weights
 * with its remainder (two doubles).
 */
#define SEG_INTEREST_COUNT_WIDTH 1
#define SEG_INTEREST_SUM_WIDTH   2

static inline void
seg_interest_add_count(void *words, int64_t count)
{
	/* unsigned: a damaged count must not overflow */
	*(uint64_t *) words += (uint64_t) count;
}

static inline void
seg_interest_add_sum(void *words, SegWide weight)
{
	SegWide *sum = words;

	*sum = seg_wide_add(*sum, weight);
}

/* Add the words of a key to those of the same key. */
extern void seg_interest_merge(void *into, const void *from, int64_t width);

/*
 * Numbers of the n keys with the largest totals, or of all if there are fewer,
 * largest first; ties go to the smaller key in byte order.  n is 1 or more.
 */
extern SegStatus seg_interest_rank(SegEnv *env, const SegCountMap *keys,
                                   int64_t n, int64_t *ranked, int64_t *count);

#endif /* SEG_KERNEL_INTEREST_H */
