/*-------------------------------------------------------------------------
 *
 * chi_square_test.h
 *	  Do two labels depend on each other?
 *
 * src/kernel/experiment/chi_square_test.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CHI_SQUARE_TEST_H
#define SEG_KERNEL_CHI_SQUARE_TEST_H

#include "base/contingency.h"

#define SEG_CHI_SQUARE_MAX_LABELS 1000

typedef struct SegChiSquareTest
{
	int64_t n;
	int64_t degrees_of_freedom; /* 0: nothing to compare: no statistic */
	double chi_square;
	double p_value;
	double cramers_v;
	double smallest_expected;
} SegChiSquareTest;

extern SegStatus seg_chi_square_test(SegEnv *env, const SegCountMap *pairs,
                                     SegChiSquareTest *result);

#endif /* SEG_KERNEL_CHI_SQUARE_TEST_H */
