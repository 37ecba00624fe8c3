/*-------------------------------------------------------------------------
 *
 * ab_quantile_state.h
 *	  All outcomes of an experiment's users, each distinct one with its number.
 *
 * src/kernel/experiment/ab_quantile_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_AB_QUANTILE_STATE_H
#define SEG_KERNEL_AB_QUANTILE_STATE_H

#include "base/image.h"
#include "kernel/experiment/ab_state.h"
#include "kernel/experiment/group_values.h"
#include "kernel/experiment/ordered_values.h"

typedef struct SegAbQuantileState
{
	int64_t variants;
	int64_t rows_used;
	int64_t distinct; /* values of all variants, one after the other */
	SegTexts names;   /* of the variants, ascending */
	int64_t *ends;    /* variants: where the values of each one end */
	double *values;   /* distinct: of each variant ascending */
	int64_t *counts;  /* distinct: users with each value */
} SegAbQuantileState;

extern const SegMethod seg_ab_quantile_state_method;

/* Of values whose groups are in order. */
extern SegStatus
seg_ab_quantile_state_make(SegEnv *env, const SegGroupValues *values,
                           SegAbQuantileState *result);

/* The values of a variant. */
extern SegStatus
seg_ab_quantile_state_values(SegEnv *env, const SegAbQuantileState *value,
                             int64_t variant, SegOrderedValues *result);

/*
 * The state of ab_state.h of the same users, with outcomes capped at a quantile
 * of all of them.
 */
extern SegStatus seg_ab_winsorize(SegEnv *env, const SegAbQuantileState *value,
                                  double quantile, SegAbState *result);

#endif /* SEG_KERNEL_AB_QUANTILE_STATE_H */
