/*-------------------------------------------------------------------------
 *
 * lettering.h
 *	  Texts as they will be drawn: their characters, their width, and what of them
 *	  fits.
 *
 * src/draw/lettering.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_LETTERING_H
#define SEG_DRAW_LETTERING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/env.h"
#include "base/text.h"

/*
 * The first character of a text, which is taken off it. Bytes that are not UTF-8
 * are characters that cannot be drawn, one each; a tab or an end of a line is a space.
 */
extern uint32_t seg_next_character(SegText *text);

/* Not a control, nor one that turns the direction of what follows. */
extern bool seg_is_drawable(uint32_t c);

/* No browser with a usual font draws it wider. */
extern double seg_text_width(SegText text, double size);

/* Nothing of it would be seen. */
extern bool seg_text_is_blank(SegText text);

/* The text itself, or its start and an ellipsis. */
extern SegStatus seg_text_fit(SegEnv *env, SegText text, double size,
                              double room, SegText *result);

/* The same in its place, which has room for an ellipsis more; returns its length. */
extern int64_t
seg_text_cut(char *text, int64_t length, double size, double room);

/*
 * The next line of a text that is broken between words, or within a word longer
 * than a line; taken off the text.
 */
extern SegText seg_next_line(SegText *text, double size, double room);

#endif /* SEG_DRAW_LETTERING_H */
