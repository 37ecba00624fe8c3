/*-------------------------------------------------------------------------
 *
 * id_rows.h
 *	  Training rows with an id, each of which occurs once.
 *
 * A row holds the code of its id, which depends on the order of arrival; its
 * place among all ids does not.
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
	SegRows *rows; /* vector, code of the id, categories if there are some,
	                * weight if there is one */
	int64_t categories;
	SegIds ids;
	const int32_t *places; /* of each code, from 0 */
} SegIdRows;

/* The place of a row among all rows in order of their ids. */
static inline int64_t
seg_id_place(const SegIdRows *rows, const double *row)
{
	return rows->places[(int64_t) row[rows->rows->dim]];
}

#endif /* SEG_BASE_ID_ROWS_H */
