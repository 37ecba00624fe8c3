/*-------------------------------------------------------------------------
 *
 * feature_vector_fmgr.c
 *	  Input and output of type feature_vector: text, binary, length modifier.
 *
 * src/fmgr/vector/feature_vector_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/array.h"

#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_feature_vector_in);
PG_FUNCTION_INFO_V1(segment_feature_vector_out);
PG_FUNCTION_INFO_V1(segment_feature_vector_recv);
PG_FUNCTION_INFO_V1(segment_feature_vector_send);
PG_FUNCTION_INFO_V1(segment_feature_vector_typmod_in);
PG_FUNCTION_INFO_V1(segment_feature_vector_typmod_out);
PG_FUNCTION_INFO_V1(segment_feature_vector_length);

Datum
segment_feature_vector_in(PG_FUNCTION_ARGS)
{
	FeatureVector *v =
		feature_vector_parse(PG_GETARG_CSTRING(0), fcinfo->context);

	if (v == NULL || !feature_vector_check_typmod(v->dim,
	                                              PG_GETARG_INT32(2),
	                                              fcinfo->context))
		PG_RETURN_NULL(); /* refused softly */
	PG_RETURN_FEATURE_VECTOR_P(v);
}

Datum
segment_feature_vector_out(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_CSTRING(feature_vector_format(&v, "NULL"));
}

static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
	        errmsg("invalid binary representation of type feature_vector"),
	        errdetail_internal("%s", detail));
}

/*
 * One element from the wire.  The canonical NaN is a missing element; any other
 * is refused, as infinity is.
 */
static float8
receive_element(StringInfo buffer, FeatureVector *v)
{
	float8 x = pq_getmsgfloat8(buffer);
	float8 missing = feature_vector_missing();

	if (memcmp(&x, &missing, sizeof(x)) != 0)
		return feature_vector_element(x);
	v->flags |= FEATURE_VECTOR_HAS_MISSING;
	return x;
}

/*
 * Binary form: int16 number of elements, int16 zero, then the elements as
 * float8, all in network byte order.
 */
Datum
segment_feature_vector_recv(PG_FUNCTION_ARGS)
{
	StringInfo buffer = (StringInfo) PG_GETARG_POINTER(0);
	int dim = (int16) pq_getmsgint(buffer, 2);
	int flags = (int16) pq_getmsgint(buffer, 2);
	FeatureVector *v;

	if (flags != 0)
		refuse_binary("Its flags are not zero.");
	feature_vector_check_dim(dim);
	if (buffer->len - buffer->cursor != dim * (int) sizeof(float8))
		refuse_binary("Its length does not fit its number of elements.");
	feature_vector_check_typmod(dim, PG_GETARG_INT32(2), NULL);

	v = feature_vector_make(dim);
	for (int i = 0; i < dim; i++)
		v->x[i] = receive_element(buffer, v);
	PG_RETURN_FEATURE_VECTOR_P(v);
}

Datum
segment_feature_vector_send(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;
	StringInfoData buffer;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	pq_begintypsend(&buffer);
	pq_sendint16(&buffer, v.dim);
	pq_sendint16(&buffer, 0);
	for (int i = 0; i < v.dim; i++)
		pq_sendfloat8(&buffer, v.x[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/*
 * feature_vector(n): the modifier is n itself.
 */
Datum
segment_feature_vector_typmod_in(PG_FUNCTION_ARGS)
{
	int n;
	int32 *modifiers = ArrayGetIntegerTypmods(PG_GETARG_ARRAYTYPE_P(0), &n);

	if (n != 1)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("type feature_vector takes one modifier, its number of "
		               "elements"));
	if (modifiers[0] < 1 || modifiers[0] > FEATURE_VECTOR_MAX_DIM)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("number of elements of type feature_vector must be "
		               "between 1 and %d",
		               FEATURE_VECTOR_MAX_DIM));
	PG_RETURN_INT32(modifiers[0]);
}

Datum
segment_feature_vector_typmod_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("(%d)", PG_GETARG_INT32(0)));
}

/*
 * Check a value against the length of the column it goes to.
 */
Datum
segment_feature_vector_length(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	feature_vector_check_typmod(v.dim, PG_GETARG_INT32(1), NULL);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}
