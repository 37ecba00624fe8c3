/*-------------------------------------------------------------------------
 *
 * feature_vector.c
 *	  Making, checking and viewing values of type feature_vector.
 *
 * src/pg/feature_vector.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "base/missing.h"
#include "pg/decimal.h"
#include "pg/segment_pg.h"

/*
 * View a value that is compressed or out of line: a detoasted copy in the
 * current context.
 */
void
feature_vector_view_toasted(Datum datum, FeatureVectorView *view)
{
	FeatureVector *whole = (FeatureVector *) PG_DETOAST_DATUM(datum);

	view->dim = whole->dim;
	view->has_missing = (whole->flags & FEATURE_VECTOR_HAS_MISSING) != 0;
	view->x = whole->x;
}

/*
 * Room for a vector of dim elements, which the caller fills.
 */
FeatureVector *
feature_vector_make(int dim)
{
	FeatureVector *v;

	feature_vector_check_dim(dim);
	v = palloc(FEATURE_VECTOR_SIZE(dim));
	SET_VARSIZE(v, FEATURE_VECTOR_SIZE(dim));
	v->dim = dim;
	v->flags = 0;
	return v;
}

/*
 * Copy the elements of a view into a new vector.
 */
FeatureVector *
feature_vector_from_view(const FeatureVectorView *view)
{
	FeatureVector *v = feature_vector_make(view->dim);

	memcpy(v->x, view->x, sizeof(float8) * view->dim);
	if (view->has_missing)
		v->flags |= FEATURE_VECTOR_HAS_MISSING;
	return v;
}

bool
feature_vector_dim_is_legal(int64 dim, struct Node *escontext)
{
	if (dim < 1 || dim > FEATURE_VECTOR_MAX_DIM)
		ereturn(escontext,
		        false,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("feature_vector must have between 1 and %d elements",
		               FEATURE_VECTOR_MAX_DIM),
		        errdetail("It would have " INT64_FORMAT ".", dim));
	return true;
}

void
feature_vector_check_dim(int64 dim)
{
	(void) feature_vector_dim_is_legal(dim, NULL);
}

/*
 * Two vectors that are used together must have the same length.
 */
void
feature_vector_check_same_dim(const FeatureVectorView *a,
                              const FeatureVectorView *b)
{
	SegEnv env;

	if (a->dim == b->dim)
		return;
	env = segment_env(CurrentMemoryContext);
	segment_check(&env, seg_fail(&env, SEG_BAD_DIM, "vectors", b->dim, a->dim));
}

/*
 * Check the length that a column declares; typmod is -1 if it declares none.
 */
bool
feature_vector_check_typmod(int dim, int32 typmod, struct Node *escontext)
{
	if (typmod != -1 && typmod != dim)
		ereturn(escontext,
		        false,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg_plural("expected %d element, not %d",
		                      "expected %d elements, not %d",
		                      typmod,
		                      typmod,
		                      dim),
		        errdetail("The value does not fit type feature_vector(%d).",
		                  typmod));
	return true;
}

bool
feature_vector_element_is_legal(float8 x, struct Node *escontext)
{
	if (unlikely(!isfinite(x)))
		ereturn(escontext,
		        false,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("%s is not allowed in type feature_vector",
		               isnan(x) ? "NaN" : "infinity"),
		        errhint("Replace or filter such values before building the "
		                "vector."));
	return true;
}

/*
 * A number as an element: refused unless finite, and never -0.
 */
float8
feature_vector_element(float8 x)
{
	(void) feature_vector_element_is_legal(x, NULL);
	return x + 0.0;
}

float8
feature_vector_missing(void)
{
	return seg_missing();
}

/*
 * The length of an array to be read as a vector.
 */
static int
array_dim(ArrayType *array)
{
	int n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("array must be one-dimensional"),
		        errdetail("It has %d dimensions.", ARR_NDIM(array)));
	feature_vector_check_dim(n);
	return n;
}

/*
 * Read the elements of a float8 array that has NULLs or is unaligned. Returns
 * whether there was a NULL.
 */
