/*-------------------------------------------------------------------------
 *
 * item_results.h
 *	  Arrays of items as questions, and rows of items as answers.
 *
 * The items of an answer are of the type that the call resolved its columns to:
 * text, or that of a witness or of the array in the question.
 *
 * src/fmgr/pattern/item_results.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_ITEM_RESULTS_H
#define SEGMENT_ITEM_RESULTS_H

#include "pg/id_array.h"
#include "pg/results.h"

/* ---------- answers ---------- */

/* The type of the items in a column of arrays. */
extern Oid item_column_type(FunctionCallInfo fcinfo, int column);

/* The row (items, support_count, support). */
extern void
item_counted_row(RowWriter *writer, IdValues *ids, const int32_t *items,
                 int64 n, int64 count, int64 of);

/* ---------- questions ---------- */

/* What is kept about a model's items between the calls of a query. */
typedef struct ItemQuery
{
	MemoryContext context;
	SegIds ids;
	IdArrayReader *reader;
	IdValues *values;
	int32_t *items; /* of the current array: numbers in the model, or -1 */
	int32_t *scratch;
	int room;
} ItemQuery;

extern void
item_query_init(ItemQuery *query, MemoryContext context, const SegIds *ids);

/* The items of an array argument in its order; returns how many. */
extern int32
item_query_read(ItemQuery *query, FunctionCallInfo fcinfo, int argno);

/* The same as a set: each known item once, ascending. */
extern int32
item_query_read_set(ItemQuery *query, FunctionCallInfo fcinfo, int argno);

/* Items as values of the type in a column of arrays. */
extern IdValues *
item_query_values(ItemQuery *query, FunctionCallInfo fcinfo, int column);

#endif /* SEGMENT_ITEM_RESULTS_H */
