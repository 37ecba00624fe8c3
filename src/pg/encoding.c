/*-------------------------------------------------------------------------
 *
 * encoding.c
 *	  Texts in UTF-8, as models keep their ids, and in the database's encoding.
 *
 * src/pg/encoding.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "pg/compat.h"
#include "pg/encoding.h"

bool
encoding_is_kept(void)
{
	int encoding = GetDatabaseEncoding();

	return encoding == PG_UTF8 || encoding == PG_SQL_ASCII ||
	       IS_MULE_INTERNAL(encoding);
}

static bool
is_ascii(SegText text)
{
	for (int64 i = 0; i < text.length; i++)
	{
		if (IS_HIGHBIT_SET(text.bytes[i]))
			return false;
	}
	return true;
}

SegText
text_to_utf8(SegText text)
{
	char *converted;

	if (encoding_is_kept() || is_ascii(text))
		return text;
	converted = pg_server_to_any(text.bytes, (int) text.length, PG_UTF8);
	return (SegText){converted, (int64_t) strlen(converted)};
}

SegText
text_from_utf8(SegText text)
{
	char *converted;

	if (encoding_is_kept() || is_ascii(text))
		return text;
	converted = pg_any_to_server(text.bytes, (int) text.length, PG_UTF8);
	return (SegText){converted, (int64_t) strlen(converted)};
}
