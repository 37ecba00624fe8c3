/*-------------------------------------------------------------------------
 *
 * phrase_tokens.c
 *	  The words of a text, by the best segmentation of its runs.
 *
 * src/kernel/text/phrase_tokens.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase_lexicon.h"

/* A text that is being segmented. */
typedef struct Segmentation
{
	const SegPhraseLexicon *lexicon;
	const uint32_t *text;
	SegUnit *units; /* of the run */
	int64_t n;
	SegPhrasePath path;
	char *bytes; /* of the tokens so far */
	int64_t length;
	int64_t *ends;
	int64_t tokens;
} Segmentation;

static SegStatus
write_tokens(SegEnv *env, Segmentation *s)
{
	int64_t words;
	int64_t i = 0;

	SEG_TRY(seg_phrase_segment(env, s->lexicon, &s->path, s->n, &words));
	for (int64_t w = 0; w < words; w++)
	{
		bool after_spaced = false;

		for (; i < s->path.ends[w]; i++)
		{
			s->length += seg_unit_write(s->text,
			                            &s->units[i],
			                            after_spaced,
			                            s->bytes + s->length);
			after_spaced = s->units[i].spaced;
		}
		s->ends[s->tokens++] = s->length;
	}
	s->n = 0;
	return SEG_OK;
}

static int32_t
symbol_of(const Segmentation *s, const SegUnit *unit)
{
	char *utf8 = s->bytes + s->length; /* free so far, and large enough */

	return seg_phrase_lexicon_symbol(s->lexicon,
	                                 utf8,
	                                 seg_unit_write(s->text, unit, false, utf8));
}

SegStatus
seg_phrase_tokens(SegEnv *env, const SegPhraseLexicon *lexicon,
                  const uint32_t *text, int64_t n, SegTexts *tokens)
{
	Segmentation s = {.lexicon = lexicon, .text = text};
	SegUnitWalk walk = seg_unit_walk(lexicon->unit, text, n);
	int64_t steps = 0;
	SegUnit unit;

	SEG_ALLOC(env, s.units, n);
	SEG_ALLOC(env, s.ends, n);
	SEG_ALLOC(env, s.bytes, 4 * n);
	SEG_TRY(seg_phrase_path_reserve(env, &s.path, n));
	while (seg_unit_next(&walk, &unit))
	{
		if (unit.begins)
			SEG_TRY(write_tokens(env, &s));
		s.path.symbols[s.n] = symbol_of(&s, &unit);
		s.units[s.n++] = unit;
		SEG_TRY(seg_count_steps(env, &steps, 20));
	}
	SEG_TRY(write_tokens(env, &s));
	*tokens = (SegTexts){s.ends, s.bytes, s.tokens};
	return SEG_OK;
}
