/*-------------------------------------------------------------------------
 *
 * similarity_fmgr.c
 *	  SQL face of cosine_similarity and pearson_similarity.
 *
 * The state is a SegSimilarity.  It holds the settings too:
 * parts can only be merged if they agree, and a final function sees nothing else.
 *
 * src/fmgr/recommend/similarity_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/recommend/similarity.h"
#include "pg/arguments.h"
#include "pg/float_state.h"

PG_FUNCTION_INFO_V1(segment_similarity_trans);
PG_FUNCTION_INFO_V1(segment_similarity_combine);
PG_FUNCTION_INFO_V1(segment_cosine_similarity_final);
PG_FUNCTION_INFO_V1(segment_pearson_similarity_final);

#define SIMILARITY_STATE 0x53494d49 /* "SIMI" */
#define LENGTH           FLOAT_STATE_LENGTH(SegSimilarity)

static void
similarity_check_settings(const SegSimilarity *a, const SegSimilarity *b)
{
	const char *what = a->min_support != b->min_support ? "min_support"
	                   : a->shrinkage != b->shrinkage   ? "shrinkage"
	                                                    : NULL;

	if (unlikely(what != NULL))
		segment_changed(what, "GROUP BY it to get one similarity for each.");
}

/*
 * An empty state with the settings in the arguments: support 1 and no shrinkage
 * if there are none.
 */
static SegSimilarity
settings_argument(FunctionCallInfo fcinfo)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double min_support = 1, shrinkage = 0;
	SegSimilarity settings;

	if (PG_NARGS() > 3)
		min_support = argument_int32(fcinfo, 3, "min_support");
	if (PG_NARGS() > 4)
		shrinkage = argument_float8(fcinfo, 4, "shrinkage");
	segment_check(&env,
	              seg_similarity_begin(&env, min_support, shrinkage, &settings));
	return settings;
}

Datum
segment_similarity_trans(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegSimilarity settings = settings_argument(fcinfo);
	SegSimilarity *similarity;
	FloatState *state;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	state = float_state_argument(fcinfo, 0, SIMILARITY_STATE, LENGTH, true);
	similarity = (SegSimilarity *) state->numbers;
	if (PG_ARGISNULL(0))
		*similarity = settings;
	similarity_check_settings(similarity, &settings);
	segment_check(&env,
	              seg_similarity_add(&env,
	                                 similarity,
	                                 PG_GETARG_FLOAT8(1),
	                                 PG_GETARG_FLOAT8(2)));
	PG_RETURN_POINTER(state);
}

static SegSimilarity *
checked_similarity(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegSimilarity *similarity = (SegSimilarity *) state->numbers;

	segment_check(&env, seg_similarity_check(&env, similarity));
	return similarity;
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_similarity_combine(PG_FUNCTION_ARGS)
{
	SegSimilarity *into, *from;
	FloatState *state;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_similarity(
		float_state_argument(fcinfo, 1, SIMILARITY_STATE, LENGTH, false));
	state = float_state_argument(fcinfo, 0, SIMILARITY_STATE, LENGTH, true);
	into = (SegSimilarity *) state->numbers;
	if (PG_ARGISNULL(0))
		*into = *from;
	else
	{
		similarity_check_settings(checked_similarity(state), from);
		seg_similarity_merge(into, from);
	}
	PG_RETURN_POINTER(state);
}

static Datum
similarity_finish(FunctionCallInfo fcinfo,
                  bool (*similarity_of)(const SegSimilarity *, double *))
{
	SegSimilarity *similarity = checked_similarity(
		float_state_argument(fcinfo, 0, SIMILARITY_STATE, LENGTH, false));
	double result;

	if (!similarity_of(similarity, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

Datum
segment_cosine_similarity_final(PG_FUNCTION_ARGS)
{
	return similarity_finish(fcinfo, seg_similarity_cosine);
}

Datum
segment_pearson_similarity_final(PG_FUNCTION_ARGS)
{
	return similarity_finish(fcinfo, seg_similarity_pearson);
}
