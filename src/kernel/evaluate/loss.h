/*-------------------------------------------------------------------------
 *
 * loss.h
 *	  How far predictions are from what happened: means of a loss over rows, and
 *	  the share of the variance that predictions explain.
 *
 * States of aggregates: arrays of doubles.
 *
 * src/kernel/evaluate/loss.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LOSS_H
#define SEG_KERNEL_LOSS_H

#include "base/env.h"
#include "base/wide.h"

/* The loss of a row; an actual label is 0 or 1. */
typedef SegStatus (*SegLoss)(SegEnv *env, double actual, double predicted,
                             SegWide *loss);

extern SegStatus
seg_absolute_error(SegEnv *env, double actual, double predicted, SegWide *loss);
extern SegStatus
seg_squared_error(SegEnv *env, double actual, double predicted, SegWide *loss);
extern SegStatus
seg_log_loss(SegEnv *env, double actual, double predicted, SegWide *loss);
extern SegStatus
seg_brier_score(SegEnv *env, double actual, double predicted, SegWide *loss);

/* Refuse what is not a probability. */
extern SegStatus seg_check_probability(SegEnv *env, double p);

typedef struct SegMeanLoss
{
	double rows;
	SegWide weight;
	SegWide sum;
} SegMeanLoss;

extern SegStatus seg_mean_loss_check(SegEnv *env, const SegMeanLoss *state);
extern void seg_mean_loss_add(SegMeanLoss *state, SegWide loss, double weight);
extern void seg_mean_loss_merge(SegMeanLoss *into, const SegMeanLoss *from);
extern SegStatus
seg_mean_loss(SegEnv *env, const SegMeanLoss *state, double *result);

typedef struct SegR2
{
	double rows;
	SegWide weight;
	SegWide sum;     /* of actual values */
	SegWide squares; /* of the same */
	SegWide errors;  /* squared */
	double lowest;   /* actual value */
	double highest;
} SegR2;

extern SegStatus seg_r2_check(SegEnv *env, const SegR2 *state);
extern SegStatus seg_r2_add(SegEnv *env, SegR2 *state, double actual,
                            double predicted, double weight);
extern void seg_r2_merge(SegR2 *into, const SegR2 *from);

/* SEG_UNDEFINED: all actual values are equal. */
extern SegStatus seg_r2(SegEnv *env, const SegR2 *state, double *result);

#endif /* SEG_KERNEL_LOSS_H */
