/*-------------------------------------------------------------------------
 *
 * leak.h
 *	  Does one element of the rows alone tell their label?
 *
 * That is rare in what was known before the outcome, and common in what was
 * written down after it: the reason of a cancellation, the date of the last
 * payment. A model that learns from such a column predicts what is known already.
 *
 * src/base/leak.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_LEAK_H
#define SEG_BASE_LEAK_H

#include "base/rows.h"

#define SEG_LEAK_AUC      0.99 /* area under the ROC curve, or 1 minus it */
#define SEG_LEAK_MIN_ROWS 50   /* of either label */

/*
 * Note an element that alone ranks the rows of one label above those of the other.
 * Rows are vectors with a label next to them, of which there must be two. A missing
 * element is a value too: below all others, or above them.
 */
extern SegStatus seg_leak_find(SegEnv *env, SegRows *rows);

#endif /* SEG_BASE_LEAK_H */
