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

#include "kernel/experiment/group_values.h"

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

/* map: the state of group_values.h. */
extern SegStatus seg_mann_whitney_test(SegEnv *env, const SegCountMap *map,
                                       SegMannWhitneyTest *result);

#endif /* SEG_KERNEL_MANN_WHITNEY_TEST_H */
