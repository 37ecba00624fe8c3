/*-------------------------------------------------------------------------
 *
 * trend_fmgr.c
 *	  SQL face of trends: the aggregate trend, over one user's events.
 *
 * The state is an array of bigint: as_of, and then what kernel/journey/trend.h
 * says.
 *
 * src/fmgr/journey/trend_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/journey/trend.h"
#include "pg/calendar.h"
#include "pg/number_state.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_trend_trans);
PG_FUNCTION_INFO_V1(segment_trend_date_trans);
PG_FUNCTION_INFO_V1(segment_trend_combine);
PG_FUNCTION_INFO_V1(segment_trend_final);

/* ---------- the state ---------- */

typedef struct TrendState
{
	ArrayType *array;
	Timestamp *as_of;
	SegTrend trend;
} TrendState;

static TrendState
trend_of_array(ArrayType *array)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int64 *numbers = number_state_of(array);
	TrendState state = {array, numbers};

	number_state_check(number_state_length(array) > 0);
	segment_check(&env,
	              seg_trend_open(&env,
	                             numbers + 1,
	                             number_state_length(array) - 1,
	                             &state.trend));
	return state;
}

static TrendState
trend_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return trend_of_array(number_state_argument(fcinfo, argno, 0, writable));
}

static TrendState
trend_make(Timestamp as_of, const SegTrendHead *room, const int64 *lengths)
{
	ArrayType *array = number_state_make(1 + (int) seg_trend_length(room));
	int64 *numbers = number_state_of(array);

	*numbers = as_of;
	return (TrendState){array,
	                    numbers,
	                    seg_trend_begin(numbers + 1, room, lengths)};
}

/*
 * The same events in a state with more room, if it needs more.
 */
static TrendState
trend_with_room(const TrendState *state, const SegTrendHead *room)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	TrendState wider;

	if (likely(seg_trend_has_room(state->trend.head, room)))
		return *state;
	wider = trend_make(*state->as_of, room, state->trend.lengths);
	segment_check(&env, seg_trend_merge(&env, &wider.trend, &state->trend));
	return wider;
}

/* ---------- settings ---------- */

typedef struct TrendSettings
{
	Timestamp as_of;
	int64 n;
	int64 lengths[SEG_TREND_MAX_WINDOWS];
} TrendSettings;

static const TrendSettings default_settings = {.n = 3, .lengths = {7, 30, 90}};

static void
read_windows(FunctionCallInfo fcinfo, int argno, TrendSettings *settings)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);

	if (ARR_NDIM(array) > 1 || ARR_HASNULL(array))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("windows must be a list without NULLs"),
		        errhint("Write lengths in days, such as '{7,30,90}'."));
	settings->n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	segment_check(&env,
	              seg_trend_check_windows(&env,
	                                      (int64 *) ARR_DATA_PTR(array),
	                                      settings->n));
	memcpy(settings->lengths,
	       ARR_DATA_PTR(array),
	       (Size) settings->n * sizeof(int64));
}

static TrendSettings
trend_settings(FunctionCallInfo fcinfo, TimeArgument type)
{
	TrendSettings settings = default_settings;

	for (int argno = 3; argno < PG_NARGS(); argno++)
	{
		if (PG_ARGISNULL(argno))
			ereport(ERROR,
			        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			        errmsg("%s must not be null",
			               argno == 3 ? "as_of" : "windows"));
	}
	settings.as_of = calendar_argument(fcinfo, 3, type, "as_of");
	if (PG_NARGS() > 4)
		read_windows(fcinfo, 4, &settings);
	return settings;
}

static void
trend_must_be_same(const TrendState *state, Timestamp as_of, int64 n,
                   const int64 *lengths)
{
	if (unlikely(*state->as_of != as_of))
		segment_changed("as_of", "GROUP BY it to get one answer for each.");
	if (unlikely(state->trend.head->windows != n ||
	             memcmp(state->trend.lengths,
	                    lengths,
	                    (Size) n * sizeof(int64)) != 0))
		segment_changed("windows", "GROUP BY it to get one answer for each.");
}

/* ---------- (state, ts, value, as_of [, windows]) ---------- */

/*
 * Begin the state of a group, with a warning if the days of the session's time
 * zone are not all 24 hours long in the windows.
 */
static TrendState
first_state(FunctionCallInfo fcinfo, TimeArgument type,
            const TrendSettings *settings)
{
	Interval day = {.day = 1};
	SegTrendHead room = {.windows = settings->n};

	if (type == TIME_IS_TIMESTAMP)
		calendar_warn_local_period(fcinfo,
		                           3,
		                           &day,
		                           -2 * settings->lengths[settings->n - 1]);
	return trend_make(settings->as_of, &room, settings->lengths);
}

