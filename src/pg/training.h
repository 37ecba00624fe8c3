/*-------------------------------------------------------------------------
 *
 * training.h
 *	  Arguments of aggregates and of functions that score a row: which rows
 *	  count, and what must be the same for all.
 *
 * src/pg/training.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_TRAINING_H
#define SEGMENT_PG_TRAINING_H

#include <math.h>

#include "pg/rowstore.h"

/* How an argument holds a vector: a C symbol serves one SQL signature. */
typedef enum VectorArgument
{
	VECTOR_IS_FEATURE_VECTOR,
	VECTOR_IS_ARRAY
} VectorArgument;

/*
 * Rows of a group; begins every row-collecting state.  There is a state from
 * the first row on, even if that one is skipped, and a store from the first row
 * that counts.
 */
typedef struct TrainingRows
{
	RowStore *store;
	int64 skipped; /* rows with NULL, or of no weight */
} TrainingRows;

pg_noreturn extern void
training_missing(const FeatureVectorView *view, const char *method);
pg_noreturn extern void training_bad_weight(double weight);
pg_noreturn extern void training_bad_dim(int dim, int expected);
extern void
training_refuse_null(FunctionCallInfo fcinfo, int argno, const char *what);
extern int32
training_int32(FunctionCallInfo fcinfo, int argno, const char *what);
extern double
training_float8(FunctionCallInfo fcinfo, int argno, const char *what);
pg_noreturn extern void training_changed(const char *what);

/*
 * What a final function works in: the rows in canonical order, and a context
 * that goes when it is done.
 */
typedef struct TrainingWork
{
	MemoryContext context;
	MemoryContext outside;
	SegRows *rows;
	SegEnv env;
} TrainingWork;

extern TrainingWork training_begin(const TrainingRows *training);
extern void training_end(TrainingWork *work);

/*
 * What follows runs for every row, hence inline.
 */
static inline void
training_view(Datum datum, VectorArgument type, FeatureVectorView *view)
{
	if (type == VECTOR_IS_ARRAY)
		feature_vector_view_array(datum, view);
	else
		feature_vector_view(datum, view);
}

/*
 * The vector of a row that counts; false if it is NULL.
 */
static inline bool
training_argument(FunctionCallInfo fcinfo, int argno, VectorArgument type,
                  const char *method, FeatureVectorView *view)
{
	if (PG_ARGISNULL(argno))
		return false;
	training_view(PG_GETARG_DATUM(argno), type, view);
	if (unlikely(view->has_missing))
		training_missing(view, method);
	return true;
}

/*
 * The weight of a row that counts; false if it is NULL or zero.
 */
static inline bool
training_weight(FunctionCallInfo fcinfo, int argno, double *weight)
{
	*weight = 1.0;
	if (PG_NARGS() <= argno)
		return true;
	if (PG_ARGISNULL(argno))
		return false;
	*weight = PG_GETARG_FLOAT8(argno);
	if (!(*weight >= 0.0) || isinf(*weight))
		training_bad_weight(*weight);
	return *weight > 0.0;
}

/*
 * Add a row; all rows of a store have one dimension.
 */
static inline void
training_append(TrainingRows *rows, const FeatureVectorView *view,
                const double *extra)
{
	if (unlikely(view->dim != rowstore_dim(rows->store)))
		training_bad_dim(view->dim, rowstore_dim(rows->store));
	rowstore_append(rows->store, view->x, extra);
}

#endif /* SEGMENT_PG_TRAINING_H */
