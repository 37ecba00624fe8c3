/*-------------------------------------------------------------------------
 *
 * window_funnel_fmgr.c
 *	  SQL face of funnels: the aggregates window_funnel and funnel_times.
 *
 * Both collect the events that meet a step, as they arrive; the mode strict_order
 * needs the others too.
 *
 * src/fmgr/journey/window_funnel_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/fmgrprotos.h"

#include "kernel/journey/window_funnel.h"
#include "fmgr/journey/step_events.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_window_funnel_trans);
PG_FUNCTION_INFO_V1(segment_window_funnel_mode_trans);
PG_FUNCTION_INFO_V1(segment_window_funnel_date_trans);
PG_FUNCTION_INFO_V1(segment_window_funnel_mode_date_trans);
PG_FUNCTION_INFO_V1(segment_window_funnel_final);
PG_FUNCTION_INFO_V1(segment_funnel_times_final);
PG_FUNCTION_INFO_V1(segment_funnel_times_timestamptz_final);
PG_FUNCTION_INFO_V1(segment_funnel_times_date_final);

typedef struct FunnelKey
{
	Interval within;
	int32 count;
	int32 mode;
} FunnelKey;

typedef struct FunnelSettings
{
	const FunnelKey *key;
	SegFunnelMode mode;
	int64 span; /* of the window in microseconds; -1: ask the calendar */
} FunnelSettings;

/* ---------- settings ---------- */

static void
window_funnel_prepare(EventSettings *made)
{
	FunnelSettings *settings = made->data;
	const FunnelKey *key = made->key;

	settings->key = key;
	settings->mode = (SegFunnelMode) key->mode;
	if (calendar_sign(&key->within) < 0)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("window must not be negative"),
		        errhint("Give the time from the first step to the last one, "
		                "such as '7 days'."));
	settings->span = calendar_fixed_span(&key->within);
	made->width = STEP_EVENT_WIDTH(key->count);
	/* plus the end of its window, and the step that it serves */
	made->work =
		STEP_EVENT_WORK(key->count) + sizeof(int64) +
		(settings->mode == SEG_FUNNEL_STRICT_ONCE ? sizeof(int64) + sizeof(bool)
	                                              : 0);
}

static const SettingPart funnel_parts[] =
	{SETTING_PART("window", FunnelKey, within),
     SETTING_PART("number of steps", FunnelKey, count),
     SETTING_PART("mode", FunnelKey, mode),
     SETTING_PARTS_END};

static const EventKind funnel = {"window, mode and number of steps",
                                 funnel_parts,
                                 sizeof(FunnelSettings),
                                 window_funnel_prepare};

static const EventSettings *
window_funnel_settings(FunctionCallInfo fcinfo, EventCall *call, bool has_mode,
                       int32 count)
{
	FunnelKey key;

	if (PG_ARGISNULL(1) || (has_mode && PG_ARGISNULL(2)))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not be null",
		               PG_ARGISNULL(1) ? "window" : "mode"));
	key.within = *PG_GETARG_INTERVAL_P(1); /* no padding */
	key.count = count;
	key.mode = has_mode
	               ? word_argument(fcinfo, 2, "funnel mode", seg_funnel_modes)
	               : SEG_FUNNEL_PLAIN;
	return event_settings(call, &funnel, &key, sizeof(key));
}

static SegFunnelMode
mode_of(const EventSettings *settings)
{
	return ((const FunnelSettings *) settings->data)->mode;
}

/*
 * Only the calendar can make a window longer or shorter; most are of one clock.
 */
static inline void
warn_local_window(FunctionCallInfo fcinfo, int argno,
                  const EventSettings *settings)
{
	const FunnelSettings *made = settings->data;
	const Interval *within = &made->key->within;
	Timestamp at = PG_GETARG_TIMESTAMP(argno);

	if ((within->month | within->day) == 0 ||
	    (made->span >= 0 &&
	     calendar_local_offset(at) ==
	         calendar_local_offset(calendar_add_span(at, made->span))))
		return;
	calendar_warn_local_period(fcinfo, argno, within, 1);
}

/* ---------- collecting: (state, within [, mode], ts, steps) ---------- */

