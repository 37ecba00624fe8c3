/*-------------------------------------------------------------------------
 *
 * scoring.h
 *	  What functions that score a row with a model have in common.
 *
 * The model is an argument, mostly the first, opened once per query by model_open;
 * the row is a vector in the argument after it, or numbers.
 *
 * src/pg/scoring.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_SCORING_H
#define SEGMENT_PG_SCORING_H

#include "base/preparation.h"
#include "pg/model.h"
#include "pg/arguments.h"

/*
 * One scoring function per SQL type of a vector: segment_NAME takes a
 * feature_vector, segment_NAME_array a float8[]. score is a static inline
 * function of the call and that type.
 */
#define SCORING_FUNCTIONS(name, score) \
	PG_FUNCTION_INFO_V1(segment_##name); \
	PG_FUNCTION_INFO_V1(segment_##name##_array); \
	Datum segment_##name(PG_FUNCTION_ARGS) \
	{ \
		return score(fcinfo, VECTOR_IS_FEATURE_VECTOR); \
	} \
	Datum segment_##name##_array(PG_FUNCTION_ARGS) \
	{ \
		return score(fcinfo, VECTOR_IS_ARRAY); \
	} \
	extern int no_such_variable

/*
 * The vector of a row, which must be complete and fit the model.
 */
static inline void
scoring_vector(FunctionCallInfo fcinfo, int argno, VectorArgument type,
               const char *title, int64 dim, FeatureVectorView *view)
{
	argument_view(PG_GETARG_DATUM(argno), type, view);
	if (unlikely(view->has_missing || view->dim != dim))
		model_refuse_row(PG_GETARG_MODEL_P(argno - 1), view, title, dim);
}

/*
 * The same for a model that can use missing elements.
 */
static inline void
scoring_vector_missing(FunctionCallInfo fcinfo, int argno, VectorArgument type,
                       const char *title, int64 dim, FeatureVectorView *view)
{
	argument_view(PG_GETARG_DATUM(argno), type, view);
	if (unlikely(view->dim != dim))
		model_refuse_row(PG_GETARG_MODEL_P(argno - 1), view, title, dim);
}

/*
 * The row in an argument as a model wants it that carries a preparation; NULL: it
 * needs none.
 */
static inline void
scoring_prepare(FunctionCallInfo fcinfo, int argno,
                const SegPreparation *preparation, FeatureVectorView *view)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegStatus status;
	double *x;

	if (likely(preparation == NULL))
		return;
	x = palloc(view->dim * sizeof(double));
	status = seg_prepare(&env, preparation, view->x, x);
	if (unlikely(status != SEG_OK))
		model_raise(PG_GETARG_MODEL_P(argno - 1), &env, status);
	view->x = x;
	view->has_missing =
		view->has_missing && !seg_preparation_fills(preparation);
}

/*
 * The same, from the argument; in the end it must be complete.
 */
static inline void
scoring_vector_prepared(FunctionCallInfo fcinfo, int argno, VectorArgument type,
                        const char *title, int64 dim,
                        const SegPreparation *preparation,
                        FeatureVectorView *view)
{
	if (preparation != NULL && seg_preparation_fills(preparation))
		scoring_vector_missing(fcinfo, argno, type, title, dim, view);
	else
		scoring_vector(fcinfo, argno, type, title, dim, view);
	scoring_prepare(fcinfo, argno, preparation, view);
}

/* Validate the numbers of a row, and say whether it counts: SegTrainer's. */
typedef SegStatus (*CheckNumbers)(SegEnv *env, double *numbers, bool *counts);

/*
 * The numbers of a row, none of them NULL, with -0 as 0.
 */
static inline void
scoring_numbers(FunctionCallInfo fcinfo, int first, int n, CheckNumbers check,
                double *numbers)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool counts;

	for (int i = 0; i < n; i++)
		numbers[i] = PG_GETARG_FLOAT8(first + i) + 0.0;
	segment_check(&env, check(&env, numbers, &counts));
}

#endif /* SEGMENT_PG_SCORING_H */
