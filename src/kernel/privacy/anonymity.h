/*-------------------------------------------------------------------------
 *
 * anonymity.h
 *	  How well rows hide among those with the same quasi-identifiers.
 *
 * src/kernel/privacy/anonymity.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ANONYMITY_H
#define SEG_KERNEL_ANONYMITY_H

#include "base/count_map.h"

#define SEG_ANONYMITY_WIDTH 1 /* rows with these quasi-identifiers */
#define SEG_DIVERSITY_WIDTH 0 /* they occur with this sensitive value */

/*
 * A key of diversity: quasi-identifiers, a sensitive value, and how long that
 * is.
 */
typedef uint32_t SegDiversityTail;

/* The smallest number of rows; 0: there are none. */
extern SegStatus
seg_anonymity(SegEnv *env, const SegCountMap *map, int64_t *least);

/* The smallest number of different sensitive values; 0: there are no rows. */
extern SegStatus
seg_diversity(SegEnv *env, const SegCountMap *map, int64_t *least);

#endif /* SEG_KERNEL_ANONYMITY_H */
