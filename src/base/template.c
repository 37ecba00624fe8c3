/*-------------------------------------------------------------------------
 *
 * template.c
 *	  Sentences with placeholders for the facts of a failure.
 *
 * src/base/template.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/template.h"

#include <math.h>
#include <string.h>

#define BYTES_PER_KB 1024.0

/* Where a fact is; divided by unit and rounded up if unit is not 1. */
typedef struct Place
{
	const char *name;
	SegPieceKind kind;
	size_t offset;
	double unit;
} Place;

static const Place places[] = {
	{"what", SEG_PIECE_TEXT, offsetof(SegDiag, what), 1},
	{"name", SEG_PIECE_TEXT, offsetof(SegDiag, name), 1},
	{"options", SEG_PIECE_TEXT, offsetof(SegDiag, options), 1},
	{"seen", SEG_PIECE_TEXT, offsetof(SegDiag, seen), 1},
	{"got", SEG_PIECE_NUMBER, offsetof(SegDiag, got), 1},
	{"want", SEG_PIECE_NUMBER, offsetof(SegDiag, want), 1},
	{"limit", SEG_PIECE_NUMBER, offsetof(SegDiag, limit), 1},
	{"got_element", SEG_PIECE_ELEMENT, offsetof(SegDiag, got), 1},
	{"want_element", SEG_PIECE_ELEMENT, offsetof(SegDiag, want), 1},
	{"got_kb", SEG_PIECE_NUMBER, offsetof(SegDiag, got), BYTES_PER_KB},
	{"want_kb", SEG_PIECE_NUMBER, offsetof(SegDiag, want), BYTES_PER_KB},
};

static const Place *
find_named_place(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
	{
		if (strlen(places[i].name) == length &&
		    memcmp(places[i].name, name, length) == 0)
			return &places[i];
	}
	return NULL;
}

static SegPiece
text_piece(const char *text, size_t length)
{
	return (SegPiece){SEG_PIECE_TEXT, text, length, 0};
}

static SegPiece
fact_piece(const Place *place, const SegDiag *facts)
{
	const void *fact = (const char *) facts + place->offset;
	const char *text;
	double number;

	if (place->kind != SEG_PIECE_TEXT)
	{
		number = *(const double *) fact;
		if (place->unit != 1)
			number = ceil(number / place->unit);
		return (SegPiece){place->kind, NULL, 0, number};
	}
	text = *(const char *const *) fact;
	if (text == NULL)
		return (SegPiece){SEG_PIECE_MISSING, NULL, 0, 0};
	return text_piece(text, strlen(text));
}

/*
 * The text in braces: a placeholder, and perhaps two words to choose from.
 */
static SegPiece
piece_in_braces(const char *inside, size_t length, const SegDiag *facts)
{
	const char *end = inside + length;
	const char *first = memchr(inside, '|', length);
	const char *name_end = first != NULL ? first : end;
	const Place *place = find_named_place(inside, (size_t) (name_end - inside));
	const char *second;
	SegPiece piece = {SEG_PIECE_UNKNOWN, NULL, 0, 0};

	if (place == NULL)
		return piece;
	if (first == NULL)
		return fact_piece(place, facts);
	first++;
	second = memchr(first, '|', (size_t) (end - first));
	if (second == NULL || place->kind == SEG_PIECE_TEXT)
		return piece;
	piece = fact_piece(place, facts);
	if (piece.number == 1)
		return text_piece(first, (size_t) (second - first));
	return text_piece(second + 1, (size_t) (end - second - 1));
}

bool
seg_template_next(const char **template, const SegDiag *facts, SegPiece *piece)
{
	const char *at = *template;
	size_t length = strcspn(at, "{");
	const char *end;

	if (*at == '\0')
		return false;
	if (length > 0)
	{
		*piece = text_piece(at, length);
		*template = at + length;
		return true;
	}
	end = strchr(at, '}');
	if (end == NULL)
	{
		*piece = (SegPiece){SEG_PIECE_UNKNOWN, NULL, 0, 0};
		*template = at + strlen(at);
		return true;
	}
	*piece = piece_in_braces(at + 1, (size_t) (end - at - 1), facts);
	*template = end + 1;
	return true;
}
