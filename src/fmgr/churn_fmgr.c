/*-------------------------------------------------------------------------
 *
 * churn_fmgr.c
 *	  SQL face of churn_rate.
 *
 * The state is an array of bigint: users at risk and users who churned; by
 * inactivity also what the cutoff was made of, which must be the same in all
 * rows and in all parts.
 *
 * src/fmgr/churn_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "pg/segment_pg.h"

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
	int64 cutoff; /* active before: churned */
} InactiveState;

#define LENGTH(type)   ((int) (sizeof(type) / sizeof(int64)))
#define NUMBERS(array) ((void *) ARR_DATA_PTR(array))
#define RETURN_UNCHANGED() \
	do \
	{ \
		if (PG_ARGISNULL(0)) \
			PG_RETURN_NULL(); \
		PG_RETURN_DATUM(PG_GETARG_DATUM(0)); \
	} while (0)

static ArrayType *
make_state(int length)
{
	Datum zero[LENGTH(InactiveState)] = {0};

	return construct_array(zero,
	                       length,
	                       INT8OID,
	                       sizeof(int64),
	                       FLOAT8PASSBYVAL,
	                       TYPALIGN_DOUBLE);
}

static void
check_state(bool is_sound)
{
	if (unlikely(!is_sound))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("state of the aggregate is corrupted"));
}

/*
 * A state that may have either length (0) or must have one; writable says that it
 * is to be changed, which we may do where it lies only if the executor runs us as
 * part of an aggregate.
 */
static ArrayType *
state_argument(FunctionCallInfo fcinfo, int argno, int length, bool writable)
{
	ArrayType *state = writable && !AggCheckCallContext(fcinfo, NULL)
	                       ? PG_GETARG_ARRAYTYPE_P_COPY(argno)
	                       : PG_GETARG_ARRAYTYPE_P(argno);

	check_state(
		ARR_NDIM(state) == 1 && !ARR_HASNULL(state) &&
		ARR_ELEMTYPE(state) == INT8OID &&
		(ARR_DIMS(state)[0] == length ||
	     (length == 0 && (ARR_DIMS(state)[0] == LENGTH(ChurnState) ||
	                      ARR_DIMS(state)[0] == LENGTH(InactiveState)))));
	return state;
}

static void
check_counts(const ChurnState *counts)
{
	check_state(0 <= counts->churned && counts->churned <= counts->at_risk &&
	            counts->at_risk <= PG_INT64_MAX / 2);
}

static inline Datum
count_user(FunctionCallInfo fcinfo, bool churned)
{
	ArrayType *state =
		PG_ARGISNULL(0) ? make_state(LENGTH(ChurnState))
						: state_argument(fcinfo, 0, LENGTH(ChurnState), true);
	ChurnState *counts = NUMBERS(state);

	counts->at_risk++;
	counts->churned += churned;
	PG_RETURN_POINTER(state);
}

Datum
segment_churn_rate_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		RETURN_UNCHANGED();
	return count_user(fcinfo, PG_GETARG_BOOL(1));
}

/*
 * At risk is who was active before; of whom we don't know what became is skipped.
 */
Datum
segment_churn_rate_retained_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || !PG_GETARG_BOOL(1))
		RETURN_UNCHANGED();
	return count_user(fcinfo, !PG_GETARG_BOOL(2));
}

/* ---------- by inactivity ---------- */

static void
refuse_infinite(const char *what, Timestamp at, const char *hint)
{
	if (unlikely(TIMESTAMP_NOT_FINITE(at)))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("%s must be finite", what),
		        hint ? errhint("%s", hint) : 0);
}

/*
 * The settings of a first row.  A timestamptz is taken for a timestamp in UTC:
 * so months and days are those of UTC, whatever the session's TimeZone.
 */
static void
set_cutoff(InactiveState *state, Timestamp as_of, Interval *inactivity)
{
	Interval none = {0};

	refuse_infinite("as_of", as_of, NULL);
	if (DatumGetBool(DirectFunctionCall2(interval_le,
	                                     IntervalPGetDatum(inactivity),
	                                     IntervalPGetDatum(&none))))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("inactivity must be positive"),
		        errdetail("It is \"%s\".",
		                  DatumGetCString(DirectFunctionCall1(interval_out,
		                                                      IntervalPGetDatum(
																  inactivity)))),
		        errhint("Give the time without activity after which a user "
		                "counts as churned, such as '30 days'."));
	state->as_of = as_of;
	state->months = inactivity->month;
	state->days = inactivity->day;
	state->time = inactivity->time;
	state->cutoff =
		DatumGetTimestamp(DirectFunctionCall2(timestamp_mi_interval,
	                                          TimestampGetDatum(as_of),
	                                          IntervalPGetDatum(inactivity)));
	refuse_infinite("inactivity", state->cutoff, NULL);
}

