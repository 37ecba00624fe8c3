/*-------------------------------------------------------------------------
 *
 * lda_corpus.c
 *	  Documents for LDA: the terms that count, and how often each document has
 *	  each, in canonical order.
 *
 * A document is a bag of words: pairs of a term and its count, by term.  The
 * order of documents is that of a hash of their pairs, with ties by the pairs,
 * so it does not depend on how they came; equal documents become one, with the
 * number of times, as all that is computed from them is equal too.
 *
 * src/kernel/topic/lda_corpus.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/topic/lda_corpus.h"

#include <string.h>

#include "base/hash.h"
#include "base/radix_sort.h"
#include "base/sort.h"

/* ---------- the vocabulary ---------- */

static SegStatus
count_tokens(SegEnv *env, const SegItemRows *rows, int64_t *tokens)
{
	SegItemWalk walk = seg_item_walk(rows->lists);
	int64_t steps = 0;
	const int32_t *items;
	int32_t n;

	while (seg_item_walk_next(&walk, &items, &n))
	{
		for (int32_t i = 0; i < n; i++)
			tokens[items[i]]++;
		SEG_TRY(seg_count_steps(env, &steps, n + 1));
	}
	return SEG_OK;
}

static int
compare_most_tokens(const void *of, int64_t a, int64_t b)
{
	const int64_t *tokens = of;

	return (tokens[a] < tokens[b]) - (tokens[a] > tokens[b]);
}

/*
 * Of the places that are kept, keep only the most frequent ones; ties go to the
 * first in order.
 */
static SegStatus
keep_most_frequent(SegEnv *env, const int64_t *tokens, int64_t most,
                   int64_t places, bool *kept)
{
	int64_t *order;
	int64_t n = 0;

	SEG_ALLOC(env, order, places);
	for (int64_t i = 0; i < places; i++)
		if (kept[i])
			order[n++] = i;
	SEG_TRY(seg_sort(env, order, n, compare_most_tokens, tokens));
	for (int64_t i = most; i < n; i++)
		kept[order[i]] = false;
	return SEG_OK;
}

/*
 * Decide which terms count: *term_of is the number of each code among them, or
 * -1.
 */
static SegStatus
choose_terms(SegEnv *env, SegEnv *inner, const SegItemRows *rows,
             const SegLdaVocabulary *v, SegLdaCorpus *corpus, int32_t **term_of)
{
	int64_t codes = rows->ids->count;
	double most_documents =
		v->max_document_share * (double) rows->lists->n * (1.0 + 1e-12);
	int32_t *documents; /* of each code */
	int32_t *chosen;
	int64_t *tokens;
	int64_t *tokens_by_place;
	bool *kept; /* by place */
	int64_t n = 0;

	SEG_ALLOC(inner, documents, codes);
	SEG_ALLOC(inner, chosen, codes);
	SEG_ALLOC(inner, tokens, codes);
	SEG_ALLOC(inner, tokens_by_place, codes);
	SEG_ALLOC(inner, kept, codes);
	SEG_ALLOC(inner, *term_of, codes);
	SEG_TRY(seg_item_rows_count(inner, rows, documents));
	SEG_TRY(count_tokens(inner, rows, tokens));
	for (int64_t c = 0; c < codes; c++)
	{
		tokens_by_place[rows->places[c]] = tokens[c];
		kept[rows->places[c]] =
			documents[c] >= v->min_documents && documents[c] <= most_documents;
	}
	if (v->max_terms > 0)
		SEG_TRY(keep_most_frequent(inner,
		                           tokens_by_place,
		                           v->max_terms,
		                           codes,
		                           kept));
	corpus->tokens = 0;
	for (int64_t p = 0; p < codes; p++)
		if (kept[p])
		{
			documents[p] =
				(int32_t) n; /* from here on: the number of a place */
			corpus->tokens += tokens_by_place[p];
			chosen[n++] = (int32_t) p;
		}
	for (int64_t c = 0; c < codes; c++)
		(*term_of)[c] = kept[rows->places[c]] ? documents[rows->places[c]] : -1;
	return seg_ids_select(env, rows->ids, chosen, n, &corpus->terms);
}

/* ---------- bags of words ---------- */

/* Bags as they come. */
typedef struct LdaBags
{
	int64_t n;
	int64_t *firsts;
	int32_t *codes;
	int32_t *counts;
} LdaBags;

int32_t
seg_lda_bag(int32_t *terms, int32_t *counts, int32_t *scratch, int32_t n)
{
	int32_t distinct = 0;

	seg_radix_sort_int32(terms, scratch, n);
	for (int32_t i = 0; i < n; i++)
	{
		if (distinct == 0 || terms[i] != terms[distinct - 1])
		{
			terms[distinct] = terms[i];
			counts[distinct++] = 0;
		}
		counts[distinct - 1]++;
	}
	return distinct;
}

/*
 * Append a list as a bag, if it has a term.
 */
static void
add_bag(LdaBags *bags, const int32_t *items, int32_t n, const int32_t *term_of,
        int32_t *scratch)
{
	int64_t first = bags->firsts[bags->n];
	int32_t *terms = bags->codes + first;
	int32_t kept = 0;

	for (int32_t i = 0; i < n; i++)
		if (term_of[items[i]] >= 0)
			terms[kept++] = term_of[items[i]];
	if (kept > 0)
		bags->firsts[++bags->n] =
			first + seg_lda_bag(terms, bags->counts + first, scratch, kept);
}

