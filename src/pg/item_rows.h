/*-------------------------------------------------------------------------
 *
 * item_rows.h
 *	  Arrays of items on their way from the executor to a kernel: the state of
 *	  an aggregate that takes one basket or path per row.
 *
 * src/pg/item_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ITEM_ROWS_H
#define SEGMENT_PG_ITEM_ROWS_H

#include "base/item_lists.h"
#include "pg/id_dictionary.h"
#include "pg/trainer_pg.h"

/* One basket or path per row: (items [, options]). */
extern const TrainerInput item_rows;

/* The same for collectors of rows that are more than items. */
typedef struct ItemState
{
	TrainerState base;
	SegItemLists lists;
	IdDictionary *ids;  /* from the first row that is not NULL */
	int64 charged;      /* bytes */
	int64 bytes_beside; /* that a row takes besides its items */
} ItemState;

extern bool
item_rows_add(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *state);
extern bool item_rows_have_rows(const TrainerState *state);
extern void *
item_rows_open(TrainerState *state, SegEnv *env, SegPreparation *preparation,
               const TrainerLook *look);

#endif /* SEGMENT_PG_ITEM_ROWS_H */
