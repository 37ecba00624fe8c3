/*-------------------------------------------------------------------------
 *
 * label_order.h
 *	  The order in which labels are listed: whole numbers of at most 18 digits
 *	  by value, then everything else in byte order.
 *
 * src/base/label_order.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_LABEL_ORDER_H
#define SEG_BASE_LABEL_ORDER_H

#include "base/text.h"

/* Below, equal to or above zero, like strcmp. */
extern int seg_label_compare(SegText a, SegText b);

#endif /* SEG_BASE_LABEL_ORDER_H */
