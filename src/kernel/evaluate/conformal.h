/*-------------------------------------------------------------------------
 *
 * conformal.h
 *	  How wrong predictions were on held-out rows, and so how far the next one may
 *	  be off: split conformal prediction.
 *
 * src/kernel/evaluate/conformal.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CONFORMAL_H
#define SEG_KERNEL_CONFORMAL_H

#include "base/trainer.h"

typedef enum SegConformalRule
{
	SEG_CONFORMAL_ABSOLUTE, /* as far up as down */
	SEG_CONFORMAL_SIGNED    /* an end for errors on either side */
} SegConformalRule;

typedef struct SegConformalParams
{
	double coverage;
	int method; /* SegConformalRule */
} SegConformalParams;

typedef struct SegConformal
{
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t classes; /* true: of classes; false: of numbers */
	double coverage;
	double low;  /* from a predicted number to the ends of its interval; of a */
	double high; /* class, the lowest and highest probability in the set */
	SegText options;
	SegText version;
} SegConformal;

extern const SegOption seg_conformal_options[];
extern const SegMethod seg_conformal_method;

/* Rows are an actual and a predicted number, or the probability of what was. */
extern const SegTrainer seg_conformal_trainer;
extern const SegTrainer seg_conformal_classes_trainer;

extern SegStatus
seg_conformal_train(SegEnv *env, SegRows *rows,
                    const SegConformalParams *params, SegConformal *model);
extern SegStatus seg_conformal_classes_train(SegEnv *env, SegRows *rows,
                                             const SegConformalParams *params,
                                             SegConformal *model);

#endif /* SEG_KERNEL_CONFORMAL_H */
