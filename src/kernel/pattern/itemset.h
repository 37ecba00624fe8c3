/*-------------------------------------------------------------------------
 *
 * itemset.h
 *	  Frequent itemsets: options, model, training, and the sets in order.
 *
 * src/kernel/pattern/itemset.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ITEMSET_H
#define SEG_KERNEL_ITEMSET_H

#include "base/item_lists.h"
#include "kernel/pattern/item_tree.h"
#include "base/trainer.h"

typedef enum SegItemsetTarget
{
	SEG_ITEMSET_ALL,
	SEG_ITEMSET_CLOSED,
	SEG_ITEMSET_MAXIMAL
} SegItemsetTarget;

typedef enum SegItemsetAlgorithm
{
	SEG_ITEMSET_ECLAT,
	SEG_ITEMSET_FP_GROWTH,
	SEG_ITEMSET_APRIORI
} SegItemsetAlgorithm;

typedef struct SegItemsetParams
{
	double min_support;
	int64_t max_length; /* 0: any */
	int target;
	int algorithm;
} SegItemsetParams;

typedef struct SegItemset
{
	int64_t rows_used;    /* baskets */
	int64_t rows_skipped; /* NULL baskets */
	int64_t min_count;
	int64_t item_count; /* frequent items */
	int64_t set_count;
	int64_t longest;    /* items of the largest set */
	int64_t has_all;    /* all frequent sets are there */
	int64_t id_numbers; /* item_count if the ids are numbers, else 0 */
	int64_t id_texts;   /* item_count if they are texts, else 0 */
	int64_t node_count;
	SegText options;
	SegText version;
	const int64_t *item_numbers; /* the ids, ascending */
	SegTexts item_texts;
	const int32_t *item_counts; /* baskets with each item */

	/*
	 * The sets as a tree.  The items of a set are in the order in which they
	 * are mined: the one in the fewest baskets first, ties by id.
	 */
	const int32_t *node_items;
	const int32_t *node_counts;
	const int32_t *node_parents;
} SegItemset;

extern const SegOption seg_itemset_options[];
extern const SegMethod seg_itemset_method;
extern const SegTrainer seg_itemset_trainer;

extern SegStatus seg_itemset_check(SegEnv *env, const SegItemsetParams *params);
extern SegStatus
seg_itemset_train(SegEnv *env, const SegItemRows *rows,
                  const SegItemsetParams *params, SegItemset *model);

extern SegIds seg_itemset_ids(const SegItemset *model);
extern SegItemTree seg_itemset_tree(const SegItemset *model);

/*
 * Numbers of the nodes that are sets: the smallest sets first, then the most
 * frequent, then by the ids of their items.
 */
extern SegStatus
seg_itemset_order(SegEnv *env, const SegItemset *model, int64_t **order);

/* Items of a node's set by id; items has room for twice as many. */
extern int32_t
seg_itemset_items(const SegItemset *model, int64_t node, int32_t *items);

#endif /* SEG_KERNEL_ITEMSET_H */
