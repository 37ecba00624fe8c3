/*-------------------------------------------------------------------------
 *
 * scaler.h
 *	  Bring the elements of vectors to one scale, and back.
 *
 * src/kernel/prepare/scaler.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SCALER_H
#define SEG_KERNEL_SCALER_H

#include "base/trainer.h"
#include "kernel/prepare/feature_summary.h"

typedef enum SegScaling
{
	SEG_SCALE_STANDARD, /* mean 0, deviation 1 */
	SEG_SCALE_MINMAX,   /* 0 to 1 */
	SEG_SCALE_MAXABS,   /* largest magnitude 1 */
	SEG_SCALE_ROBUST    /* median 0, interquartile range 1 */
} SegScaling;

typedef struct SegScalerParams
{
	int64_t method; /* SegScaling */
} SegScalerParams;

/* An element becomes (x - center) / scale. */
typedef struct SegScaler
{
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	SegText scaling; /* the word for it */
	SegText version;
	const double *centers; /* dim; missing where no row had the element */
	const double *scales;  /* dim; 1 for an element that is constant */
} SegScaler;

extern const SegMethod seg_scaler_method;
extern const SegTrainer seg_scaler_trainer;
extern const char *const seg_scaling_words[];

/* The same from a summary of the rows, but for SEG_SCALE_ROBUST. */
extern SegStatus
seg_scaler_from_summary(SegEnv *env, const SegFeatureSummary *summary,
                        SegScaling method, SegScaler *model);

/* Of a SegScaler; missing elements stay missing. */
extern SegStatus
seg_scale(SegEnv *env, const void *model, const double *x, double *result);
extern SegStatus
seg_unscale(SegEnv *env, const void *model, const double *x, double *result);

#endif /* SEG_KERNEL_SCALER_H */
