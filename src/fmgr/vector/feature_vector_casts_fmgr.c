/*-------------------------------------------------------------------------
 *
 * feature_vector_casts_fmgr.c
 *	  Between feature_vector and arrays, and JSON.
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
#include "utils/jsonb.h"

#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_feature_vector_from_array);
PG_FUNCTION_INFO_V1(segment_feature_vector_from_jsonb);
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

static void
refuse_json(const char *detail)
{
	ereport(ERROR,
	        errcode(ERRCODE_DATATYPE_MISMATCH),
	        errmsg("cannot cast jsonb to type feature_vector"),
	        errdetail_internal("%s", detail));
}

/*
 * From a JSON array of numbers and nulls, which are missing elements.
 */
Datum
segment_feature_vector_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb *json = PG_GETARG_JSONB_P(0);
	FeatureVector *v;
	JsonbIterator *it;
	JsonbValue element;
	JsonbIteratorToken token;
	int n = 0;

	if (!JB_ROOT_IS_ARRAY(json) || JB_ROOT_IS_SCALAR(json))
		refuse_json("An array of numbers was expected.");
	feature_vector_check_dim(JB_ROOT_COUNT(json));
	v = feature_vector_make((int) JB_ROOT_COUNT(json));
	it = JsonbIteratorInit(&json->root);
	while ((token = JsonbIteratorNext(&it, &element, true)) != WJB_DONE)
	{
		if (token != WJB_ELEM)
			continue;
		if (element.type == jbvNull)
		{
			v->x[n++] = feature_vector_missing();
			v->flags |= FEATURE_VECTOR_HAS_MISSING;
		}
		else if (element.type == jbvNumeric)
			v->x[n++] = feature_vector_element(DatumGetFloat8(
				DirectFunctionCall1(numeric_float8,
			                        NumericGetDatum(element.val.numeric))));
		else
			refuse_json("An element is neither a number nor null.");
	}
	PG_RETURN_FEATURE_VECTOR_P(v);
}
