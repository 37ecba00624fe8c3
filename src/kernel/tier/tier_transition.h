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

#include "base/label_matrix.h"

/* A summary is a SegLabelMatrix: tier before, tier after. */
extern const SegMethod seg_tier_transition_method;

/* A user who went from one tier to another; NULL: no tier. */
extern SegStatus
seg_tier_transition_single(SegEnv *env, const SegText *from, const SegText *to,
                           SegLabelMatrix *result);

#endif /* SEG_KERNEL_TIER_TRANSITION_H */