static bool
copy_elements(ArrayType *array, int dim, float8 *x)
{
	const uint8 *present = ARR_NULLBITMAP(array);
	const char *at = ARR_DATA_PTR(array);
	bool has_missing = false;

	for (int i = 0; i < dim; i++)
	{
		if (present != NULL && !(present[i / 8] & (1 << (i % 8))))
		{
			x[i] = feature_vector_missing();
			has_missing = true;
			continue;
		}
		memcpy(&x[i], at, sizeof(float8)); /* NULLs take no room */
		x[i] = feature_vector_element(x[i]);
		at += sizeof(float8);
	}
	return has_missing;
}

/*
 * View a one-dimensional float8 array as a vector, in place if it can be read
 * there. (Only then may the view show a -0, which computes like 0.)
 */
void
feature_vector_view_array(Datum array, FeatureVectorView *view)
{
	ArrayType *a = DatumGetArrayTypeP(array);
	const char *data = ARR_DATA_PTR(a);

	Assert(ARR_ELEMTYPE(a) == FLOAT8OID);
	view->dim = array_dim(a);
	view->has_missing = false;
	if (!ARR_HASNULL(a) && data == (char *) TYPEALIGN(sizeof(float8), data))
	{
		view->x = (const float8 *) data;
		for (int i = 0; i < view->dim; i++)
			(void) feature_vector_element_is_legal(view->x[i], NULL);
	}
	else
	{
		float8 *x = view->buffer;

		if (view->dim > FEATURE_VECTOR_SHORT_DIM)
			x = palloc(sizeof(float8) * view->dim);
		view->has_missing = copy_elements(a, view->dim, x);
		view->x = x;
	}
}

/*
 * One element of an array of numbers as float8.
 */
static float8
number_to_float8(Datum number, Oid type)
{
	switch (type)
	{
		case FLOAT8OID:
			return DatumGetFloat8(number);
		case FLOAT4OID:
			return DatumGetFloat4(number);
		case INT2OID:
			return DatumGetInt16(number);
		case INT4OID:
			return DatumGetInt32(number);
		case INT8OID:
			return (float8) DatumGetInt64(number);
		case NUMERICOID:
			return decimal_to_double(number);
		default:
			ereport(ERROR,
			        errcode(ERRCODE_CANNOT_COERCE),
			        errmsg("cannot cast type %s[] to feature_vector",
			               format_type_be(type)),
			        errhint("Use an array of numbers."));
	}
	return 0; /* keep compilers quiet */
}

/*
 * A vector from a one-dimensional array of numbers of any type; a NULL element
 * becomes a missing one.
 */
FeatureVector *
feature_vector_from_array(ArrayType *array)
{
	Oid type = ARR_ELEMTYPE(array);
	FeatureVector *v = feature_vector_make(array_dim(array));
	int16 length;
	bool by_value;
	char align;
	Datum *numbers;
	bool *nulls;
	int dim;

	get_typlenbyvalalign(type, &length, &by_value, &align);
	deconstruct_array(array,
	                  type,
	                  length,
	                  by_value,
	                  align,
	                  &numbers,
	                  &nulls,
	                  &dim);
	for (int i = 0; i < dim; i++)
	{
		if (nulls[i])
		{
			v->x[i] = feature_vector_missing();
			v->flags |= FEATURE_VECTOR_HAS_MISSING;
		}
		else
			v->x[i] =
				feature_vector_element(number_to_float8(numbers[i], type));
	}
	return v;
}

/*
 * An array of float8 or float4 from a vector; a missing element becomes NULL.
 */
ArrayType *
feature_vector_to_array(const FeatureVectorView *view, Oid element_type)
{
	bool wide = element_type == FLOAT8OID;
	Datum *numbers = palloc(sizeof(Datum) * view->dim);
	bool *nulls = palloc(sizeof(bool) * view->dim);
	int lower_bound = 1;

	for (int i = 0; i < view->dim; i++)
	{
		nulls[i] = isnan(view->x[i]);
		if (nulls[i])
			numbers[i] = (Datum) 0;
		else if (wide)
			numbers[i] = Float8GetDatum(view->x[i]);
		else
			numbers[i] = DirectFunctionCall1(dtof, Float8GetDatum(view->x[i]));
	}
	return construct_md_array(numbers,
	                          nulls,
	                          1,
	                          (int *) &view->dim,
	                          &lower_bound,
	                          element_type,
	                          wide ? sizeof(float8) : sizeof(float4),
	                          wide ? FLOAT8PASSBYVAL : true,
	                          wide ? TYPALIGN_DOUBLE : TYPALIGN_INT);
}
