/*-------------------------------------------------------------------------
 *
 * feature_vector_casts_fmgr.c
 *	  Between feature_vector and arrays, and to JSON.
 *
 * src/fmgr/vector/feature_vector_casts_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_feature_vector_from_array);
PG_FUNCTION_INFO_V1(segment_feature_vector_to_float8);
PG_FUNCTION_INFO_V1(segment_feature_vector_to_float4);
PG_FUNCTION_INFO_V1(segment_feature_vector_to_json);
PG_FUNCTION_INFO_V1(segment_feature_vector_to_jsonb);

/*
 * From an array of any number type: the array says which.
 */
Datum
segment_feature_vector_from_array(PG_FUNCTION_ARGS)
{
	PG_RETURN_FEATURE_VECTOR_P(
		feature_vector_from_array(PG_GETARG_ARRAYTYPE_P(0)));
}

Datum
segment_feature_vector_to_float8(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_ARRAYTYPE_P(feature_vector_to_array(&v, FLOAT8OID));
}

Datum
segment_feature_vector_to_float4(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_ARRAYTYPE_P(feature_vector_to_array(&v, FLOAT4OID));
}

/*
 * To json: to_jsonb(), row_to_json() and the like call this cast too.
 */
Datum
segment_feature_vector_to_json(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_TEXT_P(cstring_to_text(feature_vector_format(&v, "null")));
}

Datum
segment_feature_vector_to_jsonb(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_DATUM(
		DirectFunctionCall1(jsonb_in,
	                        CStringGetDatum(feature_vector_format(&v, "null"))));
}
