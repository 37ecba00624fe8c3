/*-------------------------------------------------------------------------
 *
 * results.c
 *	  Arrays and sets of rows as results.
 *
 * src/pg/results.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "pg/results.h"

Datum
result_text(SegText text)
{
	return PointerGetDatum(cstring_to_text_with_len(text.bytes, text.length));
}

static Datum *
make_elements(int64 n)
{
	return palloc(Max(n, 1) * sizeof(Datum));
}

/*
 * An array of a type of 8 bytes.
 */
static Datum
array_of_words(Datum *elements, int64 n, Oid type)
{
	return PointerGetDatum(construct_array(elements,
	                                       (int) n,
	                                       type,
	                                       8,
	                                       FLOAT8PASSBYVAL,
	                                       TYPALIGN_DOUBLE));
}

Datum
result_float8_array(const double *x, int64 n)
{
	Datum *elements = make_elements(n);

	for (int64 i = 0; i < n; i++)
		elements[i] = Float8GetDatum(x[i]);
	return array_of_words(elements, n, FLOAT8OID);
}

Datum
result_bigint_array(const int64_t *x, int64 n)
{
	Datum *elements = make_elements(n);

	for (int64 i = 0; i < n; i++)
		elements[i] = Int64GetDatum(x[i]);
	return array_of_words(elements, n, INT8OID);
}

Datum
result_text_array(const SegText *x, int64 n)
{
	Datum *elements = make_elements(n);

	for (int64 i = 0; i < n; i++)
		elements[i] = result_text(x[i]);
	return PointerGetDatum(
		construct_array(elements, (int) n, TEXTOID, -1, false, TYPALIGN_INT));
}

/*
 * Start a set-returning function that hands over all its rows at once.
 */
void
result_begin(FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, 0);
}

/*
 * Add a row; nulls may be NULL when there are none.
 */
void
result_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	bool none[32] = {false};

	Assert(info->setDesc->natts <= lengthof(none));

	tuplestore_putvalues(info->setResult,
	                     info->setDesc,
	                     values,
	                     nulls != NULL ? nulls : none);
}
