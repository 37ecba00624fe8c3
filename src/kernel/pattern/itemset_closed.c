/*-------------------------------------------------------------------------
 *
 * itemset_closed.c
 *	  Closed and maximal itemsets, without a list of all the others.
 *
 * The search is that of Eclat, with two short cuts [1].  An extension that is
 * in all baskets of a set belongs to it, and is taken in at once.  And if an
 * item earlier in the order of mining is in all baskets of a set, all that
 * could be found below the set was found with that item: the search turns back.
 * What is left is every closed set, once.  Whether there is such an earlier
 * item is read from the baskets themselves: what the first one shares with the
 * second and so on; usually nothing is left after a few.  No set has to be
 * compared with those already found.  Twins, items in the very same baskets,
 * would last to the last basket: the first takes in the others, and they are
 * dropped.
 *
 * A closed set is maximal if nothing later extends it, nor, counted in its
 * baskets, anything earlier.  If a set is frequent with all its extensions
 * together, nothing else below it can be maximal [2].
 *
 * The search is as deep as a set may be long, so levels are on a stack of our
 * own.  Sets come in no useful order, as they take in items out of turn: they
 * are kept as lists, and sorted into the tree at the end.
 *
 * [1] M. J. Zaki, C.-J. Hsiao, "Efficient Algorithms for Mining Closed Itemsets
 * and Their Lattice Structure", IEEE Transactions on Knowledge and Data
 * Engineering 17(4), 2005.
 *
 * [2] R. J. Bayardo, "Efficiently Mining Long Patterns from Databases", SIGMOD
 * 1998.
 *
 * src/kernel/pattern/itemset_closed.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "base/radix_sort.h"
#include "kernel/pattern/itemset_mining.h"

/* Baskets that have a set: all of the first item, or those whose bits are set. */
typedef struct Cover
{
	const uint64_t *bits; /* or NULL */
	int32_t words;
	int32_t count;
} Cover;

typedef struct Level
{
	struct Level *above;
	SegStackMark mark;
	SegExtensions list;
	int32_t at;     /* the next extension to look at */
	int32_t length; /* items of the set that is extended */
} Level;

typedef struct Search
{
	SegEnv *env;
	const SegBaskets *baskets;
	SegItemTreeWriter *writer;
	SegStack stack;
	SegProjector projector;
	const SegBits *bits;
	bool is_maximal;
	int64_t steps;
	Level *level;
	int32_t *set; /* items of the current set, as they were taken in */
	int32_t length;
	bool *in_set;           /* of each rank */
	bool *is_dropped;       /* of each rank: a twin of an earlier one */
	SegExtensions partners; /* of the first item, on both sides */
	int32_t earlier;        /* how many of them come before it */
	bool has_others;        /* are there earlier ones that got no row? */
	bool *has_row;          /* of each rank: is it one of those that did? */
	int32_t *rows;          /* baskets with the first item and a partner */
	int32_t *common;        /* scratch */
	SegItemLists found;     /* of each set: its count, then its items */
} Search;

/* ---------- what comes earlier ---------- */

typedef struct CoverWalk
{
	const Cover *cover;
	int32_t at; /* word of the bits */
	uint64_t word;
} CoverWalk;

static inline bool
next_basket(const Search *s, CoverWalk *walk, int32_t *basket)
{
	while (walk->word == 0)
	{
		if (walk->at == walk->cover->words)
			return false;
		walk->word = walk->cover->bits[walk->at++];
	}
	*basket = s->rows[(walk->at - 1) * 64 + __builtin_ctzll(walk->word)];
	walk->word &= walk->word - 1;
	return true;
}

/*
 * Put the items without a row that a basket has before the set's first item
 * into common.
 */
static int32_t
items_before(const Search *s, int32_t basket)
{
	const int32_t *at = s->baskets->ranks + s->baskets->starts[basket];
	int32_t n = 0;

	for (; *at >= 0 && *at < s->set[0]; at++)
	{
		s->common[n] = *at;
		n += !s->has_row[*at];
	}
	return n;
}

/*
 * Of the n items in common, keep those that the basket has too.
 */
static int32_t
items_in_common(const Search *s, int32_t basket, int32_t n)
{
	const int32_t *at = s->baskets->ranks + s->baskets->starts[basket];
	int32_t kept = 0;

	for (int32_t i = 0; i < n; i++)
	{
		while (*at >= 0 && *at < s->common[i])
			at++;
		if (*at == s->common[i])
			s->common[kept++] = *at;
	}
	return kept;
}

