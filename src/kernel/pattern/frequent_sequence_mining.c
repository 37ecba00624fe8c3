/*-------------------------------------------------------------------------
 *
 * frequent_sequence_mining.c
 *	  All frequent sequences by PrefixSpan [1].
 *
 * A sequence grows at its end.  What it may grow by stands after the places
 * where it ends in the paths.  Without a limit on gaps, the first such place in
 * each path will do, as whatever is after a later one is after the first; with
 * a limit, all are kept.  Rare sequences are not grown.
 *
 * All the items that a sequence may grow by, and their places, are found in two
 * passes over what follows it: one counts, one notes the places of frequent
 * items.  The search is depth-first, on a stack of our own: a path that repeats
 * one item gives sequences as long as itself.
 *
 * Unless gaps are limited, all subsequences of a frequent sequence are
 * frequent; the number of distinct ones follows from that of the sequence
 * without its last item [2].  If they are too many, the search ends before it
 * is lost in them.
 *
 * [1] J. Pei et al., "PrefixSpan: Mining Sequential Patterns Efficiently by
 * Prefix-Projected Pattern Growth", ICDE 2001.
 *
 * [2] A. Flaxman, A. W. Harrow, G. B. Sorkin, "Strings with Maximally Many
 * Distinct Subsequences and Substrings", Electronic Journal of Combinatorics 11,
 * 2004 (the recurrence).
 *
 * src/kernel/pattern/frequent_sequence_mining.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/frequent_sequence_mining.h"

#include <string.h>

#include "base/radix_sort.h"
#include "base/stack.h"

/* ---------- paths ---------- */

/*
 * Frequent items get numbers by id; for the others, numbers[code] is how many
 * there are.
 */
static SegStatus
number_items(SegEnv *env, const SegItemRows *rows, SegPaths *paths,
             int32_t *numbers, SegIds *frequent)
{
	int32_t n = 0;
	int32_t *counts;
	int32_t *code_at; /* place -> code */
	int32_t *chosen;

	SEG_ALLOC(env, counts, rows->ids->count);
	SEG_ALLOC(env, code_at, rows->ids->count);
	SEG_ALLOC(env, chosen, rows->ids->count);
	SEG_TRY(seg_item_rows_count(env, rows, counts));
	for (int32_t code = 0; code < rows->ids->count; code++)
		code_at[rows->places[code]] = code;
	for (int32_t place = 0; place < rows->ids->count; place++)
	{
		if (counts[code_at[place]] < paths->min_count)
			continue;
		chosen[n] = place;
		numbers[code_at[place]] = n++;
	}
	for (int64_t code = 0; code < rows->ids->count; code++)
	{
		if (counts[code] < paths->min_count)
			numbers[code] = n;
	}
	paths->items = n;
	return seg_ids_select(env, rows->ids, chosen, n, frequent);
}

SegStatus
seg_paths_make(SegEnv *env, const SegItemRows *rows, int32_t min_count,
               int32_t max_gap, SegPaths *paths, SegIds *frequent)
{
	int64_t size = rows->lists->total + rows->lists->n + 1;
	SegItemWalk walk = seg_item_walk(rows->lists);
	int64_t steps = 0;
	int32_t at = 0;
	int32_t path = 0;
	int32_t *numbers; /* of each code */
	int32_t *places;
	int32_t *starts;
	int32_t *path_of = NULL;
	const int32_t *items;
	int32_t n;

	*paths = (SegPaths){.n = rows->lists->n,
	                    .min_count = min_count,
	                    .max_gap = max_gap,
	                    .most = INT32_MAX};
	SEG_ALLOC(env, numbers, rows->ids->count);
	SEG_TRY(number_items(env, rows, paths, numbers, frequent));
	SEG_ALLOC(env, places, size);
	SEG_ALLOC(env, starts, rows->lists->n);
	if (max_gap > 0)
		SEG_ALLOC(env, path_of, size);
	places[at++] = SEG_PATH_END;
	for (; seg_item_walk_next(&walk, &items, &n); path++)
	{
		starts[path] = at - 1;
		SEG_TRY(seg_count_steps(env, &steps, n + 1));
		for (int32_t i = 0; i < n; i++)
		{
			int32_t item = numbers[items[i]];

			if (item == paths->items && max_gap == 0)
				continue;
			if (path_of != NULL)
				path_of[at] = path;
			places[at++] = item;
		}
		places[at++] = SEG_PATH_END;
	}
	paths->size = at;
	paths->places = places;
	paths->path_of = path_of;
	paths->starts = starts;
	return SEG_OK;
}

/* ---------- growing ---------- */

/* The cost of growing a sequence, besides looking at places. */
#define GROW_STEPS 32

