/*-------------------------------------------------------------------------
 *
 * chart_texts.c
 *	  Names that a chart of a model is given.
 *
 * src/fmgr/chart/chart_texts.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "base/options.h"
#include "fmgr/chart/chart_texts.h"
#include "pg/encoding.h"

SegText *
chart_texts_argument(FunctionCallInfo fcinfo, int argno, const char *what,
                     int64 count)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegText *texts;
	Datum *elements;
	bool *nulls;
	int n;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(argno),
	                  TEXTOID,
	                  -1,
	                  false,
	                  TYPALIGN_INT,
	                  &elements,
	                  &nulls,
	                  &n);
	if (n == 0)
		return NULL;
	if (n != count)
		segment_check(&env, seg_option_bad_size(&env, what, "texts", n, count));
	texts = palloc(n * sizeof(SegText));
	for (int i = 0; i < n; i++)
	{
		text *element;

		if (nulls[i])
			ereport(ERROR,
			        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			        errmsg("%s must not contain NULL", what));
		element = DatumGetTextPP(elements[i]);
		texts[i] = text_to_utf8((SegText){VARDATA_ANY(element),
		                                  (int64) VARSIZE_ANY_EXHDR(element)});
	}
	return texts;
}

SegText *
chart_texts_of_model(const SegTexts *texts)
{
	SegText *result;

	if (texts->count == 0)
		return NULL;
	result = palloc(texts->count * sizeof(SegText));
	for (int64 i = 0; i < texts->count; i++)
		result[i] = text_to_utf8(seg_texts_get(texts, i));
	return result;
}