/*
 * Is an item without a row in all baskets of a cover?
 */
static SegStatus
has_item_in_all(Search *s, const Cover *cover, bool *result)
{
	CoverWalk walk = {cover, 0, 0};
	int32_t n = -1;
	int32_t basket;

	while (n != 0 && next_basket(s, &walk, &basket))
	{
		n = n < 0 ? items_before(s, basket) : items_in_common(s, basket, n);
		SEG_TRY(seg_count_steps(s->env, &s->steps, n + 1));
	}
	*result = n > 0;
	return SEG_OK;
}

/*
 * Is such an item in enough of them to be frequent with the set?
 */
static SegStatus
has_item_in_many(Search *s, const Cover *cover, bool *result)
{
	CoverWalk walk = {cover, 0, 0};
	int32_t *count = s->projector.count;
	int32_t touched = 0;
	int32_t basket;

	*result = false;
	while (!*result && next_basket(s, &walk, &basket))
	{
		int32_t n = items_before(s, basket);

		SEG_TRY(seg_count_steps(s->env, &s->steps, n + 1));
		for (int32_t i = 0; i < n; i++)
		{
			if (count[s->common[i]]++ == 0)
				s->projector.touched[touched++] = s->common[i];
			*result |= count[s->common[i]] == s->baskets->min_count;
		}
	}
	for (int32_t i = 0; i < touched; i++)
		count[s->projector.touched[i]] = 0;
	return SEG_OK;
}

static bool
has_all(const uint64_t *row, const uint64_t *bits, int32_t words)
{
	for (int32_t w = 0; w < words; w++)
	{
		if ((bits[w] & ~row[w]) != 0)
			return false;
	}
	return true;
}

/*
 * How many items of a list come before a rank?
 */
