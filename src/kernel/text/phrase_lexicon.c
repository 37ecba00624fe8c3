/*-------------------------------------------------------------------------
 *
 * phrase_lexicon.c
 *	  The words of a model, and the best segmentation of a text into them.
 *
 * The best segmentation is the one whose words have the largest product of
 * shares, found from the left by dynamic programming (Viterbi): the best way to
 * get behind a unit goes on with each word that starts there.  Of equally good
 * ways it takes the one whose last word is longest.
 *
 * src/kernel/text/phrase_lexicon.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase_lexicon.h"

#include <math.h>

#define SEGMENT_STEPS 20 /* of work for a unit */

/* ---------- the words ---------- */

static inline SegPhraseEntry *
lexicon_entry(const SegPhraseLexicon *lexicon, int32_t node)
{
	return seg_phrase_trie_value(&lexicon->trie, node);
}

/* Where the units of a word are read. */
typedef struct WordReader
{
	int64_t room; /* characters */
	uint32_t *characters;
	char *utf8;
} WordReader;

/*
 * Add a word along the path of its units.
 */
static SegStatus
add_path(SegEnv *env, SegPhraseLexicon *lexicon, WordReader *reader,
         SegText word, int32_t number)
{
	SegUnitWalk walk;
	SegUnit unit;
	int32_t node = SEG_PHRASE_ROOT;

	if (word.length > reader->room)
	{
		reader->room = 2 * word.length;
		SEG_ALLOC(env, reader->characters, reader->room);
		SEG_ALLOC(env, reader->utf8, 4 * reader->room);
	}
	walk = seg_unit_walk(lexicon->unit,
	                     reader->characters,
	                     seg_characters_read(word, reader->characters));
	while (seg_unit_next(&walk, &unit))
	{
		int64_t length = seg_unit_write(walk.text, &unit, false, reader->utf8);
		int64_t symbol;

		SEG_TRY(seg_count_map_insert(env,
		                             &lexicon->symbols,
		                             reader->utf8,
		                             length,
		                             &symbol));
		lexicon_entry(lexicon, node)->goes_on = true;
		SEG_TRY(seg_phrase_trie_add(env,
		                            &lexicon->trie,
		                            node,
		                            (int32_t) symbol,
		                            &node));
	}
	if (node != SEG_PHRASE_ROOT)
		lexicon_entry(lexicon, node)->word = number + 1;
	return SEG_OK;
}

SegStatus
seg_phrase_lexicon_make(SegEnv *env, const SegPhrase *model,
                        SegPhraseLexicon **result)
{
	SegPhraseLexicon *lexicon;
	WordReader reader = {0};
	int64_t steps = 0;

	SEG_ALLOC(env, lexicon, 1);
	lexicon->unit = (SegUnitKind) model->unit;
	lexicon->words = model->word_count;
	SEG_ALLOC(env, lexicon->costs, model->word_count);
	SEG_TRY(seg_count_map_create(env, 1, &lexicon->symbols));
	SEG_TRY(seg_phrase_trie_create(env,
	                               sizeof(SegPhraseEntry),
	                               0,
	                               INFINITY,
	                               &lexicon->trie));
	for (int64_t i = 0; i < model->word_count; i++)
	{
		SegText word = seg_texts_get(&model->words, i);

		SEG_TRY(add_path(env, lexicon, &reader, word, (int32_t) i));
		SEG_TRY(seg_count_steps(env, &steps, 20 * word.length));
	}
	lexicon->trie.env = NULL; /* it does not grow any more */
	seg_phrase_lexicon_weigh(lexicon, model->tokens, model->token_count);
	*result = lexicon;
	return SEG_OK;
}

void
seg_phrase_lexicon_weigh(SegPhraseLexicon *lexicon, const int64_t *tokens,
                         int64_t total)
{
	double all = log2(total > 0 ? (double) total : 1.0);

	lexicon->unknown = all + 1.0;
	for (int64_t i = 0; i < lexicon->words; i++)
		lexicon->costs[i] =
			tokens[i] > 0 ? all - log2((double) tokens[i]) : lexicon->unknown;
}

/* ---------- segmentation ---------- */

SegStatus
seg_phrase_path_reserve(SegEnv *env, SegPhrasePath *path, int64_t units)
{
	if (units <= path->room)
		return SEG_OK;
	path->room = 2 * units;
	SEG_ALLOC(env, path->symbols, path->room);
	SEG_ALLOC(env, path->costs, path->room + 1);
	SEG_ALLOC(env, path->starts, path->room + 1);
	SEG_ALLOC(env, path->words, path->room + 1);
	SEG_ALLOC(env, path->ends, path->room);
	return SEG_OK;
}

static inline void
take_word(SegPhrasePath *path, int64_t start, int64_t end, double cost,
          int32_t word)
{
	if (path->costs[start] + cost < path->costs[end])
	{
		path->costs[end] = path->costs[start] + cost;
		path->starts[end] = (int32_t) start;
		path->words[end] = word;
	}
}

/*
 * All words that start at a unit, and at last that unit alone.
 */
static void
take_words(const SegPhraseLexicon *lexicon, SegPhrasePath *path, int64_t start,
           int64_t n)
{
	int32_t node = SEG_PHRASE_ROOT;
	bool goes_on = true;

	for (int64_t end = start;
	     goes_on && end < n && path->symbols[end] != SEG_PHRASE_NONE;
	     end++)
	{
		SegPhraseEntry entry;

		node = seg_phrase_trie_find(&lexicon->trie, node, path->symbols[end]);
		if (node == SEG_PHRASE_NONE)
			break;
		entry = *lexicon_entry(lexicon, node);
		goes_on = entry.goes_on;
		if (entry.word > 0)
			take_word(path,
			          start,
			          end + 1,
			          lexicon->costs[entry.word - 1],
			          entry.word - 1);
	}
	take_word(path, start, start + 1, lexicon->unknown, SEG_PHRASE_NONE);
}

SegStatus
seg_phrase_segment(SegEnv *env, const SegPhraseLexicon *lexicon,
                   SegPhrasePath *path, int64_t n, int64_t *count)
{
	int64_t words = 0;
	int64_t steps = 0;

	*count = 0;
	if (n == 0)
		return SEG_OK;
	path->costs[0] = 0.0;
	for (int64_t i = 1; i <= n; i++)
		path->costs[i] = INFINITY;
	for (int64_t i = 0; i < n; i++)
	{
		SEG_TRY(seg_count_steps(env, &steps, SEGMENT_STEPS));
		take_words(lexicon, path, i, n);
	}
	for (int64_t end = n; end > 0; end = path->starts[end])
		path->ends[words++] = (int32_t) end;
	for (int64_t i = 0; i < words / 2; i++)
	{
		int32_t end = path->ends[i];

		path->ends[i] = path->ends[words - 1 - i];
		path->ends[words - 1 - i] = end;
	}
	*count = words;
	return SEG_OK;
}