/* What a sequence may grow by. */
typedef struct Growth
{
	int32_t n;
	int32_t *items;  /* ascending */
	int32_t *counts; /* paths */
	int32_t *firsts; /* of each item's ends; n + 1 */
	int32_t *ends;   /* places where the sequence with the item ends */
} Growth;

typedef struct Level
{
	struct Level *above;
	SegStackMark mark;
	Growth growth;
	int64_t node; /* of the sequence being grown */
	int32_t length;
	int32_t at;      /* what it grows by next */
	int32_t item;    /* its last item */
	double kept;     /* Search.before of that item, until it is let go */
	double distinct; /* subsequences, including the empty one */
} Level;

typedef struct Search
{
	SegEnv *env;
	const SegPaths *paths;
	SegItemTreeWriter *writer;
	SegStack stack;
	int64_t steps;
	Level *level;
	int64_t path;     /* number of paths looked at so far: a stamp */
	int64_t *seen;    /* of each item: the last path that had it */
	int32_t *count;   /* of each item: paths; zero between uses */
	int32_t *ends;    /* of each item: places; zero between uses */
	int32_t *touched; /* items that were counted */
	int32_t *scratch;
	double *before; /* distinct subsequences before an item last came */
} Search;

/* A pass over what follows some places. */
typedef struct Scan
{
	const int32_t *ends; /* where a sequence ends; each path's ascend */
	int32_t n;
	bool is_top; /* the empty sequence: ends are those between the paths */
	int32_t i;
	int32_t from; /* next place to look at */
	int32_t to;   /* last one that is near enough */
} Scan;

/*
 * Go to the next end.  A new path gets a new stamp; in the same path we
 * continue where we were.
 */
static inline bool
next_end(Search *s, Scan *scan)
{
	const int32_t *path_of = s->paths->path_of;
	int32_t end;

	if (scan->i == scan->n)
		return false;
	end = scan->ends[scan->i];
	if (scan->i == 0 || path_of == NULL || scan->is_top ||
	    path_of[end] != path_of[scan->ends[scan->i - 1]])
	{
		s->path++;
		scan->from = end + 1;
	}
	else if (scan->from <= end)
		scan->from = end + 1;
	scan->to = scan->is_top || s->paths->max_gap == 0 ? INT32_MAX
	                                                  : end + s->paths->max_gap;
	scan->i++;
	return true;
}

/*
 * Count paths and places of each item after the ends; *touched is how many
 * items.
 */
static SegStatus
count_behind(Search *s, Scan scan, int32_t *touched)
{
	const int32_t *places = s->paths->places;
	bool keeps_all = s->paths->max_gap > 0;
	int32_t n = 0;

	while (next_end(s, &scan))
	{
		int32_t start = scan.from;

		for (; scan.from <= scan.to && places[scan.from] >= 0; scan.from++)
		{
			int32_t item = places[scan.from];
			bool is_new;

			if (item == s->paths->items)
				continue;
			is_new = s->seen[item] != s->path;
			s->seen[item] = s->path;
			if (is_new && s->count[item]++ == 0)
				s->touched[n++] = item;
			s->ends[item] += is_new || keeps_all;
		}
		SEG_TRY(seg_count_steps(s->env, &s->steps, scan.from - start + 1));
	}
	*touched = n;
	return SEG_OK;
}

/*
 * Note the places of the items that are frequent: s->ends is where the next
 * place of an item goes, -1 for the others.
 */
static SegStatus
note_places(Search *s, Scan scan, int32_t *ends)
{
	const int32_t *places = s->paths->places;
	bool keeps_all = s->paths->max_gap > 0;

	while (next_end(s, &scan))
	{
		int32_t start = scan.from;

		for (; scan.from <= scan.to && places[scan.from] >= 0; scan.from++)
		{
			int32_t item = places[scan.from];

			if (item == s->paths->items || s->ends[item] < 0 ||
			    (s->seen[item] == s->path && !keeps_all))
				continue;
			s->seen[item] = s->path;
			ends[s->ends[item]++] = scan.from;
		}
		SEG_TRY(seg_count_steps(s->env, &s->steps, scan.from - start + 1));
	}
	return SEG_OK;
}

/*
 * Choose the frequent items among the "touched" ones that were counted.
 */
static SegStatus
choose_items(Search *s, int32_t touched, Growth *growth)
{
	int32_t n = 0;
	int32_t total = 0;

	seg_radix_sort_int32(s->touched, s->scratch, touched);
	for (int32_t i = 0; i < touched; i++)
		n += s->count[s->touched[i]] >= s->paths->min_count;
	growth->n = n;
	SEG_TAKE(&s->stack, growth->items, n);
	SEG_TAKE(&s->stack, growth->counts, n);
	SEG_TAKE(&s->stack, growth->firsts, n + 1);
	n = 0;
	for (int32_t i = 0; i < touched; i++)
	{
		int32_t item = s->touched[i];
		int32_t ends = s->ends[item];

		s->ends[item] = -1;
		if (s->count[item] >= s->paths->min_count)
		{
			growth->items[n] = item;
			growth->counts[n] = s->count[item];
			growth->firsts[n++] = s->ends[item] = total;
			total += ends;
		}
		s->count[item] = 0;
	}
	growth->firsts[n] = total;
	SEG_TAKE(&s->stack, growth->ends, total);
	return SEG_OK;
}

