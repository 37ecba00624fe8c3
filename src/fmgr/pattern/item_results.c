/*-------------------------------------------------------------------------
 *
 * item_results.c
 *	  Arrays of items as questions, and rows of items as answers.
 *
 * src/fmgr/pattern/item_results.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/lsyscache.h"

#include "base/radix_sort.h"
#include "fmgr/pattern/item_results.h"

/* ---------- answers ---------- */

Oid
item_column_type(FunctionCallInfo fcinfo, int column)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;

	return get_base_element_type(
		TupleDescAttr(info->setDesc, column)->atttypid);
}

void
item_counted_row(RowWriter *writer, IdValues *ids, const int32_t *items,
                 int64 n, int64 count, int64 of)
{
	Datum values[3];

	row_writer_begin(writer);
	values[0] = id_values_array(ids, items, n);
	values[1] = Int64GetDatum(count);
	values[2] = Float8GetDatum((double) count / (double) of);
	row_writer_end(writer, values, NULL);
}

/* ---------- questions ---------- */

void
item_query_init(ItemQuery *query, MemoryContext context, const SegIds *ids)
{
	*query = (ItemQuery){.context = context, .ids = *ids};
}

static void
item_results_make_room(ItemQuery *query, int n)
{
	int32_t *memory;

	if (n <= query->room)
		return;
	memory = MemoryContextAllocHuge(query->context, 2 * n * sizeof(int32_t));
	if (query->items != NULL)
		pfree(query->items);
	query->items = memory;
	query->scratch = memory + n;
	query->room = n;
}

int32
item_query_read(ItemQuery *query, FunctionCallInfo fcinfo, int argno)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);
	IdArrayWalk walk;
	int32 n = 0;
	Datum element;

	if (query->reader == NULL)
	{
		IdArrayReader *reader =
			MemoryContextAlloc(query->context, sizeof(IdArrayReader));

		id_array_reader_init(reader, ARR_ELEMTYPE(array), query->context);
		query->reader = reader;
	}
	walk = id_array_walk(query->reader, array);
	item_results_make_room(query, walk.n);
	while (id_array_next(&walk, &element))
		query->items[n++] =
			(int32_t) id_find(&query->reader->type, &query->ids, element);
	return n;
}

int32
item_query_read_set(ItemQuery *query, FunctionCallInfo fcinfo, int argno)
{
	int32 n = item_query_read(query, fcinfo, argno);
	int32 known = 0;
	int32 kept = 0;

	for (int32 i = 0; i < n; i++)
	{
		if (query->items[i] >= 0)
			query->items[known++] = query->items[i];
	}
	seg_radix_sort_int32(query->items, query->scratch, known);
	for (int32 i = 0; i < known; i++)
	{
		if (i == 0 || query->items[i] != query->items[i - 1])
			query->items[kept++] = query->items[i];
	}
	return kept;
}

IdValues *
item_query_values(ItemQuery *query, FunctionCallInfo fcinfo, int column)
{
	if (query->values == NULL)
		query->values = id_values_create(query->context,
		                                 &query->ids,
		                                 item_column_type(fcinfo, column));
	return query->values;
}
