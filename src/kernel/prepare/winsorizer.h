/*-------------------------------------------------------------------------
 *
 * winsorizer.h
 *	  Pull extreme elements of vectors in to a quantile.
 *
 * src/kernel/prepare/winsorizer.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_WINSORIZER_H
#define SEG_KERNEL_WINSORIZER_H

#include "base/trainer.h"

typedef struct SegWinsorizerParams
{
	double lower; /* fractions of the rows */
	double upper;
} SegWinsorizerParams;

typedef struct SegWinsorizer
{
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	SegText options; /* JSON */
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	double lower;
	double upper;
	const double *lows;  /* dim; missing where no row had the element */
	const double *highs; /* the same */
} SegWinsorizer;

extern const SegMethod seg_winsorizer_method;
extern const SegTrainer seg_winsorizer_trainer;

/* Of a SegWinsorizer; missing elements stay missing. */
extern SegStatus
seg_winsorize(SegEnv *env, const void *model, const double *x, double *result);

#endif /* SEG_KERNEL_WINSORIZER_H */
