/*-------------------------------------------------------------------------
 *
 * roc_f1.h
 *	  How good a decision by a threshold is: precision, recall and F1.
 *
 * src/kernel/evaluate/roc_f1.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ROC_F1_H
#define SEG_KERNEL_ROC_F1_H

#include "kernel/evaluate/ranked_scores.h"

/* Rows that are said to be true from a threshold on: whole numbers. */
typedef struct SegDecisions
{
	double threshold;
	double true_positives;
	double false_positives;
	double true_negatives;
	double false_negatives;
} SegDecisions;

/* Not NaN; infinity says that no row is true, or that all are. */
extern SegStatus seg_threshold_check(SegEnv *env, double threshold);

/* Is it one that rows can have made? SEG_CORRUPT if not. */
extern SegStatus seg_decisions_check(SegEnv *env, const SegDecisions *d);

extern void seg_decisions_add(SegDecisions *d, bool label, double score);
extern void seg_decisions_merge(SegDecisions *into, const SegDecisions *from);

/* As scikit-learn has them, with 0 for nothing by nothing. */
typedef struct SegF1
{
	double precision;
	double recall;
	double f1;
} SegF1;

extern SegF1 seg_f1_of(const SegDecisions *d);

/*
 * The threshold of the highest F1; among equals, the highest threshold.
 * SEG_UNDEFINED: no row is true.
 */
extern SegStatus
seg_best_f1(SegEnv *env, const SegRankedScores *ranked, SegDecisions *best);

#endif /* SEG_KERNEL_ROC_F1_H */
