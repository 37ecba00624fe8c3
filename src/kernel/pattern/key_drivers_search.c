/*-------------------------------------------------------------------------
 *
 * key_drivers_search.c
 *	  The sums of every combination of attributes with enough support.
 *
 * A search in depth, as in Eclat: a combination is extended by the attributes
 * behind its last one in the cells that have it.  One pass through these cells
 * adds up all its extensions, another deals each of them its own cells.
 *
 * A combination has no more support than one of which it is an extension,
 * because weights are not negative; so what has too little is not extended.
 *
 * src/kernel/pattern/key_drivers_search.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/key_drivers_search.h"

#include <string.h>

#include "base/radix_sort.h"
#include "base/stack.h"
#include "kernel/pattern/itemset_mining.h"

#define OPTIONS "\"min_support\" or \"max_length\""

/* Nodes and sums are copied once; then there is a result, and a place in order. */
#define BYTES_PER_SET \
	(2 * sizeof(SegItemNode) + 2 * sizeof(SegDriverSums) + sizeof(SegDriver) + \
	 4 * sizeof(int64_t))

/* An attribute that may follow a combination. */
typedef struct Extension
{
	int32_t rank;
	int32_t n;   /* of its cells, those that go on behind it */
	int64_t end; /* of their places */
	SegDriverSums sums;
} Extension;

typedef struct Search
{
	SegEnv *env;
	const SegDriverCells *cells;
	double min_support;
	int64_t most; /* attributes of a combination */
	SegStack stack;
	SegItemTreeWriter writer;
	SegDriverSums *sums; /* of the nodes written */
	int64_t room;
	int64_t steps;

	/* of each rank; zero between uses */
	Extension *extensions;
	int32_t *slots; /* -1 between uses */
	int32_t *touched;
	int32_t *scratch;
} Search;

static SegStatus
search_init(Search *s, SegEnv *env, const SegDriverCells *cells,
            const SegDriverParams *params, size_t most_work)
{
	int64_t most = (int64_t) (most_work / BYTES_PER_SET);
	bool by_memory = most < SEG_ITEM_TREE_MAX;

	*s = (Search){.env = env,
	              .cells = cells,
	              .min_support = params->min_support,
	              .most =
	                  params->max_length > 0 ? params->max_length : INT64_MAX};
	seg_stack_init(&s->stack, env, most_work);
	seg_item_tree_begin(&s->writer,
	                    env,
	                    by_memory ? most : SEG_ITEM_TREE_MAX,
	                    by_memory ? "the setting segment.training_memory"
	                              : "key drivers",
	                    "combinations");
	SEG_ALLOC(env, s->extensions, cells->items);
	SEG_ALLOC(env, s->slots, cells->items);
	SEG_ALLOC(env, s->touched, cells->items);
	SEG_ALLOC(env, s->scratch, cells->items);
	for (int32_t r = 0; r < cells->items; r++)
		s->slots[r] = -1;
	return SEG_OK;
}

static SegStatus
write_combination(Search *s, const Extension *extension, int64_t parent)
{
	int64_t node = s->writer.n;

	SEG_TRY(seg_item_tree_add(&s->writer, extension->rank, 1, parent));
	if (node == s->room)
	{
		SegDriverSums *old = s->sums;

		s->room = 2 * s->room + 64;
		SEG_ALLOC(s->env, s->sums, s->room);
		if (node > 0)
			memcpy(s->sums, old, (size_t) node * sizeof(SegDriverSums));
	}
	s->sums[node] = extension->sums;
	return SEG_OK;
}

static inline const int32_t *
cell_end(const int32_t *at)
{
	while (*at >= 0)
		at++;
	return at;
}

/*
 * Add up what follows in cells, given by the places where it begins; *touched
 * is how many attributes do.
 */
static SegStatus
add_extensions(Search *s, const int32_t *places, int64_t n, int32_t *touched)
{
	int32_t seen = 0;

	for (int64_t i = 0; i < n; i++)
	{
		const int32_t *from = s->cells->ranks + places[i];
		const int32_t *end = cell_end(from);

		for (const int32_t *at = from; at < end; at++)
		{
			Extension *extension = &s->extensions[*at];

			if (s->slots[*at] < 0)
			{
				s->slots[*at] = 0;
				s->touched[seen++] = *at;
			}
			extension->n += at + 1 < end;
			seg_driver_add(&extension->sums, s->cells, ~*end);
		}
		SEG_TRY(seg_count_steps(s->env, &s->steps, 16 * (end - from) + 1));
	}
	*touched = seen;
	return SEG_OK;
}

