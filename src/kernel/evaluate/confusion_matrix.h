/*-------------------------------------------------------------------------
 *
 * confusion_matrix.h
 *	  How many rows of which class were predicted to be of which class, and what
 *	  follows from that.
 *
 * src/kernel/evaluate/confusion_matrix.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CONFUSION_MATRIX_H
#define SEG_KERNEL_CONFUSION_MATRIX_H

#include "base/label_matrix.h"

/* A summary is a SegLabelMatrix: actual class, predicted class. */
extern const SegMethod seg_confusion_matrix_method;

extern SegStatus
seg_confusion_matrix_single(SegEnv *env, const SegText *actual,
                            const SegText *predicted, SegLabelMatrix *result);

/* How good predictions of a class are; 0 where nothing is divided by nothing. */
typedef struct SegClassReport
{
	double precision;
	double recall;
	double f1;
	int64_t support; /* rows that are of the class */
} SegClassReport;

typedef struct SegClassificationReport
{
	SegClassReport *classes; /* one for each label of the matrix */
	SegClassReport accuracy; /* counts of all classes taken together */
	SegClassReport macro;    /* mean over classes */
	SegClassReport weighted; /* mean over rows, by their class */
} SegClassificationReport;

/* The matrix has a row at least. */
extern SegStatus
seg_classification_report(SegEnv *env, const SegLabelMatrix *matrix,
                          SegClassificationReport *report);

#endif /* SEG_KERNEL_CONFUSION_MATRIX_H */
