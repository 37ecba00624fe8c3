/*-------------------------------------------------------------------------
 *
 * lifecycle_fmgr.c
 *	  SQL face of lifecycles: the aggregate lifecycle, over one user's events.
 *
 * The state is an array of bigint: what was asked, where the periods begin, and
 * when the user was active.
 *
 * src/fmgr/journey/lifecycle_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "kernel/journey/lifecycle.h"
#include "pg/calendar.h"
#include "pg/number_state.h"

PG_FUNCTION_INFO_V1(segment_lifecycle_trans);
PG_FUNCTION_INFO_V1(segment_lifecycle_date_trans);
PG_FUNCTION_INFO_V1(segment_lifecycle_combine);
PG_FUNCTION_INFO_V1(segment_lifecycle_final);

/* The same in all rows and parts. */
typedef struct Question
{
	int64 as_of; /* microseconds, as a timestamp */
	int64 months;
	int64 days;
	int64 time;
} Question;

typedef struct LifecycleState
{
	Question asked;
	int64 current;  /* where the current period begins */
	int64 previous; /* and the one before */
	int64 active;   /* SEG_ACTIVE_… */
} LifecycleState;

static void
set_periods(LifecycleState *state, const Interval *period)
{
	calendar_check_positive(period,
	                        "period",
	                        "Give the length of a period, such as '1 month'.");
	state->current = calendar_add(state->asked.as_of, period, -1);
	state->previous = calendar_add(state->asked.as_of, period, -2);
	/* '1 month -29 days' is positive in some months, but not in February */
	if (state->current >= state->asked.as_of ||
	    state->previous >= state->current)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("as_of minus period must be before as_of"),
		        errhint("Use a period without negative parts."));
}

static ArrayType *
lifecycle_state_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	ArrayType *array =
		number_state_argument(fcinfo,
	                          argno,
	                          NUMBER_STATE_LENGTH(LifecycleState),
	                          writable);
	LifecycleState *state = number_state_of(array);

	number_state_check(0 <= state->active && state->active <= SEG_ACTIVE_ALL);
	return array;
}

static void
lifecycle_must_be_same(const Question *a, const Question *b)
{
	static const SettingPart parts[] = {SETTING_PART("as_of", Question, as_of),
	                                    {"period",
	                                     offsetof(Question, months),
	                                     3 * sizeof(int64)},
	                                    SETTING_PARTS_END};

	if (unlikely(memcmp(a, b, sizeof(Question)) != 0))
		segment_settings_changed(parts,
		                         a,
		                         sizeof(Question),
		                         b,
		                         sizeof(Question),
		                         "GROUP BY it to get one answer for each.");
}

static int64
active_at(const LifecycleState *state, Timestamp at)
{
	if (at >= state->asked.as_of)
		return 0;
	return at >= state->current    ? SEG_ACTIVE_CURRENT
	       : at >= state->previous ? SEG_ACTIVE_PREVIOUS
	                               : SEG_ACTIVE_EARLIER;
}

/* ---------- (state, ts, as_of, period) ---------- */

static inline Datum
lifecycle_add_event(FunctionCallInfo fcinfo, TimeArgument type)
{
	const Interval *period;
	Question asked;
	ArrayType *array;
	LifecycleState *state;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not be null",
		               PG_ARGISNULL(2) ? "as_of" : "period"));
	period = PG_GETARG_INTERVAL_P(3);
	asked = (Question){calendar_argument(fcinfo, 2, type, "as_of"),
	                   period->month,
	                   period->day,
	                   period->time};
	array = lifecycle_state_argument(fcinfo, 0, true);
	state = number_state_of(array);
	if (PG_ARGISNULL(0))
	{
		state->asked = asked;
		set_periods(state, period);
		calendar_warn_local_period(fcinfo, 2, period, -2);
	}
	lifecycle_must_be_same(&state->asked, &asked);
	state->active |= active_at(state, calendar_argument(fcinfo, 1, type, "ts"));
	PG_RETURN_POINTER(array);
}

Datum
segment_lifecycle_trans(PG_FUNCTION_ARGS)
{
	return lifecycle_add_event(fcinfo, TIME_IS_TIMESTAMP);
}

Datum
segment_lifecycle_date_trans(PG_FUNCTION_ARGS)
{
	return lifecycle_add_event(fcinfo, TIME_IS_DATE);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_lifecycle_combine(PG_FUNCTION_ARGS)
{
	ArrayType *into, *from;
	LifecycleState *a, *b;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = lifecycle_state_argument(fcinfo, 1, false);
	into = lifecycle_state_argument(fcinfo, 0, true);
	a = number_state_of(into);
	b = number_state_of(from);
	if (PG_ARGISNULL(0))
		*a = *b;
	lifecycle_must_be_same(&a->asked, &b->asked);
	a->active |= b->active;
	PG_RETURN_POINTER(into);
}

Datum
segment_lifecycle_final(PG_FUNCTION_ARGS)
{
	LifecycleState *state =
		number_state_of(lifecycle_state_argument(fcinfo, 0, false));
	const char *name = seg_lifecycle(state->active);

	if (name == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(name));
}
