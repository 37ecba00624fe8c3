/*-------------------------------------------------------------------------
 *
 * phrase_rows.h
 *	  Texts on their way from the executor to the search for phrases.
 *
 * src/fmgr/text/phrase_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_PHRASE_ROWS_H
#define SEGMENT_FMGR_PHRASE_ROWS_H

#include "pg/trainer_pg.h"

/* One text per row: (document [, options]). */
extern const TrainerInput phrase_rows;

#endif /* SEGMENT_FMGR_PHRASE_ROWS_H */
