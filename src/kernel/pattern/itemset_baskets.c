/*-------------------------------------------------------------------------
 *
 * itemset_baskets.c
 *	  Baskets in the form mining needs: frequent items only, as ranks, and for
 *	  each rank the places where it is.
 *
 * The item in the fewest baskets comes first.  An item is combined with those
 * after it in its baskets, so the items with the most combinations come last,
 * where the fewest follow.
 *
 * src/kernel/pattern/itemset_baskets.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "base/radix_sort.h"
#include "base/sort.h"
#include "kernel/pattern/itemset_mining.h"

#define NUMBER_BITS 32 /* of a basket's number */

/* ---------- frequent items ---------- */

typedef struct ByCount
{
	const int32_t *counts; /* of each code */
	const int32_t *places;
} ByCount;

static int
compare_codes(const void *of, int64_t a, int64_t b)
{
	const ByCount *by = of;

	if (by->counts[a] != by->counts[b])
		return by->counts[a] < by->counts[b] ? -1 : 1;
	return (by->places[a] > by->places[b]) - (by->places[a] < by->places[b]);
}

/*
 * Rank the frequent codes; ranks[code] is -1 for the others.
 */
static SegStatus
rank_codes(SegEnv *env, const SegItemRows *rows, const int32_t *counts,
           SegBaskets *baskets, int32_t *ranks)
{
	ByCount by = {counts, rows->places};
	int64_t n = 0;
	int64_t *order;
	int32_t *ordered;

	SEG_ALLOC(env, order, rows->ids->count);
	for (int64_t code = 0; code < rows->ids->count; code++)
	{
		ranks[code] = -1;
		if (counts[code] >= baskets->min_count)
			order[n++] = code;
	}
	SEG_TRY(seg_sort(env, order, n, compare_codes, &by));
	SEG_ALLOC(env, ordered, n);
	for (int64_t r = 0; r < n; r++)
	{
		ordered[r] = counts[order[r]];
		ranks[order[r]] = (int32_t) r;
	}
	baskets->items = (int32_t) n;
	baskets->counts = ordered;
	return SEG_OK;
}

/*
 * Choose the ids of the frequent items, and find each rank's place among them.
 */
static SegStatus
choose_ids(SegEnv *env, const SegItemRows *rows, const int32_t *ranks,
           SegBaskets *baskets, SegIds *frequent)
{
	int32_t n = 0;
	int32_t *by_place; /* rank of each id, or -1 */
	int32_t *chosen;
	int32_t *places;

	SEG_ALLOC(env, by_place, rows->ids->count);
	SEG_ALLOC(env, chosen, baskets->items);
	SEG_ALLOC(env, places, baskets->items);
	for (int64_t code = 0; code < rows->ids->count; code++)
		by_place[rows->places[code]] = ranks[code];
	for (int32_t place = 0; place < rows->ids->count; place++)
	{
		if (by_place[place] < 0)
			continue;
		chosen[n] = place;
		places[by_place[place]] = n++;
	}
	baskets->places = places;
	return seg_ids_select(env, rows->ids, chosen, n, frequent);
}

/* ---------- baskets ---------- */

/*
 * Pack the frequent items of all baskets, each once per basket, and the ends.
 */
static SegStatus
pack_baskets(SegEnv *env, const SegItemRows *rows, const int32_t *rank_of,
             SegBaskets *baskets)
{
	int64_t total = baskets->n; /* with an end for each basket */
	SegItemWalk walk = seg_item_walk(rows->lists);
	int64_t steps = 0;
	int32_t at = 0;
	int32_t basket = 0;
	int32_t *last; /* basket that had a rank, from 1 */
	int32_t *ranks;
	int32_t *starts;
	int32_t *scratch;
	const int32_t *items;
	int32_t n;

	for (int32_t r = 0; r < baskets->items; r++)
		total += baskets->counts[r];
	SEG_ALLOC(env, last, baskets->items);
	SEG_ALLOC(env, scratch, baskets->items);
	SEG_ALLOC(env, ranks, total);
	SEG_ALLOC(env, starts, baskets->n);
	while (seg_item_walk_next(&walk, &items, &n))
	{
		starts[basket++] = at;
		SEG_TRY(seg_count_steps(env, &steps, n + 1));
		for (int32_t i = 0; i < n; i++)
		{
			int32_t rank = rank_of[items[i]];

			if (rank < 0 || last[rank] == basket)
				continue;
			last[rank] = basket;
			ranks[at++] = rank;
		}
		n = at - starts[basket - 1];
		seg_radix_sort_int32(ranks + starts[basket - 1], scratch, n);
		if (n > baskets->longest)
			baskets->longest = n;
		ranks[at++] = ~(basket - 1);
	}
	baskets->ranks = ranks;
	baskets->starts = starts;
	return SEG_OK;
}

