/*-------------------------------------------------------------------------
 *
 * phrase_lexicon.h
 *	  The words of a model, ready to segment texts with.
 *
 * src/kernel/text/phrase_lexicon.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PHRASE_LEXICON_H
#define SEG_KERNEL_PHRASE_LEXICON_H

#include "base/count_map.h"
#include "kernel/text/phrase.h"
#include "kernel/text/phrase_trie.h"
#include "kernel/text/units.h"

/* What a path of units leads to. */
typedef struct SegPhraseEntry
{
	int32_t word; /* its number from 1; 0: none */
	int32_t goes_on;
} SegPhraseEntry;

typedef struct SegPhraseLexicon
{
	SegUnitKind unit;
	int64_t words;
	SegCountMap *symbols; /* of the units of all words */
	SegPhraseTrie trie;   /* values: SegPhraseEntry */
	double *costs;        /* of each word, in bits */
	double unknown;       /* cost of a unit that is no word */
} SegPhraseLexicon;

extern SegStatus seg_phrase_lexicon_make(SegEnv *env, const SegPhrase *model,
                                         SegPhraseLexicon **result);

/*
 * What a word costs is the logarithm of its share of the tokens; one that has
 * none counts as half a token, as does a unit that is unknown.
 */
extern void seg_phrase_lexicon_weigh(SegPhraseLexicon *lexicon,
                                     const int64_t *tokens, int64_t total);

/* The symbol of a unit, or SEG_PHRASE_NONE. */
static inline int32_t
seg_phrase_lexicon_symbol(const SegPhraseLexicon *lexicon, const char *utf8,
                          int64_t length)
{
	return (int32_t) seg_count_map_find(lexicon->symbols, utf8, length);
}

/* The best segmentation of a run, and where it is made. */
typedef struct SegPhrasePath
{
	int64_t room;     /* units */
	int32_t *symbols; /* of the run */
	double *costs;    /* of the best way to get behind so many units */
	int32_t *starts;  /* where its last word starts */
	int32_t *words;   /* and which one it is; SEG_PHRASE_NONE: unknown */
	int32_t *ends;    /* of the words of the best way, in order */
} SegPhrasePath;

extern SegStatus
seg_phrase_path_reserve(SegEnv *env, SegPhrasePath *path, int64_t units);

/*
 * Segment the n symbols of a path; count: how many words there are. The number of
 * the word that ends before unit e is words[e].
 */
extern SegStatus
seg_phrase_segment(SegEnv *env, const SegPhraseLexicon *lexicon,
                   SegPhrasePath *path, int64_t n, int64_t *count);

/* phrase_tokens.c: the words of a folded text, in UTF-8. */
extern SegStatus
seg_phrase_tokens(SegEnv *env, const SegPhraseLexicon *lexicon,
                  const uint32_t *text, int64_t n, SegTexts *tokens);

#endif /* SEG_KERNEL_PHRASE_LEXICON_H */
