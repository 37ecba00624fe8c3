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

#include "pg/results.h"

Datum
result_float8_array(const double *x, int64 n)
{
	Datum *elements = palloc(Max(n, 1) * sizeof(Datum));

	for (int64 i = 0; i < n; i++)
		elements[i] = Float8GetDatum(x[i]);
	return PointerGetDatum(construct_array(elements,
	                                       (int) n,
	                                       FLOAT8OID,
	                                       sizeof(float8),
	                                       FLOAT8PASSBYVAL,
	                                       TYPALIGN_DOUBLE));
}

Datum
result_feature_vector(const double *x, int64 n)
{
	FeatureVector *vector = feature_vector_make((int) n);

	for (int64 i = 0; i < n; i++)
		vector->x[i] = feature_vector_element(x[i]);
	return PointerGetDatum(vector);
}

/*
 * Start a set-returning function that hands over all its rows at once.  The
 * query knows its columns: to ask the catalog would leave a kilobyte behind for
 * every call of a LATERAL.
 */
void
result_begin(FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
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
