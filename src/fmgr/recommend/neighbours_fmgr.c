/*-------------------------------------------------------------------------
 *
 * neighbours_fmgr.c
 *	  SQL face of cf_predict over the rows of neighbours.
 *
 * The state is a SegNeighbours.
 *
 * src/fmgr/recommend/neighbours_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/recommend/neighbours.h"
#include "pg/float_state.h"

PG_FUNCTION_INFO_V1(segment_cf_predict_trans);
PG_FUNCTION_INFO_V1(segment_cf_predict_combine);
PG_FUNCTION_INFO_V1(segment_cf_predict_final);

#define NEIGHBOURS_STATE 0x4e454947 /* "NEIG" */
#define LENGTH           FLOAT_STATE_LENGTH(SegNeighbours)

static void
check_user_mean(const SegNeighbours *a, const SegNeighbours *b)
{
	if (unlikely(a->user_mean != b->user_mean))
		segment_changed("user_mean",
		                "GROUP BY user and item to get one prediction for "
		                "each pair.");
}

Datum
segment_cf_predict_trans(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegNeighbours empty, *neighbours;
	FloatState *state;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) ||
	    PG_ARGISNULL(4))
		RETURN_STATE_UNCHANGED();
	segment_check(&env,
	              seg_neighbours_begin(&env, PG_GETARG_FLOAT8(4), &empty));
	state = float_state_argument(fcinfo, 0, NEIGHBOURS_STATE, LENGTH, true);
	neighbours = (SegNeighbours *) state->numbers;
	if (PG_ARGISNULL(0))
		*neighbours = empty;
	check_user_mean(neighbours, &empty);
	segment_check(&env,
	              seg_neighbours_add(&env,
	                                 neighbours,
	                                 PG_GETARG_FLOAT8(1),
	                                 PG_GETARG_FLOAT8(2),
	                                 PG_GETARG_FLOAT8(3)));
	PG_RETURN_POINTER(state);
}

static SegNeighbours *
checked_neighbours(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegNeighbours *neighbours = (SegNeighbours *) state->numbers;

	segment_check(&env, seg_neighbours_check(&env, neighbours));
	return neighbours;
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_cf_predict_combine(PG_FUNCTION_ARGS)
{
	SegNeighbours *into, *from;
	FloatState *state;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_neighbours(
		float_state_argument(fcinfo, 1, NEIGHBOURS_STATE, LENGTH, false));
	state = float_state_argument(fcinfo, 0, NEIGHBOURS_STATE, LENGTH, true);
	into = (SegNeighbours *) state->numbers;
	if (PG_ARGISNULL(0))
		*into = *from;
	else
	{
		check_user_mean(checked_neighbours(state), from);
		seg_neighbours_merge(into, from);
	}
	PG_RETURN_POINTER(state);
}

Datum
segment_cf_predict_final(PG_FUNCTION_ARGS)
{
	SegNeighbours *neighbours = checked_neighbours(
		float_state_argument(fcinfo, 0, NEIGHBOURS_STATE, LENGTH, false));
	double result;

	if (!seg_neighbours_predict(neighbours, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
