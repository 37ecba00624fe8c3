/*-------------------------------------------------------------------------
 *
 * phrase_words.h
 *	  The words of a model in the making: their texts, and the units of these.
 *
 * src/kernel/text/phrase_words.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PHRASE_WORDS_H
#define SEG_KERNEL_PHRASE_WORDS_H

#include "base/count_map.h"
#include "kernel/text/phrase.h"
#include "kernel/text/phrase_trie.h"

typedef struct SegPhraseWords
{
	SegUnitKind unit;
	const SegIds *units;
	const int32_t *places; /* of each code, in units */
	int32_t *codes;        /* of each place */
	SegCountMap *map;      /* words by text: are they of the dictionary? */

	/* what seg_phrase_words_read has read */
	int64_t n;
	int32_t *read; /* codes; SEG_PHRASE_NONE: no text has that unit */
	int64_t *ends; /* of the units in utf8 */
	bool *begins;  /* a run */
	char *utf8;    /* the units one after another, with spaces in runs */
	uint32_t *characters;
	int64_t room;
} SegPhraseWords;

extern SegStatus
seg_phrase_words_create(SegEnv *env, const SegPhraseRows *rows,
                        SegUnitKind unit, SegPhraseWords *words);

/* The units of a text. */
extern SegStatus
seg_phrase_words_read(SegEnv *env, SegPhraseWords *words, SegText text);

/*
 * Add the words that a text of the dictionary has, each a run, and the ends of
 * each word to those sequences that are wanted.
 */
extern SegStatus seg_phrase_words_add_text(SegEnv *env, SegPhraseWords *words,
                                           SegText text, SegPhraseTrie *wanted);

/* Add the word that a node stands for. */
extern SegStatus
seg_phrase_words_add_node(SegEnv *env, SegPhraseWords *words,
                          const SegPhraseTrie *found, int32_t node);

/* The words in byte order, by their numbers in the map, and their texts. */
extern SegStatus
seg_phrase_words_order(SegEnv *env, const SegPhraseWords *words,
                       int64_t **order, SegTexts *texts);

#endif /* SEG_KERNEL_PHRASE_WORDS_H */
