/*-------------------------------------------------------------------------
 *
 * group_values.h
 *	  How often each value occurs in each group, counted exactly.
 *
 * src/kernel/experiment/group_values.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_GROUP_VALUES_H
#define SEG_KERNEL_GROUP_VALUES_H

#include "base/count_map.h"

/* The state is a count map: rows of each pair of a value and a group. */
#define SEG_GROUP_VALUES_WIDTH 1

/* The most rows: the square of their number has room in 128 bits. */
#define SEG_GROUP_VALUES_MAX_ROWS (INT64_C(1) << 40)

/* The key of a pair: 8 bytes of the value, then the name of the group. */
extern int64_t seg_group_values_key_size(SegText group);
extern void seg_group_values_key(double x, SegText group, char *key);

/* The pairs, ascending by value. Names point into the map. */
typedef struct SegGroupValues
{
	int64_t n;
	double *values;
	int64_t *counts;
	int64_t *group_of;
	int64_t groups;
	SegText *names; /* in no order */
	int64_t *rows;  /* of each group */
} SegGroupValues;

/* what: the groups, in the plural, of which there may be so many. */
extern SegStatus
seg_group_values_read(SegEnv *env, const SegCountMap *map, const char *what,
                      int64_t most, SegGroupValues *result);

/* Put the groups into the order of their names. */
extern SegStatus seg_group_values_order(SegEnv *env, SegGroupValues *values);

#endif /* SEG_KERNEL_GROUP_VALUES_H */
