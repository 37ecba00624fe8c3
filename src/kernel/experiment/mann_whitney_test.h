/*-------------------------------------------------------------------------
 *
 * mann_whitney_test.h
 *	  Are the values of one group larger than those of another?
 *
 * src/kernel/experiment/mann_whitney_test.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_MANN_WHITNEY_TEST_H
#define SEG_KERNEL_MANN_WHITNEY_TEST_H

#include "base/count_map.h"

/* The state is a count map: rows of each pair of a value and a group. */
#define SEG_MANN_WHITNEY_WIDTH 1

/* The key of a pair: 8 bytes of the value, then the name of the group. */
extern int64_t seg_mann_whitney_key_size(SegText group);
extern void seg_mann_whitney_key(double x, SegText group, char *key);

typedef struct SegMannWhitneyTest
{
	int64_t groups; /* 1 or 2 */
	SegText names[2];
	int64_t users[2];
	/* of two groups; missing otherwise */
	double u; /* pairs in which the second group is larger; ties count half */
	double share; /* of all pairs */
	double z;     /* missing where all values are equal */
	double p_value;
} SegMannWhitneyTest;

extern SegStatus seg_mann_whitney_test(SegEnv *env, const SegCountMap *map,
                                       SegMannWhitneyTest *result);

#endif /* SEG_KERNEL_MANN_WHITNEY_TEST_H */
