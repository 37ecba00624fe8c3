/*-------------------------------------------------------------------------
 *
 * phrase_texts.c
 *	  The texts of a training as one sequence of symbols.
 *
 * src/kernel/text/phrase_texts.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase_texts.h"

#define FIRST_ROOM 16
#define GROWTH     4

/*
 * A larger first chunk.
 */
static SegStatus
enlarge_first_chunk(SegEnv *env, SegPhraseTexts *texts)
{
	int64_t room = texts->room == 0 ? FIRST_ROOM : texts->room * GROWTH;
	int32_t *chunk;

	if (texts->chunks == NULL)
	{
		SEG_ALLOC(env, texts->chunks, 1);
		texts->chunks_room = 1;
	}
	room = room > SEG_PHRASE_CHUNK ? SEG_PHRASE_CHUNK : room;
	SEG_ALLOC(env, chunk, room);
	if (texts->room > 0)
		memcpy(chunk, texts->chunks[0], (size_t) texts->room * sizeof(int32_t));
	texts->chunks[0] = chunk;
	texts->bytes += room * (int64_t) sizeof(int32_t);
	texts->room = room;
	return SEG_OK;
}

static SegStatus
add_text_chunk(SegEnv *env, SegPhraseTexts *texts)
{
	int64_t n = texts->room >> SEG_PHRASE_CHUNK_BITS;

	if (n == texts->chunks_room)
	{
		int32_t **chunks;

		SEG_ALLOC(env, chunks, 2 * n);
		memcpy(chunks, texts->chunks, (size_t) n * sizeof(*chunks));
		texts->chunks = chunks;
		texts->chunks_room = 2 * n;
		texts->bytes += 2 * n * (int64_t) sizeof(*chunks);
	}
	SEG_ALLOC(env, texts->chunks[n], SEG_PHRASE_CHUNK);
	texts->bytes += SEG_PHRASE_CHUNK * (int64_t) sizeof(int32_t);
	texts->room += SEG_PHRASE_CHUNK;
	return SEG_OK;
}

static SegStatus
put(SegEnv *env, SegPhraseTexts *texts, int64_t at, int32_t symbol)
{
	if (at == texts->room)
		SEG_TRY(texts->room < SEG_PHRASE_CHUNK ? enlarge_first_chunk(env, texts)
		                                       : add_text_chunk(env, texts));
	texts->chunks[at >> SEG_PHRASE_CHUNK_BITS][at & (SEG_PHRASE_CHUNK - 1)] =
		symbol;
	return SEG_OK;
}

SegStatus
seg_phrase_texts_add(SegEnv *env, SegPhraseTexts *texts, int32_t unit,
                     bool begins)
{
	int64_t n = texts->n;

	if (n >= SEG_PHRASE_TEXTS_MAX)
		return seg_fail(env,
		                SEG_LIMIT,
		                "characters and words",
		                (double) n,
		                (double) SEG_PHRASE_TEXTS_MAX);
	if (begins)
		SEG_TRY(put(env, texts, n++, SEG_PHRASE_BREAK));
	SEG_TRY(put(env, texts, n++, unit));
	SEG_TRY(put(env, texts, n, SEG_PHRASE_BREAK));
	texts->n = n;
	texts->units++;
	return SEG_OK;
}
