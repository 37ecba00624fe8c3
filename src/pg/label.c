/*-------------------------------------------------------------------------
 *
 * label.c
 *	  Labels and ids of several types, treated alike.
 *
 * An integer is its decimal text, a boolean "true" or "false", and a uuid its
 * 36 characters, as in a cast to text. So 7 and '7' are the same label,
 * whatever the column's type.
 *
 * src/pg/label.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "pg/label.h"

/*
 * The label in an argument; false if it is NULL.
 */
bool
label_argument(FunctionCallInfo fcinfo, int argno, LabelArgument type,
               LabelView *view)
{
	if (PG_ARGISNULL(argno))
		return false;
	if (type == LABEL_IS_BIGINT)
	{
		int length = pg_lltoa(PG_GETARG_INT64(argno), view->buffer);

		view->text = (SegText){view->buffer, length};
	}
	else if (type == LABEL_IS_BOOLEAN)
		view->text = PG_GETARG_BOOL(argno) ? (SegText){"true", 4}
		                                   : (SegText){"false", 5};
	else if (type == LABEL_IS_UUID)
	{
		char *label = DatumGetCString(
			DirectFunctionCall1(uuid_out, PG_GETARG_DATUM(argno)));

		view->text = (SegText){label, (int64) strlen(label)};
	}
	else
	{
		text *label = PG_GETARG_TEXT_PP(argno);

		view->text =
			(SegText){VARDATA_ANY(label), (int64) VARSIZE_ANY_EXHDR(label)};
	}
	return true;
}
