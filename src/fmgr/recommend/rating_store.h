/*-------------------------------------------------------------------------
 *
 * rating_store.h
 *	  Ratings of items by users on their way from the executor to a kernel.
 *
 * src/fmgr/recommend/rating_store.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_RATING_STORE_H
#define SEGMENT_FMGR_RATING_STORE_H

#include "pg/trainer_pg.h"

/* One rating per row: (user, item, rating [, options]). */
extern const TrainerInput rating_rows;

#endif /* SEGMENT_FMGR_RATING_STORE_H */
