/*-------------------------------------------------------------------------
 *
 * results.h
 *	  Arrays and sets of rows as results.
 *
 * src/pg/results.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_RESULTS_H
#define SEGMENT_PG_RESULTS_H

#include "funcapi.h"

#include "base/text.h"
#include "pg/segment_pg.h"

extern Datum result_text(SegText text);
extern Datum result_feature(SegText name, int64 i);
extern Datum result_float8_array(const double *x, int64 n);
extern Datum result_bigint_array(const int64_t *x, int64 n);
extern Datum result_text_array(const SegText *x, int64 n);
extern Datum result_composite(FunctionCallInfo fcinfo, const Oid *types,
                              int count, Datum *values, bool *nulls);
extern Datum result_feature_vector(const double *x, int64 n);
extern void result_begin(FunctionCallInfo fcinfo);
extern int32 result_limit(FunctionCallInfo fcinfo, int argno);
extern void result_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls);

/* A result that is an array of one of our row types. */
typedef struct RowArray
{
	TupleDesc row;
	Datum *elements;
	int64 n;
} RowArray;

extern RowArray row_array_begin(FunctionCallInfo fcinfo, const Oid *types,
                                int count, int64 most);
extern void row_array_add(RowArray *array, Datum *values, bool *nulls);
extern Datum row_array_end(RowArray *array);

/* Rows of a result whose values are freed with the row. */
typedef struct RowWriter
{
	FunctionCallInfo fcinfo;
	MemoryContext row;
	MemoryContext outside;
} RowWriter;

extern RowWriter row_writer_open(FunctionCallInfo fcinfo);
extern void row_writer_begin(RowWriter *writer);
extern void row_writer_end(RowWriter *writer, Datum *values, bool *nulls);
extern void row_writer_close(RowWriter *writer);

#endif /* SEGMENT_PG_RESULTS_H */
