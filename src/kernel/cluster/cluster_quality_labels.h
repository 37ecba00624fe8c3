/*-------------------------------------------------------------------------
 *
 * cluster_quality_labels.h
 *	  How well two labelings agree.
 *
 * src/kernel/cluster/cluster_quality_labels.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CLUSTER_QUALITY_LABELS_H
#define SEG_KERNEL_CLUSTER_QUALITY_LABELS_H

#include "base/contingency.h"

extern SegStatus
seg_adjusted_rand(SegEnv *env, const SegCountMap *pairs, double *result);
extern SegStatus
seg_normalized_mutual_information(SegEnv *env, const SegCountMap *pairs,
                                  double *result);

#endif /* SEG_KERNEL_CLUSTER_QUALITY_LABELS_H */
