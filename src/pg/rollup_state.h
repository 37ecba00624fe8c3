/*-------------------------------------------------------------------------
 *
 * rollup_state.h
 *	  Any number of summaries of one kind as the bytea state of rollup.
 *
 * src/pg/rollup_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ROLLUP_STATE_H
#define SEGMENT_PG_ROLLUP_STATE_H

#include "pg/summary.h"

extern ModelValue *
rollup_state_argument(FunctionCallInfo fcinfo, int argno, bool writable);
extern ModelValue *
rollup_state_add(ModelValue *state, const ModelValue *summary);
extern ModelValue *
rollup_state_merge(ModelValue *state, const ModelValue *from);
extern ModelValue *rollup_state_final(const ModelValue *state);

#endif /* SEGMENT_PG_ROLLUP_STATE_H */
