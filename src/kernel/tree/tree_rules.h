/*-------------------------------------------------------------------------
 *
 * tree_rules.h
 *	  What is in a model of trees: the rules of its leaves, and how much it uses
 *	  each element.
 *
 * src/kernel/tree/tree_rules.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_RULES_H
#define SEG_KERNEL_TREE_RULES_H

#include "kernel/tree/tree.h"

/* low < element <= high */
typedef struct SegTreeCondition
{
	int32_t element;
	double low;  /* -INFINITY: no bound */
	double high; /* INFINITY: no bound */
} SegTreeCondition;

typedef struct SegTreeRule
{
	int64_t tree; /* from 0 */
	int64_t leaf; /* from 0, in the tree, left to right */
	int64_t node;
	int n; /* elements with a condition, in the order of the splits */
	SegTreeCondition conditions[SEG_TREE_MAX_DEPTH];
} SegTreeRule;

typedef void (*SegTreeRuleSeen)(void *arg, const SegTreeRule *rule);

/* Call for each leaf of each tree, left to right. */
extern void
seg_tree_each_rule(const SegTree *model, SegTreeRuleSeen seen, void *arg);

/* Of each element: its splits, and its share of all gains. */
extern void
seg_tree_importance(const SegTree *model, int64_t *splits, double *gains);

#endif /* SEG_KERNEL_TREE_RULES_H */
