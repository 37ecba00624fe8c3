/*-------------------------------------------------------------------------
 *
 * calibration.h
 *	  From scores to probabilities: isotonic regression, Platt's logistic curve.
 *
 * src/kernel/evaluate/calibration.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CALIBRATION_H
#define SEG_KERNEL_CALIBRATION_H

#include "base/trainer.h"

typedef enum SegCalibrationRule
{
	SEG_CALIBRATION_PLATT,
	SEG_CALIBRATION_ISOTONIC
} SegCalibrationRule;

typedef struct SegCalibrationParams
{
	int method; /* SegCalibrationRule */
} SegCalibrationParams;

typedef struct SegCalibration
{
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t positives; /* rows with label true */
	double slope;      /* Platt: logit of the probability, by score */
	double intercept;
	int64_t iterations; /* Platt */
	int64_t converged;
	double log_loss; /* of the rows, by their calibrated probabilities */
	int64_t points;  /* isotonic; 0: Platt */
	SegText options;
	SegText version;
	const double *scores;        /* strictly ascending */
	const double *probabilities; /* never descending */
} SegCalibration;

extern const SegOption seg_calibration_options[];
extern const SegMethod seg_calibration_method;
extern const SegTrainer seg_calibration_trainer;

/* Rows are a label, 0 or 1, a score and perhaps a weight. */
extern SegStatus seg_calibration_train(SegEnv *env, SegRows *rows,
                                       const SegCalibrationParams *params,
                                       SegCalibration *model);

extern double seg_calibrate(const SegCalibration *model, double score);

#endif /* SEG_KERNEL_CALIBRATION_H */
