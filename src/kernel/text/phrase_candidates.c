/*-------------------------------------------------------------------------
 *
 * phrase_candidates.c
 *	  How often each sequence of units occurs in texts, and beside what.
 *
 * The places of a unit are a group.  A group is split by the unit that follows,
 * as often as the parts are large enough, because no sequence occurs more often
 * than its parts do.  So the work is in proportion to the places of frequent
 * sequences.  Units are dealt with in batches, which bounds the memory for
 * places.
 *
 * A break is a neighbour of its own wherever it is: any word might stand beyond
 * the end of a text.  So it adds to the entropy what a unit adds that is seen
 * once.
 *
 * The entropy is summed in the order of the counts, so it does not depend on
 * the order in which texts and units came.
 *
 * src/kernel/text/phrase_candidates.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase_candidates.h"

#include <math.h>

#include "base/radix_sort.h"

/*
 * Places that are looked at together, unless one unit has more, and the bytes
 * for each.
 */
#define BATCH       (INT64_C(1) << 22)
#define PLACE_BYTES 12

/* Standard deviations that a count may be too large by chance. */
#define DEVIATIONS 2.5

/* Places of a sequence, in one of two arrays by the parity of its length. */
typedef struct Group
{
	int32_t start;
	int32_t count;
	int32_t node;
	int32_t wanted; /* the same sequence in "wanted", or none */
	int32_t length;
} Group;

typedef struct Search
{
	const SegPhraseTexts *texts;
	const SegPhraseSearch *what;
	SegPhraseTrie *found;
	int32_t *places[2];
	int32_t *next;    /* symbol that follows each place of a group */
	int32_t *tally;   /* of each unit; zero between uses */
	int32_t *touched; /* units with a tally */
	int32_t *counts;  /* their tallies, in order */
	int32_t *scratch;
	Group *stack;
	int64_t stack_room;
	int64_t depth; /* of the stack */
	int64_t steps;
} Search;

/* ---------- entropy ---------- */

static inline void
tally_symbol(Search *s, int32_t symbol, int32_t *n)
{
	if (symbol != SEG_PHRASE_BREAK && s->tally[symbol]++ == 0)
		s->touched[(*n)++] = symbol;
}

/*
 * The entropy of neighbours: of the n units that were touched, and of breaks,
 * each of which counts as a neighbour of its own.
 */
static double
neighbour_entropy(Search *s, int32_t n, int32_t count)
{
	double sum = 0.0;

	for (int32_t i = 0; i < n; i++)
		s->counts[i] = s->tally[s->touched[i]];
	seg_radix_sort_int32(s->counts, s->scratch, n);
	for (int32_t i = 0; i < n; i++)
		if (s->counts[i] > 1)
			sum += s->counts[i] * log2(s->counts[i]);
	sum = log2(count) - sum / count;
	return sum > 0.0 ? sum : 0.0;
}

static void
clear_tally(Search *s, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		s->tally[s->touched[i]] = 0;
}

static double
left_entropy(Search *s, const Group *g, const int32_t *places)
{
	int32_t n = 0;
	double bits;

	for (int32_t i = 0; i < g->count; i++)
		tally_symbol(s, seg_phrase_symbol(s->texts, places[i] - 1), &n);
	bits = neighbour_entropy(s, n, g->count);
	clear_tally(s, n);
	return bits;
}

/* ---------- groups ---------- */

static SegStatus
push_group(SegEnv *env, Search *s, Group g)
{
	if (s->depth == s->stack_room)
	{
		Group *stack;

		SEG_ALLOC(env, stack, 2 * s->stack_room);
		memcpy(stack, s->stack, (size_t) s->depth * sizeof(Group));
		s->stack = stack;
		s->stack_room *= 2;
	}
	s->stack[s->depth++] = g;
	return SEG_OK;
}

static inline int32_t
find_wanted(const Search *s, int32_t wanted, int32_t symbol)
{
	return wanted == SEG_PHRASE_NONE
	           ? SEG_PHRASE_NONE
	           : seg_phrase_trie_find(s->what->wanted, wanted, symbol);
}

/*
 * Is a sequence looked for?
 */
static inline bool
is_sought(const Search *s, int64_t length, int64_t count, int32_t wanted)
{
	return wanted != SEG_PHRASE_NONE ||
	       (length <= s->what->max_length && count >= s->what->min_count);
}

/*
 * Make a group of each unit that follows often enough; its tally becomes where
 * its places go, or none.
 */
static SegStatus
push_followers(SegEnv *env, Search *s, const Group *g, int32_t n)
{
	int32_t start = g->start;

	for (int32_t i = 0; i < n; i++)
	{
		int32_t symbol = s->touched[i];
		int32_t count = s->tally[symbol];
		Group follower = {start,
		                  count,
		                  0,
		                  find_wanted(s, g->wanted, symbol),
		                  g->length + 1};
		SegPhraseCount *value;

		s->tally[symbol] = SEG_PHRASE_NONE;
		if (!is_sought(s, follower.length, count, follower.wanted))
			continue;
		SEG_TRY(
			seg_phrase_trie_add(env, s->found, g->node, symbol, &follower.node));
		value = seg_phrase_trie_value(s->found, follower.node);
		value->count = count;
		s->tally[symbol] = start;
		start += count;
		SEG_TRY(push_group(env, s, follower));
	}
	return SEG_OK;
}