static int32_t
items_until(const SegExtensions *list, int32_t rank)
{
	int32_t low = 0;
	int32_t high = list->n;

	while (low < high)
	{
		int32_t middle = low + (high - low) / 2;

		if (list->items[middle] < rank)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Is an item that comes before a rank, and is not in the current set, in all
 * baskets of a cover or, unless in_all, in enough to be frequent?
 */
static SegStatus
has_earlier(Search *s, const Cover *cover, int32_t rank, bool in_all,
            bool *result)
{
	const SegExtensions *list = &s->partners;
	int32_t n = items_until(list, rank);
	int32_t i = n;

	*result = false;
	while (i > 0 && !*result)
	{
		const uint64_t *row = list->bits + (int64_t) --i * list->stride;

		if (s->in_set[list->items[i]])
			continue;
		*result = in_all ? has_all(row, cover->bits, cover->words)
		                 : s->bits->common(row, cover->bits, cover->words) >=
		                       s->baskets->min_count;
	}
	SEG_TRY(
		seg_count_steps(s->env,
	                    &s->steps,
	                    (int64_t) (n - i) * (in_all ? 1 : cover->words) + 1));
	if (*result || !s->has_others)
		return SEG_OK;
	return in_all ? has_item_in_all(s, cover, result)
	              : has_item_in_many(s, cover, result);
}

/* ---------- the search ---------- */

static void
take_in(Search *s, int32_t rank)
{
	s->set[s->length++] = rank;
	s->in_set[rank] = true;
}

static void
let_go(Search *s, int32_t length)
{
	while (s->length > length)
		s->in_set[s->set[--s->length]] = false;
}

static void
move_extension(SegExtensions *list, int32_t from, int32_t to)
{
	if (from == to)
		return;
	list->items[to] = list->items[from];
	list->counts[to] = list->counts[from];
	if (list->bits != NULL)
		memcpy(list->bits + (int64_t) to * list->stride,
		       list->bits + (int64_t) from * list->stride,
		       (size_t) list->stride * sizeof(uint64_t));
}

/*
 * Take in the extensions that are in all baskets of the set.
 */
static void
absorb(Search *s, SegExtensions *list, int32_t count)
{
	int32_t kept = 0;

	for (int32_t i = 0; i < list->n; i++)
	{
		if (list->counts[i] == count)
			take_in(s, list->items[i]);
		else
			move_extension(list, i, kept++);
	}
	list->n = kept;
}

/*
 * Drop the twins of extension a, which the set has taken in with it.
 */
static void
drop_twins(const Search *s, SegExtensions *list, int32_t a)
{
	int32_t kept = a + 1;

	for (int32_t i = a + 1; i < list->n; i++)
	{
		if (!s->in_set[list->items[i]] || list->counts[i] != list->counts[a])
			move_extension(list, i, kept++);
	}
	list->n = kept;
}

/*
 * The same for the first item of a set.
 */
static void
drop_twins_of_first(Search *s)
{
	const int32_t *counts = s->baskets->counts;

	for (int32_t i = 1; i < s->length; i++)
		s->is_dropped[s->set[i]] |= counts[s->set[i]] == counts[s->set[0]];
}

/*
 * Keep the current set, which is closed, if it is wanted.
 */
static SegStatus
itemset_closed_keep(Search *s, const Cover *cover, int32_t rank, bool has_later)
{
	int32_t *list = s->common;
	bool is_extended = false;

	if (s->length > s->baskets->most || (s->is_maximal && has_later))
		return SEG_OK;
	if (s->is_maximal && cover->bits == NULL)
		is_extended = s->earlier > 0 || s->has_others;
	else if (s->is_maximal)
		SEG_TRY(has_earlier(s, cover, rank, false, &is_extended));
	if (is_extended)
		return SEG_OK;
	if (s->found.n == s->writer->most)
		return seg_item_tree_too_large(s->writer, s->found.n, 0);
	if (s->found.bytes > s->stack.limit)
		return seg_fail(s->env,
		                SEG_WORK_LIMIT,
		                "the sets that were found",
		                (double) s->found.bytes,
		                (double) s->stack.limit);
	list[0] = cover->count;
	memcpy(list + 1, s->set, (size_t) s->length * sizeof(int32_t));
	seg_radix_sort_int32(list + 1, s->projector.scratch, s->length);
	return seg_item_lists_add(s->env, &s->found, list, s->length + 1);
}

/*
 * The bits of the baskets that have all extensions of a list, while they may be
 * enough; returns how many.
 */
static int32_t
intersect_all(const Search *s, const SegExtensions *list, uint64_t *bits)
{
	int32_t count = list->counts[0];

	memcpy(bits, list->bits, (size_t) list->words * sizeof(uint64_t));
	for (int32_t i = 1; i < list->n && count >= s->baskets->min_count; i++)
	{
		const uint64_t *row = list->bits + (int64_t) i * list->stride;

		count = 0;
		for (int32_t w = 0; w < list->words; w++)
			count += __builtin_popcountll(bits[w] &= row[w]);
	}
	return count;
}

/*
 * If the current set is frequent with all its extensions, only that can be
 * maximal: keep it.
 */
static SegStatus
keep_whole(Search *s, int32_t rank, const SegExtensions *list, bool *is_whole)
{
	SegStackMark mark = seg_stack_mark(&s->stack);
	Cover cover = {.words = list->words};
	uint64_t *bits;

	SEG_TRY(seg_count_steps(s->env,
	                        &s->steps,
	                        (int64_t) list->n * list->words / 2));
	SEG_TAKE(&s->stack, bits, list->words);
	cover.bits = bits;
	cover.count = intersect_all(s, list, bits);
	*is_whole = cover.count >= s->baskets->min_count;
	if (*is_whole)
	{
		for (int32_t i = 0; i < list->n; i++)
			take_in(s, list->items[i]);
		SEG_TRY(itemset_closed_keep(s, &cover, rank, false));
	}
	seg_stack_release(&s->stack, mark);
	return SEG_OK;
}

/*
 * The current set has taken in a rank and what belongs to it; its baskets are
 * the cover: keep it, and go on to the list of its extensions.
 */
static SegStatus
settle(Search *s, const Cover *cover, int32_t rank, const SegExtensions *list,
       SegStackMark mark)
{
	bool is_done = list->n == 0;
	Level *level;

	SEG_TRY(itemset_closed_keep(s, cover, rank, list->n > 0));
	if (s->is_maximal && list->n > 0)
		SEG_TRY(keep_whole(s, rank, list, &is_done));
	if (is_done || s->length >= s->baskets->most)
	{
		seg_stack_release(&s->stack, mark);
		return SEG_OK;
	}
	SEG_TAKE(&s->stack, level, 1);
	*level = (Level){s->level, mark, *list, 0, s->length};
	s->level = level;
	return SEG_OK;
}

/*
 * Look at the next extension of the lowest level.
 */
static SegStatus
itemset_closed_go_on(Search *s)
{
	Level *level = s->level;
	SegExtensions *list = &level->list;
	int32_t a = level->at++;
	int64_t behind = list->n - a - 1;
	SegStackMark mark = seg_stack_mark(&s->stack);
	Cover cover = {list->bits + (int64_t) a * list->stride,
	               list->words,
	               list->counts[a]};
	SegExtensions next;
	bool is_known;

	let_go(s, level->length);
	SEG_TRY(has_earlier(s, &cover, list->items[a], true, &is_known));
	if (is_known)
		return SEG_OK;
	SEG_TRY(seg_count_steps(s->env, &s->steps, behind * list->words / 2));
	SEG_TAKE(&s->stack, next.items, 2 * behind);
	next.counts = next.items + behind;
	SEG_TAKE(&s->stack, next.bits, behind * list->words);
	s->bits->extend(list, a, s->baskets->min_count, &next);
	take_in(s, list->items[a]);
	absorb(s, &next, list->counts[a]);
	drop_twins(s, list, a);
	if (level->above == NULL)
		s->partners.n = s->earlier + list->n;
	return settle(s, &cover, list->items[a], &next, mark);
}

/*
 * The partners that come after the first item.
 */
static SegExtensions
later_partners(const Search *s)
{
	SegExtensions list = s->partners;

	list.n -= s->earlier;
	list.items += s->earlier;
	list.counts += s->earlier;
	if (list.bits != NULL)
		list.bits += (int64_t) s->earlier * list.stride;
	return list;
}

/*
 * A rank is the first item of sets: find its partners, and take in those that
 * belong to it.
 */
static SegStatus
begin_item(Search *s, int32_t rank, SegExtensions *list)
{
	int32_t count = s->baskets->counts[rank];

	SEG_TAKE(&s->stack, s->rows, count);
	SEG_TRY(seg_projector_count_both(&s->projector,
	                                 rank,
	                                 &s->partners,
	                                 &s->earlier,
	                                 &s->has_others));
	take_in(s, rank);
	*list = later_partners(s);
	absorb(s, list, count);
	drop_twins_of_first(s);
	if (list->n == 0)
		return SEG_OK;
	s->partners.n = s->earlier + list->n;
	SEG_TRY(seg_projector_fill(&s->projector, rank, 1, &s->partners, s->rows));
	*list = later_partners(s);
	return SEG_OK;
}

static void
mark_rows(Search *s, bool has_row)
{
	for (int32_t i = 0; i < s->earlier; i++)
		s->has_row[s->partners.items[i]] = has_row;
}

/*
 * All closed sets whose first item is a rank.
 */
static SegStatus
search_item(Search *s, int32_t rank)
{
	SegStackMark mark = seg_stack_mark(&s->stack);
	Cover cover = {.count = s->baskets->counts[rank]};
	SegExtensions list;

	/* an earlier item in all its baskets is a twin, as it is in no others */
	if (s->is_dropped[rank])
		return SEG_OK;
	SEG_TRY(begin_item(s, rank, &list));
	mark_rows(s, true);
	SEG_TRY(settle(s, &cover, rank, &list, mark));
	while (s->level != NULL)
	{
		if (s->level->at < s->level->list.n)
			SEG_TRY(itemset_closed_go_on(s));
		else
		{
			mark = s->level->mark;
			s->level = s->level->above;
			seg_stack_release(&s->stack, mark);
		}
	}
	let_go(s, 0);
	mark_rows(s, false);
	return SEG_OK;
}

SegStatus
seg_itemset_closed(SegEnv *env, const SegBaskets *baskets, bool is_maximal,
                   size_t most_work, SegItemTreeWriter *writer)
{
	Search s = {.env = env,
	            .baskets = baskets,
	            .writer = writer,
	            .bits = seg_bits(),
	            .is_maximal = is_maximal};

	seg_stack_init(&s.stack, env, most_work);
	SEG_TRY(seg_projector_init(&s.projector, env, baskets, &s.stack));
	SEG_ALLOC(env, s.set, baskets->items);
	SEG_ALLOC(env, s.in_set, baskets->items);
	SEG_ALLOC(env, s.has_row, baskets->items);
	SEG_ALLOC(env, s.is_dropped, baskets->items);
	SEG_ALLOC(env, s.common, (int64_t) baskets->items + 1);
	for (int32_t rank = 0; rank < baskets->items; rank++)
	{
		SEG_TRY(search_item(&s, rank));
		if (env->progress != NULL)
			env->progress(env->host,
			              "itemsets",
			              rank + 1,
			              (double) s.found.n,
			              (rank + 1.0) / baskets->items);
	}
	return seg_itemset_write(env, &s.found, baskets->items, writer);
}
