/*-------------------------------------------------------------------------
 *
 * duration_state.h
 *	  States that count users by duration: of kaplan_meier and logrank_test.
 *
 * src/fmgr/survival/duration_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_DURATION_STATE_H
#define SEGMENT_FMGR_DURATION_STATE_H

#include "kernel/survival/duration.h"
#include "pg/count_state.h"

/*
 * The state of the group, argument 0, to be changed, or NULL; timefix, argument
 * argno if the aggregate has so many, must be what the group began with.
 */
extern CountState *
duration_state_of_group(FunctionCallInfo fcinfo, uint32 kind, int argno);

/* An empty one, for the first row that counts. */
extern CountState *
duration_state_make(FunctionCallInfo fcinfo, uint32 kind, int argno);

extern Datum duration_state_combine(FunctionCallInfo fcinfo, uint32 kind);

/* Argument 0 of a final function, and what timefix was. */
extern CountState *
duration_state_final(FunctionCallInfo fcinfo, uint32 kind, bool *timefix);

#endif /* SEGMENT_FMGR_DURATION_STATE_H */
