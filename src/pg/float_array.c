/*-------------------------------------------------------------------------
 *
 * float_array.c
 *	  An argument that is a list of numbers.
 *
 * src/pg/float_array.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"

#include "pg/arguments.h"
#include "pg/float_array.h"

FloatArray
float_array_argument(FunctionCallInfo fcinfo, int argno, const char *what)
{
	ArrayType *array;

	argument_refuse_null(fcinfo, argno, what);
	array = PG_GETARG_ARRAYTYPE_P(argno);
	if (ARR_HASNULL(array))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not have a null", what));
	return (FloatArray){(const double *) ARR_DATA_PTR(array),
	                    ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))};
}
