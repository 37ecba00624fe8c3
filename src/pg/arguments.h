/*-------------------------------------------------------------------------
 *
 * arguments.h
 *	  Arguments of aggregates and of functions that score a row: which rows
 *	  count, and what must be the same for all rows.
 *
 * src/pg/arguments.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ARGUMENTS_H
#define SEGMENT_PG_ARGUMENTS_H

#include <math.h>

#include "pg/segment_pg.h"

/* How an argument holds a vector: a C symbol serves one SQL signature. */
typedef enum VectorArgument
{
	VECTOR_IS_FEATURE_VECTOR,
	VECTOR_IS_ARRAY
} VectorArgument;

pg_noreturn extern void
argument_missing(const FeatureVectorView *view, const char *method,
                 const SegTexts *names, bool could_fill);
pg_noreturn extern void argument_bad_weight(double weight);
pg_noreturn extern void argument_bad_dim(int dim, int expected);
extern void
argument_refuse_null(FunctionCallInfo fcinfo, int argno, const char *what);
extern int32
argument_int32(FunctionCallInfo fcinfo, int argno, const char *what);
extern double
argument_float8(FunctionCallInfo fcinfo, int argno, const char *what);
pg_noreturn extern void argument_changed(const char *what);
extern Datum *
argument_feature_names(FunctionCallInfo fcinfo, int argno, int64 dim);

/*
 * Is an argument of this aggregate call the same for all rows of the query: a
 * constant, or a parameter of the query?
 */
extern bool argument_is_constant(FunctionCallInfo fcinfo, int argno);

/*
 * The following run for every row, hence inline.
 */
static inline void
argument_view(Datum datum, VectorArgument type, FeatureVectorView *view)
{
	if (type == VECTOR_IS_ARRAY)
		feature_vector_view_array(datum, view);
	else
		feature_vector_view(datum, view);
}

/*
 * The vector of a row that counts; false if it is NULL. names: of its elements,
 * for messages; NULL: they have none.
 */
static inline bool
argument_vector(FunctionCallInfo fcinfo, int argno, VectorArgument type,
                const char *method, const SegTexts *names,
                FeatureVectorView *view)
{
	if (PG_ARGISNULL(argno))
		return false;
	argument_view(PG_GETARG_DATUM(argno), type, view);
	if (unlikely(view->has_missing))
		argument_missing(view, method, names, false);
	return true;
}

/*
 * The weight of a row that counts; false if it is NULL or zero.
 */
static inline bool
argument_weight(FunctionCallInfo fcinfo, int argno, double *weight)
{
	*weight = 1.0;
	if (PG_NARGS() <= argno)
		return true;
	if (PG_ARGISNULL(argno))
		return false;
	*weight = PG_GETARG_FLOAT8(argno);
	if (!(*weight >= 0.0) || isinf(*weight))
		argument_bad_weight(*weight);
	return *weight > 0.0;
}

#endif /* SEGMENT_PG_ARGUMENTS_H */
