/*-------------------------------------------------------------------------
 *
 * label_order.h
 *	  The order in which labels are listed: whole numbers of at most 18 digits
 *	  by value, then everything else in byte order. And sets of labels, in that
 *	  order.
 *
 * src/base/label_order.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_LABEL_ORDER_H
#define SEG_BASE_LABEL_ORDER_H

#include "base/env.h"

/* Below, equal to or above zero, like strcmp. */
extern int seg_label_compare(SegText a, SegText b);

/* Is this a set: in order, each label once? */
extern bool seg_labels_are_set(const SegTexts *labels);

/* The number of a label in a set, or -1. */
extern int64_t seg_labels_find(const SegTexts *set, SegText label);

/* The labels of two sets, each once. */
extern SegStatus seg_labels_unite(SegEnv *env, const SegTexts *a,
                                  const SegTexts *b, SegTexts *both);

#endif /* SEG_BASE_LABEL_ORDER_H */
