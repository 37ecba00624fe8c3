/*-------------------------------------------------------------------------
 *
 * scoring.h
 *	  What functions that score a row with a model have in common.
 *
 * The model is argument 0, opened once per query by model_open; the row is a
 * vector in argument 1, or numbers.
 *
 * src/pg/scoring.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_SCORING_H
#define SEGMENT_PG_SCORING_H

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
		model_refuse_row(PG_GETARG_MODEL_P(0), view, title, dim);
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
		model_refuse_row(PG_GETARG_MODEL_P(0), view, title, dim);
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