static SegStatus
find_places(SegEnv *env, SegBaskets *baskets)
{
	int64_t *firsts;
	int64_t *next;
	int32_t *where;
	int64_t total = 0;
	int64_t steps = 0;

	SEG_ALLOC(env, firsts, (int64_t) baskets->items + 1);
	SEG_ALLOC(env, next, baskets->items);
	for (int32_t r = 0; r < baskets->items; r++)
	{
		firsts[r] = next[r] = total;
		total += baskets->counts[r];
	}
	firsts[baskets->items] = total;
	SEG_ALLOC(env, where, total);
	for (int64_t at = 0; at < total + baskets->n; at++)
	{
		int32_t rank = baskets->ranks[at];

		if (rank >= 0)
			where[next[rank]++] = (int32_t) at;
		SEG_TRY(seg_count_steps(env, &steps, 1));
	}
	baskets->where = where;
	baskets->firsts = firsts;
	return SEG_OK;
}

SegStatus
seg_baskets_make(SegEnv *env, const SegItemRows *rows, int32_t min_count,
                 SegBaskets *baskets, SegIds *frequent)
{
	int32_t *counts;
	int32_t *ranks; /* of each code */

	*baskets = (SegBaskets){.n = rows->lists->n,
	                        .min_count = min_count,
	                        .most = INT32_MAX};
	SEG_ALLOC(env, counts, rows->ids->count);
	SEG_ALLOC(env, ranks, rows->ids->count);
	SEG_TRY(seg_item_rows_count(env, rows, counts));
	SEG_TRY(rank_codes(env, rows, counts, baskets, ranks));
	SEG_TRY(choose_ids(env, rows, ranks, baskets, frequent));
	SEG_TRY(pack_baskets(env, rows, ranks, baskets));
	return find_places(env, baskets);
}

/* ---------- the baskets of one rank ---------- */

SegStatus
seg_projector_init(SegProjector *projector, SegEnv *env,
                   const SegBaskets *baskets, SegStack *stack)
{
	*projector = (SegProjector){.env = env, .baskets = baskets, .stack = stack};
	SEG_ALLOC(env, projector->count, baskets->items);
	SEG_ALLOC(env, projector->slot, baskets->items);
	SEG_ALLOC(env, projector->touched, baskets->items);
	SEG_ALLOC(env, projector->scratch, baskets->items);
	for (int32_t r = 0; r < baskets->items; r++)
		projector->slot[r] = -1;
	return SEG_OK;
}

/*
 * Where the basket of a place begins.
 */
static const int32_t *
start_of(const SegBaskets *b, const int32_t *at)
{
	while (*at >= 0)
		at++;
	return b->ranks + b->starts[~*at];
}

/*
 * Count what is after a rank in its baskets, or on both sides of it; *touched
 * is how many ranks are.
 */
static SegStatus
count_beside(SegProjector *p, int32_t rank, bool is_both, int32_t *touched)
{
	const SegBaskets *b = p->baskets;
	int32_t n = 0;

	for (int64_t i = b->firsts[rank]; i < b->firsts[rank + 1]; i++)
	{
		const int32_t *place = b->ranks + b->where[i];
		const int32_t *from = is_both ? start_of(b, place) : place + 1;
		const int32_t *at = from;

		for (; *at >= 0; at++)
		{
			if (p->count[*at]++ == 0 && *at != rank)
				p->touched[n++] = *at;
		}
		SEG_TRY(seg_count_steps(p->env, &p->steps, at - from + 1));
	}
	*touched = n;
	return SEG_OK;
}

/*
 * Is a rank that was counted an extension?  An earlier one is only if its row
 * of bits takes no more memory than the numbers of its baskets.
 */
static bool
is_extension(const SegProjector *p, int32_t rank, int32_t other)
{
	int64_t count = p->count[other];

	return count >= p->baskets->min_count &&
	       (other > rank ||
	        count * NUMBER_BITS >= (int64_t) p->baskets->counts[rank]);
}

