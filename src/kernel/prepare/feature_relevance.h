/*-------------------------------------------------------------------------
 *
 * feature_relevance.h
 *	  How much each element of vectors says about a label.
 *
 * src/kernel/prepare/feature_relevance.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FEATURE_RELEVANCE_H
#define SEG_KERNEL_FEATURE_RELEVANCE_H

#include "base/rows.h"

#define SEG_RELEVANCE_BINS        10
#define SEG_RELEVANCE_MAX_CLASSES 1000

typedef struct SegRelevance
{
	double mutual_information; /* in nats; missing without rows */
	double f_statistic;        /* missing if one of the two is constant */
	double p_value;            /* the same */
} SegRelevance;

/*
 * One for each element. A row is its vector and its label: the key of a class, or
 * a number. A missing element leaves its row out, for that element.
 */
extern SegStatus seg_feature_relevance(SegEnv *env, SegRows *rows,
                                       bool is_class, SegRelevance *result);

#endif /* SEG_KERNEL_FEATURE_RELEVANCE_H */
