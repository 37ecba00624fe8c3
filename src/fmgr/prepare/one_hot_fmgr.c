/*-------------------------------------------------------------------------
 *
 * one_hot_fmgr.c
 *	  SQL face of categories and words as vectors: one_hot, feature_hash and
 *	  bucketize.
 *
 * src/fmgr/prepare/one_hot_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "kernel/prepare/feature_hash.h"
#include "pg/encoding.h"
#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_one_hot);
PG_FUNCTION_INFO_V1(segment_feature_hash);
PG_FUNCTION_INFO_V1(segment_bucketize);

/* ---------- one_hot ---------- */

/*
 * How to compare categories, looked up once per query.
 */
static TypeCacheEntry *
category_type(FunctionCallInfo fcinfo, Oid element)
{
	TypeCacheEntry *type = fcinfo->flinfo->fn_extra;

	if (type == NULL || type->type_id != element)
	{
		type = lookup_type_cache(element, TYPECACHE_EQ_OPR_FINFO);
		if (!OidIsValid(type->eq_opr_finfo.fn_oid))
			ereport(ERROR,
			        errcode(ERRCODE_UNDEFINED_FUNCTION),
			        errmsg("categories of type %s cannot be compared",
			               format_type_be(element)));
		fcinfo->flinfo->fn_extra = type;
	}
	return type;
}

static bool
is_category(TypeCacheEntry *type, bool is_null, Datum value, bool category_null,
            Datum category)
{
	if (is_null || category_null)
		return is_null && category_null;
	return DatumGetBool(FunctionCall2Coll(&type->eq_opr_finfo,
	                                      C_COLLATION_OID,
	                                      value,
	                                      category));
}

/*
 * (value, categories): 1 at the place of the category that the value is. A NULL
 * that is not among them is not known to be none of them.
 */
Datum
segment_one_hot(PG_FUNCTION_ARGS)
{
	bool is_null = PG_ARGISNULL(0);
	bool found = false;
	ArrayType *categories;
	TypeCacheEntry *type;
	FeatureVector *result;
	Datum *elements;
	bool *nulls;
	int n;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	categories = PG_GETARG_ARRAYTYPE_P(1);
	type = category_type(fcinfo, ARR_ELEMTYPE(categories));
	deconstruct_array(categories,
	                  type->type_id,
	                  type->typlen,
	                  type->typbyval,
	                  type->typalign,
	                  &elements,
	                  &nulls,
	                  &n);
	feature_vector_check_dim(n);
	result = feature_vector_make(n);
	for (int i = 0; i < n; i++)
	{
		bool is_it = !found && is_category(type,
		                                   is_null,
		                                   is_null ? 0 : PG_GETARG_DATUM(0),
		                                   nulls[i],
		                                   elements[i]);

		result->x[i] = is_it ? 1.0 : 0.0;
		found |= is_it;
	}
	if (is_null && !found)
	{
		for (int i = 0; i < n; i++)
			result->x[i] = feature_vector_missing();
		result->flags |= FEATURE_VECTOR_HAS_MISSING;
	}
	PG_RETURN_FEATURE_VECTOR_P(result);
}

/* ---------- feature_hash ---------- */

/*
 * (tokens, n)
 */
Datum
segment_feature_hash(PG_FUNCTION_ARGS)
{
	ArrayType *tokens = PG_GETARG_ARRAYTYPE_P(0);
	int64 n = PG_GETARG_INT64(1);
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVector *result;
	Datum *elements;
	bool *nulls;
	int count;

	if (n < 1 || n > FEATURE_VECTOR_MAX_DIM)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "n",
		                             (double) n,
		                             1,
		                             FEATURE_VECTOR_MAX_DIM));
	deconstruct_array(tokens,
	                  TEXTOID,
	                  -1,
	                  false,
	                  TYPALIGN_INT,
	                  &elements,
	                  &nulls,
	                  &count);
	result = feature_vector_make((int) n);
	memset(result->x, 0, n * sizeof(float8));
	for (int i = 0; i < count; i++)
	{
		const text *token;

		if (nulls[i])
			continue;
		token = DatumGetTextPP(elements[i]);
		seg_feature_hash_add(text_to_utf8((SegText){VARDATA_ANY(token),
		                                            VARSIZE_ANY_EXHDR(token)}),
		                     n,
		                     result->x);
	}
	PG_RETURN_FEATURE_VECTOR_P(result);
}

/* ---------- bucketize ---------- */

/*
 * (value, edges)
 */
Datum
segment_bucketize(PG_FUNCTION_ARGS)
{
	double value = PG_GETARG_FLOAT8(0);
	ArrayType *edges = PG_GETARG_ARRAYTYPE_P(1);
	int n = ArrayGetNItems(ARR_NDIM(edges), ARR_DIMS(edges));

	if (isnan(value))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("value is not a number"));
	if (ARR_NDIM(edges) > 1 || ARR_HASNULL(edges) ||
	    !seg_edges_ascend((const double *) ARR_DATA_PTR(edges), n))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("edges must be in strictly ascending order"),
		        errdetail("They must be a list of finite numbers without "
		                  "nulls."));
	PG_RETURN_INT32(
		(int32) seg_bucket((const double *) ARR_DATA_PTR(edges), n, value));
}
