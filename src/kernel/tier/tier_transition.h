/*-------------------------------------------------------------------------
 *
 * tier_transition.h
 *	  How many users went from which tier to which: a matrix that adds up.
 *
 * src/kernel/tier/tier_transition.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TIER_TRANSITION_H
#define SEG_KERNEL_TIER_TRANSITION_H

#include "base/image.h"

#define SEG_TIER_TRANSITION_MAX_TIERS 1000

typedef struct SegTierTransition
{
	int64_t tiers;
	int64_t states; /* tiers + 1: the last one is "no tier" */
	int64_t rows_used;
	int64_t rows_skipped;
	SegTexts names;        /* ascending */
	const int64_t *counts; /* states * states: from, then to */
} SegTierTransition;

extern const SegMethod seg_tier_transition_method;

/* Users who went from one tier to another; NULL: no tier. */
extern SegStatus
seg_tier_transition_single(SegEnv *env, const SegText *from, const SegText *to,
                           SegTierTransition *result);

/* The state for a tier, or -1. */
extern int64_t
seg_tier_transition_find(const SegTierTransition *value, const SegText *tier);

#endif /* SEG_KERNEL_TIER_TRANSITION_H */