/*
 * Put the places of each follower where its group is.
 */
static void
place_followers(Search *s, const Group *g, const int32_t *from, int32_t *to)
{
	for (int32_t i = 0; i < g->count; i++)
	{
		int32_t symbol = s->next[i];

		if (symbol != SEG_PHRASE_BREAK && s->tally[symbol] != SEG_PHRASE_NONE)
			to[s->tally[symbol]++] = from[i];
	}
}

/*
 * Split a group by the unit that follows.  What stands before it does not matter
 * if what follows makes it no phrase.
 */
static SegStatus
split_group(SegEnv *env, Search *s, Group g)
{
	const int32_t *from = s->places[g.length & 1] + g.start;
	bool is_word = g.wanted != SEG_PHRASE_NONE;
	int64_t depth = s->depth;
	double right = 0.0;
	SegPhraseCount *value;
	int32_t n = 0;

	for (int32_t i = 0; i < g.count; i++)
		s->next[i] = seg_phrase_symbol(s->texts, from[i] + g.length);
	for (int32_t i = 0; i < g.count; i++)
		tally_symbol(s, s->next[i], &n);
	if (g.length > 1 || is_word)
		right = neighbour_entropy(s, n, g.count);
	SEG_TRY(push_followers(env, s, &g, n));
	if (s->depth > depth)
		place_followers(s, &g, from, s->places[(g.length + 1) & 1]);
	clear_tally(s, n);
	value = seg_phrase_trie_value(s->found, g.node);
	value->right = right;
	if (is_word || (g.length > 1 && right >= s->what->min_freedom))
		value->left = left_entropy(s, &g, from);
	return seg_count_steps(env, &s->steps, 4 * (int64_t) g.count);
}

/* ---------- batches ---------- */

static SegStatus
count_units(SegEnv *env, const SegPhraseTexts *texts, int64_t *counts)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < texts->n; i++)
	{
		int32_t symbol = seg_phrase_symbol(texts, i);

		if (symbol != SEG_PHRASE_BREAK)
			counts[symbol]++;
		SEG_TRY(seg_count_steps(env, &steps, 1));
	}
	return SEG_OK;
}

/*
 * The groups of the units from first on, as many as fit into a batch; *first
 * becomes the next unit.  ends[unit] is where its places end so far.
 */
static SegStatus
push_batch(SegEnv *env, Search *s, const int64_t *counts, int32_t *ends,
           int64_t batch, int64_t *first)
{
	int64_t total = 0;
	int64_t unit = *first;

	for (; unit < s->what->alphabet; unit++)
	{
		Group g = {(int32_t) total,
		           (int32_t) counts[unit],
		           0,
		           find_wanted(s, SEG_PHRASE_ROOT, (int32_t) unit),
		           1};
		SegPhraseCount *value;

		if (counts[unit] == 0 || !is_sought(s, 1, counts[unit], g.wanted))
			continue;
		if (total + counts[unit] > batch)
			break;
		ends[unit] = (int32_t) total;
		total += counts[unit];
		SEG_TRY(seg_phrase_trie_add(env,
		                            s->found,
		                            SEG_PHRASE_ROOT,
		                            (int32_t) unit,
		                            &g.node));
		value = seg_phrase_trie_value(s->found, g.node);
		value->count = counts[unit];
		SEG_TRY(push_group(env, s, g));
	}
	*first = unit;
	return SEG_OK;
}

/*
 * Put the places of the units that have an end where their groups are.
 */
static SegStatus
place_units(SegEnv *env, Search *s, int32_t *ends)
{
	int32_t *to = s->places[1];

	for (int64_t start = 0; start < s->texts->n; start += SEG_PHRASE_CHUNK)
	{
		const int32_t *symbols =
			s->texts->chunks[start >> SEG_PHRASE_CHUNK_BITS];
		int64_t n = s->texts->n - start;

		n = n < SEG_PHRASE_CHUNK ? n : SEG_PHRASE_CHUNK;
		for (int64_t i = 0; i < n; i++)
			if (ends[symbols[i]] >= 0)
				to[ends[symbols[i]]++] = (int32_t) (start + i);
		SEG_TRY(seg_count_steps(env, &s->steps, n));
	}
	return SEG_OK;
}

