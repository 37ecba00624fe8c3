/*-------------------------------------------------------------------------
 *
 * roc.h
 *	  How well scores rank rows that are true above those that are false.
 *
 * Where a result needs rows of both labels, or true ones, and there are none, it
 * is SEG_UNDEFINED.
 *
 * src/kernel/evaluate/roc.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ROC_H
#define SEG_KERNEL_ROC_H

#include "kernel/evaluate/ranked_scores.h"

extern SegStatus seg_roc_auc(const SegRankedScores *ranked, double *auc);

typedef struct SegRocInterval
{
	double auc;
	double std_error; /* NaN: there is one row of a label */
	double low;
	double high;
} SegRocInterval;

/* half_width: of the interval, in standard errors */
extern SegStatus
seg_roc_auc_interval(SegEnv *env, const SegRankedScores *ranked,
                     double half_width, SegRocInterval *interval);

#define SEG_ROC_MAX_POINTS 10000000

typedef struct SegRocPoint
{
	double threshold; /* the first one is infinite: no row is said to be true */
	double false_positive_rate;
	double true_positive_rate;
} SegRocPoint;

extern SegStatus seg_roc_curve(SegEnv *env, const SegRankedScores *ranked,
                               SegRocPoint **points, int64_t *n);

extern SegStatus
seg_average_precision(SegEnv *env, const SegRankedScores *ranked,
                      double *result);

/* A decision: true from the threshold on. */
typedef struct SegThreshold
{
	double threshold;
	double cost;
	int64_t true_positives;
	int64_t false_positives;
	int64_t true_negatives;
	int64_t false_negatives;
} SegThreshold;

extern SegStatus seg_check_cost(SegEnv *env, const char *what, double cost);
extern SegStatus
seg_best_threshold(SegEnv *env, const SegRankedScores *ranked,
                   double cost_false_positive, double cost_false_negative,
                   SegThreshold *best);

#endif /* SEG_KERNEL_ROC_H */
