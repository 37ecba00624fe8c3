/*-------------------------------------------------------------------------
 *
 * ids.h
 *	  Ids of users and items inside a model: whole numbers or texts, ascending.
 *
 * Whatever type a query has for an id, a model knows it as a number or as its
 * text, so that a dump restores anywhere.  7 and '7' are one id.
 *
 * src/base/ids.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_IDS_H
#define SEG_BASE_IDS_H

#include "base/env.h"
#include "base/text.h"

/* One id as a query has it. */
typedef struct SegId
{
	bool is_number;
	int64_t number;
	SegText text; /* if it is no number */
} SegId;

/* The ids of a model: numbers, or texts if numbers is NULL. */
typedef struct SegIds
{
	int64_t count;
	const int64_t *numbers; /* ascending */
	SegTexts names;         /* ascending by bytes */
} SegIds;

#define SEG_ID_DIGITS 20 /* of the longest number, and its sign */

/* A number as an integer is printed; returns how many bytes that took. */
extern int64_t seg_id_print(int64_t number, char *digits);

/* Is a text what seg_id_print gives for some number? */
extern bool seg_id_is_number(SegText text, int64_t *number);

/* Place of an id, from 0; -1: it is not there. */
extern int64_t seg_ids_find(const SegIds *ids, const SegId *id);

/* The text of an id; digits has room for SEG_ID_DIGITS. */
extern SegText seg_ids_text(const SegIds *ids, int64_t i, char *digits);

/* Some of the ids, by their places, which ascend. */
extern SegStatus
seg_ids_select(SegEnv *env, const SegIds *ids, const int32_t *places, int64_t n,
               SegIds *chosen);

/* Are there so many numbers or so many names, and do they strictly ascend? */
extern bool
seg_ids_are_sound(const SegIds *ids, int64_t numbers, int64_t names);

#endif /* SEG_BASE_IDS_H */
