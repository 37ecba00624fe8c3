/*-------------------------------------------------------------------------
 *
 * characters.c
 *	  Characters of a text as Unicode numbers.
 *
 * src/kernel/text/characters.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/characters.h"

#include "kernel/text/character_tables.h"

#define LENGTH(table) ((int) (sizeof(table) / sizeof(*(table))))

/* Scripts that are written without spaces between words. */
static const int32_t unspaced[][2] = {
	{0x0e00, 0x0eff},   /* Thai, Lao */
	{0x1000, 0x109f},   /* Burmese */
	{0x1780, 0x17ff},   /* Khmer */
	{0x1950, 0x19df},   /* Tai Le, New Tai Lue */
	{0x1a20, 0x1aaf},   /* Tai Tham */
	{0x2e80, 0x2fdf},   /* radicals */
	{0x3005, 0x3007},   /* marks of repetition, zero */
	{0x3021, 0x3029},   /* numerals */
	{0x3031, 0x303c},   /* more marks and numerals */
	{0x3041, 0x30ff},   /* Japanese syllables */
	{0x3105, 0x312f},   /* Bopomofo */
	{0x31a0, 0x31ff},   /* extensions of both */
	{0x3400, 0x4dbf},   /* Chinese characters, extension A */
	{0x4e00, 0x9fff},   /* Chinese characters */
	{0xa9e0, 0xa9ff},   /* Burmese, extension B */
	{0xaa60, 0xaadf},   /* Burmese, extension A, Tai Viet */
	{0xf900, 0xfaff},   /* Chinese characters for compatibility */
	{0x1aff0, 0x1b16f}, /* Japanese syllables, historic and small */
	{0x20000, 0x3fffd}, /* Chinese characters, further extensions */
};

/* What only concerns layout and is left out. */
static const int32_t ignored[][2] = {
	{0x00ad, 0x00ad},   /* soft hyphen */
	{0x034f, 0x034f},   /* grapheme joiner */
	{0x061c, 0x061c},   /* direction */
	{0x180b, 0x180f},   /* Mongolian variants */
	{0x200c, 0x200f},   /* joiners, direction */
	{0x202a, 0x202e},   /* direction */
	{0x2060, 0x206f},   /* word joiner and the like */
	{0xfe00, 0xfe0f},   /* variants */
	{0xfeff, 0xfeff},   /* byte order mark */
	{0xe0000, 0xe0fff}, /* tags, variants */
};

/*
 * The last row that begins at or before a character, or -1.
 */
static int
table_row(const int32_t *table, int width, int rows, int32_t c)
{
	int low = 0;
	int high = rows;

	while (low < high)
	{
		int middle = (low + high) / 2;

		if (table[middle * width] <= c)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

#define ROW_OF(table, c) \
	table_row(&(table)[0][0], LENGTH(*(table)), LENGTH(table), c)

#define IS_IN(table, c, row) ((row) >= 0 && (c) <= (table)[row][1])

static bool
is_common_chinese(uint32_t c)
{
	return c >= 0x4e00 && c <= 0x9fff;
}

static bool
is_white_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	       c == 0x205f || c == 0x3000;
}

SegCharacterKind
seg_character_kind(uint32_t c)
{
	int32_t number = (int32_t) c;
	int row;

	if (is_common_chinese(c))
		return SEG_CHARACTER_UNSPACED;
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return SEG_CHARACTER_SPACED;
	if (is_white_space(c))
		return SEG_CHARACTER_SPACE;
	row = ROW_OF(separators, number);
	if (IS_IN(separators, number, row))
		return SEG_CHARACTER_SEPARATOR;
	row = ROW_OF(unspaced, number);
	return IS_IN(unspaced, number, row) ? SEG_CHARACTER_UNSPACED
	                                    : SEG_CHARACTER_SPACED;
}

static uint32_t
small_letter(uint32_t c)
{
	int32_t number = (int32_t) c;
	int row;

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (is_common_chinese(c))
		return c;
	row = ROW_OF(lower_case, number);
	if (!IS_IN(lower_case, number, row) ||
	    (number - lower_case[row][0]) % lower_case[row][2] != 0)
		return c;
	return (uint32_t) (number + lower_case[row][3]);
}

int64_t
seg_characters_fold(uint32_t *text, int64_t n)
{
	int64_t kept = 0;

	for (int64_t i = 0; i < n; i++)
	{
		uint32_t c = text[i];
		int row = c < 0x80 || is_common_chinese(c)
		              ? -1
		              : ROW_OF(ignored, (int32_t) c);

		if (!IS_IN(ignored, (int32_t) c, row))
			text[kept++] = c == 0x2019 ? '\'' : small_letter(c);
	}
	return kept;
}

bool
seg_characters_are_normal(const uint32_t *text, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		uint32_t c = text[i];

		if (!(c < 0x80 || is_common_chinese(c) || c == 0x3001 || c == 0x3002 ||
		      (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fc)))
			return false;
	}
	return true;
}

int64_t
seg_characters_read(SegText utf8, uint32_t *text)
{
	const unsigned char *at = (const unsigned char *) utf8.bytes;
	const unsigned char *end = at + utf8.length;
	int64_t n = 0;

	while (at < end)
	{
		int more = *at < 0xc0 ? 0 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
		uint32_t c = more == 0 ? *at : *at & (0x3fu >> more);

		at++;
		for (; more > 0 && at < end; more--)
			c = c << 6 | (*at++ & 0x3f);
		text[n++] = c;
	}
	return n;
}

int64_t
seg_character_write(uint32_t c, char *utf8)
{
	if (c < 0x80)
	{
		utf8[0] = (char) c;
		return 1;
	}
	if (c < 0x800)
	{
		utf8[0] = (char) (0xc0 | c >> 6);
		utf8[1] = (char) (0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000)
	{
		utf8[0] = (char) (0xe0 | c >> 12);
		utf8[1] = (char) (0x80 | (c >> 6 & 0x3f));
		utf8[2] = (char) (0x80 | (c & 0x3f));
		return 3;
	}
	utf8[0] = (char) (0xf0 | c >> 18);
	utf8[1] = (char) (0x80 | (c >> 12 & 0x3f));
	utf8[2] = (char) (0x80 | (c >> 6 & 0x3f));
	utf8[3] = (char) (0x80 | (c & 0x3f));
	return 4;
}
