/*-------------------------------------------------------------------------
 *
 * strong_dice.h
 *	  Random choices that nobody can predict, from the server's source of strong
 *	  random bytes.
 *
 * src/pg/strong_dice.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_STRONG_DICE_H
#define SEGMENT_PG_STRONG_DICE_H

#include "base/dice.h"

extern SegDice strong_dice(void);

#endif /* SEGMENT_PG_STRONG_DICE_H */
