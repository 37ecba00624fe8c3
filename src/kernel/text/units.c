/*-------------------------------------------------------------------------
 *
 * units.c
 *	  The units that a text is read in: characters, or words.
 *
 * src/kernel/text/units.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/units.h"

const char *const seg_unit_words[] =
	{[SEG_UNIT_CHARACTER] = "character", [SEG_UNIT_WORD] = "word", NULL};

static bool
is_spaced(const SegUnitWalk *walk, int64_t i)
{
	return i < walk->n &&
	       seg_character_kind(walk->text[i]) == SEG_CHARACTER_SPACED;
}

static bool
is_digit(const SegUnitWalk *walk, int64_t i)
{
	return walk->text[i] >= '0' && walk->text[i] <= '9';
}

/*
 * Where a word that has a spaced character before i ends.
 */
static int64_t
end_of_word(const SegUnitWalk *walk, int64_t i)
{
	for (;;)
	{
		while (is_spaced(walk, i))
			i++;
		if (!is_spaced(walk, i + 1))
			return i;
		if (!(walk->text[i] == '\'' ||
		      (walk->text[i] == '.' && is_digit(walk, i - 1) &&
		       is_digit(walk, i + 1))))
			return i;
		i++;
	}
}

bool
seg_unit_next(SegUnitWalk *walk, SegUnit *unit)
{
	int64_t i = walk->at;
	bool only_spaces = true;
	bool may_space = walk->kind == SEG_UNIT_WORD && walk->spaced;
	SegCharacterKind kind = SEG_CHARACTER_SEPARATOR;

	while (i < walk->n &&
	       (kind = seg_character_kind(walk->text[i])) <= SEG_CHARACTER_SPACE)
	{
		only_spaces &= kind == SEG_CHARACTER_SPACE;
		i++;
	}
	if (i == walk->n)
		return false;
	unit->start = i;
	unit->end = i + 1;
	unit->spaced = walk->kind == SEG_UNIT_WORD && kind == SEG_CHARACTER_SPACED;
	if (unit->spaced)
		unit->end = end_of_word(walk, i + 1);
	unit->begins =
		walk->at == 0 ||
		(i > walk->at && !(may_space && unit->spaced && only_spaces));
	walk->at = unit->end;
	walk->spaced = unit->spaced;
	return true;
}

int64_t
seg_unit_write(const uint32_t *text, const SegUnit *unit, bool after_spaced,
               char *utf8)
{
	int64_t bytes = 0;

	if (after_spaced && unit->spaced)
		utf8[bytes++] = ' ';
	for (int64_t i = unit->start; i < unit->end; i++)
		bytes += seg_character_write(text[i], utf8 + bytes);
	return bytes;
}
