/*-------------------------------------------------------------------------
 *
 * number_state.h
 *	  An array of bigint as the state of a mergeable aggregate: a struct of
 *	  int64, as the caller sees it. Its text is exact; for float8, see
 *	  float_state.h.
 *
 * An array may be untrusted: its shape is checked whenever it is read. Checking
 * its numbers is up to the caller.
 *
 * src/pg/number_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_NUMBER_STATE_H
#define SEGMENT_PG_NUMBER_STATE_H

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "pg/segment_pg.h"

#define NUMBER_STATE_LENGTH(type) ((int) (sizeof(type) / sizeof(int64)))

extern ArrayType *number_state_make(int length);
pg_noreturn extern void number_state_corrupted(void);

static inline void
number_state_check(bool is_sound)
{
	if (unlikely(!is_sound))
		number_state_corrupted();
}

/*
 * The state in an argument, zeros if there is none; length 0: any. Writable: it
 * will be changed, which we may do in place only if the executor runs us as
 * part of an aggregate. Inline, since it runs for every row.
 */
static inline ArrayType *
number_state_argument(FunctionCallInfo fcinfo, int argno, int length,
                      bool writable)
{
	ArrayType *state;

	if (PG_ARGISNULL(argno))
		return number_state_make(length);
	state = (ArrayType *) PG_GETARG_POINTER(argno);
	if (unlikely(VARATT_IS_EXTENDED(state)))
		state = PG_GETARG_ARRAYTYPE_P(argno);
	if (writable && !segment_is_in_aggregate(fcinfo))
		state = PG_GETARG_ARRAYTYPE_P_COPY(argno);
	number_state_check(ARR_NDIM(state) == 1 && !ARR_HASNULL(state) &&
	                   ARR_ELEMTYPE(state) == INT8OID &&
	                   (length == 0 || ARR_DIMS(state)[0] == length));
	return state;
}

static inline void *
number_state_of(ArrayType *state)
{
	return ARR_DATA_PTR(state);
}

static inline int
number_state_length(ArrayType *state)
{
	return ARR_DIMS(state)[0];
}

#endif /* SEGMENT_PG_NUMBER_STATE_H */
