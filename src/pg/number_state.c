/*-------------------------------------------------------------------------
 *
 * number_state.c
 *	  An array of bigint as the state of a mergeable aggregate.
 *
 * An array may be untrusted: its shape is checked whenever it is read. Checking
 * its numbers is up to the caller.
 *
 * src/pg/number_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "pg/number_state.h"

void
number_state_check(bool is_sound)
{
	if (unlikely(!is_sound))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("state of the aggregate is corrupted"));
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

/*
 * The state in an argument, zeros if there is none; length 0: any. Writable: it
 * will be changed, which we may do in place only if the executor runs us as
 * part of an aggregate.
 */
ArrayType *
number_state_argument(FunctionCallInfo fcinfo, int argno, int length,
                      bool writable)
{
	ArrayType *state;

	if (PG_ARGISNULL(argno))
		return number_state_make(length);
	state = writable && !AggCheckCallContext(fcinfo, NULL)
	            ? PG_GETARG_ARRAYTYPE_P_COPY(argno)
	            : PG_GETARG_ARRAYTYPE_P(argno);
	number_state_check(ARR_NDIM(state) == 1 && !ARR_HASNULL(state) &&
	                   ARR_ELEMTYPE(state) == INT8OID &&
	                   (length == 0 || ARR_DIMS(state)[0] == length));
	return state;
}
