/*-------------------------------------------------------------------------
 *
 * frequent_sequence.h
 *	  Frequent sequences: options, model, training, the sequences in order, and
 *	  what usually comes next.
 *
 * src/kernel/pattern/frequent_sequence.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FREQUENT_SEQUENCE_H
#define SEG_KERNEL_FREQUENT_SEQUENCE_H

#include "base/item_lists.h"
#include "kernel/pattern/item_tree.h"
#include "base/trainer.h"

typedef struct SegSequenceParams
{
	double min_support;
	int64_t max_length; /* 0: any */
	int64_t max_gap;    /* places from one item to the next; 0: any */
} SegSequenceParams;

typedef struct SegFrequentSequence
{
	int64_t rows_used;    /* paths */
	int64_t rows_skipped; /* NULL paths */
	int64_t min_count;
	int64_t max_gap;    /* 0: any */
	int64_t item_count; /* frequent items */
	int64_t longest;    /* items of the longest sequence */
	int64_t id_numbers; /* item_count if the ids are numbers, else 0 */
	int64_t id_texts;   /* item_count if they are texts, else 0 */
	int64_t sequence_count;
	SegText options;
	SegText version;
	const int64_t *item_numbers; /* the ids, ascending */
	SegTexts item_texts;

	/* the sequences as a tree: below each node, ascending by id */
	const int32_t *node_items;
	const int32_t *node_counts;
	const int32_t *node_parents;
} SegFrequentSequence;

extern const SegOption seg_frequent_sequence_options[];
extern const SegMethod seg_frequent_sequence_method;
extern const SegTrainer seg_frequent_sequence_trainer;

extern SegStatus
seg_frequent_sequence_check(SegEnv *env, const SegSequenceParams *params);
extern SegStatus
seg_frequent_sequence_train(SegEnv *env, const SegItemRows *rows,
                            const SegSequenceParams *params,
                            SegFrequentSequence *model);

extern SegIds seg_frequent_sequence_ids(const SegFrequentSequence *model);
extern SegItemTree seg_frequent_sequence_tree(const SegFrequentSequence *model);

/*
 * Numbers of all nodes: the shortest sequences first, then the most frequent,
 * then by the ids of their items.
 */
extern SegStatus
seg_frequent_sequence_order(SegEnv *env, const SegFrequentSequence *model,
                            int64_t **order);

/* ---------- what usually comes next ---------- */

typedef struct SegNextItem
{
	int32_t item;
	int32_t count;  /* paths with the sequence before it, then the item */
	int32_t length; /* of that sequence: it ends the path */
	double score;
} SegNextItem;

typedef struct SegNextItems SegNextItems;

extern SegStatus
seg_next_items_make(SegEnv *env, const SegFrequentSequence *model,
                    SegNextItems **result);

/*
 * The best n items after a path of n_items items of the model, -1 for one that
 * it does not know; *found is how many are returned.  They remain valid until
 * the next call.
 */
extern SegStatus
seg_next_items_find(SegEnv *env, SegNextItems *next, const int32_t *path,
                    int32_t n_items, int64_t n, const SegNextItem **items,
                    int64_t *found);

#endif /* SEG_KERNEL_FREQUENT_SEQUENCE_H */
