/*-------------------------------------------------------------------------
 *
 * class_rows.h
 *	  Training rows with a class: a label of any type, held as a key made of its
 *	  text.
 *
 * A key depends on the label alone, not on the order of arrival, so neither does
 * the canonical order of rows.
 *
 * src/base/class_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_CLASS_ROWS_H
#define SEG_BASE_CLASS_ROWS_H

#include "base/rows.h"

#define SEG_MAX_CLASSES 1000

typedef struct SegClassRows
{
	SegRows *rows;      /* vector, key of the class, weight if there is one */
	int64_t count;      /* of classes that occur */
	SegTexts names;     /* in order */
	const double *keys; /* count, ascending */
	const int32_t *classes; /* number of the class of each key, from 0 */
} SegClassRows;

/*
 * The number of the class of a key, which is one of those that occur.
 */
static inline int32_t
seg_class_of(const SegClassRows *rows, double key)
{
	int64_t low = 0;
	int64_t high = rows->count - 1;

	while (low < high)
	{
		int64_t middle = (low + high) / 2;

		if (rows->keys[middle] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return rows->classes[low];
}

#endif /* SEG_BASE_CLASS_ROWS_H */
