/*-------------------------------------------------------------------------
 *
 * imputer.h
 *	  Fill in the missing elements of vectors.
 *
 * src/kernel/prepare/imputer.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_IMPUTER_H
#define SEG_KERNEL_IMPUTER_H

#include "base/trainer.h"

typedef enum SegImputing
{
	SEG_IMPUTE_MEAN,
	SEG_IMPUTE_MEDIAN,
	SEG_IMPUTE_CONSTANT
} SegImputing;

typedef struct SegImputerParams
{
	double fill_value;
	bool indicator;
	int64_t strategy; /* SegImputing */
} SegImputerParams;

typedef struct SegImputer
{
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	SegText strategy; /* the word for it */
	int64_t indicators;
	SegText options; /* JSON */
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	const double *fills; /* dim: what takes the place of each element */
	const int64_t *missing_counts; /* dim: rows that lacked it */
	const int64_t *indicated;      /* indicators: elements, from 1, ascending */
} SegImputer;

extern const SegMethod seg_imputer_method;
extern const SegTrainer seg_imputer_trainer;

/* Of a SegImputer; result: dim + indicators numbers. */
extern SegStatus
seg_impute(SegEnv *env, const void *model, const double *x, double *result);

#endif /* SEG_KERNEL_IMPUTER_H */
