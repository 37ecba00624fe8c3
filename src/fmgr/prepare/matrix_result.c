/*-------------------------------------------------------------------------
 *
 * matrix_result.c
 *	  A matrix of numbers as a result.
 *
 * src/fmgr/prepare/matrix_result.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "fmgr/prepare/matrix_result.h"

Datum
matrix_result(const double *x, int rows, int columns)
{
	int dims[2] = {rows, columns};
	int lower[2] = {1, 1};
	int n = rows * columns;
	Datum *values = palloc(n * sizeof(Datum));
	bool *nulls = palloc(n * sizeof(bool));

	for (int i = 0; i < n; i++)
	{
		values[i] = Float8GetDatum(x[i]);
		nulls[i] = isnan(x[i]);
	}
	return PointerGetDatum(construct_md_array(values,
	                                          nulls,
	                                          2,
	                                          dims,
	                                          lower,
	                                          FLOAT8OID,
	                                          sizeof(float8),
	                                          FLOAT8PASSBYVAL,
	                                          TYPALIGN_DOUBLE));
}
