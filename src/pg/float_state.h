/*-------------------------------------------------------------------------
 *
 * float_state.h
 *	  A struct of float8 as the bytea state of a mergeable aggregate.
 *
 * A bytea and not a float8[]: a distributed plan may ship states as text, and
 * the text of a float8 has as many digits as extra_float_digits allows.
 *
 * src/pg/float_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_FLOAT_STATE_H
#define SEGMENT_PG_FLOAT_STATE_H

#include "pg/segment_pg.h"

typedef struct FloatState
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint32 kind;   /* which struct it is, chosen by the caller */
	float8 numbers[FLEXIBLE_ARRAY_MEMBER];
} FloatState;

#define FLOAT_STATE_LENGTH(type) ((int) (sizeof(type) / sizeof(float8)))

extern FloatState *float_state_make(uint32 kind, int length);
extern FloatState *float_state_argument(FunctionCallInfo fcinfo, int argno,
                                        uint32 kind, int length, bool writable);
extern void float_state_check(bool is_sound);

static inline int
float_state_length(const FloatState *state)
{
	return (int) ((VARSIZE(state) - offsetof(FloatState, numbers)) /
	              sizeof(float8));
}

#endif /* SEGMENT_PG_FLOAT_STATE_H */
