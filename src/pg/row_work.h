/*-------------------------------------------------------------------------
 *
 * row_work.h
 *	  What aggregates that collect rows in a row store have in common, besides the
 *	  trainers: adding a row, and a final function that reads them all.
 *
 * src/pg/row_work.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ROW_WORK_H
#define SEGMENT_PG_ROW_WORK_H

#include "pg/arguments.h"
#include "pg/rowstore.h"

/*
 * Add a row; all rows of a store have one dimension.
 */
static inline void
row_work_add(RowStore *store, const FeatureVectorView *view,
             const double *extra)
{
	if (unlikely(view->dim != rowstore_dim(store)))
		argument_bad_dim(view->dim, rowstore_dim(store));
	rowstore_append(store, view->x, extra);
}

/*
 * The rows in canonical order, and a context that is deleted with row_work_end.
 */
typedef struct RowWork
{
	MemoryContext context;
	MemoryContext outside;
	SegRows *rows;
	SegEnv env;
} RowWork;

extern RowWork row_work_begin(RowStore *store);
extern void row_work_end(RowWork *work);

/* Refuse to read rows that need so many bytes each in memory. */
extern void row_work_check_memory(RowWork *work, const char *method, int64 rows,
                                  int64 bytes);

/* ---------- rows of numbers, with settings ---------- */

#define ROW_MAX_SETTINGS 2

/* Arguments that are the same for all rows. */
typedef struct RowSettings
{
	int n;
	const char *name[ROW_MAX_SETTINGS];
	double value[ROW_MAX_SETTINGS];
} RowSettings;

/* The state of an aggregate, made by the first row that counts. */
typedef struct NumberRows
{
	RowStore *store;
	double settings[ROW_MAX_SETTINGS];
} NumberRows;

extern NumberRows *number_rows_make(FunctionCallInfo fcinfo, int columns,
                                    const RowSettings *settings);
pg_noreturn extern void
number_rows_refuse(const NumberRows *rows, const RowSettings *settings);

/*
 * Add a row to the state, whose numbers have been checked.
 */
static inline Datum
number_rows_add(FunctionCallInfo fcinfo, const double *row, int columns,
                const RowSettings *settings)
{
	NumberRows *rows = SEGMENT_ARG_STATE(0, NumberRows);

	if (unlikely(rows == NULL))
		rows = number_rows_make(fcinfo, columns, settings);
	for (int i = 0; i < settings->n; i++)
	{
		if (unlikely(rows->settings[i] != settings->value[i]))
			number_rows_refuse(rows, settings);
	}
	rowstore_append(rows->store, row, NULL);
	PG_RETURN_POINTER(rows);
}

#endif /* SEGMENT_PG_ROW_WORK_H */