static SegStatus
count_extensions(SegProjector *p, int32_t rank, bool is_both,
                 SegExtensions *extensions, bool *has_others)
{
	int32_t n;
	int32_t kept = 0;

	SEG_TRY(count_beside(p, rank, is_both, &n));
	*has_others = false;
	for (int32_t i = 0; i < n; i++)
	{
		if (is_extension(p, rank, p->touched[i]))
			p->scratch[kept++] = p->touched[i];
		else
			*has_others |= p->count[p->touched[i]] >= p->baskets->min_count;
	}
	*extensions = (SegExtensions){.n = kept};
	SEG_TAKE(p->stack, extensions->items, kept);
	SEG_TAKE(p->stack, extensions->counts, kept);
	memcpy(extensions->items, p->scratch, (size_t) kept * sizeof(int32_t));
	seg_radix_sort_int32(extensions->items, p->scratch, kept);
	for (int32_t i = 0; i < kept; i++)
		extensions->counts[i] = p->count[extensions->items[i]];
	for (int32_t i = 0; i < n; i++)
		p->count[p->touched[i]] = 0;
	p->count[rank] = 0;
	return SEG_OK;
}

SegStatus
seg_projector_count(SegProjector *p, int32_t rank, SegExtensions *extensions)
{
	bool has_others;

	return count_extensions(p, rank, false, extensions, &has_others);
}

SegStatus
seg_projector_count_both(SegProjector *p, int32_t rank,
                         SegExtensions *extensions, int32_t *earlier,
                         bool *has_others)
{
	int32_t n = 0;

	SEG_TRY(count_extensions(p, rank, true, extensions, has_others));
	while (n < extensions->n && extensions->items[n] < rank)
		n++;
	*earlier = n;
	return SEG_OK;
}

/*
 * Put the slots of the extensions that a basket has from a place on into
 * scratch, and its number into *basket.
 */
static inline int32_t
slots_behind(SegProjector *p, const int32_t *at, int32_t *basket)
{
	int32_t n = 0;

	for (; *at >= 0; at++)
	{
		p->scratch[n] = p->slot[*at];
		n += p->scratch[n] >= 0;
	}
	*basket = ~*at;
	return n;
}

/*
 * Sixty-four baskets have been read: their bits become word w of every row.
 */
static void
write_words(SegExtensions *extensions, uint64_t *word, int32_t w)
{
	for (int32_t i = 0; i < extensions->n; i++)
	{
		extensions->bits[(int64_t) i * extensions->stride + w] = word[i];
		word[i] = 0;
	}
}

/*
 * Words of a row for this many baskets.
 */
static int32_t
words_for(int32_t baskets)
{
	const int32_t bits = 64 * SEG_BIT_WORDS;

	return (int32_t) (((int64_t) baskets + bits - 1) / bits * SEG_BIT_WORDS);
}

/*
 * Bits are gathered in one word per extension: setting them where they belong,
 * far apart, would take twice the time.
 */
static SegStatus
fill_rows(SegProjector *p, int32_t rank, int32_t least,
          SegExtensions *extensions, int32_t *rows, uint64_t *word)
{
	const SegBaskets *b = p->baskets;
	bool is_both = extensions->n > 0 && extensions->items[0] < rank;
	int32_t row = 0;

	for (int64_t i = b->firsts[rank]; i < b->firsts[rank + 1]; i++)
	{
		const int32_t *from = b->ranks + b->where[i] + 1;
		int32_t basket;
		int32_t n;

		if (is_both)
			from = start_of(b, from);
		n = slots_behind(p, from, &basket);

		SEG_TRY(seg_count_steps(p->env, &p->steps, n + 1));
		if (n < least)
			continue;
		for (int32_t j = 0; j < n; j++)
			word[p->scratch[j]] |= UINT64_C(1) << row % 64;
		if (rows != NULL)
			rows[row] = basket;
		if (++row % 64 == 0)
			write_words(extensions, word, row / 64 - 1);
	}
	extensions->words = words_for(row);
	for (int32_t w = row / 64; w < extensions->words; w++)
		write_words(extensions, word, w);
	return SEG_OK;
}

SegStatus
seg_projector_fill(SegProjector *p, int32_t rank, int32_t least,
                   SegExtensions *extensions, int32_t *rows)
{
	uint64_t *word;

	extensions->stride = words_for(p->baskets->counts[rank]);
	SEG_TAKE(p->stack,
	         extensions->bits,
	         (int64_t) extensions->n * extensions->stride);
	SEG_TAKE(p->stack, word, extensions->n);
	memset(word, 0, (size_t) extensions->n * sizeof(uint64_t));
	for (int32_t i = 0; i < extensions->n; i++)
		p->slot[extensions->items[i]] = i;
	SEG_TRY(fill_rows(p, rank, least, extensions, rows, word));
	for (int32_t i = 0; i < extensions->n; i++)
		p->slot[extensions->items[i]] = -1;
	return SEG_OK;
}