static SegStatus
make_bags(SegEnv *env, const SegItemRows *rows, const int32_t *term_of,
          LdaBags *bags)
{
	SegItemWalk walk = seg_item_walk(rows->lists);
	int32_t longest = 0;
	int64_t steps = 0;
	int32_t *scratch;
	const int32_t *items;
	int32_t n;

	while (seg_item_walk_next(&walk, &items, &n))
		longest = n > longest ? n : longest;
	SEG_ALLOC(env, scratch, longest);
	SEG_ALLOC(env, bags->firsts, rows->lists->n + 1);
	SEG_ALLOC(env, bags->codes, rows->lists->total);
	SEG_ALLOC(env, bags->counts, rows->lists->total);
	walk = seg_item_walk(rows->lists);
	while (seg_item_walk_next(&walk, &items, &n))
	{
		add_bag(bags, items, n, term_of, scratch);
		SEG_TRY(seg_count_steps(env, &steps, 10 * (int64_t) n + 10));
	}
	return SEG_OK;
}

/* ---------- canonical order ---------- */

static inline int64_t
bag_size(const LdaBags *bags, int64_t i)
{
	return bags->firsts[i + 1] - bags->firsts[i];
}

static int
compare_bags(const void *of, int64_t a, int64_t b)
{
	const LdaBags *bags = of;
	int64_t n = bag_size(bags, a);
	int64_t m = bag_size(bags, b);
	const int32_t *x = bags->codes + bags->firsts[a];
	const int32_t *y = bags->codes + bags->firsts[b];
	const int32_t *x_counts = bags->counts + bags->firsts[a];
	const int32_t *y_counts = bags->counts + bags->firsts[b];

	if (n != m)
		return n < m ? -1 : 1;
	for (int64_t i = 0; i < n; i++)
	{
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
		if (x_counts[i] != y_counts[i])
			return x_counts[i] < y_counts[i] ? -1 : 1;
	}
	return 0;
}

static uint64_t
hash_bag(const LdaBags *bags, int64_t i)
{
	int64_t first = bags->firsts[i];
	size_t size = (size_t) bag_size(bags, i) * sizeof(int32_t);

	return seg_hash(bags->counts + first,
	                size,
	                seg_hash(bags->codes + first, size, 0));
}

static SegStatus
order_bags(SegEnv *env, const LdaBags *bags, int64_t *order)
{
	SegRadixItem *items;
	SegRadixItem *scratch;
	int64_t *more;
	int64_t tied;
	int64_t steps = 0;

	SEG_ALLOC(env, items, bags->n);
	SEG_ALLOC(env, scratch, bags->n);
	SEG_ALLOC(env, more, bags->n);
	for (int64_t i = 0; i < bags->n; i++)
	{
		items[i] = (SegRadixItem){.key = hash_bag(bags, i), .index = i};
		SEG_TRY(seg_count_steps(env, &steps, bag_size(bags, i) + 20));
	}
	SEG_TRY(seg_radix_sort(env, items, scratch, bags->n));
	for (int64_t i = 0; i < bags->n; i++)
		order[i] = items[i].index;
	for (int64_t from = 0; from < bags->n; from += tied)
	{
		for (tied = 1; from + tied < bags->n &&
		               items[from + tied].key == items[from].key;)
			tied++;
		if (tied > 1)
			SEG_TRY(
				seg_sort_in(env, order + from, tied, compare_bags, bags, more));
	}
	return SEG_OK;
}

/*
 * Copy the bags in order, equal ones once.
 */
static SegStatus
copy_in_order(SegEnv *env, const LdaBags *bags, const int64_t *order,
              SegLdaCorpus *corpus)
{
	int64_t *firsts;
	int64_t *times;
	int32_t *codes;
	int32_t *counts;
	int64_t total = bags->firsts[bags->n];
	int64_t n = 0;
	int64_t steps = 0;

	SEG_ALLOC(env, firsts, bags->n + 1);
	SEG_ALLOC(env, times, bags->n);
	SEG_ALLOC(env, codes, total);
	SEG_ALLOC(env, counts, total);
	for (int64_t i = 0; i < bags->n; i++)
	{
		int64_t from = bags->firsts[order[i]];
		int64_t size = bag_size(bags, order[i]);

		SEG_TRY(seg_count_steps(env, &steps, size + 10));
		if (i > 0 && compare_bags(bags, order[i - 1], order[i]) == 0)
		{
			times[n - 1]++;
			continue;
		}
		memcpy(codes + firsts[n],
		       bags->codes + from,
		       (size_t) size * sizeof(int32_t));
		memcpy(counts + firsts[n],
		       bags->counts + from,
		       (size_t) size * sizeof(int32_t));
		firsts[n + 1] = firsts[n] + size;
		times[n++] = 1;
	}
	corpus->n = n;
	corpus->firsts = firsts;
	corpus->times = times;
	corpus->codes = codes;
	corpus->counts = counts;
	corpus->documents = bags->n;
	return SEG_OK;
}

static SegStatus
collect_documents(SegEnv *env, SegEnv *inner, const SegItemRows *rows,
                  const SegLdaVocabulary *vocabulary, SegLdaCorpus *corpus)
{
	LdaBags bags = {0};
	int32_t *term_of;
	int64_t *order;

	SEG_TRY(choose_terms(env, inner, rows, vocabulary, corpus, &term_of));
	SEG_TRY(make_bags(inner, rows, term_of, &bags));
	SEG_ALLOC(inner, order, bags.n);
	SEG_TRY(order_bags(inner, &bags, order));
	return copy_in_order(env, &bags, order, corpus);
}

SegStatus
seg_lda_corpus_make(SegEnv *env, const SegItemRows *rows,
                    const SegLdaVocabulary *vocabulary, SegLdaCorpus *corpus)
{
	SegEnv inner = seg_enter(env);

	return seg_leave(env,
	                 &inner,
	                 collect_documents(env, &inner, rows, vocabulary, corpus));
}
