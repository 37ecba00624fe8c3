/*-------------------------------------------------------------------------
 *
 * ids.h
 *	  Ids of users and items inside a model: whole numbers or texts, ascending.
 *
 * Whatever type an id has in a query, a model stores it as a number or as its
 * text, so that a dump restores anywhere. 7 and '7' are the same id.
 *
 * src/base/ids.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_IDS_H
#define SEG_BASE_IDS_H

#include "base/env.h"
#include "base/text.h"

/* An id as it comes from a query. */
typedef struct SegId
{
	bool is_number;
	int64_t number;
	SegText text; /* if it is not a number */
} SegId;

/* The ids of a model: numbers, or texts if numbers is NULL. */
typedef struct SegIds
{
	int64_t count;
	const int64_t *numbers; /* ascending */
	SegTexts names;         /* ascending in byte order */
} SegIds;

#define SEG_ID_DIGITS 20 /* of the longest number, with its sign */

/* Print a number as an integer; returns the number of bytes written. */
extern int64_t seg_id_print(int64_t number, char *digits);

/* Is a text what seg_id_print writes for some number? */
extern bool seg_id_is_number(SegText text, int64_t *number);

/* The position of an id, from 0; -1: it is not there. */
extern int64_t seg_ids_find(const SegIds *ids, const SegId *id);

/* The text of an id; digits has room for SEG_ID_DIGITS. */
extern SegText seg_ids_text(const SegIds *ids, int64_t i, char *digits);

/* Some of the ids, by their positions, which must ascend. */
extern SegStatus
seg_ids_select(SegEnv *env, const SegIds *ids, const int32_t *places, int64_t n,
               SegIds *chosen);

/* Are there as many numbers or names as stated, in strictly ascending order? */
extern bool
seg_ids_are_sound(const SegIds *ids, int64_t numbers, int64_t names);

#endif /* SEG_BASE_IDS_H */
