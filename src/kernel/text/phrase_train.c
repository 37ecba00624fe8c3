/*-------------------------------------------------------------------------
 *
 * phrase_train.c
 *	  Words and phrases found in texts without a dictionary.
 *
 * A sequence of units is a phrase if it is frequent, if its parts belong
 * together (cohesion: pointwise mutual information [1] of the two parts, where
 * that is smallest, as far as the count can be trusted), and if it is free of what stands beside it (freedom: the
 * entropy of its neighbours [2], of the left ones or the right ones, whichever
 * is smaller).
 *
 * Occurrences inside longer words do not show how often a phrase is a word.  So
 * the shares that a segmentation goes by are learned from the segmentation of
 * all texts, which starts from occurrences and is repeated (Viterbi training
 * [3]).  They are whole numbers, so no order of texts matters.
 *
 * [1] K. W. Church, P. Hanks, "Word Association Norms, Mutual Information, and
 * Lexicography", Computational Linguistics 16, 1990.
 * [2] Z. Jin, K. Tanaka-Ishii, "Unsupervised Segmentation of Chinese Text by Use
 * of Branching Entropy", COLING/ACL, 2006.
 * [3] A. Allahverdyan, A. Galstyan, "Comparative Analysis of Viterbi Training and
 * Maximum Likelihood Estimation for HMMs", NIPS 24, 2011.
 *
 * src/kernel/text/phrase_train.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase.h"

#include "base/missing.h"
#include "kernel/text/phrase_candidates.h"
#include "kernel/text/phrase_lexicon.h"
#include "kernel/text/phrase_words.h"

typedef struct Training
{
	const SegPhraseRows *rows;
	const SegPhraseParams *params;
	SegPhraseWords words;
	SegPhraseTrie wanted; /* words of the dictionary and all their ends */
	SegPhraseTrie found;  /* sequences of codes */
	int32_t *suffix;      /* of each sequence */
} Training;

/* ---------- phrases ---------- */

static SegStatus
read_dictionary(SegEnv *env, Training *t)
{
	const SegTexts *dictionary = &t->rows->dictionary;
	int64_t steps = 0;

	for (int64_t i = 0; i < dictionary->count; i++)
	{
		SegText text = seg_texts_get(dictionary, i);

		SEG_TRY(seg_phrase_words_add_text(env, &t->words, text, &t->wanted));
		SEG_TRY(seg_count_steps(env, &steps, 100 * text.length));
	}
	return SEG_OK;
}

static int64_t
path_length(const SegPhraseTrie *trie, int32_t node)
{
	int64_t length = 0;

	for (; node != SEG_PHRASE_ROOT; node = trie->edges[node].parent)
		length++;
	return length;
}

/*
 * Does a sequence pass all thresholds?
 */
static bool
is_phrase(const Training *t, int32_t node)
{
	const SegPhraseParams *p = t->params;
	const SegPhraseCount *value = seg_phrase_trie_value(&t->found, node);
	int64_t length;

	if (value->count < p->min_count || value->left < p->min_freedom ||
	    value->right < p->min_freedom)
		return false;
	length = path_length(&t->found, node);
	return length > 1 && length <= p->max_length &&
	       seg_phrase_cohesion_low(seg_phrase_cohesion(&t->found,
	                                                   t->suffix,
	                                                   t->rows->texts->units,
	                                                   node),
	                               value->count) >= p->min_cohesion;
}

static SegStatus
choose_phrases(SegEnv *env, Training *t)
{
	int64_t steps = 0;

	for (int32_t node = 1; node < t->found.n; node++)
	{
		if (is_phrase(t, node))
			SEG_TRY(seg_phrase_words_add_node(env, &t->words, &t->found, node));
		SEG_TRY(seg_count_steps(env, &steps, 10));
	}
	return SEG_OK;
}

/* ---------- what is known of each word ---------- */

/*
 * The node of the word that was read, or SEG_PHRASE_NONE: it does not occur.
 */
static int32_t
node_of_word(const Training *t)
{
	int32_t node = SEG_PHRASE_ROOT;

	for (int64_t i = 0; i < t->words.n && node != SEG_PHRASE_NONE; i++)
		node = t->words.read[i] == SEG_PHRASE_NONE
		           ? SEG_PHRASE_NONE
		           : seg_phrase_trie_find(&t->found, node, t->words.read[i]);
	return node;
}

