/*-------------------------------------------------------------------------
 *
 * tree_loss.h
 *	  The losses that boosting makes small, and their derivatives.
 *
 * src/kernel/tree/tree_loss.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_LOSS_H
#define SEG_KERNEL_TREE_LOSS_H

#include "kernel/tree/tree_histogram.h"
#include "kernel/tree/tree_rows.h"

typedef enum SegLossKind
{
	SEG_LOSS_KIND_LOGISTIC,
	SEG_LOSS_KIND_SOFTMAX,
	SEG_LOSS_KIND_SQUARED,
	SEG_LOSS_KIND_POISSON,
	SEG_LOSS_KIND_QUANTILE
} SegLossKind;

typedef struct SegLoss
{
	SegLossKind kind;
	double quantile;
	const SegTreeRows *rows;
	int64_t scores;        /* per row */
	const double *score;   /* scores * n, one score after another */
	const double *log_sum; /* softmax: of exp of a row's scores */
} SegLoss;

/* The derivatives of all rows for one of the scores; sets the units of data. */
extern SegStatus seg_loss_gradients(SegEnv *env, const SegLoss *loss, int64_t k,
                                    SegTreeData *data);

/* Mean loss of the rows held out, or of all others, by weight. */
extern SegStatus
seg_loss_mean(SegEnv *env, const SegLoss *loss, bool held_out, double *mean);

/* Softmax: what all scores of a row have in common. */
extern SegStatus
seg_loss_log_sums(SegEnv *env, const SegLoss *loss, double *log_sum);

#endif /* SEG_KERNEL_TREE_LOSS_H */
