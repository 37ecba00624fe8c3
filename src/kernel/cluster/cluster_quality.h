/*-------------------------------------------------------------------------
 *
 * cluster_quality.h
 *	  How compact and how far apart the groups of a partition of rows are.
 *
 * src/kernel/cluster/cluster_quality.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CLUSTER_QUALITY_H
#define SEG_KERNEL_CLUSTER_QUALITY_H

#include "base/count_map.h"
#include "base/rows.h"

/* ---------- in one pass, mergeable ---------- */

/*
 * What a count map keeps for each group, in words: the number of rows, their
 * sum of squares, and the sum of each element, each sum with its remainder.
 */
#define SEG_DISPERSION_WIDTH(dim) (3 + 2 * (int64_t) (dim))
#define SEG_DISPERSION_DIM(width) (((int64_t) (width) -3) / 2)

extern void seg_dispersion_add(double *words, const double *x, int64_t dim);
extern void
seg_dispersion_merge(double *into, const double *from, int64_t width);
extern SegStatus
seg_calinski_harabasz(SegEnv *env, const SegCountMap *groups, double *result);

/* ---------- over collected rows ---------- */

/* Elements of the centroids of all groups together. */
#define SEG_PARTITION_MAX_CELLS (INT64_C(1) << 24)

/* Number of a row's group, from 0; the same every time it is asked for. */
typedef SegStatus (*SegGroupOf)(void *host, const double *row, int64_t *group);

typedef struct SegClusterQuality
{
	int64_t groups;           /* that have rows */
	double calinski_harabasz; /* these two only if seg_partition_check() */
	double davies_bouldin;
} SegClusterQuality;

/* SEG_OK, or SEG_UNDEFINED where a partition has no scores. */
extern SegStatus seg_partition_check(int64_t groups, int64_t rows);

/*
 * Measure a partition, in the metric of the given element weights (NULL: 1).
 * The number of groups is at most max_groups.
 */
extern SegStatus
seg_cluster_quality(SegEnv *env, SegRows *rows, const double *weight,
                    int64_t max_groups, SegGroupOf group_of, void *host,
                    SegClusterQuality *scores);

/* ---------- labels in collected rows ---------- */

/*
 * A label of any type and length becomes two numbers after a row's vector: 106
 * bits of its hash, which no two labels share in practice.  So the order of the
 * rows depends on the labels and not on when each was first seen.
 */
#define SEG_LABEL_COLUMNS 2

extern void seg_label_columns(SegText label, double *columns);

/* A SegGroupOf that numbers such labels as they come. */
typedef struct SegLabelGroups
{
	SegEnv *env;
	SegCountMap *map; /* of SEG_LABEL_COLUMNS doubles; a word counts rows */
	int32_t dim;
} SegLabelGroups;

extern SegStatus
seg_label_groups(SegEnv *env, int32_t dim, SegLabelGroups *groups);
extern SegStatus seg_label_group(void *host, const double *row, int64_t *group);

/* Number the labels of all rows, and count the rows of each. */
extern SegStatus
seg_label_count(SegEnv *env, SegRows *rows, SegLabelGroups *groups);

#endif /* SEG_KERNEL_CLUSTER_QUALITY_H */
