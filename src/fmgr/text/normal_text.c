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
#include "mb/pg_wchar.h"

#include "fmgr/text/normal_text.h"
#include "pg/encoding.h"

/*
 * Characters in normal form; those given may be freed.
 */
static NormalText
nfkc(NormalText text)
{
	NormalText result;

	if (seg_characters_are_normal(text.characters, text.n))
		return text;
	text.characters[text.n] = 0;
	result.characters = unicode_normalize(UNICODE_NFKC, text.characters);
	result.n = 0;
	while (result.characters[result.n] != 0)
		result.n++;
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
