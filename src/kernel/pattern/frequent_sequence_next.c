/*-------------------------------------------------------------------------
 *
 * frequent_sequence_next.c
 *	  What usually comes next on a path.
 *
 * The longest end of the path that is a frequent sequence decides first: of the
 * paths that have it, what share goes on to an item?  Items not known after it
 * get their share after the end without its first item, times 0.4, and so on,
 * down to their share of all paths: "stupid backoff" [1], which needs no counts
 * of rare sequences, as the model has none.
 *
 * [1] T. Brants, A. C. Popat, P. Xu, F. J. Och, J. Dean, "Large Language Models in
 * Machine Translation", EMNLP-CoNLL 2007, eq. 5.
 *
 * src/kernel/pattern/frequent_sequence_next.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "base/sort.h"
#include "kernel/pattern/frequent_sequence.h"

#define BACKOFF 0.4

struct SegNextItems
{
	const SegFrequentSequence *model;
	SegItemTreeIndex index;
	const int32_t *after; /* of each node: the first one that is not below it */
	const int64_t *popular; /* nodes of single items, the most frequent first */

	/* for the path at hand */
	int64_t *nodes; /* of its ends, of length 0, 1, ... */
	bool *is_out;   /* of each item: on the path, or found already */
	int32_t *out;   /* those */
	int32_t n_out;
	int64_t found;
	SegNextItem *items; /* unsorted; then sorted */
	SegNextItem *sorted;
};

/* ---------- preparing ---------- */

static int
compare_counts(const void *of, int64_t a, int64_t b)
{
	const int32_t *counts = of;

	return (counts[a] < counts[b]) - (counts[a] > counts[b]);
}

static SegStatus
sort_items(SegEnv *env, SegNextItems *next)
{
	const SegFrequentSequence *m = next->model;
	int64_t n = 0;
	int64_t *popular;

	SEG_ALLOC(env, popular, m->item_count);
	for (int64_t i = 0; i < m->sequence_count; i = next->after[i])
		popular[n++] = i;
	next->popular = popular;
	return seg_sort(env, popular, n, compare_counts, m->node_counts);
}

static SegStatus
find_ends(SegEnv *env, SegNextItems *next)
{
	const SegFrequentSequence *m = next->model;
	int32_t *after;

	SEG_ALLOC(env, after, m->sequence_count);
	for (int64_t i = m->sequence_count - 1; i >= 0; i--)
	{
		int32_t parent = m->node_parents[i];

		if (after[i] == 0)
			after[i] = (int32_t) i + 1;
		if (parent != SEG_ITEM_TREE_TOP && after[parent] == 0)
			after[parent] = after[i];
	}
	next->after = after;
	return SEG_OK;
}

SegStatus
seg_next_items_make(SegEnv *env, const SegFrequentSequence *model,
                    SegNextItems **result)
{
	SegItemTree tree = seg_frequent_sequence_tree(model);
	SegNextItems *next;

	SEG_ALLOC(env, next, 1);
	next->model = model;
	SEG_TRY(seg_item_tree_index(env, &tree, &next->index));
	SEG_TRY(find_ends(env, next));
	SEG_TRY(sort_items(env, next));
	SEG_ALLOC(env, next->nodes, model->longest + 1);
	SEG_ALLOC(env, next->is_out, model->item_count);
	SEG_ALLOC(env, next->out, model->item_count);
	SEG_ALLOC(env, next->items, model->item_count);
	SEG_ALLOC(env, next->sorted, model->item_count);
	*result = next;
	return SEG_OK;
}

/* ---------- a path ---------- */

static void
leave_out(SegNextItems *next, int32_t item)
{
	if (next->is_out[item])
		return;
	next->out[next->n_out++] = item;
	next->is_out[item] = true;
}

/*
 * Forget the path of the last call, which may have ended in an error.
 */
static void
take_path(SegNextItems *next, const int32_t *path, int32_t n)
{
	while (next->n_out > 0)
		next->is_out[next->out[--next->n_out]] = false;
	next->found = 0;
	for (int32_t i = 0; i < n; i++)
	{
		if (path[i] >= 0)
			leave_out(next, path[i]);
	}
}

/*
 * The items at the end of a path that a sequence may join: those that are known
 * and, if gaps are limited, near enough to each other and to what comes next.
 * They fill "end" from its end; returns how many.
 */
