/*-------------------------------------------------------------------------
 *
 * dendrogram.h
 *	  The merges of a hierarchical clustering as a tree.
 *
 * src/kernel/chart/dendrogram.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_DENDROGRAM_H
#define SEG_KERNEL_DENDROGRAM_H

#include "draw/chart.h"
#include "kernel/hierarchy/hierarchical.h"

typedef struct SegDendrogram
{
	const SegHierarchical *model;
	int64_t clusters;      /* that are told apart */
	const SegText *labels; /* of the rows, in UTF-8; NULL: their ids */
} SegDendrogram;

extern SegStatus
seg_dendrogram_draw(SegEnv *env, const SegChartOptions *options,
                    const SegDendrogram *dendrogram, SegText *svg);

#endif /* SEG_KERNEL_DENDROGRAM_H */
