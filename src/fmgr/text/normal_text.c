/*-------------------------------------------------------------------------
 *
 * normal_text.c
 *	  Characters of a text in normal form (NFKC) and lower case.
 *
 * The normal form is the server's own, for which no table of ours is needed;
 * later versions of the server know more characters. Lower case may need to be
 * normalised again, as a capital letter and an accent may have no common form
 * where the small letter has one.
 *
 * src/fmgr/text/normal_text.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/unicode_norm.h"
#include "miscadmin.h"
#include "mb/pg_wchar.h"

#include "fmgr/text/normal_text.h"
#include "pg/encoding.h"

/*
 * The server sorts combining marks in a time that grows with the square of how many
 * there are in a row, and does not look for cancel. So a text is normalised in
 * pieces, which end where it makes no difference, if there is such a place.
 */
#define PIECE      256
#define LONG_PIECE 1024

/*
 * Does a character begin anew, whatever stands before it? Latin letters and Chinese
 * characters do, and so do syllables of kana and Hangul.
 */
static bool
begins_anew(pg_wchar c)
{
	return c < 0x300 || (c >= 0x2E80 && c <= 0xD7A3 && c != 0x3099 &&
	                     c != 0x309A && !(c >= 0x302A && c <= 0x302F));
}

static int64
end_of_piece(const NormalText *text, int64 start)
{
	int64 end = start + PIECE;

	while (end < text->n && end < start + LONG_PIECE &&
	       !begins_anew(text->characters[end]))
		end++;
	return Min(end, text->n);
}

/*
 * Characters in normal form; those given may be freed.
 */
static NormalText
nfkc(NormalText text)
{
	NormalText result = {NULL, 0};
	int64 room = text.n + 1;

	/* a normal form may have characters that other encodings lack */
	if ((GetDatabaseEncoding() != PG_UTF8 && !encoding_is_kept()) ||
	    seg_characters_are_normal(text.characters, text.n))
		return text;
	result.characters =
		palloc_extended(room * sizeof(pg_wchar), MCXT_ALLOC_HUGE);
	for (int64 start = 0, end; start < text.n; start = end)
	{
		pg_wchar piece[LONG_PIECE + 1];
		pg_wchar *normal;
		int64 n = 0;

		CHECK_FOR_INTERRUPTS();
		end = end_of_piece(&text, start);
		memcpy(piece,
		       text.characters + start,
		       (end - start) * sizeof(pg_wchar));
		piece[end - start] = 0;
		normal = unicode_normalize(UNICODE_NFKC, piece);
		while (normal[n] != 0)
			n++;
		while (result.n + n > room)
		{
			room *= 2;
			result.characters =
				repalloc_huge(result.characters, room * sizeof(pg_wchar));
		}
		memcpy(result.characters + result.n, normal, n * sizeof(pg_wchar));
		result.n += n;
		pfree(normal);
	}
	pfree(text.characters);
	return result;
}

NormalText
normal_text(SegText text)
{
	SegText utf8 = text_to_utf8(text);
	NormalText result;

	/* where the server converts nothing, the text may be anything */
	if (GetDatabaseEncoding() != PG_UTF8 && encoding_is_kept())
		pg_verify_mbstr(PG_UTF8, utf8.bytes, (int) utf8.length, false);
	result.characters =
		palloc_extended((utf8.length + 1) * sizeof(pg_wchar), MCXT_ALLOC_HUGE);
	result.n = seg_characters_read(utf8, result.characters);
	result = nfkc(result);
	result.n = seg_characters_fold(result.characters, result.n);
	return nfkc(result);
}
