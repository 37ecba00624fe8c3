/*-------------------------------------------------------------------------
 *
 * methods.h
 *	  Every kind of model and summary there is.
 *
 * src/kernel/methods.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_METHODS_H
#define SEG_KERNEL_METHODS_H

#include "base/image.h"

/*
 * Tags stand in stored values: a tag is never changed and never used again.
 */
enum
{
	SEG_TAG_KMEANS = 1,
	SEG_TAG_KMEANS_ELBOW = 2,
	SEG_TAG_TIER = 3,
	SEG_TAG_TIER_TRANSITION = 4,
	SEG_TAG_RFM = 5,
	SEG_TAG_KAPLAN_MEIER = 6,
	SEG_TAG_COX = 7,
	SEG_TAG_BGNBD = 8,
	SEG_TAG_PARETONBD = 9,
	SEG_TAG_GAMMA_GAMMA = 10,
	SEG_TAG_SBG = 11,
	SEG_TAG_CF = 12,
	SEG_TAG_ITEMSET = 17,
	SEG_TAG_FREQUENT_SEQUENCE = 18
};

extern const SegMethod *seg_method_by_tag(uint16_t tag);
extern const SegMethod *seg_method_by_name(const char *name);

#endif /* SEG_KERNEL_METHODS_H */
