/*-------------------------------------------------------------------------
 *
 * feature_vector_ops_fmgr.c
 *	  SQL face of the algebra and the order of feature_vectors.
 *
 * Functions that only read numbers have a second face for float8[]; the two
 * differ only in how they view their arguments.
 *
 * src/fmgr/vector/feature_vector_ops_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"
#include <math.h>

#include "common/hashfn.h"

#include "kernel/vector/vector_algebra.h"
#include "pg/segment_pg.h"

typedef void (*Viewer)(Datum datum, FeatureVectorView *view);

PG_FUNCTION_INFO_V1(segment_vector_dims);
PG_FUNCTION_INFO_V1(segment_vector_dims_array);
PG_FUNCTION_INFO_V1(segment_vector_missing_count);
PG_FUNCTION_INFO_V1(segment_vector_missing_count_array);
PG_FUNCTION_INFO_V1(segment_vector_norm);
PG_FUNCTION_INFO_V1(segment_vector_norm_array);
PG_FUNCTION_INFO_V1(segment_vector_normalize);
PG_FUNCTION_INFO_V1(segment_vector_normalize_array);
PG_FUNCTION_INFO_V1(segment_vector_add_scalar);
PG_FUNCTION_INFO_V1(segment_scalar_add_vector);
PG_FUNCTION_INFO_V1(segment_vector_subtract_scalar);
PG_FUNCTION_INFO_V1(segment_scalar_subtract_vector);
PG_FUNCTION_INFO_V1(segment_vector_multiply_scalar);
PG_FUNCTION_INFO_V1(segment_scalar_multiply_vector);
PG_FUNCTION_INFO_V1(segment_vector_concat);
PG_FUNCTION_INFO_V1(segment_vector_lt);
PG_FUNCTION_INFO_V1(segment_vector_le);
PG_FUNCTION_INFO_V1(segment_vector_eq);
PG_FUNCTION_INFO_V1(segment_vector_ne);
PG_FUNCTION_INFO_V1(segment_vector_ge);
PG_FUNCTION_INFO_V1(segment_vector_gt);
PG_FUNCTION_INFO_V1(segment_vector_cmp);
PG_FUNCTION_INFO_V1(segment_vector_hash);
PG_FUNCTION_INFO_V1(segment_vector_hash_extended);
PG_FUNCTION_INFO_V1(segment_vector_eq_from_array);
PG_FUNCTION_INFO_V1(segment_vector_eq_to_array);
PG_FUNCTION_INFO_V1(segment_vector_ne_from_array);
PG_FUNCTION_INFO_V1(segment_vector_ne_to_array);

/* One vector in, one number out. */

static inline Datum
dims(FunctionCallInfo fcinfo, Viewer view)
{
	FeatureVectorView v;

	view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_INT32(v.dim);
}

static inline Datum
missing_count(FunctionCallInfo fcinfo, Viewer view)
{
	FeatureVectorView v;

	view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_INT32(v.has_missing ? seg_vector_missing_count(v.x, v.dim) : 0);
}

static inline Datum
norm(FunctionCallInfo fcinfo, Viewer view)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView v;
	float8 result;

	view(PG_GETARG_DATUM(0), &v);
	segment_check(&env, seg_vector_norm(&env, v.x, v.dim, &result));
	PG_RETURN_FLOAT8(result);
}

static inline Datum
normalize(FunctionCallInfo fcinfo, Viewer view)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView v;
	FeatureVector *result;

	view(PG_GETARG_DATUM(0), &v);
	result = feature_vector_make(v.dim);
	segment_check(&env, seg_vector_normalize(&env, v.x, v.dim, result->x));
	PG_RETURN_FEATURE_VECTOR_P(result);
}

/*
 * Two vectors in, one number out: sign times the measure.  What is not defined
 * (the direction of a zero vector) is NULL.
 */
static inline Datum
feature_vector_ops_measure(FunctionCallInfo fcinfo, Viewer view_a,
                           Viewer view_b, SegVectorMeasure of, float8 sign)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView a, b;
	float8 result;

	view_a(PG_GETARG_DATUM(0), &a);
	view_b(PG_GETARG_DATUM(1), &b);
	feature_vector_check_same_dim(&a, &b);
	segment_check(&env, of(&env, a.x, b.x, a.dim, &result));
	if (isnan(result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sign * result + 0.0);
}

/* The face for feature_vector and the one for float8[]. */
#define BOTH_FACES(name, ...) \
	Datum segment_vector_##name(PG_FUNCTION_ARGS) \
	{ \
		Viewer view = feature_vector_view; \
		return __VA_ARGS__; \
	} \
	Datum segment_vector_##name##_array(PG_FUNCTION_ARGS) \
	{ \
		Viewer view = feature_vector_view_array; \
		return __VA_ARGS__; \
	}