/*
 * Find what a sequence may grow by if it ends where the scan begins.
 */
static SegStatus
frequent_sequence_mining_grow(Search *s, const Scan *scan, Growth *growth)
{
	int32_t touched;

	SEG_TRY(seg_count_steps(s->env, &s->steps, GROW_STEPS));
	SEG_TRY(count_behind(s, *scan, &touched));
	SEG_TRY(choose_items(s, touched, growth));
	if (growth->n > 0)
		SEG_TRY(note_places(s, *scan, growth->ends));
	for (int32_t i = 0; i < touched; i++)
		s->ends[s->touched[i]] = 0;
	return SEG_OK;
}

/* ---------- the search ---------- */

/*
 * Go down to a sequence that was just written; it has one item more than that
 * of the level above, if there is one.
 */
static SegStatus
frequent_sequence_mining_go_down(Search *s, const Scan *scan, int32_t item)
{
	SegStackMark mark = seg_stack_mark(&s->stack);
	Level *above = s->level;
	Level *level;
	Growth growth;

	SEG_TRY(frequent_sequence_mining_grow(s, scan, &growth));
	if (growth.n == 0)
	{
		seg_stack_release(&s->stack, mark);
		return SEG_OK;
	}
	SEG_TAKE(&s->stack, level, 1);
	*level = (Level){.above = above, .mark = mark, .growth = growth};
	s->level = level;
	if (above == NULL)
	{
		level->node = SEG_ITEM_TREE_TOP;
		level->distinct = 1.0;
		return SEG_OK;
	}
	level->node = s->writer->n - 1;
	level->length = above->length + 1;
	level->item = item;
	level->kept = s->before[item];
	level->distinct = 2.0 * above->distinct - s->before[item];
	s->before[item] = above->distinct;
	if (s->paths->max_gap == 0 &&
	    level->distinct - 1.0 > (double) s->writer->most)
		return seg_item_tree_too_large(s->writer, s->writer->n, level->length);
	return SEG_OK;
}

static SegStatus
frequent_sequence_mining_go_on(Search *s)
{
	Level *level = s->level;
	const Growth *growth = &level->growth;
	int32_t i = level->at++;
	Scan scan = {.ends = growth->ends + growth->firsts[i],
	             .n = growth->firsts[i + 1] - growth->firsts[i]};

	SEG_TRY(seg_item_tree_add(s->writer,
	                          growth->items[i],
	                          growth->counts[i],
	                          level->node));
	if (level->length + 1 >= s->paths->most)
		return SEG_OK;
	return frequent_sequence_mining_go_down(s, &scan, growth->items[i]);
}

static void
go_up(Search *s)
{
	Level *level = s->level;

	if (level->above != NULL)
		s->before[level->item] = level->kept;
	s->level = level->above;
	seg_stack_release(&s->stack, level->mark);
}

static void
tell_progress(const Search *s)
{
	const Level *top = s->level;

	if (s->env->progress != NULL && top->above == NULL)
		s->env->progress(s->env->host,
		                 "sequences",
		                 top->at,
		                 (double) s->writer->n,
		                 (double) top->at / top->growth.n);
}

SegStatus
seg_prefix_span(SegEnv *env, const SegPaths *paths, size_t most_work,
                SegItemTreeWriter *writer)
{
	Search s = {.env = env, .paths = paths, .writer = writer};
	Scan all = {.ends = paths->starts, .n = (int32_t) paths->n, .is_top = true};

	seg_stack_init(&s.stack, env, most_work);
	SEG_ALLOC(env, s.seen, paths->items);
	SEG_ALLOC(env, s.count, paths->items);
	SEG_ALLOC(env, s.ends, paths->items);
	SEG_ALLOC(env, s.touched, paths->items);
	SEG_ALLOC(env, s.scratch, paths->items);
	SEG_ALLOC(env, s.before, paths->items);
	SEG_TRY(frequent_sequence_mining_go_down(&s, &all, -1));
	while (s.level != NULL)
	{
		if (s.level->at == s.level->growth.n)
		{
			go_up(&s);
			continue;
		}
		tell_progress(&s);
		SEG_TRY(frequent_sequence_mining_go_on(&s));
	}
	return SEG_OK;
}
