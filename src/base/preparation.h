/*-------------------------------------------------------------------------
 *
 * preparation.h
 *	  What a model does to a row before it uses it: fill in missing elements,
 *	  transform, scale.
 *
 * A model carries the preparation that its rows had in training, so that training
 * and scoring cannot differ. A method takes part with one word in its SegTrainer
 * (base/trainer.h) and with SEG_PREPARATION_FIELDS in its table of fields. The
 * host does the rest: it offers the options, finds the preparation from the rows,
 * trains on prepared rows, and prepares each row that is scored. No method sees a
 * row that is not prepared.
 *
 * src/base/preparation.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_PREPARATION_H
#define SEG_BASE_PREPARATION_H

#include <float.h>
#include <math.h>

#include "base/image.h"
#include "base/options.h"
#include "base/rows.h"
#include "base/yeo_johnson.h"

/* Which preparations a method takes. */
typedef enum SegPreparations
{
	SEG_PREPARE_NOTHING,
	SEG_PREPARE_MISSING, /* only impute: what is done to numbers without
	                      * changing their order is no matter to it */
	SEG_PREPARE_ANYTHING
} SegPreparations;

/* 0 is no preparation; others are those of kernel/prepare, from 1. */
typedef enum SegPreparedPower
{
	SEG_PREPARED_PLAIN,
	SEG_PREPARED_YEO_JOHNSON,
	SEG_PREPARED_LOG1P
} SegPreparedPower;

typedef struct SegPreparationParams
{
	int impute; /* of SegImputing, from 1 */
	double fill_value;
	int transform; /* SegPreparedPower */
	int scale;     /* of SegScaling, from 1 */
} SegPreparationParams;

static inline bool
seg_prepares(const SegPreparationParams *params)
{
	return params->impute > 0 || params->transform > 0 || params->scale > 0;
}

/*
 * As a model stores it. An element, once filled in, becomes
 * (power(x, lambda) - center) / scale.
 */
typedef struct SegPreparation
{
	int64_t dim;           /* 0: none */
	int64_t power;         /* SegPreparedPower, of all elements */
	const double *fills;   /* dim; missing: it is not filled in */
	const double *lambdas; /* dim; of Yeo and Johnson's */
	const double *centers; /* dim */
	const double *scales;  /* dim */
} SegPreparation;

/* Fields of a struct whose member "preparation" it is. */
#define SEG_PREPARED_ARRAY(type, name, field_type, array, min, max) \
	{ \
		name, field_type, offsetof(type, preparation.array), \
			offsetof(type, preparation.dim), SEG_NO_COUNT, min, max \
	}
#define SEG_PREPARATION_FIELDS(type, most) \
	{"prepared", \
	 SEG_FIELD_INT, \
	 offsetof(type, preparation.dim), \
	 SEG_NO_COUNT, \
	 SEG_NO_COUNT, \
	 0, \
	 most}, \
		{"prepared_power", \
	     SEG_FIELD_INT, \
	     offsetof(type, preparation.power), \
	     SEG_NO_COUNT, \
	     SEG_NO_COUNT, \
	     SEG_PREPARED_PLAIN, \
	     SEG_PREPARED_LOG1P}, \
		SEG_PREPARED_ARRAY(type, \
	                       "prepared_fills", \
	                       SEG_FIELD_OPTIONAL, \
	                       fills, \
	                       -DBL_MAX, \
	                       DBL_MAX), \
		SEG_PREPARED_ARRAY(type, \
	                       "prepared_lambdas", \
	                       SEG_FIELD_REAL, \
	                       lambdas, \
	                       -DBL_MAX, \
	                       DBL_MAX), \
		SEG_PREPARED_ARRAY(type, \
	                       "prepared_centers", \
	                       SEG_FIELD_REAL, \
	                       centers, \
	                       -DBL_MAX, \
	                       DBL_MAX), \
		SEG_PREPARED_ARRAY(type, \
	                       "prepared_scales", \
	                       SEG_FIELD_REAL, \
	                       scales, \
	                       0, \
	                       DBL_MAX)

/* For the is_sound of its method: is it that of rows of dim elements, or none? */
extern bool
seg_preparation_is_sound(const SegPreparation *preparation, int64_t dim);

/* One that leaves rows as they are, in arrays that may be changed. */
extern SegStatus
seg_preparation_create(SegEnv *env, int64_t dim, SegPreparation *result);

/* Does it fill in missing elements? */
static inline bool
seg_preparation_fills(const SegPreparation *preparation)
{
	return preparation->dim > 0 && !isnan(preparation->fills[0]);
}

/* Prepare a row; elements that are missing and not filled in stay so. */
extern SegStatus seg_prepare(SegEnv *env, const SegPreparation *preparation,
                             const double *x, double *result);

/* The complete row that would become a prepared one. */
extern SegStatus seg_unprepare(SegEnv *env, const SegPreparation *preparation,
                               const double *x, double *result);

/*
 * The power of an element; NaN or infinite where log1p is not defined.
 */
static inline double
seg_power_value(SegPreparedPower power, double lambda, double x)
{
	if (power == SEG_PREPARED_LOG1P)
		return log1p(x);
	return seg_yeo_johnson(x, lambda, NULL);
}

static inline double
seg_power_argument(SegPreparedPower power, double lambda, double y)
{
	if (power == SEG_PREPARED_LOG1P)
		return expm1(y);
	return seg_yeo_johnson_inverse(y, lambda);
}

/*
 * Prepared rows of a stream, a few at a time. Where a number cannot be prepared
 * the stream ends, and status says why.
 */
typedef struct SegPreparedRows
{
	SegRows rows;
	SegEnv *env;
	SegRows *raw;
	const SegPreparation *preparation;
	SegBlock block; /* of raw rows */
	int64_t used;   /* of those */
	int64_t room;   /* rows of buffer */
	double *buffer;
	SegStatus status;
} SegPreparedRows;

/* with_extra: keep the columns after the vector */
extern SegStatus
seg_prepared_rows(SegEnv *env, SegRows *raw, const SegPreparation *preparation,
                  bool with_extra, SegPreparedRows *result);

/*
 * How a preparation is found: one step after the other, each from rows that went
 * through those before it.
 */
typedef struct SegPreparer
{
	const SegOption *options; /* "impute" and "fill_value" come first */

	/* what can be checked without rows */
	SegStatus (*check)(SegEnv *env, const SegPreparationParams *params);

	/* the vectors, with anything after them, in any order */
	SegStatus (*impute)(SegEnv *env, SegRows *rows,
	                    const SegPreparationParams *params,
	                    SegPreparation *preparation);
	SegStatus (*scale)(SegEnv *env, SegRows *rows,
	                   const SegPreparationParams *params,
	                   SegPreparation *preparation);

	/* the vectors alone, in their canonical order */
	SegStatus (*transform)(SegEnv *env, SegRows *rows,
	                       const SegPreparationParams *params,
	                       SegPreparation *preparation);
} SegPreparer;

#endif /* SEG_BASE_PREPARATION_H */
