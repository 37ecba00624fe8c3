/*-------------------------------------------------------------------------
 *
 * rowstore.h
 *	  Training rows on their way from the executor to a kernel.
 *
 * src/pg/rowstore.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ROWSTORE_H
#define SEGMENT_PG_ROWSTORE_H

#include "base/rows.h"
#include "pg/segment_pg.h"

typedef struct RowStore RowStore;

/*
 * A store lives in an aggregate context.  A row has dim elements and extra
 * columns; beside_bytes is what a kernel will want in memory for each row that
 * is there (labels), and is charged with it.
 */
extern RowStore *
rowstore_create(MemoryContext context, int dim, int extra, int beside_bytes);
extern int rowstore_dim(const RowStore *store);
extern int64 rowstore_count(const RowStore *store);
extern void
rowstore_append(RowStore *store, const double *x, const double *extra);

/*
 * Charge the budget with what a state keeps beside any store, until its context
 * goes; false: that would pass it, though all stores that can have spilled.
 */
extern bool rowstore_charge(MemoryContext context, int64 bytes);

/*
 * The rows in canonical order.  The store is none the worse for it: more rows
 * may be appended afterwards.  Close what you open, unless an error does.
 */
extern SegRows *rowstore_open(RowStore *store);
extern void rowstore_close(SegRows *rows);

#endif /* SEGMENT_PG_ROWSTORE_H */
