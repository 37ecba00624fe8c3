/*-------------------------------------------------------------------------
 *
 * tree_chart.h
 *	  A decision tree as an outline of rules.
 *
 * src/kernel/chart/tree_chart.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_CHART_H
#define SEG_KERNEL_TREE_CHART_H

#include "draw/chart.h"
#include "kernel/tree/tree.h"

/* What is drawn: one tree of a model. */
typedef struct SegTreeOfModel
{
	const SegTree *model;
	bool adds_up;         /* leaves add to a score, as those of boosting do */
	int64_t tree;         /* from 0 */
	const SegText *names; /* of the elements, in UTF-8; NULL: v[1], v[2], … */
} SegTreeOfModel;

extern SegStatus
seg_tree_chart_draw(SegEnv *env, const SegChartOptions *options,
                    const SegTreeOfModel *tree, SegText *svg);

#endif /* SEG_KERNEL_TREE_CHART_H */
