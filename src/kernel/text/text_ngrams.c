/*-------------------------------------------------------------------------
 *
 * text_ngrams.c
 *	  All sequences of n units of a text that follow each other.
 *
 * Two walks go through the text, the first n units behind the last.
 *
 * src/kernel/text/text_ngrams.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/text_ngrams.h"

bool
seg_ngram_next(SegNgramWalk *walk)
{
	SegUnit unit;

	do
	{
		SegUnitWalk before = walk->last;

		if (!seg_unit_next(&walk->last, &unit))
			return false;
		if (unit.begins)
		{
			walk->first = before;
			walk->run = 0;
		}
		else if (walk->run >= walk->length)
			seg_unit_next(&walk->first, &unit);
		walk->run++;
	} while (walk->run < walk->length);
	return true;
}

int64_t
seg_ngram_write(const SegNgramWalk *walk, char *utf8)
{
	SegUnitWalk units = walk->first;
	bool after_spaced = false;
	int64_t bytes = 0;
	SegUnit unit;

	for (int64_t i = 0; i < walk->length; i++)
	{
		seg_unit_next(&units, &unit);
		bytes += seg_unit_write(units.text, &unit, after_spaced, utf8 + bytes);
		after_spaced = unit.spaced;
	}
	return bytes;
}
