/*-------------------------------------------------------------------------
 *
 * units.h
 *	  The units that a text is read in: characters, or words.
 *
 * A character is a letter, a digit or a mark.  A word is a run of characters of
 * a script whose words are kept apart by spaces, or a single character of one
 * whose words are not: "AI绘画" has three words.  An apostrophe between letters
 * belongs to its word, as does a point between digits.
 *
 * Units that follow each other form a run.  Punctuation and symbols end it; a
 * space does too, except between two words that are kept apart by spaces.
 *
 * src/kernel/text/units.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_UNITS_H
#define SEG_KERNEL_UNITS_H

#include "kernel/text/characters.h"

typedef enum SegUnitKind
{
	SEG_UNIT_CHARACTER,
	SEG_UNIT_WORD
} SegUnitKind;

extern const char *const seg_unit_words[];

typedef struct SegUnit
{
	int64_t start; /* characters from here */
	int64_t end;   /* to before this one */
	bool begins;   /* a run */
	bool spaced; /* between two such units that follow each other is a space */
} SegUnit;

typedef struct SegUnitWalk
{
	SegUnitKind kind;
	const uint32_t *text; /* folded */
	int64_t n;
	int64_t at;
	bool spaced; /* the unit before */
} SegUnitWalk;

static inline SegUnitWalk
seg_unit_walk(SegUnitKind kind, const uint32_t *text, int64_t n)
{
	return (SegUnitWalk){kind, text, n, 0, false};
}

/* The next unit; false: there is none. */
extern bool seg_unit_next(SegUnitWalk *walk, SegUnit *unit);

/*
 * Write a unit, after a space if there is one between it and the one before;
 * returns the number of bytes.
 */
extern int64_t seg_unit_write(const uint32_t *text, const SegUnit *unit,
                              bool after_spaced, char *utf8);

#endif /* SEG_KERNEL_UNITS_H */