static void
must_be_constant(bool same, const char *what)
{
	if (unlikely(!same))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("%s must be the same for all rows", what),
		        errdetail("Two rows differ."),
		        errhint("GROUP BY it to get one rate for each value."));
}

static Datum
count_inactive(FunctionCallInfo fcinfo, Timestamp last_active, Timestamp as_of)
{
	Interval *inactivity = PG_GETARG_INTERVAL_P(3);
	ArrayType *array =
		PG_ARGISNULL(0)
			? make_state(LENGTH(InactiveState))
			: state_argument(fcinfo, 0, LENGTH(InactiveState), true);
	InactiveState *state = NUMBERS(array);

	refuse_infinite("last_active",
	                last_active,
	                "Use NULL for a user who was never active: such rows are "
	                "skipped.");
	if (PG_ARGISNULL(0))
		set_cutoff(state, as_of, inactivity);
	must_be_constant(state->as_of == as_of, "as_of");
	must_be_constant(state->months == inactivity->month &&
	                     state->days == inactivity->day &&
	                     state->time == inactivity->time,
	                 "inactivity");
	state->counts.at_risk++;
	state->counts.churned += last_active < state->cutoff;
	PG_RETURN_POINTER(array);
}

static bool
has_null(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3);
}

/* of timestamp and of timestamptz, which are the same number */
Datum
segment_churn_rate_timestamp_trans(PG_FUNCTION_ARGS)
{
	if (has_null(fcinfo))
		RETURN_UNCHANGED();
	return count_inactive(fcinfo,
	                      PG_GETARG_TIMESTAMP(1),
	                      PG_GETARG_TIMESTAMP(2));
}

static Timestamp
midnight(Datum date)
{
	return DatumGetTimestamp(DirectFunctionCall1(date_timestamp, date));
}

Datum
segment_churn_rate_date_trans(PG_FUNCTION_ARGS)
{
	if (has_null(fcinfo))
		RETURN_UNCHANGED();
	return count_inactive(fcinfo,
	                      midnight(PG_GETARG_DATUM(1)),
	                      midnight(PG_GETARG_DATUM(2)));
}

/* ---------- all of them ---------- */

static void
add_counts(ChurnState *into, const ChurnState *from)
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
	ArrayType *into, *from;

	if (PG_ARGISNULL(1))
		RETURN_UNCHANGED();
	from = state_argument(fcinfo, 1, LENGTH(ChurnState), false);
	into = PG_ARGISNULL(0)
	           ? make_state(LENGTH(ChurnState))
	           : state_argument(fcinfo, 0, LENGTH(ChurnState), true);
	add_counts(NUMBERS(into), NUMBERS(from));
	PG_RETURN_POINTER(into);
}

Datum
segment_churn_rate_inactive_combine(PG_FUNCTION_ARGS)
{
	ArrayType *into, *from;
	InactiveState *a, *b;

	if (PG_ARGISNULL(1))
		RETURN_UNCHANGED();
	from = state_argument(fcinfo, 1, LENGTH(InactiveState), false);
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(memcpy(palloc(VARSIZE(from)), from, VARSIZE(from)));
	into = state_argument(fcinfo, 0, LENGTH(InactiveState), true);
	a = NUMBERS(into);
	b = NUMBERS(from);
	must_be_constant(a->as_of == b->as_of, "as_of");
	must_be_constant(a->months == b->months && a->days == b->days &&
	                     a->time == b->time,
	                 "inactivity");
	add_counts(&a->counts, &b->counts);
	PG_RETURN_POINTER(into);
}

Datum
segment_churn_rate_final(PG_FUNCTION_ARGS)
{
	ChurnState *counts = NUMBERS(state_argument(fcinfo, 0, 0, false));

	check_counts(counts);
	if (counts->at_risk == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((double) counts->churned / (double) counts->at_risk);
}
