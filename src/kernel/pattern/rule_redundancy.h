/*-------------------------------------------------------------------------
 *
 * rule_redundancy.h
 *	  Which association rules say no more than simpler ones.
 *
 * src/kernel/pattern/rule_redundancy.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RULE_REDUNDANCY_H
#define SEG_KERNEL_RULE_REDUNDANCY_H

#include "kernel/pattern/itemset.h"

typedef struct SegConfidence
{
	int32_t both;       /* baskets with antecedent and consequent */
	int32_t antecedent; /* baskets with the antecedent; 0: no rule */
} SegConfidence;

typedef struct SegRedundancy
{
	const SegItemset *model;
	int32_t *last_child; /* of each node; of the top at the end; -1: none */
	int32_t *previous;   /* sibling of each node; -1: none */
	int64_t *firsts;     /* of each set in best */

	/*
	 * For each item of each set as the consequent: the best confidence of the
	 * rules whose antecedents are in the rest of the set.
	 */
	SegConfidence *best;
} SegRedundancy;

/* At most "limit" bytes of confidences. */
extern SegStatus seg_redundancy_begin(SegEnv *env, const SegItemset *model,
                                      size_t limit, SegRedundancy *redundancy);

/*
 * A walk in which all subsets of a set come before it: the node after this one,
 * from SEG_ITEM_TREE_TOP back to SEG_ITEM_TREE_TOP.
 */
extern int32_t
seg_redundancy_next(const SegRedundancy *redundancy, int32_t node);

/*
 * At the next set of that walk, with the n subsets that lack one of its items:
 * which of its rules are redundant?  Rule i has item i of the way as its
 * consequent.
 */
extern void
seg_redundancy_find(SegRedundancy *redundancy, int32_t node,
                    const int32_t *subsets, int32_t n, bool *is_redundant);

#endif /* SEG_KERNEL_RULE_REDUNDANCY_H */
