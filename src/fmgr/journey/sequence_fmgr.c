/*-------------------------------------------------------------------------
 *
 * sequence_fmgr.c
 *	  SQL face of patterns: the aggregates sequence_match and sequence_count.
 *
 * Both collect the events that meet a condition, as they arrive.
 *
 * src/fmgr/journey/sequence_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/journey/sequence.h"
#include "fmgr/journey/step_events.h"

PG_FUNCTION_INFO_V1(segment_sequence_trans);
PG_FUNCTION_INFO_V1(segment_sequence_date_trans);
PG_FUNCTION_INFO_V1(segment_sequence_match_final);
PG_FUNCTION_INFO_V1(segment_sequence_count_final);

#define MAX_PATTERN 1000 /* bytes */

typedef struct SequenceKey
{
	int32 count; /* of conditions */
	char pattern[MAX_PATTERN];
} SequenceKey;

typedef struct SequenceSettings
{
	int32 count;
	SegPattern pattern;
} SequenceSettings;

static void
sequence_prepare(EventSettings *made)
{
	SequenceSettings *settings = made->data;
	const SequenceKey *key = made->key;
	SegEnv env = segment_env(CurrentMemoryContext);
	SegText text = {key->pattern,
	                made->key_size - offsetof(SequenceKey, pattern)};

	settings->count = key->count;
	segment_check(&env,
	              seg_pattern_parse(&env, text, key->count, &settings->pattern));
	made->width = STEP_EVENT_WIDTH(key->count);
	made->work = STEP_EVENT_WORK(key->count) +
	             seg_sequence_event_bytes(&settings->pattern);
}

static const SettingPart sequence_parts[] =
	{SETTING_PART("number of conditions", SequenceKey, count),
     {"pattern", offsetof(SequenceKey, pattern), 0},
     SETTING_PARTS_END};

static const EventKind sequence = {"pattern and number of conditions",
                                   sequence_parts,
                                   sizeof(SequenceSettings),
                                   sequence_prepare};

static const EventSettings *
sequence_settings(FunctionCallInfo fcinfo, EventCall *call, int32 count)
{
	SequenceKey key;
	text *pattern;
	Size length;

	if (PG_ARGISNULL(1))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("pattern must not be null"));
	pattern = PG_GETARG_TEXT_PP(1);
	length = VARSIZE_ANY_EXHDR(pattern);
	if (length > MAX_PATTERN)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("pattern is too long: %zu bytes", length),
		        errdetail("The limit is %d.", MAX_PATTERN));
	key.count = count;
	memcpy(key.pattern, VARDATA_ANY(pattern), length);
	return event_settings(call,
	                      &sequence,
	                      &key,
	                      offsetof(SequenceKey, pattern) + length);
}

/* ---------- collecting: (state, pattern, ts, conditions) ---------- */

static inline Datum
sequence_add_event(FunctionCallInfo fcinfo, TimeArgument type)
{
	EventList *list = SEGMENT_ARG_STATE(0, EventList);
	EventCall *call = event_call(fcinfo);
	const EventSettings *settings;
	StepBits conditions;
	int64 time;

	event_list_expect(list);
	if (PG_ARGISNULL(2))
		SEGMENT_RETURN_STATE(list);
	step_arguments(fcinfo, call, 3, &conditions);
	settings = sequence_settings(fcinfo, call, conditions.count);
	time = calendar_argument(fcinfo, 2, type, "ts");
	list = event_list_of_row(fcinfo, list, settings);
	if (conditions.any)
		step_events_add(fcinfo, &list, settings, time, &conditions);
	PG_RETURN_POINTER(list);
}

Datum
segment_sequence_trans(PG_FUNCTION_ARGS)
{
	return sequence_add_event(fcinfo, TIME_IS_TIMESTAMP);
}

Datum
segment_sequence_date_trans(PG_FUNCTION_ARGS)
{
	return sequence_add_event(fcinfo, TIME_IS_DATE);
}

/* ---------- results ---------- */

static int64
count_matches(FunctionCallInfo fcinfo, int64 wanted)
{
	EventList *list = SEGMENT_ARG_STATE(0, EventList);
	SegEnv env = segment_env(CurrentMemoryContext);
	const SequenceSettings *settings;
	SegSteps events;
	int64_t count;

	if (event_list_is_empty(list))
		return 0;
	settings = event_list_settings(list)->data;
	events = step_events_sorted(&env, list, settings->count);
	segment_check(&env,
	              seg_sequence_count(&env,
	                                 &events,
	                                 &settings->pattern,
	                                 wanted,
	                                 &count));
	return count;
}

Datum
segment_sequence_match_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(count_matches(fcinfo, 1) > 0);
}

Datum
segment_sequence_count_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(count_matches(fcinfo, PG_INT64_MAX));
}
