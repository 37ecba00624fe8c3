/*-------------------------------------------------------------------------
 *
 * label_order.h
 *	  The order in which labels are listed: whole numbers by value, then
 *	  everything else by bytes.
 *
 * src/base/label_order.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_LABEL_ORDER_H
#define SEG_BASE_LABEL_ORDER_H

#include "base/text.h"

/* Below, equal to or above zero, as strcmp. */
extern int seg_label_compare(SegText a, SegText b);

#endif /* SEG_BASE_LABEL_ORDER_H */
