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
