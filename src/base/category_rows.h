/*-------------------------------------------------------------------------
 *
 * category_rows.h
 *	  Training rows of numbers and categories: texts, as many in each row, some
 *	  of which may be missing.
 *
 * A row holds the place of each category among all labels in order, which does
 * not depend on the order of arrival.
 *
 * src/base/category_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_CATEGORY_ROWS_H
#define SEG_BASE_CATEGORY_ROWS_H

#include "base/class_rows.h"

typedef struct SegCategoryRows
{
	SegRows *rows; /* vector, weight (1 if rows have none), then the place of
	                * each category, from 0, or a missing number */
	int64_t categories; /* of a row */
	SegTexts labels; /* of all categories, in order; SEG_MAX_CLASSES at most */
} SegCategoryRows;

#endif /* SEG_BASE_CATEGORY_ROWS_H */
