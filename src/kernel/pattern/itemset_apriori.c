/*-------------------------------------------------------------------------
 *
 * itemset_apriori.c
 *	  All frequent itemsets by Apriori [1].
 *
 * Level by level: two sets of one length that differ in their last items make a
 * candidate of the next length, if all its subsets are frequent; one pass over
 * the baskets counts all candidates.  The levels form a tree, in which a basket
 * finds the candidates it has.  Pairs are counted one item at a time, as all
 * pairs of items would be candidates.
 *
 * [1] R. Agrawal, R. Srikant, "Fast Algorithms for Mining Association Rules",
 * VLDB 1994.
 *
 * src/kernel/pattern/itemset_apriori.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "kernel/pattern/itemset_mining.h"

/* A set of more items would have had too many subsets: seg_itemset_explodes. */
#define MAX_LEVELS 64

/* Sets of one length, in the order of the walk through the tree. */
typedef struct Level
{
	int64_t n;
	int32_t *items;
	int32_t *counts;
	int32_t *parents; /* in the level before */
	int32_t *firsts;  /* of the children in the next level; n + 1 */
} Level;

typedef struct Search
{
	SegEnv *env;
	const SegBaskets *baskets;
	SegItemTreeWriter *writer;
	SegStack stack;
	SegProjector projector;
	int64_t steps;
	int64_t found;
	int32_t length;               /* of the sets of the last level */
	Level levels[MAX_LEVELS + 1]; /* by length */
} Search;

static SegStatus
make_level(Search *s, int64_t n, Level *level)
{
	level->n = n;
	SEG_ALLOC(s->env, level->items, n);
	SEG_ALLOC(s->env, level->counts, n);
	SEG_ALLOC(s->env, level->parents, n);
	SEG_ALLOC(s->env, level->firsts, n + 1);
	return SEG_OK;
}

/* ---------- candidates ---------- */

/*
 * The child of a set for an item, or -1.
 */
static int32_t
itemset_apriori_find_child(const Level *level, const Level *next, int32_t set,
                           int32_t item)
{
	int32_t low = level->firsts[set];
	int32_t high = level->firsts[set + 1];
	int32_t end = high;

	while (low < high)
	{
		int32_t middle = low + (high - low) / 2;

		if (next->items[middle] < item)
			low = middle + 1;
		else
			high = middle;
	}
	return low < end && next->items[low] == item ? low : -1;
}

/*
 * Are all subsets of a candidate frequent that lack one of its first items?
 * The candidate is a set of the last level, whose way is given, and one item
 * more.
 */
static bool
is_candidate(Search *s, const int32_t *way, int32_t item)
{
	for (int32_t left_out = 0; left_out < s->length - 1; left_out++)
	{
		int32_t set = way[left_out == 0];
		int32_t at = left_out == 0 ? 2 : 1;

		for (int32_t length = 1; length < s->length && set >= 0; length++)
		{
			if (at == left_out)
				at++;
			set = itemset_apriori_find_child(&s->levels[length],
			                                 &s->levels[length + 1],
			                                 set,
			                                 at < s->length ? way[at] : item);
			at++;
		}
		if (set < 0)
			return false;
		s->steps += s->length;
	}
	return true;
}

static void
find_way(const Search *s, int32_t set, int32_t *way)
{
	for (int32_t length = s->length; length > 0; length--)
	{
		const Level *level = &s->levels[length];

		way[length - 1] = level->items[set];
		set = level->parents[set];
	}
}

/*
 * Find, for each set of the last level, the items that make a candidate with
 * it.
 */
