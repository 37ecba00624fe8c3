/*-------------------------------------------------------------------------
 *
 * duration_state.c
 *	  States that count users by duration: of kaplan_meier and logrank_test.
 *
 * A count map whose setting says whether times that are equal but for rounding
 * count as one.  Which ones do depends on all times, so the map has them as they
 * came.
 *
 * src/fmgr/survival/duration_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/survival/duration_state.h"
#include "pg/arguments.h"

/* The setting; 0 is the default. */
enum
{
	TIMEFIX_ON,
	TIMEFIX_OFF
};

static int64
timefix_argument(FunctionCallInfo fcinfo, int argno)
{
	if (PG_NARGS() <= argno)
		return TIMEFIX_ON;
	argument_refuse_null(fcinfo, argno, "timefix");
	return PG_GETARG_BOOL(argno) ? TIMEFIX_ON : TIMEFIX_OFF;
}

static void
timefix_must_be(int64 setting, int64 wanted)
{
	if (unlikely(setting != wanted))
		segment_changed("timefix", "GROUP BY it to get one result for each.");
}

static CountState *
duration_state(FunctionCallInfo fcinfo, int argno, uint32 kind, bool writable)
{
	CountState *state = count_state_argument(fcinfo,
	                                         argno,
	                                         kind,
	                                         SEG_DURATION_WIDTH,
	                                         writable);
	SegEnv env;

	if (likely(state->setting == TIMEFIX_ON || state->setting == TIMEFIX_OFF))
		return state;
	env = segment_env(CurrentMemoryContext);
	segment_check(&env,
	              seg_fail_name(&env,
	                            SEG_CORRUPT,
	                            "state of the aggregate",
	                            "setting"));
	pg_unreachable();
}

CountState *
duration_state_of_group(FunctionCallInfo fcinfo, uint32 kind, int argno)
{
	int64 timefix = timefix_argument(fcinfo, argno);
	CountState *state;

	if (PG_ARGISNULL(0))
		return NULL;
	state = duration_state(fcinfo, 0, kind, true);
	timefix_must_be(state->setting, timefix);
	return state;
}

CountState *
duration_state_make(FunctionCallInfo fcinfo, uint32 kind, int argno)
{
	CountState *state = count_state_make(kind, SEG_DURATION_WIDTH);

	state->setting = timefix_argument(fcinfo, argno);
	return state;
}

Datum
duration_state_combine(FunctionCallInfo fcinfo, uint32 kind)
{
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
		timefix_must_be(duration_state(fcinfo, 0, kind, false)->setting,
		                duration_state(fcinfo, 1, kind, false)->setting);
	return count_state_combine(fcinfo,
	                           kind,
	                           SEG_DURATION_WIDTH,
	                           count_state_add_counts);
}

CountState *
duration_state_final(FunctionCallInfo fcinfo, uint32 kind, bool *timefix)
{
	CountState *state = duration_state(fcinfo, 0, kind, false);

	*timefix = state->setting == TIMEFIX_ON;
	return state;
}