/* The arrays of a model, to be filled. */
typedef struct WordFacts
{
	int32_t *lengths;
	int64_t *given;
	int64_t *counts;
	int64_t *tokens;
	double *cohesion;
	double *left;
	double *right;
} WordFacts;

static void
describe_word(const Training *t, WordFacts *facts, int64_t i)
{
	int32_t node = node_of_word(t);
	const SegPhraseCount *value;

	facts->lengths[i] = (int32_t) t->words.n;
	facts->cohesion[i] = facts->left[i] = facts->right[i] = seg_missing();
	if (node == SEG_PHRASE_NONE)
		return;
	value = seg_phrase_trie_value(&t->found, node);
	facts->counts[i] = facts->tokens[i] = value->count;
	if (t->words.n == 1 && !facts->given[i])
		return;
	facts->left[i] = value->left;
	facts->right[i] = value->right;
	if (t->words.n > 1)
		facts->cohesion[i] = seg_phrase_cohesion(&t->found,
		                                         t->suffix,
		                                         t->rows->texts->units,
		                                         node);
}

static SegStatus
describe_words(SegEnv *env, Training *t, SegPhrase *model, WordFacts *facts)
{
	int64_t n = t->words.map->n;
	int64_t steps = 0;
	int64_t *order;

	SEG_ALLOC(env, facts->lengths, n);
	SEG_ALLOC(env, facts->given, n);
	SEG_ALLOC(env, facts->counts, n);
	SEG_ALLOC(env, facts->tokens, n);
	SEG_ALLOC(env, facts->cohesion, n);
	SEG_ALLOC(env, facts->left, n);
	SEG_ALLOC(env, facts->right, n);
	SEG_TRY(seg_phrase_words_order(env, &t->words, &order, &model->words));
	for (int64_t i = 0; i < n; i++)
	{
		SegText word = seg_texts_get(&model->words, i);

		facts->given[i] =
			*(int64_t *) seg_count_map_words(t->words.map, order[i]);
		SEG_TRY(seg_phrase_words_read(env, &t->words, word));
		describe_word(t, facts, i);
		model->phrase_count += facts->given[i] || t->words.n > 1;
		SEG_TRY(seg_count_steps(env, &steps, 50 * word.length));
	}
	model->word_count = n;
	model->lengths = facts->lengths;
	model->given = facts->given;
	model->counts = facts->counts;
	model->tokens = facts->tokens;
	model->cohesion = facts->cohesion;
	model->left = facts->left;
	model->right = facts->right;
	return SEG_OK;
}

/*
 * Find the words, in memory that is freed, but for the model's.
 */
static SegStatus
find_words(SegEnv *env, SegEnv *inner, Training *t, SegPhrase *model,
           WordFacts *facts)
{
	const SegPhraseSearch search = {t->rows->units->count,
	                                t->params->min_count,
	                                t->params->max_length,
	                                t->params->min_freedom,
	                                &t->wanted};
	double taken = (double) t->rows->texts->bytes;

	SEG_TRY(seg_phrase_words_create(inner,
	                                t->rows,
	                                (SegUnitKind) t->params->unit,
	                                &t->words));
	SEG_TRY(
		seg_phrase_trie_create(inner, 0, taken, t->rows->most_work, &t->wanted));
	SEG_TRY(seg_phrase_trie_create(inner,
	                               sizeof(SegPhraseCount),
	                               taken,
	                               t->rows->most_work,
	                               &t->found));
	SEG_TRY(read_dictionary(inner, t));
	SEG_TRY(seg_phrase_candidates(inner, t->rows->texts, &search, &t->found));
	SEG_TRY(seg_phrase_suffixes(inner, &t->found, &t->suffix));
	SEG_TRY(choose_phrases(inner, t));
	return describe_words(env, t, model, facts);
}

/* ---------- shares ---------- */

/* A lexicon for the texts of the training. */
typedef struct Segmenter
{
	const SegPhraseTexts *texts;
	SegPhraseLexicon *lexicon;
	int32_t *symbols; /* of each code */
	SegPhrasePath path;
	int64_t *tokens; /* of each word */
	int64_t total;   /* of all */
} Segmenter;

