/*-------------------------------------------------------------------------
 *
 * power.h
 *	  Make the distribution of each element more like the normal one.
 *
 * src/kernel/prepare/power.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_POWER_H
#define SEG_KERNEL_POWER_H

#include "base/trainer.h"

typedef enum SegPowerMethod
{
	SEG_POWER_YEO_JOHNSON,
	SEG_POWER_LOG1P
} SegPowerMethod;

typedef struct SegPowerParams
{
	bool standardize;
	int64_t method; /* SegPowerMethod */
} SegPowerParams;

/* An element becomes (transform(x, lambda) - center) / scale. */
typedef struct SegPower
{
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t iterations;     /* passes that looked for lambdas */
	int64_t converged;      /* were all found? */
	SegText transformation; /* the word for it */
	SegText options;        /* JSON */
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	const double *lambdas; /* dim; of log1p all 0 */
	const double *centers; /* dim; missing where no row had the element */
	const double *scales;  /* dim */
} SegPower;

extern const SegMethod seg_power_method;
extern const SegTrainer seg_power_trainer;

/* Of a SegPower; missing elements stay missing. */
extern SegStatus seg_power_transform(SegEnv *env, const void *model,
                                     const double *x, double *result);
extern SegStatus seg_power_inverse(SegEnv *env, const void *model,
                                   const double *x, double *result);

#endif /* SEG_KERNEL_POWER_H */
