/*-------------------------------------------------------------------------
 *
 * association_rules.h
 *	  Rules between the items of frequent itemsets: all that are good enough, and
 *	  the best ones for a basket.
 *
 * src/kernel/pattern/association_rules.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ASSOCIATION_RULES_H
#define SEG_KERNEL_ASSOCIATION_RULES_H

#include "kernel/pattern/itemset.h"

/* Baskets with the antecedent tend to have the consequent, too. */
typedef struct SegRule
{
	int32_t antecedent; /* node of a set */
	int32_t consequent; /* item */
	int32_t count;      /* baskets with both */
} SegRule;

typedef struct SegRuleMeasures
{
	double support;
	double confidence;
	double lift;
	double leverage;
	double conviction; /* infinity: no exceptions; NaN: none possible */
	double coverage;
} SegRuleMeasures;

/* What a rule must reach. */
typedef struct SegRuleBounds
{
	double confidence;
	double lift;
	bool drop_redundant; /* see rule_redundancy.c; ignored for a basket */
} SegRuleBounds;

extern SegStatus
seg_rule_bounds_check(SegEnv *env, const SegRuleBounds *bounds);

extern SegRuleMeasures
seg_rule_measures(const SegItemset *model, const SegRule *rule);

/*
 * All rules of a model that has all sets, the most confident first; ties by
 * lift, support, antecedent (shorter first, then by ids), consequent.  More
 * than "most" are an error; so are more than most_work bytes to find out which
 * are redundant.
 */
extern SegStatus seg_rules_find(SegEnv *env, const SegItemset *model,
                                const SegRuleBounds *bounds, int64_t most,
                                size_t most_work, SegRule **rules, int64_t *n);

/* ---------- for a basket ---------- */

typedef struct SegRecommender SegRecommender;

/* Arrange the rules of a model by their antecedents; at most "limit" bytes. */
extern SegStatus
seg_recommender_make(SegEnv *env, const SegItemset *model, size_t limit,
                     SegRecommender **recommender);

/*
 * Of the rules whose antecedent a basket has, the best for each consequent that
 * it lacks; of these the best n, in the order of seg_rules_find.  Items are the
 * model's numbers, each once; *found is how many rules are returned.  The rules
 * remain valid until the next call.
 */
extern SegStatus
seg_recommend(SegEnv *env, SegRecommender *recommender, const int32_t *items,
              int32_t n_items, const SegRuleBounds *bounds, int64_t n,
              const SegRule **rules, int64_t *found);

#endif /* SEG_KERNEL_ASSOCIATION_RULES_H */
