/*-------------------------------------------------------------------------
 *
 * float_state.c
 *	  A struct of float8 as the bytea state of a mergeable aggregate.
 *
 * A bytea may be untrusted: its kind and length are checked whenever it is
 * read. Checking its numbers is up to the caller.
 *
 * src/pg/float_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "pg/float_state.h"

#define SIZE_OF(length) \
	(offsetof(FloatState, numbers) + (Size) (length) * sizeof(float8))

void
float_state_check(bool is_sound)
{
	if (unlikely(!is_sound))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("state of the aggregate is corrupted"));
}

/*
 * A state of zeros.
 */
FloatState *
float_state_make(uint32 kind, int length)
{
	FloatState *state = palloc0(SIZE_OF(length));

	SET_VARSIZE(state, SIZE_OF(length));
	state->kind = kind;
	return state;
}

/*
 * The state in an argument, aligned, or zeros if there is none; length 0: any.
 * Writable: it will be changed, which we may do in place only if the executor
 * runs us as part of an aggregate.
 */
FloatState *
float_state_argument(FunctionCallInfo fcinfo, int argno, uint32 kind,
                     int length, bool writable)
{
	FloatState *state;
	Size size;

	if (PG_ARGISNULL(argno))
		return float_state_make(kind, length);
	state = (FloatState *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
	size = VARSIZE(state);
	if (state != (FloatState *) MAXALIGN(state) ||
	    (writable && !AggCheckCallContext(fcinfo, NULL)))
		state = memcpy(palloc(size), state, size);
	float_state_check(
		size >= SIZE_OF(0) && state->kind == kind &&
		size == SIZE_OF(length > 0 ? length : float_state_length(state)));
	return state;
}
