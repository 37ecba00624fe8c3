/*-------------------------------------------------------------------------
 *
 * training_rows.h
 *	  What the rows were like that a model was trained on: mean, standard
 *	  deviation and share of missing values of each element.
 *
 * A model keeps this so that rows of a later day can be compared with those it
 * learned from. A method takes part with SEG_TRAINING_ROWS_FIELDS in its table of
 * fields; the host does the rest. The figures are of the rows as they came, before
 * any preparation, and every row that counts counts once, whatever its weight.
 *
 * src/base/training_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TRAINING_ROWS_H
#define SEG_BASE_TRAINING_ROWS_H

#include <float.h>

#include "base/image.h"
#include "base/rows.h"

typedef struct SegTrainingRows
{
	int64_t dim;              /* 0: not known */
	const double *means;      /* dim; missing: no row has the element */
	const double *deviations; /* dim; missing: fewer than two rows have it */
	const double *missing;    /* dim: share of the rows */
} SegTrainingRows;

/* Fields of a struct whose member "training_rows" it is. */
#define SEG_TRAINING_ARRAY(type, name, field_type, array, min, max) \
	{ \
		name, field_type, offsetof(type, training_rows.array), \
			offsetof(type, training_rows.dim), SEG_NO_COUNT, min, max \
	}
#define SEG_TRAINING_ROWS_FIELDS(type, most) \
	{"training_dim", \
	 SEG_FIELD_INT, \
	 offsetof(type, training_rows.dim), \
	 SEG_NO_COUNT, \
	 SEG_NO_COUNT, \
	 0, \
	 most}, \
		SEG_TRAINING_ARRAY(type, \
	                       "training_means", \
	                       SEG_FIELD_OPTIONAL, \
	                       means, \
	                       -DBL_MAX, \
	                       DBL_MAX), \
		SEG_TRAINING_ARRAY(type, \
	                       "training_deviations", \
	                       SEG_FIELD_OPTIONAL, \
	                       deviations, \
	                       0, \
	                       DBL_MAX), \
		SEG_TRAINING_ARRAY(type, \
	                       "training_missing", \
	                       SEG_FIELD_REAL, \
	                       missing, \
	                       0, \
	                       1)

/* For the is_sound of its method: is it that of rows of dim elements, or none? */
extern bool
seg_training_rows_are_sound(const SegTrainingRows *training_rows, int64_t dim);

/*
 * Was an element 0 or 1 in all of so many rows that have it? Then it says yes or no.
 */
extern bool seg_training_rows_say_yes_no(const SegTrainingRows *training_rows,
                                         int64_t rows, int64_t j);

/* What the vectors of a stream are like, to the bit in canonical order. */
extern SegStatus
seg_training_rows_find(SegEnv *env, SegRows *rows, SegTrainingRows *result);

#endif /* SEG_BASE_TRAINING_ROWS_H */
