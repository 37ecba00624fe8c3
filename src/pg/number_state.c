/*-------------------------------------------------------------------------
 *
 * number_state.c
 *	  An array of bigint as the state of a mergeable aggregate.
 *
 * src/pg/number_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "pg/number_state.h"

void
number_state_corrupted(void)
{
	ereport(ERROR,
	        errcode(ERRCODE_DATA_CORRUPTED),
	        errmsg("state of the aggregate is corrupted"));
	pg_unreachable();
}

/*
 * An array of zeros.
 */
ArrayType *
number_state_make(int length)
{
	Size size = ARR_OVERHEAD_NONULLS(1) + (Size) length * sizeof(int64);
	ArrayType *state = palloc0(size);

	SET_VARSIZE(state, size);
	state->ndim = 1;
	state->elemtype = INT8OID;
	ARR_DIMS(state)[0] = length;
	ARR_LBOUND(state)[0] = 1;
	return state;
}
