/*-------------------------------------------------------------------------
 *
 * word_argument.c
 *	  An argument that is one of a few words.
 *
 * src/pg/word_argument.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "pg/word_argument.h"

pg_noreturn static void
unknown_word(const text *given, const char *what, const char *const *words)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; words[i] != NULL; i++)
		appendStringInfo(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("unrecognized %s \"%s\"", what, text_to_cstring(given)),
	        errhint("It must be one of: %s.", list.data));
	pg_unreachable();
}

int
word_argument(FunctionCallInfo fcinfo, int argno, const char *what,
              const char *const *words)
{
	const text *given;

	if (PG_ARGISNULL(argno))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not be null", what));
	given = PG_GETARG_TEXT_PP(argno);
	for (int i = 0; words[i] != NULL; i++)
	{
		if (strlen(words[i]) == VARSIZE_ANY_EXHDR(given) &&
		    memcmp(words[i], VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given)) == 0)
			return i;
	}
	unknown_word(given, what, words);
}