static SegStatus
find_candidates(Search *s, SegItemLists *candidates)
{
	const Level *level = &s->levels[s->length];
	int32_t way[MAX_LEVELS];
	int32_t *items;

	SEG_ALLOC(s->env, items, s->baskets->items);
	for (int32_t a = 0; a < level->n; a++)
	{
		int32_t n = 0;

		find_way(s, a, way);
		for (int32_t b = a + 1;
		     b < level->n && level->parents[b] == level->parents[a];
		     b++)
		{
			items[n] = level->items[b];
			n += is_candidate(s, way, level->items[b]);
			SEG_TRY(seg_count_steps(s->env, &s->steps, 1));
		}
		SEG_TRY(seg_item_lists_add(s->env, candidates, items, n));
		if (candidates->bytes > s->stack.limit)
			return seg_fail(s->env,
			                SEG_WORK_LIMIT,
			                "candidates",
			                (double) candidates->bytes,
			                (double) s->stack.limit);
	}
	return SEG_OK;
}

static SegStatus
take_candidates(Search *s, const SegItemLists *candidates, Level *next)
{
	Level *level = &s->levels[s->length];
	SegItemWalk walk = seg_item_walk(candidates);
	int32_t set = 0;
	int32_t at = 0;
	const int32_t *items;
	int32_t n;

	SEG_TRY(make_level(s, candidates->total, next));
	for (; seg_item_walk_next(&walk, &items, &n); set++)
	{
		SEG_TRY(seg_count_steps(s->env, &s->steps, n + 1));
		level->firsts[set] = at;
		for (int32_t i = 0; i < n; i++, at++)
		{
			next->items[at] = items[i];
			next->parents[at] = set;
		}
	}
	level->firsts[set] = at;
	return SEG_OK;
}

/* ---------- counting ---------- */

/*
 * Count the candidates that a basket has among or below some sets of one
 * length; at is the rest of the basket.
 */
static SegStatus
count_in(Search *s, int32_t length, int32_t first, int32_t last,
         const int32_t *at)
{
	Level *level = &s->levels[length];

	for (; first < last && *at >= 0; first++)
	{
		SEG_TRY(seg_count_steps(s->env, &s->steps, 1));
		while (*at >= 0 && *at < level->items[first])
			at++;
		if (*at != level->items[first])
			continue;
		if (length > s->length)
			level->counts[first]++;
		else
			SEG_TRY(count_in(s,
			                 length + 1,
			                 level->firsts[first],
			                 level->firsts[first + 1],
			                 at + 1));
	}
	return SEG_OK;
}

static SegStatus
count_candidates(Search *s)
{
	const SegBaskets *b = s->baskets;

	for (int64_t i = 0; i < b->n; i++)
		SEG_TRY(count_in(s,
		                 1,
		                 0,
		                 (int32_t) s->levels[1].n,
		                 b->ranks + b->starts[i]));
	return SEG_OK;
}

/*
 * Drop the candidates that turned out to be rare.
 */
static SegStatus
drop_rare(Search *s, Level *next)
{
	Level *level = &s->levels[s->length];
	int32_t kept = 0;

	for (int32_t set = 0; set < level->n; set++)
	{
		int32_t first = level->firsts[set];

		SEG_TRY(seg_count_steps(s->env,
		                        &s->steps,
		                        level->firsts[set + 1] - first + 1));
		level->firsts[set] = kept;
		for (int32_t i = first; i < next->n && next->parents[i] == set; i++)
		{
			if (next->counts[i] < s->baskets->min_count)
				continue;
			next->items[kept] = next->items[i];
			next->counts[kept] = next->counts[i];
			next->parents[kept++] = set;
		}
	}
	level->firsts[level->n] = kept;
	next->n = kept;
	return SEG_OK;
}

/* ---------- levels ---------- */

static SegStatus
items_level(Search *s)
{
	Level *level = &s->levels[1];

	SEG_TRY(make_level(s, s->baskets->items, level));
	for (int32_t r = 0; r < s->baskets->items; r++)
	{
		level->items[r] = r;
		level->counts[r] = s->baskets->counts[r];
		level->parents[r] = -1;
	}
	return SEG_OK;
}

/*
 * Find the frequent pairs: for each item, a list of items and one of counts.
 */