static int32_t
joinable_end(const SegNextItems *next, const int32_t *path, int32_t n,
             int32_t *end)
{
	int64_t max_gap = next->model->max_gap;
	int32_t last = n; /* place of the item that follows */
	int32_t length = 0;

	for (int32_t i = n - 1; i >= 0; i--)
	{
		if (path[i] < 0)
			continue;
		if (max_gap > 0 && last - i > max_gap)
			break;
		last = i;
		length++;
		end[n - length] = path[i];
	}
	return length;
}

/*
 * The node of a sequence, or -1.
 */
static int64_t
find_sequence(const SegNextItems *next, const int32_t *items, int32_t n)
{
	int64_t node = SEG_ITEM_TREE_TOP;

	for (int32_t i = 0; i < n; i++)
	{
		node = seg_item_tree_child(&next->index, node, items[i]);
		if (node < 0)
			return -1;
	}
	return node;
}

/*
 * Find the ends of the path that are in the model; the ends of a frequent
 * sequence are frequent, so the first that is not is the last to look at.
 * *longest is the longest one's length.
 */
static SegStatus
match_ends(SegEnv *env, SegNextItems *next, const int32_t *path, int32_t n,
           int32_t *longest)
{
	int64_t steps = 0;
	int32_t length = 0;

	next->nodes[0] = SEG_ITEM_TREE_TOP;
	while (length < n && length < next->model->longest)
	{
		int64_t node = find_sequence(next, path + n - length - 1, length + 1);

		SEG_TRY(seg_count_steps(env, &steps, length));
		if (node < 0)
			break;
		next->nodes[++length] = node;
	}
	*longest = length;
	return SEG_OK;
}

/*
 * Add an item that follows an end of the path, which "of" paths have.
 */
static void
frequent_sequence_next_add_item(SegNextItems *next, int64_t node,
                                int32_t length, double weight, int64_t of)
{
	const SegFrequentSequence *m = next->model;
	int32_t item = m->node_items[node];

	if (next->is_out[item])
		return;
	next->items[next->found++] =
		(SegNextItem){item,
	                  m->node_counts[node],
	                  length,
	                  weight * ((double) m->node_counts[node] / (double) of)};
	leave_out(next, item);
}

/*
 * Add what follows an end of the path; weight is what is left after stepping
 * back to it.  After the empty one, n items are enough.
 */
static void
add_items_behind(SegNextItems *next, int32_t length, double weight, int64_t n)
{
	const SegFrequentSequence *m = next->model;
	int64_t node = next->nodes[length];
	int64_t enough = next->found + n;

	if (length == 0)
	{
		for (int64_t i = 0; i < m->item_count && next->found < enough; i++)
			frequent_sequence_next_add_item(next,
			                                next->popular[i],
			                                0,
			                                weight,
			                                m->rows_used);
		return;
	}
	for (int64_t i = node + 1; i < next->after[node]; i = next->after[i])
		frequent_sequence_next_add_item(next,
		                                i,
		                                length,
		                                weight,
		                                m->node_counts[node]);
}

static int
frequent_sequence_next_compare_items(const void *of, int64_t a, int64_t b)
{
	const SegNextItem *x = (const SegNextItem *) of + a;
	const SegNextItem *y = (const SegNextItem *) of + b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->length != y->length)
		return x->length > y->length ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

SegStatus
seg_next_items_find(SegEnv *env, SegNextItems *next, const int32_t *path,
                    int32_t n_items, int64_t n, const SegNextItem **items,
                    int64_t *found)
{
	double weight = 1.0;
	int32_t longest;
	int64_t *order;
	int32_t *end;

	SEG_ALLOC(env, end, n_items);
	take_path(next, path, n_items);
	longest = joinable_end(next, path, n_items, end);
	SEG_TRY(match_ends(env, next, end + n_items - longest, longest, &longest));
	for (int32_t length = longest; length >= 0; length--)
	{
		add_items_behind(next, length, weight, n);
		weight *= BACKOFF;
	}
	SEG_ALLOC(env, order, next->found);
	for (int64_t i = 0; i < next->found; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env,
	                 order,
	                 next->found,
	                 frequent_sequence_next_compare_items,
	                 next->items));
	for (int64_t i = 0; i < next->found; i++)
		next->sorted[i] = next->items[order[i]];
	*items = next->sorted;
	*found = next->found < n ? next->found : n;
	return SEG_OK;
}