/*
 * Extensions with enough support, ascending.
 */
static SegStatus
list_extensions(Search *s, const int32_t *places, int64_t n,
                Extension **extensions, int32_t *count)
{
	int32_t seen;
	int32_t kept = 0;

	SEG_TRY(add_extensions(s, places, n, &seen));
	for (int32_t i = 0; i < seen; i++)
	{
		int32_t rank = s->touched[i];

		s->slots[rank] = -1;
		s->touched[kept] = rank;
		if (seg_driver_support(&s->extensions[rank].sums, &s->cells->total) <
		    s->min_support)
			s->extensions[rank] = (Extension){0};
		else
			kept++;
	}
	seg_radix_sort_int32(s->touched, s->scratch, kept);
	SEG_TAKE(&s->stack, *extensions, kept);
	for (int32_t i = 0; i < kept; i++)
	{
		(*extensions)[i] = s->extensions[s->touched[i]];
		(*extensions)[i].rank = s->touched[i];
		s->extensions[s->touched[i]] = (Extension){0};
	}
	*count = kept;
	return SEG_OK;
}

/*
 * Deal each extension the places behind it, in cells that go on there.
 */
static SegStatus
deal_places(Search *s, const int32_t *places, int64_t n, Extension *extensions,
            int32_t count, int32_t **dealt)
{
	int64_t total = 0;

	for (int32_t i = 0; i < count; i++)
	{
		s->slots[extensions[i].rank] = i;
		extensions[i].end = total;
		total += extensions[i].n;
	}
	SEG_TAKE(&s->stack, *dealt, total);
	for (int64_t i = 0; i < n; i++)
	{
		const int32_t *at = s->cells->ranks + places[i];

		for (; at[0] >= 0 && at[1] >= 0; at++)
		{
			int32_t slot = s->slots[*at];

			if (slot >= 0)
				(*dealt)[extensions[slot].end++] =
					(int32_t) (at + 1 - s->cells->ranks);
		}
		SEG_TRY(seg_count_steps(s->env, &s->steps, 4));
	}
	for (int32_t i = 0; i < count; i++)
		s->slots[extensions[i].rank] = -1;
	return SEG_OK;
}

/*
 * Write all extensions of a combination of some length, and theirs.
 */
static SegStatus
extend(Search *s, const int32_t *places, int64_t n, int64_t parent,
       int64_t length)
{
	SegStackMark mark = seg_stack_mark(&s->stack);
	Extension *extensions;
	int32_t *dealt = NULL;
	int32_t count;

	if (seg_itemset_explodes(length, s->writer.most))
		return seg_item_tree_too_large(&s->writer, s->writer.n, length);
	SEG_TRY(list_extensions(s, places, n, &extensions, &count));
	if (length + 1 < s->most)
		SEG_TRY(deal_places(s, places, n, extensions, count, &dealt));
	for (int32_t i = 0; i < count; i++)
	{
		const Extension *e = &extensions[i];
		int64_t node = s->writer.n;

		SEG_TRY(write_combination(s, e, parent));
		if (dealt != NULL && e->n > 0)
			SEG_TRY(extend(s, dealt + e->end - e->n, e->n, node, length + 1));
	}
	seg_stack_release(&s->stack, mark);
	return SEG_OK;
}

SegStatus
seg_driver_search(SegEnv *env, const SegDriverCells *cells,
                  const SegDriverParams *params, size_t most_work,
                  SegDriverSets *sets)
{
	Search s;

	SEG_TRY(search_init(&s, env, cells, params, most_work));
	SEG_TRY(seg_name_options(env,
	                         extend(&s,
	                                cells->starts,
	                                cells->n,
	                                SEG_ITEM_TREE_TOP,
	                                0),
	                         OPTIONS));
	SEG_TRY(seg_item_tree_end(&s.writer, &sets->tree));
	sets->sums = s.sums;
	return SEG_OK;
}