static inline Datum
window_funnel_add_event(FunctionCallInfo fcinfo, bool has_mode,
                        TimeArgument type)
{
	EventList *list = SEGMENT_ARG_STATE(0, EventList);
	EventCall *call = event_call(fcinfo);
	int time_argno = has_mode ? 3 : 2;
	const EventSettings *settings;
	StepBits steps;
	int64 time;

	event_list_expect(list);
	if (PG_ARGISNULL(time_argno))
		SEGMENT_RETURN_STATE(list);
	step_arguments(fcinfo, call, time_argno + 1, &steps);
	settings = window_funnel_settings(fcinfo, call, has_mode, steps.count);
	time = calendar_argument(fcinfo, time_argno, type, "ts");
	list = event_list_of_row(fcinfo, list, settings);
	if (steps.any || mode_of(settings) == SEG_FUNNEL_STRICT_ORDER)
	{
		step_events_add(fcinfo, &list, settings, time, &steps);
		if (type == TIME_IS_TIMESTAMP)
			warn_local_window(fcinfo, time_argno, settings);
	}
	PG_RETURN_POINTER(list);
}

Datum
segment_window_funnel_trans(PG_FUNCTION_ARGS)
{
	return window_funnel_add_event(fcinfo, false, TIME_IS_TIMESTAMP);
}

Datum
segment_window_funnel_mode_trans(PG_FUNCTION_ARGS)
{
	return window_funnel_add_event(fcinfo, true, TIME_IS_TIMESTAMP);
}

Datum
segment_window_funnel_date_trans(PG_FUNCTION_ARGS)
{
	return window_funnel_add_event(fcinfo, false, TIME_IS_DATE);
}

Datum
segment_window_funnel_mode_date_trans(PG_FUNCTION_ARGS)
{
	return window_funnel_add_event(fcinfo, true, TIME_IS_DATE);
}

/* ---------- results ---------- */

static int64 *
find_deadlines(const SegSteps *steps, const FunnelSettings *settings)
{
	int64 *deadline =
		palloc_extended(steps->n * sizeof(int64), MCXT_ALLOC_HUGE);

	for (int64 i = 0; i < steps->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		deadline[i] =
			settings->span >= 0
				? calendar_add_span(steps->time[i], settings->span)
				: calendar_end(steps->time[i], &settings->key->within);
	}
	return deadline;
}

static const FunnelSettings *
settings_of(const EventList *list)
{
	return (const FunnelSettings *) event_list_settings(list)->data;
}

/*
 * Steps that were reached, and when, unless reached is NULL.
 */
static int64
funnel_level(const EventList *list, int64 *reached)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const FunnelSettings *settings;
	SegSteps steps;
	int64_t level;

	if (event_list_is_empty(list))
		return 0;
	settings = settings_of(list);
	steps = step_events_sorted(&env, list, settings->key->count);
	segment_check(&env,
	              seg_window_funnel(&env,
	                                &steps,
	                                find_deadlines(&steps, settings),
	                                settings->mode,
	                                &level,
	                                reached));
	return level;
}

Datum
segment_window_funnel_final(PG_FUNCTION_ARGS)
{
	EventList *list = SEGMENT_ARG_STATE(0, EventList);

	PG_RETURN_INT32((int32) funnel_level(list, NULL));
}

/*
 * Times of all steps, NULL where a step was not reached.
 */
static Datum
times_of(FunctionCallInfo fcinfo, Oid type, int16 length)
{
	EventList *list = SEGMENT_ARG_STATE(0, EventList);
	int64 reached[SEG_STEPS_MAX];
	Datum times[SEG_STEPS_MAX];
	bool nulls[SEG_STEPS_MAX];
	int64 level = funnel_level(list, reached);
	int lower = 1;
	int count;

	if (level == 0)
		PG_RETURN_NULL();
	count = settings_of(list)->key->count;
	for (int j = 0; j < count; j++)
	{
		nulls[j] = j >= level;
		if (nulls[j])
			times[j] = (Datum) 0;
		else if (type == DATEOID)
			times[j] = DirectFunctionCall1(timestamp_date,
			                               TimestampGetDatum(reached[j]));
		else
			times[j] = TimestampGetDatum(reached[j]);
	}
	PG_RETURN_ARRAYTYPE_P(
		construct_md_array(times,
	                       nulls,
	                       1,
	                       &count,
	                       &lower,
	                       type,
	                       length,
	                       true,
	                       type == DATEOID ? TYPALIGN_INT : TYPALIGN_DOUBLE));
}

Datum
segment_funnel_times_final(PG_FUNCTION_ARGS)
{
	return times_of(fcinfo, TIMESTAMPOID, sizeof(Timestamp));
}

Datum
segment_funnel_times_timestamptz_final(PG_FUNCTION_ARGS)
{
	return times_of(fcinfo, TIMESTAMPTZOID, sizeof(TimestampTz));
}

Datum
segment_funnel_times_date_final(PG_FUNCTION_ARGS)
{
	return times_of(fcinfo, DATEOID, sizeof(DateADT));
}
