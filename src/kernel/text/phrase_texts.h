/*-------------------------------------------------------------------------
 *
 * phrase_texts.h
 *	  The texts of a training as one sequence of symbols: units, each a small
 *	  number, with a break before each run.
 *
 * Symbols lie in chunks, so that a million groups with a few texts each take
 * little, and one with a hundred million units is never copied.
 *
 * src/kernel/text/phrase_texts.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PHRASE_TEXTS_H
#define SEG_KERNEL_PHRASE_TEXTS_H

#include "base/env.h"

#define SEG_PHRASE_BREAK      (-1)
#define SEG_PHRASE_CHUNK_BITS 14
#define SEG_PHRASE_CHUNK      (INT64_C(1) << SEG_PHRASE_CHUNK_BITS)

/* Places of symbols are 32-bit numbers. */
#define SEG_PHRASE_TEXTS_MAX (INT64_C(2000) * 1000 * 1000)

typedef struct SegPhraseTexts
{
	int64_t texts;
	int64_t units;
	int64_t n;    /* symbols; a break follows the last one */
	int64_t room; /* for symbols */
	int64_t bytes;
	int32_t **chunks;
	int64_t chunks_room;
} SegPhraseTexts;

/* Append a unit, a number from 0; begins: a run. */
extern SegStatus seg_phrase_texts_add(SegEnv *env, SegPhraseTexts *texts,
                                      int32_t unit, bool begins);

static inline int32_t
seg_phrase_symbol(const SegPhraseTexts *texts, int64_t i)
{
	return texts->chunks[i >> SEG_PHRASE_CHUNK_BITS][i & (SEG_PHRASE_CHUNK - 1)];
}

#endif /* SEG_KERNEL_PHRASE_TEXTS_H */
