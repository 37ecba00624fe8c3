/*-------------------------------------------------------------------------
 *
 * logrank.h
 *	  Do groups of users stay equally long?  The log-rank test, over a map of
 *	  counts.
 *
 * src/kernel/survival/logrank.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LOGRANK_H
#define SEG_KERNEL_LOGRANK_H

#include "base/count_map.h"
#include "kernel/survival/duration.h"

#define SEG_LOGRANK_MAX_GROUPS 1000 /* a matrix of groups by groups */

/* A key of the map: the 8 bytes of duration.h, then the name of the group. */
extern int64_t seg_logrank_key_size(SegText group);
extern void
seg_logrank_key(double duration, bool event, SegText group, char *key);

typedef struct SegLogrank
{
	int64_t groups;
	const SegText *names; /* in the order of base/label_order.h */
	const int64_t *users;
	const int64_t *observed;    /* events */
	const double *expected;     /* events if all groups stayed equally long */
	int64_t degrees_of_freedom; /* 0: nothing to compare, and no statistic */
	double chi_square;
	double p_value;
} SegLogrank;

/* timefix: times that are equal but for rounding count as one. */
extern SegStatus seg_logrank(SegEnv *env, const SegCountMap *map, bool timefix,
                             SegLogrank *result);

#endif /* SEG_KERNEL_LOGRANK_H */
