/*-------------------------------------------------------------------------
 *
 * number_state.h
 *	  An array of bigint as the state of a mergeable aggregate: a struct of
 *	  int64, as the caller sees it. Its text is exact; for float8, see
 *	  float_state.h.
 *
 * src/pg/number_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_NUMBER_STATE_H
#define SEGMENT_PG_NUMBER_STATE_H

#include "utils/array.h"

#include "pg/segment_pg.h"

#define NUMBER_STATE_LENGTH(type) ((int) (sizeof(type) / sizeof(int64)))

extern ArrayType *number_state_make(int length);
extern ArrayType *number_state_argument(FunctionCallInfo fcinfo, int argno,
                                        int length, bool writable);
extern void number_state_check(bool is_sound);

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
