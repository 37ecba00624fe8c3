/*-------------------------------------------------------------------------
 *
 * cluster_quality_labels.h
 *	  How often two labels occur together, and how well two labelings agree.
 *
 * src/kernel/cluster/cluster_quality_labels.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CLUSTER_QUALITY_LABELS_H
#define SEG_KERNEL_CLUSTER_QUALITY_LABELS_H

#include "base/count_map.h"

/* A table is a count map with one int64_t, the count, for each pair. */
#define SEG_CONTINGENCY_WIDTH 1

/* The key of a pair: the length of the first label, then both. */
extern int64_t seg_pair_key_size(SegText a, SegText b);
extern void seg_pair_key(SegText a, SegText b, char *key);

extern SegStatus
seg_adjusted_rand(SegEnv *env, const SegCountMap *pairs, double *result);
extern SegStatus
seg_normalized_mutual_information(SegEnv *env, const SegCountMap *pairs,
                                  double *result);

#endif /* SEG_KERNEL_CLUSTER_QUALITY_LABELS_H */
