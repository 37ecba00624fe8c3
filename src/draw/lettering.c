/*-------------------------------------------------------------------------
 *
 * lettering.c
 *	  Texts as they will be drawn.
 *
 * src/draw/lettering.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/lettering.h"

#include <string.h>

#include "draw/font_widths.h"

#define NOT_A_CHARACTER UINT32_C(0xFFFFFFFF)
#define ELLIPSIS        "\xE2\x80\xA6"

typedef struct Range
{
	uint32_t first;
	uint32_t last;
} Range;

static bool
is_in(const Range *ranges, uint32_t c)
{
	for (; ranges->last > 0; ranges++)
	{
		if (c >= ranges->first && c <= ranges->last)
			return true;
	}
	return false;
}

uint32_t
seg_next_character(SegText *text)
{
	const unsigned char *b = (const unsigned char *) text->bytes;
	int more = b[0] < 0x80   ? 0
	           : b[0] < 0xC2 ? -1
	           : b[0] < 0xE0 ? 1
	           : b[0] < 0xF0 ? 2
	           : b[0] < 0xF5 ? 3
	                         : -1;
	uint32_t c = more <= 0 ? b[0] : b[0] & (0x3Fu >> more);

	for (int i = 1; i <= more; i++)
	{
		if (i >= text->length || (b[i] & 0xC0) != 0x80)
		{
			more = -1;
			break;
		}
		c = c << 6 | (b[i] & 0x3F);
	}
	text->bytes += more < 0 ? 1 : more + 1;
	text->length -= more < 0 ? 1 : more + 1;
	if (c >= '\t' && c <= '\r')
		c = ' ';
	return more < 0 ? NOT_A_CHARACTER : c;
}

bool
seg_is_drawable(uint32_t c)
{
	static const Range hidden[] = {{0x0, 0x1F},
	                               {0x7F, 0x9F},
	                               {0x200E, 0x200F}, /* direction */
	                               {0x2028, 0x202E},
	                               {0x2066, 0x2069},
	                               {0xD800, 0xDFFF}, /* surrogates */
	                               {0xFDD0, 0xFDEF},
	                               {0xFEFF, 0xFEFF},
	                               {0xFFF9, 0xFFFB},
	                               {0xE0000, 0xE007F}, /* tags */
	                               {0x110000, NOT_A_CHARACTER},
	                               {0, 0}};

	return !is_in(hidden, c) && (c & 0xFFFE) != 0xFFFE;
}

/*
 * In parts of the size of the font.
 */
static int64_t
character_width(uint32_t c)
{
	static const Range none[] = {{0x300, 0x36F}, /* marks on another one */
	                             {0x483, 0x489},
	                             {0x591, 0x5BD},
	                             {0x64B, 0x65F},
	                             {0x200B, 0x200D},
	                             {0x20D0, 0x20FF},
	                             {0xFE00, 0xFE0F},
	                             {0xFE20, 0xFE2F},
	                             {0, 0}};
	static const Range narrow[] = {{0x180, 0x2FF}, /* other letters */
	                               {0x530, 0x10FF},
	                               {0x1E00, 0x1FFF},
	                               {0x2010, 0x2027},
	                               {0x2030, 0x205E},
	                               {0x2070, 0x20BF},
	                               {0xFB1D, 0xFDFF},
	                               {0xFE70, 0xFEFE},
	                               {0xFF61, 0xFFDC},
	                               {0, 0}};

	if (!seg_is_drawable(c) || is_in(none, c))
		return 0;
	if (c >= SEG_LATIN_FIRST && c <= SEG_LATIN_LAST)
		return seg_latin_widths[c - SEG_LATIN_FIRST];
	if (c >= SEG_GREEK_FIRST && c <= SEG_GREEK_LAST)
		return seg_greek_widths[c - SEG_GREEK_FIRST];
	if (is_in(narrow, c))
		return SEG_FONT_PARTS * 3 / 4;
	/* Chinese, Japanese, Korean; a picture is wider */
	return c >= 0x1F000 && c <= 0x1FAFF ? SEG_FONT_PARTS * 11 / 8
	                                    : SEG_FONT_PARTS;
}

double
seg_text_width(SegText text, double size)
{
	int64_t parts = 0;

	while (text.length > 0)
		parts += character_width(seg_next_character(&text));
	return (double) parts * size / SEG_FONT_PARTS;
}

/*
 * How many bytes from the start are no wider than so many parts.
 */
static int64_t
bytes_within(SegText text, int64_t parts)
{
	SegText rest = text;
	int64_t fit = 0;

	while (rest.length > 0)
	{
		parts -= character_width(seg_next_character(&rest));
		if (parts < 0)
			return fit;
		fit = text.length - rest.length;
	}
	return fit;
}

static int64_t
parts_of(double room, double size)
{
	return (int64_t) (room * SEG_FONT_PARTS / size);
}

bool
seg_text_is_blank(SegText text)
{
	static const Range spaces[] = {{0x20, 0x20},
	                               {0xA0, 0xA0},
	                               {0x1680, 0x1680},
	                               {0x2000, 0x200A},
	                               {0x202F, 0x202F},
	                               {0x205F, 0x205F},
	                               {0x3000, 0x3000},
	                               {0, 0}};

	while (text.length > 0)
	{
		uint32_t c = seg_next_character(&text);

		if (character_width(c) > 0 && !is_in(spaces, c))
			return false;
	}
	return true;
}

/*
 * How much of a text stands before an ellipsis; all of it: it needs none.
 */
static int64_t
bytes_that_fit(SegText text, double size, double room)
{
	int64_t parts = parts_of(room, size);
	int64_t fit = bytes_within(text, parts);

	if (fit == text.length)
		return fit;
	fit = bytes_within(text, parts - character_width(0x2026));
	while (fit > 0 && text.bytes[fit - 1] == ' ')
		fit--;
	return fit;
}

int64_t
seg_text_cut(char *text, int64_t length, double size, double room)
{
	int64_t fit = bytes_that_fit((SegText){text, length}, size, room);

	if (fit == length)
		return length;
	memcpy(text + fit, ELLIPSIS, sizeof(ELLIPSIS) - 1);
	return fit + (int64_t) sizeof(ELLIPSIS) - 1;
}

SegStatus
seg_text_fit(SegEnv *env, SegText text, double size, double room,
             SegText *result)
{
	const SegText ellipsis = {ELLIPSIS, sizeof(ELLIPSIS) - 1};
	int64_t fit = bytes_that_fit(text, size, room);
	char *bytes;

	*result = text;
	if (fit == text.length)
		return SEG_OK;
	SEG_ALLOC(env, bytes, fit + ellipsis.length);
	memcpy(bytes, text.bytes, (size_t) fit);
	memcpy(bytes + fit, ellipsis.bytes, (size_t) ellipsis.length);
	*result = (SegText){bytes, fit + ellipsis.length};
	return SEG_OK;
}

SegText
seg_next_line(SegText *text, double size, double room)
{
	SegText line = *text;
	SegText first = *text;
	int64_t fit = bytes_within(*text, parts_of(room, size));
	int64_t end = fit;

	if (fit < text->length)
	{
		while (end > 0 && text->bytes[end] != ' ')
			end--;
		if (end == 0) /* a word longer than a line, or a character */
		{
			(void) seg_next_character(&first);
			end = fit > 0 ? fit : text->length - first.length;
		}
	}
	line.length = end;
	text->bytes += end;
	text->length -= end;
	while (text->length > 0 && text->bytes[0] == ' ')
	{
		text->bytes++;
		text->length--;
	}
	return line;
}
