/*-------------------------------------------------------------------------
 *
 * words.h
 *	  Texts that a chart puts together: a writer, from {.env = env} to
 *	  seg_words_end.
 *
 * src/draw/words.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_WORDS_H
#define SEG_DRAW_WORDS_H

#include "draw/digits.h"
#include "draw/svg.h"

/* A whole number in full; a number as an axis has it. */
extern void seg_words_count(SegSvg *words, int64_t count);
extern void
seg_words_number(SegSvg *words, double x, const SegNumberStyle *style);

/* A name, cut to this width in a chart. */
extern SegStatus seg_words_name(SegSvg *words, SegText name, double room);

/* The end of a list whose items end in "; ", of which so many are left out. */
extern void seg_words_end_list(SegSvg *words, int64_t more);

/* What was written. */
extern SegStatus seg_words_end(const SegSvg *words, SegText *text);

#endif /* SEG_DRAW_WORDS_H */
