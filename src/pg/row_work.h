/*-------------------------------------------------------------------------
 *
 * row_work.h
 *	  What aggregates that collect vectors in a row store have in common, besides
 *	  the trainers: adding a row, and a final function that reads them all.
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

#endif /* SEGMENT_PG_ROW_WORK_H */
