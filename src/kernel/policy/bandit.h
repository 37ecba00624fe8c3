/*-------------------------------------------------------------------------
 *
 * bandit.h
 *	  What to try next: variants that have done well, and those that were tried
 *	  too little to know.
 *
 * src/kernel/policy/bandit.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_BANDIT_H
#define SEG_KERNEL_BANDIT_H

#include "base/env.h"
#include "base/text.h"
#include "kernel/experiment/chance_to_win.h"

/* A share drawn from what is known about it; key: of the variant. */
extern SegStatus
seg_thompson_sample(SegEnv *env, double successes, double failures,
                    int64_t seed, SegText key, double *share);

/* The upper confidence bound of a mean reward; infinite if never tried. */
extern SegStatus seg_ucb1(SegEnv *env, double successes, int64_t trials,
                          int64_t total, double *bound);

/* The chance of each that it is the best. */
extern SegStatus
seg_bandit_allocate(SegEnv *env, const double *successes, const double *trials,
                    int64_t n, double *shares);

#endif /* SEG_KERNEL_BANDIT_H */
