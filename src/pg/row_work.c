/*-------------------------------------------------------------------------
 *
 * row_work.c
 *	  Final functions that read a row store.
 *
 * src/pg/row_work.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "pg/row_work.h"

/*
 * The store keeps the same set of rows, and more may be added afterwards.
 */
RowWork
row_work_begin(RowStore *store)
{
	RowWork work;

	work.context = AllocSetContextCreate(CurrentMemoryContext,
	                                     "segment row work",
	                                     ALLOCSET_DEFAULT_SIZES);
	work.outside = MemoryContextSwitchTo(work.context);
	work.env = segment_env(work.context);
	work.rows = rowstore_open(store);
	return work;
}

void
row_work_end(RowWork *work)
{
	rowstore_close(work->rows);
	MemoryContextSwitchTo(work->outside);
	MemoryContextDelete(work->context);
}

void
row_work_check_memory(RowWork *work, const char *method, int64 rows,
                      int64 bytes)
{
	int64 most = (int64) segment_training_memory * 1024 / bytes;

	if (rows > most)
		segment_check(&work->env,
		              seg_fail(&work->env,
		                       SEG_MEMORY_LIMIT,
		                       method,
		                       (double) rows,
		                       (double) most));
}

/* ---------- rows of numbers, with settings ---------- */

NumberRows *
number_rows_make(FunctionCallInfo fcinfo, int columns,
                 const RowSettings *settings)
{
	MemoryContext context = segment_agg_context(fcinfo);
	NumberRows *rows = MemoryContextAllocZero(context, sizeof(NumberRows));

	rows->store = rowstore_create(context, columns, 0, 0);
	memcpy(rows->settings, settings->value, sizeof(settings->value));
	return rows;
}

void
number_rows_refuse(const NumberRows *rows, const RowSettings *settings)
{
	int i = 0;

	while (rows->settings[i] == settings->value[i])
		i++;
	segment_changed(settings->name[i],
	                "GROUP BY it to get one result for each.");
}
