/*-------------------------------------------------------------------------
 *
 * item_list.c
 *	  Arrays of ids of several types as lists of items, identified by their
 *	  bytes.
 *
 * The type is that of the array, so one C function serves the signatures for
 * all types.  Two lists can be compared if they are of one type, which the
 * signatures ensure.
 *
 * src/fmgr/evaluate/item_list.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/uuid.h"

#include "fmgr/evaluate/item_list.h"

void
item_list_check(ArrayType *array, const char *what)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("%s must have one dimension", what));
}

static void
deconstruct(ArrayType *array, Datum **datums, bool **nulls, int *n)
{
	Oid type = ARR_ELEMTYPE(array);
	int16 length = type == INT8OID   ? sizeof(int64)
	               : type == UUIDOID ? UUID_LEN
	                                 : -1;
	char align = type == INT8OID   ? TYPALIGN_DOUBLE
	             : type == UUIDOID ? TYPALIGN_CHAR
	                               : TYPALIGN_INT;

	deconstruct_array(array,
	                  type,
	                  length,
	                  type == INT8OID && FLOAT8PASSBYVAL,
	                  align,
	                  datums,
	                  nulls,
	                  n);
}

/*
 * The array in an argument. Text is one of text[], written out: a parameter or
 * literal of unknown type.
 */
static ArrayType *
array_argument(FunctionCallInfo fcinfo, int argno)
{
	char *list;

	if (get_fn_expr_argtype(fcinfo->flinfo, argno) != TEXTOID)
		return PG_GETARG_ARRAYTYPE_P(argno);
	list = text_to_cstring(PG_GETARG_TEXT_PP(argno));
	return DatumGetArrayTypeP(
		OidInputFunctionCall(F_ARRAY_IN, list, TEXTOID, -1));
}

SegItems
item_list_argument(FunctionCallInfo fcinfo, int argno, const char *what)
{
	ArrayType *array = array_argument(fcinfo, argno);
	Oid type = ARR_ELEMTYPE(array);
	Datum *datums;
	bool *nulls;
	SegText *items;
	int64 *numbers;
	int n;

	item_list_check(array, what);
	deconstruct(array, &datums, &nulls, &n);
	items = palloc0(Max(n, 1) * sizeof(SegText));
	numbers = palloc(Max(n, 1) * sizeof(int64));
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			continue;
		if (type == INT8OID)
		{
			numbers[i] = DatumGetInt64(datums[i]);
			items[i] = (SegText){(const char *) &numbers[i], sizeof(int64)};
		}
		else if (type == UUIDOID)
			items[i] = (SegText){(const char *) DatumGetUUIDP(datums[i])->data,
			                     UUID_LEN};
		else
			items[i] = (SegText){VARDATA_ANY(DatumGetPointer(datums[i])),
			                     VARSIZE_ANY_EXHDR(DatumGetPointer(datums[i]))};
	}
	return (SegItems){n, items};
}
