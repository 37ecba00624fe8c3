/*-------------------------------------------------------------------------
 *
 * itemset_eclat.c
 *	  All frequent itemsets by Eclat [1], on bits.
 *
 * Each item in turn is a prefix.  What is after it in its baskets is counted,
 * so that only frequent pairs go on.  If there are two or more, they get rows
 * of bits, one bit for each basket of the item that has at least two of them:
 * the rows are as short as the item is rare, whatever the number of baskets.
 * From there on a set's baskets are the intersection of two rows, and the
 * search is depth-first, so that few rows are held.
 *
 * Time: an intersection for each set found, and a few more.  Rows of bits take
 * less memory than the baskets: an extension of an item is in at least as many
 * baskets as the item, and so in as many places of the baskets.
 *
 * [1] M. J. Zaki, "Scalable Algorithms for Association Mining", IEEE
 * Transactions on Knowledge and Data Engineering 12(3), 2000.
 *
 * src/kernel/pattern/itemset_eclat.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/itemset_mining.h"

typedef struct Search
{
	SegEnv *env;
	const SegBaskets *baskets;
	SegItemTreeWriter *writer;
	SegStack stack;
	SegProjector projector;
	const SegBits *bits;
	int64_t steps;
} Search;

static SegStatus itemset_eclat_mine(Search *s, const SegExtensions *list,
                                    int64_t parent, int32_t length);

/*
 * Find the sets that begin with a set of the given length, whose last item is
 * extension a of a list.
 */
static SegStatus
itemset_eclat_go_down(Search *s, const SegExtensions *list, int32_t a,
                      int32_t length)
{
	int64_t node = s->writer->n - 1;
	SegStackMark mark = seg_stack_mark(&s->stack);
	int64_t behind = list->n - a - 1;
	SegExtensions next;

	SEG_TRY(seg_count_steps(s->env, &s->steps, behind * list->words / 2));
	SEG_TAKE(&s->stack, next.items, 2 * behind);
	next.counts = next.items + behind;
	SEG_TAKE(&s->stack, next.bits, behind * list->words);
	s->bits->extend(list, a, s->baskets->min_count, &next);
	SEG_TRY(itemset_eclat_mine(s, &next, node, length + 1));
	seg_stack_release(&s->stack, mark);
	return SEG_OK;
}

/*
 * Write the sets that are the parent and one of the list's items, and all that
 * begin with them.  The depth is small: see seg_itemset_explodes.
 */
static SegStatus
itemset_eclat_mine(Search *s, const SegExtensions *list, int64_t parent,
                   int32_t length)
{
	if (list->n > 0 && seg_itemset_explodes(length, s->writer->most))
		return seg_item_tree_too_large(s->writer, s->writer->n, length);
	for (int32_t a = 0; a < list->n; a++)
	{
		SEG_TRY(seg_item_tree_add(s->writer,
		                          list->items[a],
		                          list->counts[a],
		                          parent));
		if (a + 1 < list->n && length < s->baskets->most)
			SEG_TRY(itemset_eclat_go_down(s, list, a, length));
	}
	return SEG_OK;
}

static SegStatus
mine_item(Search *s, int32_t rank)
{
	int64_t node = s->writer->n;
	SegExtensions list;

	SEG_TRY(seg_item_tree_add(s->writer,
	                          rank,
	                          s->baskets->counts[rank],
	                          SEG_ITEM_TREE_TOP));
	if (s->baskets->most == 1)
		return SEG_OK;
	SEG_TRY(seg_projector_count(&s->projector, rank, &list));
	if (list.n >= 2 && s->baskets->most > 2)
		SEG_TRY(seg_projector_fill(&s->projector, rank, 2, &list, NULL));
	return itemset_eclat_mine(s, &list, node, 2);
}

SegStatus
seg_itemset_eclat(SegEnv *env, const SegBaskets *baskets, size_t most_work,
                  SegItemTreeWriter *writer)
{
	Search s = {.env = env,
	            .baskets = baskets,
	            .writer = writer,
	            .bits = seg_bits()};

	seg_stack_init(&s.stack, env, most_work);
	SEG_TRY(seg_projector_init(&s.projector, env, baskets, &s.stack));
	for (int32_t rank = 0; rank < baskets->items; rank++)
	{
		SegStackMark mark = seg_stack_mark(&s.stack);

		SEG_TRY(mine_item(&s, rank));
		seg_stack_release(&s.stack, mark);
		if (env->progress != NULL)
			env->progress(env->host,
			              "itemsets",
			              rank + 1,
			              (double) writer->n,
			              (rank + 1.0) / baskets->items);
	}
	return SEG_OK;
}
