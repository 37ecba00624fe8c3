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
 * A store lives in an aggregate context. A row has dim elements and extra
 * columns; beside_bytes is what a kernel will need per row in memory (for
 * labels), and is charged with the row.
 */
extern RowStore *
rowstore_create(MemoryContext context, int dim, int extra, int beside_bytes);
extern int rowstore_dim(const RowStore *store);
extern int rowstore_extra(const RowStore *store);
extern int64 rowstore_count(const RowStore *store);
extern void
rowstore_append(RowStore *store, const double *x, const double *extra);

/*
 * Charge the budget with what a state keeps outside any store, until its
 * context is freed; false: that would exceed it, even after spilling all stores
 * that can.
 */
extern bool rowstore_charge(MemoryContext context, int64 bytes);

/*
 * The rows in canonical order. More rows may be appended to the store
 * afterwards. Close what you open; after an error, that is done for you.
 */
extern SegRows *rowstore_open(RowStore *store);

/*
 * The same while another store is filled with what becomes of these rows: they are
 * read from disk if the budget has no room for both.
 */
extern SegRows *rowstore_open_beside(RowStore *store);
extern int rowstore_beside_bytes(const RowStore *store);
extern void rowstore_close(SegRows *rows);

#endif /* SEGMENT_PG_ROWSTORE_H */
