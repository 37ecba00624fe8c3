/*-------------------------------------------------------------------------
 *
 * value_churn_fmgr.c
 *	  SQL face of churn_rate.
 *
 * The state is an array of bigint: users at risk and users who churned; for
 * churn by inactivity, also what the cutoff is computed from, which must be the
 * same in all rows and parts.
 *
 * src/fmgr/value/value_churn_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "pg/calendar.h"
#include "pg/number_state.h"

PG_FUNCTION_INFO_V1(segment_churn_rate_trans);
PG_FUNCTION_INFO_V1(segment_churn_rate_retained_trans);
PG_FUNCTION_INFO_V1(segment_churn_rate_timestamp_trans);
PG_FUNCTION_INFO_V1(segment_churn_rate_date_trans);
PG_FUNCTION_INFO_V1(segment_churn_rate_combine);
PG_FUNCTION_INFO_V1(segment_churn_rate_inactive_combine);
PG_FUNCTION_INFO_V1(segment_churn_rate_final);

typedef struct ChurnState
{
	int64 at_risk;
	int64 churned;
} ChurnState;

typedef struct InactiveState
{
	ChurnState counts;
	int64 as_of; /* microseconds, as a timestamp */
	int64 months;
	int64 days;
	int64 time;
	int64 cutoff; /* last active before it: churned */
} InactiveState;

#define STATE_ARGUMENT(argno, type, writable) \
	number_state_argument(fcinfo, argno, NUMBER_STATE_LENGTH(type), writable)

static void
check_counts(const ChurnState *counts)
{
	number_state_check(0 <= counts->churned &&
	                   counts->churned <= counts->at_risk &&
	                   counts->at_risk <= PG_INT64_MAX / 2);
}

static inline Datum
value_churn_count_user(FunctionCallInfo fcinfo, bool churned)
{
	ArrayType *state = STATE_ARGUMENT(0, ChurnState, true);
	ChurnState *counts = number_state_of(state);

	check_counts(counts);
	counts->at_risk++;
	counts->churned += churned;
	PG_RETURN_POINTER(state);
}

Datum
segment_churn_rate_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	return value_churn_count_user(fcinfo, PG_GETARG_BOOL(1));
}

/*
 * Users who were active before are at risk; those whose outcome is unknown are
 * skipped.
 */
Datum
segment_churn_rate_retained_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || !PG_GETARG_BOOL(1))
		RETURN_STATE_UNCHANGED();
	return value_churn_count_user(fcinfo, !PG_GETARG_BOOL(2));
}

/* ---------- by inactivity ---------- */

/*
 * Take the settings from the first row.
 */
static void
set_cutoff(InactiveState *state, Timestamp as_of, Interval *inactivity)
{
	calendar_refuse_infinite("as_of", as_of, NULL);
	calendar_check_positive(inactivity,
	                        "inactivity",
	                        "Give the time without activity after which a user "
	                        "counts as churned, such as '30 days'.");
	state->as_of = as_of;
	state->months = inactivity->month;
	state->days = inactivity->day;
	state->time = inactivity->time;
	state->cutoff = calendar_add(as_of, inactivity, -1);
	calendar_refuse_infinite("inactivity", state->cutoff, NULL);
}

static void
value_churn_must_be_constant(bool same, const char *what)
{
	if (unlikely(!same))
		segment_changed(what, "GROUP BY it to get one rate for each value.");
}

static Datum
count_inactive(FunctionCallInfo fcinfo, Timestamp last_active, Timestamp as_of)
{
	Interval *inactivity = PG_GETARG_INTERVAL_P(3);
	ArrayType *array = STATE_ARGUMENT(0, InactiveState, true);
	InactiveState *state = number_state_of(array);

	calendar_refuse_infinite("last_active",
	                         last_active,
	                         "Use NULL for a user who was never active: such "
	                         "rows are skipped.");
	if (PG_ARGISNULL(0))
	{
		set_cutoff(state, as_of, inactivity);
		calendar_warn_local_period(fcinfo, 2, inactivity, -1);
	}
	value_churn_must_be_constant(state->as_of == as_of, "as_of");
	value_churn_must_be_constant(state->months == inactivity->month &&
	                                 state->days == inactivity->day &&
	                                 state->time == inactivity->time,
	                             "inactivity");
	check_counts(&state->counts);
	state->counts.at_risk++;
	state->counts.churned += last_active < state->cutoff;
	PG_RETURN_POINTER(array);
}

static bool
has_null(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3);
}

/* for timestamp and timestamptz, which are the same number */
Datum
segment_churn_rate_timestamp_trans(PG_FUNCTION_ARGS)
{
	if (has_null(fcinfo))
		RETURN_STATE_UNCHANGED();
	return count_inactive(fcinfo,
	                      PG_GETARG_TIMESTAMP(1),
	                      PG_GETARG_TIMESTAMP(2));
}

Datum
segment_churn_rate_date_trans(PG_FUNCTION_ARGS)
{
	if (has_null(fcinfo))
		RETURN_STATE_UNCHANGED();
	return count_inactive(fcinfo,
	                      calendar_midnight(PG_GETARG_DATUM(1)),
	                      calendar_midnight(PG_GETARG_DATUM(2)));
}

/* ---------- all of them ---------- */

static void
value_churn_add_counts(ChurnState *into, const ChurnState *from)
{
	check_counts(into);
	check_counts(from);
	into->at_risk += from->at_risk;
	into->churned += from->churned;
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_churn_rate_combine(PG_FUNCTION_ARGS)
{
	ArrayType *into;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	into = STATE_ARGUMENT(0, ChurnState, true);
	value_churn_add_counts(number_state_of(into),
	                       number_state_of(
							   STATE_ARGUMENT(1, ChurnState, false)));
	PG_RETURN_POINTER(into);
}

Datum
segment_churn_rate_inactive_combine(PG_FUNCTION_ARGS)
{
	ArrayType *into, *from;
	InactiveState *a, *b;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = STATE_ARGUMENT(1, InactiveState, false);
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(memcpy(palloc(VARSIZE(from)), from, VARSIZE(from)));
	into = STATE_ARGUMENT(0, InactiveState, true);
	a = number_state_of(into);
	b = number_state_of(from);
	value_churn_must_be_constant(a->as_of == b->as_of, "as_of");
	value_churn_must_be_constant(a->months == b->months && a->days == b->days &&
	                                 a->time == b->time,
	                             "inactivity");
	value_churn_add_counts(&a->counts, &b->counts);
	PG_RETURN_POINTER(into);
}

Datum
segment_churn_rate_final(PG_FUNCTION_ARGS)
{
	ArrayType *state = number_state_argument(fcinfo, 0, 0, false);
	ChurnState *counts = number_state_of(state);

	number_state_check(
		number_state_length(state) == NUMBER_STATE_LENGTH(ChurnState) ||
		number_state_length(state) == NUMBER_STATE_LENGTH(InactiveState));
	check_counts(counts);
	if (counts->at_risk == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((double) counts->churned / (double) counts->at_risk);
}