/* clang-format off */
BOTH_FACES(dims, dims(fcinfo, view))
BOTH_FACES(missing_count, missing_count(fcinfo, view))
BOTH_FACES(norm, norm(fcinfo, view))
BOTH_FACES(normalize, normalize(fcinfo, view))
/* clang-format on */

#define PAIR_FACE(symbol, type_a, type_b, function, ...) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) \
	{ \
		return function(fcinfo, type_a, type_b, __VA_ARGS__); \
	}

#define VECTOR feature_vector_view
#define ARRAY  feature_vector_view_array

/* Two vectors, one of which may be a float8[]. */
#define MIXED_FACES(name, ...) \
	PAIR_FACE(segment_vector_##name, VECTOR, VECTOR, __VA_ARGS__) \
	PAIR_FACE(segment_vector_##name##_from_array, ARRAY, VECTOR, __VA_ARGS__) \
	PAIR_FACE(segment_vector_##name##_to_array, VECTOR, ARRAY, __VA_ARGS__)

/* And both. */
#define ALL_FACES(name, ...) \
	MIXED_FACES(name, __VA_ARGS__) \
	PAIR_FACE(segment_vector_##name##_array, ARRAY, ARRAY, __VA_ARGS__)

/* clang-format off */
ALL_FACES(dot, feature_vector_ops_measure, seg_vector_dot, 1)
ALL_FACES(negative_dot, feature_vector_ops_measure, seg_vector_dot, -1)
ALL_FACES(l2_distance, feature_vector_ops_measure, seg_vector_l2_distance, 1)
ALL_FACES(l1_distance, feature_vector_ops_measure, seg_vector_l1_distance, 1)
ALL_FACES(cosine_distance, feature_vector_ops_measure, seg_vector_cosine_distance, 1)
/* clang-format on */

/*
 * Element by element: vector with vector, or with a number on either side.
 */
static Datum
feature_vector_ops_combine(SegVectorOp op, SegOperand a, SegOperand b, int dim)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVector *result = feature_vector_make(dim);
	bool has_missing;

	segment_check(&env,
	              seg_vector_combine(&env,
	                                 op,
	                                 a,
	                                 b,
	                                 dim,
	                                 result->x,
	                                 &has_missing));
	if (has_missing)
		result->flags |= FEATURE_VECTOR_HAS_MISSING;
	PG_RETURN_FEATURE_VECTOR_P(result);
}

static inline Datum
vector_with_vector(FunctionCallInfo fcinfo, Viewer view_a, Viewer view_b,
                   SegVectorOp op)
{
	FeatureVectorView a, b;

	view_a(PG_GETARG_DATUM(0), &a);
	view_b(PG_GETARG_DATUM(1), &b);
	feature_vector_check_same_dim(&a, &b);
	return feature_vector_ops_combine(op,
	                                  (SegOperand){a.x, 1},
	                                  (SegOperand){b.x, 1},
	                                  a.dim);
}

static Datum
vector_with_scalar(FunctionCallInfo fcinfo, SegVectorOp op)
{
	float8 b = feature_vector_element(PG_GETARG_FLOAT8(1));
	FeatureVectorView a;

	feature_vector_view(PG_GETARG_DATUM(0), &a);
	return feature_vector_ops_combine(op,
	                                  (SegOperand){a.x, 1},
	                                  (SegOperand){&b, 0},
	                                  a.dim);
}

static Datum
scalar_with_vector(FunctionCallInfo fcinfo, SegVectorOp op)
{
	float8 a = feature_vector_element(PG_GETARG_FLOAT8(0));
	FeatureVectorView b;

	feature_vector_view(PG_GETARG_DATUM(1), &b);
	return feature_vector_ops_combine(op,
	                                  (SegOperand){&a, 0},
	                                  (SegOperand){b.x, 1},
	                                  b.dim);
}

MIXED_FACES(add, vector_with_vector, SEG_VECTOR_ADD)
MIXED_FACES(subtract, vector_with_vector, SEG_VECTOR_SUBTRACT)
MIXED_FACES(multiply, vector_with_vector, SEG_VECTOR_MULTIPLY)

Datum
segment_vector_add_scalar(PG_FUNCTION_ARGS)
{
	return vector_with_scalar(fcinfo, SEG_VECTOR_ADD);
}

Datum
segment_scalar_add_vector(PG_FUNCTION_ARGS)
{
	return scalar_with_vector(fcinfo, SEG_VECTOR_ADD);
}

Datum
segment_vector_subtract_scalar(PG_FUNCTION_ARGS)
{
	return vector_with_scalar(fcinfo, SEG_VECTOR_SUBTRACT);
}

Datum
segment_scalar_subtract_vector(PG_FUNCTION_ARGS)
{
	return scalar_with_vector(fcinfo, SEG_VECTOR_SUBTRACT);
}

Datum
segment_vector_multiply_scalar(PG_FUNCTION_ARGS)
{
	return vector_with_scalar(fcinfo, SEG_VECTOR_MULTIPLY);
}

Datum
segment_scalar_multiply_vector(PG_FUNCTION_ARGS)
{
	return scalar_with_vector(fcinfo, SEG_VECTOR_MULTIPLY);
}

Datum
segment_vector_concat(PG_FUNCTION_ARGS)
{
	FeatureVectorView a, b;
	FeatureVector *result;

	feature_vector_view(PG_GETARG_DATUM(0), &a);
	feature_vector_view(PG_GETARG_DATUM(1), &b);
	result = feature_vector_make(a.dim + b.dim);
	memcpy(result->x, a.x, sizeof(float8) * a.dim);
	memcpy(result->x + a.dim, b.x, sizeof(float8) * b.dim);
	if (a.has_missing || b.has_missing)
		result->flags |= FEATURE_VECTOR_HAS_MISSING;
	PG_RETURN_FEATURE_VECTOR_P(result);
}

/*
 * Order of the two arguments.  Sorts and indexes come here millions of times,
 * so detoasted copies are freed.
 */
static int
feature_vector_ops_compare(FunctionCallInfo fcinfo)
{
	FeatureVectorView a, b;
	int order;

	feature_vector_view(PG_GETARG_DATUM(0), &a);
	feature_vector_view(PG_GETARG_DATUM(1), &b);
	order = seg_vector_compare(a.x, a.dim, b.x, b.dim);
	feature_vector_release(PG_GETARG_DATUM(0), &a);
	feature_vector_release(PG_GETARG_DATUM(1), &b);
	return order;
}

Datum
segment_vector_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(feature_vector_ops_compare(fcinfo) < 0);
}

Datum
segment_vector_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(feature_vector_ops_compare(fcinfo) <= 0);
}

Datum
segment_vector_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(feature_vector_ops_compare(fcinfo) == 0);
}