static SegStatus
create_segmenter(SegEnv *env, const SegPhraseRows *rows, const SegPhrase *model,
                 Segmenter *s)
{
	int64_t longest = 0;
	int64_t length = 0;

	s->texts = rows->texts;
	SEG_TRY(seg_phrase_lexicon_make(env, model, &s->lexicon));
	SEG_ALLOC(env, s->symbols, rows->units->count);
	SEG_ALLOC(env, s->tokens, model->word_count);
	for (int64_t code = 0; code < rows->units->count; code++)
	{
		SegText unit = seg_texts_get(&rows->units->names, rows->places[code]);

		s->symbols[code] =
			seg_phrase_lexicon_symbol(s->lexicon, unit.bytes, unit.length);
	}
	for (int64_t i = 0; i < s->texts->n; i++)
	{
		length =
			seg_phrase_symbol(s->texts, i) == SEG_PHRASE_BREAK ? 0 : length + 1;
		longest = length > longest ? length : longest;
	}
	return seg_phrase_path_reserve(env, &s->path, longest);
}

static SegStatus
count_tokens_of_run(SegEnv *env, Segmenter *s, int64_t n)
{
	int64_t words;

	SEG_TRY(seg_phrase_segment(env, s->lexicon, &s->path, n, &words));
	for (int64_t w = 0; w < words; w++)
	{
		int32_t word = s->path.words[s->path.ends[w]];

		if (word != SEG_PHRASE_NONE)
			s->tokens[word]++;
	}
	s->total += words;
	return SEG_OK;
}

/*
 * Segment all texts and count the words.
 */
static SegStatus
count_all_tokens(SegEnv *env, Segmenter *s)
{
	int64_t steps = 0;
	int64_t n = 0;

	s->total = 0;
	for (int64_t word = 0; word < s->lexicon->words; word++)
		s->tokens[word] = 0;
	for (int64_t i = 0; i <= s->texts->n; i++)
	{
		int32_t code =
			i < s->texts->n ? seg_phrase_symbol(s->texts, i) : SEG_PHRASE_BREAK;

		if (code != SEG_PHRASE_BREAK)
		{
			s->path.symbols[n++] = s->symbols[code];
			continue;
		}
		SEG_TRY(count_tokens_of_run(env, s, n));
		SEG_TRY(seg_count_steps(env, &steps, 20 * n + 1));
		n = 0;
	}
	return SEG_OK;
}

/*
 * Learn the shares of the words from the best segmentation by the shares so far.
 */
static SegStatus
learn_shares(SegEnv *env, const SegPhraseRows *rows,
             const SegPhraseParams *params, SegPhrase *model, int64_t *tokens)
{
	size_t size = (size_t) model->word_count * sizeof(*tokens);
	Segmenter s = {0};

	model->token_count = rows->texts->units;
	SEG_TRY(create_segmenter(env, rows, model, &s));
	while (model->iterations < params->max_iterations && !model->converged)
	{
		SEG_TRY(count_all_tokens(env, &s));
		model->iterations++;
		model->converged = s.total == model->token_count &&
		                   memcmp(tokens, s.tokens, size) == 0;
		memcpy(tokens, s.tokens, size);
		model->token_count = s.total;
		seg_phrase_lexicon_weigh(s.lexicon, tokens, s.total);
		seg_report(env,
		           "phrases",
		           model->iterations,
		           (double) s.total,
		           (double) model->iterations /
		               (double) params->max_iterations);
	}
	return SEG_OK;
}

SegStatus
seg_phrase_train(SegEnv *env, const SegPhraseRows *rows,
                 const SegPhraseParams *params, SegPhrase *model)
{
	Training t = {.rows = rows, .params = params};
	WordFacts facts = {0};
	SegEnv inner = seg_enter(env);

	SEG_TRY(seg_leave(env, &inner, find_words(env, &inner, &t, model, &facts)));
	model->rows_used = rows->texts->texts;
	model->unit = params->unit;
	model->unit_count = rows->texts->units;
	inner = seg_enter(env);
	return seg_leave(env,
	                 &inner,
	                 learn_shares(&inner, rows, params, model, facts.tokens));
}
