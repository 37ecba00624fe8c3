/*-------------------------------------------------------------------------
 *
 * item_rows.h
 *	  Arrays of items on their way from the executor to a kernel: the state of
 *	  an aggregate that takes one basket or path per row.
 *
 * src/fmgr/pattern/item_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_ITEM_ROWS_H
#define SEGMENT_FMGR_ITEM_ROWS_H

#include "pg/trainer_pg.h"

/* One basket or path per row: (items [, options]). */
extern const TrainerInput item_rows;

#endif /* SEGMENT_FMGR_ITEM_ROWS_H */