static SegStatus
pairs_level(Search *s)
{
	Level *level = &s->levels[1];
	Level *next = &s->levels[2];
	SegItemLists pairs = {0};
	SegItemWalk walk;
	int32_t at = 0;
	const int32_t *items = NULL;
	const int32_t *counts = NULL;
	int32_t n = 0;

	for (int32_t r = 0; r < level->n; r++)
	{
		SegStackMark mark = seg_stack_mark(&s->stack);
		SegExtensions list;

		SEG_TRY(seg_projector_count(&s->projector, r, &list));
		SEG_TRY(seg_item_lists_add(s->env, &pairs, list.items, list.n));
		SEG_TRY(seg_item_lists_add(s->env, &pairs, list.counts, list.n));
		seg_stack_release(&s->stack, mark);
		if (pairs.total / 2 > s->writer->most)
			return seg_item_tree_too_large(s->writer,
			                               s->found + pairs.total / 2,
			                               0);
	}
	SEG_TRY(make_level(s, pairs.total / 2, next));
	walk = seg_item_walk(&pairs);
	for (int32_t r = 0; r < level->n; r++)
	{
		(void) seg_item_walk_next(&walk, &items, &n);
		(void) seg_item_walk_next(&walk, &counts, &n);
		level->firsts[r] = at;
		for (int32_t i = 0; i < n; i++, at++)
		{
			next->items[at] = items[i];
			next->counts[at] = counts[i];
			next->parents[at] = r;
		}
	}
	level->firsts[level->n] = at;
	return SEG_OK;
}

static SegStatus
next_level(Search *s)
{
	Level *next = &s->levels[s->length + 1];
	SegItemLists candidates = {0};

	if (s->length == 1)
		return pairs_level(s);
	SEG_TRY(find_candidates(s, &candidates));
	SEG_TRY(take_candidates(s, &candidates, next));
	SEG_TRY(count_candidates(s));
	return drop_rare(s, next);
}

static SegStatus
write_sets(Search *s, int32_t length, int32_t first, int32_t last,
           int64_t parent)
{
	const Level *level = &s->levels[length];

	for (int32_t set = first; set < last; set++)
	{
		int64_t node = s->writer->n;

		SEG_TRY(seg_count_steps(s->env, &s->steps, 1));
		SEG_TRY(seg_item_tree_add(s->writer,
		                          level->items[set],
		                          level->counts[set],
		                          parent));
		if (length < s->length)
			SEG_TRY(write_sets(s,
			                   length + 1,
			                   level->firsts[set],
			                   level->firsts[set + 1],
			                   node));
	}
	return SEG_OK;
}

SegStatus
seg_itemset_apriori(SegEnv *env, const SegBaskets *baskets, size_t most_work,
                    SegItemTreeWriter *writer)
{
	Search s = {.env = env, .baskets = baskets, .writer = writer};
	Level *level = &s.levels[1];

	seg_stack_init(&s.stack, env, most_work);
	SEG_TRY(seg_projector_init(&s.projector, env, baskets, &s.stack));
	SEG_TRY(items_level(&s));
	for (s.length = 1;; s.length++)
	{
		level = &s.levels[s.length];
		s.found += level->n;
		if (s.found > writer->most)
			return seg_item_tree_too_large(writer, s.found, 0);
		if (level->n > 0 && seg_itemset_explodes(s.length, writer->most))
			return seg_item_tree_too_large(writer, s.found, s.length);
		if (level->n == 0 || s.length == baskets->most)
			break;
		/* no set is longer than the longest basket */
		if (env->progress != NULL)
			env->progress(env->host,
			              "itemsets",
			              s.length,
			              (double) s.found,
			              (s.length - 1.0) / baskets->longest);
		SEG_TRY(next_level(&s));
	}
	return write_sets(&s, 1, 0, (int32_t) s.levels[1].n, SEG_ITEM_TREE_TOP);
}
