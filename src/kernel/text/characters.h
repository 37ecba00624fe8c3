/*-------------------------------------------------------------------------
 *
 * characters.h
 *	  Characters of a text as Unicode numbers: lower case, what is left out, and
 *	  what words are made of.
 *
 * Nothing here depends on a locale.
 *
 * src/kernel/text/characters.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CHARACTERS_H
#define SEG_KERNEL_CHARACTERS_H

#include <stdbool.h>

#include "base/text.h"

typedef enum SegCharacterKind
{
	SEG_CHARACTER_SEPARATOR, /* punctuation, a symbol, a control character */
	SEG_CHARACTER_SPACE,
	SEG_CHARACTER_SPACED, /* a letter, digit or mark of a script whose words are
	                       * kept apart by spaces */
	SEG_CHARACTER_UNSPACED /* one of Chinese, Japanese, Thai, ... */
} SegCharacterKind;

extern SegCharacterKind seg_character_kind(uint32_t c);

/*
 * Lower case, by the simple mapping of Unicode, without invisible characters that
 * only concern layout, and with ' for its typographic form. In place; returns how
 * many characters are left.
 */
extern int64_t seg_characters_fold(uint32_t *text, int64_t n);

/*
 * Are these characters that normalisation (NFKC) leaves alone, whatever stands
 * beside them?  false: perhaps not.
 */
extern bool seg_characters_are_normal(const uint32_t *text, int64_t n);

/*
 * From valid UTF-8; text has room for as many characters as there are bytes.
 * Returns their number.
 */
extern int64_t seg_characters_read(SegText utf8, uint32_t *text);

/* To UTF-8, at most 4 bytes; returns how many. */
extern int64_t seg_character_write(uint32_t c, char *utf8);

#endif /* SEG_KERNEL_CHARACTERS_H */
