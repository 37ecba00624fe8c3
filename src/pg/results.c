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

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include "pg/arguments.h"
#include "pg/results.h"

Datum
result_text(SegText text)
{
	return PointerGetDatum(cstring_to_text_with_len(text.bytes, text.length));
}

static Datum *
make_elements(int64 n)
{
	return palloc(Max(n, 1) * sizeof(Datum));
}

/*
 * An array of an 8-byte type.
 */
static Datum
array_of_words(Datum *elements, int64 n, Oid type)
{
	return PointerGetDatum(construct_array(elements,
	                                       (int) n,
	                                       type,
	                                       8,
	                                       FLOAT8PASSBYVAL,
	                                       TYPALIGN_DOUBLE));
}

Datum
result_float8_array(const double *x, int64 n)
{
	Datum *elements = make_elements(n);

	for (int64 i = 0; i < n; i++)
		elements[i] = Float8GetDatum(x[i]);
	return array_of_words(elements, n, FLOAT8OID);
}

Datum
result_bigint_array(const int64_t *x, int64 n)
{
	Datum *elements = make_elements(n);

	for (int64 i = 0; i < n; i++)
		elements[i] = Int64GetDatum(x[i]);
	return array_of_words(elements, n, INT8OID);
}

Datum
result_text_array(const SegText *x, int64 n)
{
	Datum *elements = make_elements(n);

	for (int64 i = 0; i < n; i++)
		elements[i] = result_text(x[i]);
	return PointerGetDatum(
		construct_array(elements, (int) n, TEXTOID, -1, false, TYPALIGN_INT));
}

/*
 * The row type that a function returns, itself or in an array.
 */
static TupleDesc
returned_row(FunctionCallInfo fcinfo)
{
	Oid type = get_func_rettype(fcinfo->flinfo->fn_oid);
	Oid element = get_element_type(type);

	return lookup_rowtype_tupdesc_copy(OidIsValid(element) ? element : type,
	                                   -1);
}

/*
 * The same, looked up once per query. Its owner may have altered it.
 */
static TupleDesc
composite_type(FunctionCallInfo fcinfo, const Oid *types, int count)
{
	MemoryContext outside;
	TupleDesc row;
	bool is_ours;

	if (fcinfo->flinfo->fn_extra != NULL)
		return fcinfo->flinfo->fn_extra;
	outside = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	row = returned_row(fcinfo);
	is_ours = row->natts == count;
	for (int i = 0; is_ours && i < count; i++)
		is_ours = TupleDescAttr(row, i)->atttypid == types[i];
	if (!is_ours)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("type %s has been altered",
		               format_type_be(row->tdtypeid)));
	row = BlessTupleDesc(row);
	MemoryContextSwitchTo(outside);
	fcinfo->flinfo->fn_extra = row;
	return row;
}

/*
 * A value of one of our row types, whose columns have these types.
 */
Datum
result_composite(FunctionCallInfo fcinfo, const Oid *types, int count,
                 Datum *values, bool *nulls)
{
	TupleDesc row = composite_type(fcinfo, types, count);

	return HeapTupleGetDatum(heap_form_tuple(row, values, nulls));
}

RowArray
row_array_begin(FunctionCallInfo fcinfo, const Oid *types, int count,
                int64 most)
{
	return (RowArray){composite_type(fcinfo, types, count),
	                  palloc_extended(Max(most, 1) * sizeof(Datum),
	                                  MCXT_ALLOC_HUGE),
	                  0};
}

void
row_array_add(RowArray *array, Datum *values, bool *nulls)
{
	array->elements[array->n++] =
		HeapTupleGetDatum(heap_form_tuple(array->row, values, nulls));
}

Datum
row_array_end(RowArray *array)
{
	return PointerGetDatum(construct_array(array->elements,
	                                       (int) array->n,
	                                       array->row->tdtypeid,
	                                       -1,
	                                       false,
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
 * The name of a feature, or else its number, from 1.
 */
Datum
result_feature(SegText name, int64 i)
{
	char digits[24];

	if (name.length > 0)
		return result_text(name);
	snprintf(digits, sizeof(digits), INT64_FORMAT, i + 1);
	return result_text((SegText){digits, (int64_t) strlen(digits)});
}

/*
 * Start a set-returning function that returns all its rows at once. The query
 * knows its columns: asking the catalog would leak a kilobyte per LATERAL call.
 */
void
result_begin(FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
}

/*
 * The most rows that are wanted.
 */
int32
result_limit(FunctionCallInfo fcinfo, int argno)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 n = argument_int32(fcinfo, argno, "number of items");

	if (n < 0)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "number of items",
		                             n,
		                             0,
		                             PG_INT32_MAX));
	return n;
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

	/* there may be millions of rows */
	CHECK_FOR_INTERRUPTS();
	tuplestore_putvalues(info->setResult,
	                     info->setDesc,
	                     values,
	                     nulls != NULL ? nulls : none);
}

RowWriter
row_writer_open(FunctionCallInfo fcinfo)
{
	return (RowWriter){fcinfo,
	                   AllocSetContextCreate(CurrentMemoryContext,
	                                         "segment result row",
	                                         ALLOCSET_SMALL_SIZES),
	                   NULL};
}

void
row_writer_begin(RowWriter *writer)
{
	writer->outside = MemoryContextSwitchTo(writer->row);
}

void
row_writer_end(RowWriter *writer, Datum *values, bool *nulls)
{
	result_row(writer->fcinfo, values, nulls);
	MemoryContextSwitchTo(writer->outside);
	MemoryContextReset(writer->row);
	CHECK_FOR_INTERRUPTS();
}

void
row_writer_close(RowWriter *writer)
{
	MemoryContextDelete(writer->row);
}