static SegStatus
create_search(SegEnv *env, Search *s, const int64_t *counts, int64_t *batch)
{
	int64_t alphabet = s->what->alphabet;
	int64_t total = 0;
	int64_t most = 0;
	int64_t wide;

	for (int64_t unit = 0; unit < alphabet; unit++)
	{
		total += counts[unit];
		most = counts[unit] > most ? counts[unit] : most;
	}
	*batch = (int64_t) ((s->found->most - s->found->taken) / 4 / PLACE_BYTES);
	*batch = *batch < BATCH ? *batch : BATCH;
	*batch = *batch < total ? *batch : total;
	*batch = *batch > most ? *batch : most;
	wide = alphabet < *batch ? alphabet : *batch;
	SEG_ALLOC(env, s->places[0], *batch);
	SEG_ALLOC(env, s->places[1], *batch);
	SEG_ALLOC(env, s->next, *batch);
	SEG_ALLOC(env, s->tally, alphabet);
	SEG_ALLOC(env, s->touched, wide);
	SEG_ALLOC(env, s->counts, wide);
	SEG_ALLOC(env, s->scratch, wide);
	s->stack_room = 64;
	SEG_ALLOC(env, s->stack, s->stack_room);
	return SEG_OK;
}

static SegStatus
search_texts(SegEnv *env, Search *s)
{
	int64_t alphabet = s->what->alphabet;
	int64_t *counts;
	int32_t *ends;
	int64_t batch;

	SEG_ALLOC(env, counts, alphabet);
	SEG_ALLOC(env, ends, alphabet + 1);
	ends++; /* a break, -1, has no places */
	SEG_TRY(count_units(env, s->texts, counts));
	SEG_TRY(create_search(env, s, counts, &batch));
	for (int64_t next = 0; next < alphabet;)
	{
		for (int64_t unit = SEG_PHRASE_BREAK; unit < alphabet; unit++)
			ends[unit] = SEG_PHRASE_NONE;
		SEG_TRY(push_batch(env, s, counts, ends, batch, &next));
		SEG_TRY(place_units(env, s, ends));
		while (s->depth > 0)
			SEG_TRY(split_group(env, s, s->stack[--s->depth]));
		seg_report(env,
		           "phrases",
		           next,
		           (double) s->found->n,
		           (double) next / (double) alphabet);
	}
	return SEG_OK;
}

SegStatus
seg_phrase_candidates(SegEnv *env, const SegPhraseTexts *texts,
                      const SegPhraseSearch *search, SegPhraseTrie *found)
{
	Search s = {.texts = texts, .what = search, .found = found};
	SegEnv inner = seg_enter(env);

	return seg_leave(env, &inner, search_texts(&inner, &s));
}

/* ---------- cohesion ---------- */

/*
 * The suffix of a sequence is what the suffix of its parent becomes by its last
 * unit.  It occurs as often at least, so it was found as well.
 */
SegStatus
seg_phrase_suffixes(SegEnv *env, const SegPhraseTrie *found, int32_t **suffix)
{
	int64_t steps = 0;

	SEG_ALLOC(env, *suffix, found->n);
	(*suffix)[SEG_PHRASE_ROOT] = SEG_PHRASE_NONE;
	for (int32_t node = 1; node < found->n; node++)
	{
		SegPhraseEdge edge = found->edges[node];

		(*suffix)[node] = edge.parent == SEG_PHRASE_ROOT
		                      ? SEG_PHRASE_ROOT
		                      : seg_phrase_trie_find(found,
		                                             (*suffix)[edge.parent],
		                                             edge.symbol);
		SEG_TRY(seg_count_steps(env, &steps, 10));
	}
	return SEG_OK;
}

static double
count_of(const SegPhraseTrie *found, int32_t node)
{
	const SegPhraseCount *value = seg_phrase_trie_value(found, node);

	return (double) value->count;
}

/*
 * The ways to split a sequence: a beginning goes with the end that is left.  The
 * end of the beginning's length counted from behind is found along the suffixes.
 */
double
seg_phrase_cohesion(const SegPhraseTrie *found, const int32_t *suffix,
                    int64_t units, int32_t node)
{
	double most = 0.0;
	int32_t prefix = node;

	for (;;)
	{
		int32_t end = node;
		int32_t gone;

		/* the end is as long as the sequence without this prefix */
		prefix = found->edges[prefix].parent;
		if (prefix == SEG_PHRASE_ROOT)
			break;
		for (gone = prefix; gone != SEG_PHRASE_ROOT;
		     gone = found->edges[gone].parent)
			end = suffix[end];
		if (count_of(found, prefix) * count_of(found, end) > most)
			most = count_of(found, prefix) * count_of(found, end);
	}
	return log2(count_of(found, node) * (double) units / most);
}

/*
 * A count by chance has a standard deviation of its square root, and its square
 * root one of 1/2, whatever it is.  So sequences that few occurrences make look
 * cohesive, of which there are the more, the more sequences there are, need more
 * of it than frequent ones do.
 */
double
seg_phrase_cohesion_low(double cohesion, int64_t count)
{
	double share = 1.0 - DEVIATIONS / 2 / sqrt((double) count);

	return share > 0.0 ? cohesion + 2.0 * log2(share) : -INFINITY;
}
