/*-------------------------------------------------------------------------
 *
 * itemset_mining.h
 *	  What the algorithms that mine itemsets have in common, from the bottom up:
 *	  baskets of ranks (itemset_baskets.c), bits (itemset_bits.c), the algorithms
 *	  themselves.
 *
 * A rank is the number of a frequent item in the order of mining: items in few
 * baskets first, ties by id.  Every algorithm writes the same tree, whose items
 * are ranks and whose ways ascend.
 *
 * src/kernel/pattern/itemset_mining.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ITEMSET_MINING_H
#define SEG_KERNEL_ITEMSET_MINING_H

#include "base/stack.h"
#include "kernel/pattern/itemset.h"

/*
 * The baskets without rare items: ranks, ascending and each once, packed basket
 * by basket.  ~b, a negative number, ends basket b.
 */
typedef struct SegBaskets
{
	int64_t n; /* all baskets, including empty ones */
	int32_t min_count;
	int32_t most;          /* items that a set may have */
	int32_t items;         /* frequent ones */
	int32_t longest;       /* items of the largest basket */
	const int32_t *counts; /* baskets with each rank; ascends */
	const int32_t *places; /* of each rank among the frequent items by id */
	const int32_t *ranks;
	const int32_t *starts; /* of each basket */
	const int32_t *where;  /* places of each rank in ranks, rank by rank */
	const int64_t *firsts; /* of each rank in where; items + 1 */
} SegBaskets;

extern SegStatus
seg_baskets_make(SegEnv *env, const SegItemRows *rows, int32_t min_count,
                 SegBaskets *baskets, SegIds *frequent);

/* Items that may follow a prefix, with the baskets that have both. */
typedef struct SegExtensions
{
	int32_t n;
	int32_t words;  /* of a row of bits: a multiple of SEG_BIT_WORDS */
	int32_t stride; /* words from one row to the next */
	int32_t *items;
	int32_t *counts;
	uint64_t *bits; /* n rows, a bit for each basket of the prefix */
} SegExtensions;

#define SEG_BIT_WORDS 8

/* The innermost loops, as built for a processor. */
typedef struct SegBits
{
	/* Intersect row a with all rows after it; keep those with enough bits. */
	void (*extend)(const SegExtensions *from, int32_t a, int32_t min_count,
	               SegExtensions *to);
	/* How many bits do two rows have in common? */
	int32_t (*common)(const uint64_t *a, const uint64_t *b, int32_t words);
} SegBits;

/* The best build for this processor; build i of all, or NULL. */
extern const SegBits *seg_bits(void);
extern const SegBits *seg_bits_build(int i);

/* The baskets of one rank, and what follows it in them. */
typedef struct SegProjector
{
	SegEnv *env;
	const SegBaskets *baskets;
	SegStack *stack;
	int64_t steps;
	int32_t *count;   /* of each rank; zero between uses */
	int32_t *slot;    /* of each rank among the extensions; -1 between uses */
	int32_t *touched; /* ranks that were counted */
	int32_t *scratch;
} SegProjector;

extern SegStatus seg_projector_init(SegProjector *projector, SegEnv *env,
                                    const SegBaskets *baskets, SegStack *stack);

/* Extensions of a rank that are frequent, without bits. */
extern SegStatus seg_projector_count(SegProjector *projector, int32_t rank,
                                     SegExtensions *extensions);

/*
 * The same, preceded by earlier items that are frequent with the rank, except
 * those in so few of its baskets that a row of bits would take more memory than
 * a list: has_others says whether there are any.
 */
extern SegStatus seg_projector_count_both(SegProjector *projector, int32_t rank,
                                          SegExtensions *extensions,
                                          int32_t *earlier, bool *has_others);

/*
 * Their bits: one for each basket that has at least "least" of them.  rows, if
 * not NULL, gets the numbers of these baskets; it has room for all of the
 * rank's.
 */
extern SegStatus
seg_projector_fill(SegProjector *projector, int32_t rank, int32_t least,
                   SegExtensions *extensions, int32_t *rows);

/* The algorithms: all frequent itemsets, or the closed or maximal ones. */
extern SegStatus seg_itemset_eclat(SegEnv *env, const SegBaskets *baskets,
                                   size_t most_work, SegItemTreeWriter *writer);
extern SegStatus
seg_itemset_fp_growth(SegEnv *env, const SegBaskets *baskets, size_t most_work,
                      SegItemTreeWriter *writer);
extern SegStatus
seg_itemset_apriori(SegEnv *env, const SegBaskets *baskets, size_t most_work,
                    SegItemTreeWriter *writer);
extern SegStatus
seg_itemset_closed(SegEnv *env, const SegBaskets *baskets, bool is_maximal,
                   size_t most_work, SegItemTreeWriter *writer);

/* Write sets: each a count, then at most "most" ranks, ascending. */
extern SegStatus seg_itemset_write(SegEnv *env, const SegItemLists *found,
                                   int32_t most, SegItemTreeWriter *writer);

/* Write the closed or maximal sets of at most "most" items. */
extern SegStatus
seg_itemset_filter(SegEnv *env, const SegItemTree *all, bool is_maximal,
                   int32_t most, SegItemTreeWriter *writer);

/*
 * All subsets of a frequent set are frequent: if these are too many already, we
 * need not go on to find them.
 */
static inline bool
seg_itemset_explodes(int64_t length, int64_t most_nodes)
{
	return length >= 62 || (INT64_C(1) << length) - 1 > most_nodes;
}

#endif /* SEG_KERNEL_ITEMSET_MINING_H */
