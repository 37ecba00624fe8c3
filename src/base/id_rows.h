/*-------------------------------------------------------------------------
 *
 * id_rows.h
 *	  Training rows with an id, each of which occurs once.
 *
 * A row holds the place of its id among all ids in order, which does not depend on
 * the order of arrival.
 *
 * src/base/id_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_ID_ROWS_H
#define SEG_BASE_ID_ROWS_H

#include "base/ids.h"
#include "base/rows.h"

typedef struct SegIdRows
{
	SegRows *rows; /* vector, place of the id from 0, categories if there are
	                * some, weight if there is one */
	int64_t categories;
	SegIds ids;
} SegIdRows;

#endif /* SEG_BASE_ID_ROWS_H */
