/*-------------------------------------------------------------------------
 *
 * item_rows.h
 *	  Arrays of items on their way from the executor to a kernel: the state of an
 *	  aggregate that takes one basket or path a row.
 *
 * src/fmgr/pattern/item_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_ITEM_ROWS_H
#define SEGMENT_FMGR_ITEM_ROWS_H

#include "kernel/pattern/item_lists.h"
#include "pg/id_array.h"
#include "pg/model.h"
#include "pg/options_pg.h"

typedef struct ItemState
{
	SegItemLists lists;
	IdDictionary *ids; /* from the first row on that is not NULL */
	int64 skipped;     /* NULL rows */
	int64 charged;     /* bytes */
	const void *options;
} ItemState;

/* What an aggregate over items has besides: its options, and what is wrong with
 * them. */
typedef struct ItemMethod
{
	const SegOption *options;
	Size params_size;
	SegStatus (*check)(SegEnv *env, const void *params);
} ItemMethod;

/* Add the row of a call (state, items [, options]). */
extern ItemState *
item_rows_add(FunctionCallInfo fcinfo, const ItemMethod *method);

/* What a final function works with, in a context that goes when it is done. */
typedef struct ItemWork
{
	MemoryContext context;
	MemoryContext outside;
	SegEnv env;
	SegIds ids;
	SegItemRows rows;
} ItemWork;

extern void item_work_begin(const ItemState *state, ItemWork *work);
extern ModelValue *
item_work_end(ItemWork *work, const SegMethod *method, const void *value);

#endif /* SEGMENT_FMGR_ITEM_ROWS_H */
