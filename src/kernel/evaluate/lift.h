/*-------------------------------------------------------------------------
 *
 * lift.h
 *	  Rows in bins by their score: how many are true in each, and were expected
 *	  to be.
 *
 * src/kernel/evaluate/lift.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LIFT_H
#define SEG_KERNEL_LIFT_H

#include "kernel/evaluate/ranked_scores.h"

#define SEG_LIFT_MAX_BINS 10000

typedef struct SegLiftBin
{
	int64_t rows;
	double positives; /* rows of one score that are in two bins are shared out */
	double positives_so_far;
	int64_t rows_so_far;
	double highest; /* score */
	double lowest;
} SegLiftBin;

/* Bins of equally many rows, the highest scores first: at most max_bins. */
extern SegStatus seg_lift_bins(SegEnv *env, const SegRankedScores *ranked,
                               int64_t max_bins, SegLiftBin **bins, int64_t *n);

typedef enum SegBinning
{
	SEG_BINNING_UNIFORM, /* of equal width */
	SEG_BINNING_QUANTILE /* of equally many rows */
} SegBinning;

typedef struct SegCalibrationBin
{
	int64_t number; /* from 1 */
	double low;     /* edges; a probability equal to an edge is below it */
	double high;
	int64_t rows;
	double mean; /* probability */
	double rate; /* of true rows */
} SegCalibrationBin;

/* Bins that have rows, the lowest probabilities first: at most max_bins. */
extern SegStatus
seg_calibration_bins(SegEnv *env, const SegRankedScores *ranked,
                     int64_t max_bins, SegBinning binning,
                     SegCalibrationBin **bins, int64_t *n);

extern SegStatus seg_check_bins(SegEnv *env, double n);

#endif /* SEG_KERNEL_LIFT_H */