Datum
segment_vector_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(feature_vector_ops_compare(fcinfo) != 0);
}

Datum
segment_vector_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(feature_vector_ops_compare(fcinfo) >= 0);
}

Datum
segment_vector_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(feature_vector_ops_compare(fcinfo) > 0);
}

Datum
segment_vector_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(feature_vector_ops_compare(fcinfo));
}

/*
 * Equal vectors have equal bytes, so the bytes are what we hash.
 */
Datum
segment_vector_hash(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;
	uint32 hash;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	hash =
		hash_bytes((const unsigned char *) v.x, (int) sizeof(float8) * v.dim);
	feature_vector_release(PG_GETARG_DATUM(0), &v);
	PG_RETURN_INT32(hash);
}

Datum
segment_vector_hash_extended(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;
	uint64 hash;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	hash = hash_bytes_extended((const unsigned char *) v.x,
	                           (int) sizeof(float8) * v.dim,
	                           PG_GETARG_INT64(1));
	feature_vector_release(PG_GETARG_DATUM(0), &v);
	PG_RETURN_INT64(hash);
}

/*
 * An operator of two vectors, one of which comes as an array of any number type.
 */
static Datum
operate_on_array(FunctionCallInfo fcinfo, int array_argno, PGFunction operator)
{
	LOCAL_FCINFO(vectors, 2);
	Datum result;

	InitFunctionCallInfoData(*vectors,
	                         fcinfo->flinfo,
	                         2,
	                         PG_GET_COLLATION(),
	                         NULL,
	                         NULL);
	for (int i = 0; i < 2; i++)
		vectors->args[i] = fcinfo->args[i];
	vectors->args[array_argno].value = PointerGetDatum(
		feature_vector_from_array(PG_GETARG_ARRAYTYPE_P(array_argno)));
	result = operator(vectors);
	fcinfo->isnull = vectors->isnull;
	return result;
}

/* The operator from an array to a vector, and from a vector to an array. */
#define ANY_ARRAY_FACES(name) \
	Datum segment_vector_##name##_from_array(PG_FUNCTION_ARGS) \
	{ \
		return operate_on_array(fcinfo, 0, segment_vector_##name); \
	} \
	Datum segment_vector_##name##_to_array(PG_FUNCTION_ARGS) \
	{ \
		return operate_on_array(fcinfo, 1, segment_vector_##name); \
	}

ANY_ARRAY_FACES(eq)
ANY_ARRAY_FACES(ne)
