/*-------------------------------------------------------------------------
 *
 * label_matrix.h
 *	  How many rows had which pair of labels: a matrix that adds up.
 *
 * src/base/label_matrix.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_LABEL_MATRIX_H
#define SEG_BASE_LABEL_MATRIX_H

#include "base/image.h"

#define SEG_LABEL_MATRIX_MAX_LABELS 1000
#define SEG_LABEL_MATRIX_MAX_COUNT  INT64_C(9007199254740992)

typedef struct SegLabelMatrix
{
	int64_t labels;
	int64_t states; /* labels, or one more: the last one is "no label" */
	int64_t rows_used;
	int64_t rows_skipped;
	SegTexts names;        /* ascending */
	const int64_t *counts; /* states * states: first label, then second */
} SegLabelMatrix;

/* Are names in order, and do the counts add up to rows_used? */
extern bool seg_label_matrix_is_sound(const SegLabelMatrix *value);

/*
 * A matrix of one row; NULL: no label. has_none: there is a state for that.
 */
extern SegStatus
seg_label_matrix_single(SegEnv *env, const SegText *first,
                        const SegText *second, bool has_none, const char *what,
                        SegLabelMatrix *result);

/* The state for a label, or -1. */
extern int64_t
seg_label_matrix_find(const SegLabelMatrix *value, const SegText *label);

/* The sum of two; what: the labels that may be too many, in messages. */
extern SegStatus seg_label_matrix_merge(SegEnv *env, const SegLabelMatrix *a,
                                        const SegLabelMatrix *b,
                                        const char *what, SegLabelMatrix *sum);

/*
 * What is left of a whole without a part, which loses the labels that no row
 * has.
 */
extern SegStatus
seg_label_matrix_subtract(SegEnv *env, const SegLabelMatrix *whole,
                          const SegLabelMatrix *part, SegLabelMatrix *rest);

#endif /* SEG_BASE_LABEL_MATRIX_H */