static inline Datum
trend_add_event(FunctionCallInfo fcinfo, TimeArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	TrendSettings settings;
	TrendState state;
	SegTrendHead room;
	Timestamp at;
	uint64 age;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	settings = trend_settings(fcinfo, type);
	at = calendar_argument(fcinfo, 1, type, "ts");
	segment_check(&env, seg_check_finite(&env, "value", PG_GETARG_FLOAT8(2)));
	state = PG_ARGISNULL(0) ? first_state(fcinfo, type, &settings)
	                        : trend_argument(fcinfo, 0, true);
	trend_must_be_same(&state, settings.as_of, settings.n, settings.lengths);
	if (at >= settings.as_of)
		PG_RETURN_POINTER(state.array);
	age = (uint64) settings.as_of - (uint64) at;
	room = *state.trend.head;
	segment_check(&env,
	              seg_trend_make_room(&env, &room, age, PG_GETARG_FLOAT8(2)));
	state = trend_with_room(&state, &room);
	seg_trend_add(&state.trend, (int64) age, PG_GETARG_FLOAT8(2));
	PG_RETURN_POINTER(state.array);
}

Datum
segment_trend_trans(PG_FUNCTION_ARGS)
{
	return trend_add_event(fcinfo, TIME_IS_TIMESTAMP);
}

Datum
segment_trend_date_trans(PG_FUNCTION_ARGS)
{
	return trend_add_event(fcinfo, TIME_IS_DATE);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_trend_combine(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	TrendState into, from;
	SegTrendHead room;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = trend_argument(fcinfo, 1, false);
	if (PG_ARGISNULL(0))
		into = trend_make(*from.as_of, from.trend.head, from.trend.lengths);
	else
	{
		into = trend_argument(fcinfo, 0, true);
		trend_must_be_same(&into,
		                   *from.as_of,
		                   from.trend.head->windows,
		                   from.trend.lengths);
		room = *into.trend.head;
		seg_trend_make_room_for(&room, from.trend.head);
		into = trend_with_room(&into, &room);
	}
	segment_check(&env, seg_trend_merge(&env, &into.trend, &from.trend));
	PG_RETURN_POINTER(into.array);
}

/* ---------- final ---------- */

/* Numbers that may be missing, as an array. */
static Datum
array_with_nulls(const double *x, int n)
{
	Datum elements[SEG_TREND_MAX_WINDOWS];
	bool nulls[SEG_TREND_MAX_WINDOWS];
	int low = 1;

	for (int i = 0; i < n; i++)
	{
		nulls[i] = isnan(x[i]);
		elements[i] = Float8GetDatum(x[i]);
	}
	return PointerGetDatum(construct_md_array(elements,
	                                          nulls,
	                                          1,
	                                          &n,
	                                          &low,
	                                          FLOAT8OID,
	                                          sizeof(float8),
	                                          true,
	                                          TYPALIGN_DOUBLE));
}

/*
 * The columns that have an element for each window.
 */
static void
set_window_columns(const SegTrendWindow *windows, int n, Datum *values)
{
	int64 events[SEG_TREND_MAX_WINDOWS], active_days[SEG_TREND_MAX_WINDOWS];
	double totals[SEG_TREND_MAX_WINDOWS], earlier[SEG_TREND_MAX_WINDOWS];
	double ratios[SEG_TREND_MAX_WINDOWS], slopes[SEG_TREND_MAX_WINDOWS];

	for (int i = 0; i < n; i++)
	{
		events[i] = windows[i].events;
		active_days[i] = windows[i].active_days;
		totals[i] = windows[i].total;
		earlier[i] = windows[i].earlier;
		ratios[i] = windows[i].ratio;
		slopes[i] = windows[i].slope;
	}
	values[0] = result_bigint_array(events, n);
	values[1] = result_bigint_array(active_days, n);
	values[2] = result_float8_array(totals, n);
	values[3] = result_float8_array(earlier, n);
	values[4] = array_with_nulls(ratios, n);
	values[5] = array_with_nulls(slopes, n);
}

Datum
segment_trend_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID,
	                            FLOAT8OID,
	                            INT8OID,
	                            INT8OID,
	                            INT8OID,
	                            INT8OID,
	                            INT8ARRAYOID,
	                            INT8ARRAYOID,
	                            INT8ARRAYOID,
	                            FLOAT8ARRAYOID,
	                            FLOAT8ARRAYOID,
	                            FLOAT8ARRAYOID,
	                            FLOAT8ARRAYOID};
	SegEnv env = segment_env(CurrentMemoryContext);
	TrendState state = trend_argument(fcinfo, 0, false);
	int n = (int) state.trend.head->windows;
	bool nulls[lengthof(types)] = {0};
	Datum values[lengthof(types)];
	SegTrendResult result;

	if (state.trend.head->events == 0)
		PG_RETURN_NULL(); /* nothing was known yet */
	segment_check(&env, seg_trend_result(&env, &state.trend, &result));
	values[0] = Float8GetDatum(result.newest);
	values[1] = Float8GetDatum(result.oldest);
	values[2] = Int64GetDatum(result.current_days);
	values[3] = Int64GetDatum(result.longest_days);
	values[4] = Int64GetDatum(result.current_weeks);
	values[5] = Int64GetDatum(result.longest_weeks);
	values[6] = result_bigint_array(state.trend.lengths, n);
	set_window_columns(result.windows, n, &values[7]);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
