/*-------------------------------------------------------------------------
 *
 * ab_bayes.h
 *	  Which variant of an experiment is the best, and what is lost with another?
 *
 * src/kernel/experiment/ab_bayes.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_AB_BAYES_H
#define SEG_KERNEL_AB_BAYES_H

#include "kernel/experiment/ab_state.h"

/* Of a variant; missing where its users do not tell how sure its mean is. */
typedef struct SegAbBayes
{
	double mean;
	double chance_to_win;
	double expected_loss;
} SegAbBayes;

/* ratio: the columns are a numerator and a denominator. */
extern SegStatus seg_ab_bayes(SegEnv *env, const SegAbState *state, bool ratio,
                              SegAbBayes **rows);

#endif /* SEG_KERNEL_AB_BAYES_H */
