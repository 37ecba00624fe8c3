/*-------------------------------------------------------------------------
 *
 * sequence_next_fmgr.c
 *	  SQL face of what came next: the aggregate sequence_next.
 *
 * It collects all events of a user, as they arrive: the time and the value of
 * each, and the steps that it meets.
 *
 * src/fmgr/journey/sequence_next_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "kernel/journey/sequence.h"
#include "fmgr/journey/step_events.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_sequence_next_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_date_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_base_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_base_date_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_final);

typedef struct NextKey
{
	Oid type; /* of the value */
	int32 count;
	int32 direction; /* an index into directions */
	int32 base;
} NextKey;

typedef struct NextSettings
{
	int32 count;
	int direction;
	SegSequenceBase base;
	int16 length; /* of the value's type */
	bool by_value;
} NextSettings;

/* A list holds time, value and steps of each event. */
#define EVENT_WIDTH(count) (sizeof(int64) + sizeof(Datum) + STEP_BYTES(count))

/* ---------- settings ---------- */

static const char *const directions[] = {"forward", "backward", NULL};

static void
sequence_next_prepare(EventSettings *made)
{
	NextSettings *settings = made->data;
	const NextKey *key = made->key;

	settings->count = key->count;
	settings->direction = key->direction == 0 ? 1 : -1;
	settings->base = (SegSequenceBase) key->base;
	get_typlenbyval(key->type, &settings->length, &settings->by_value);
	if (settings->base ==
	    (settings->direction > 0 ? SEG_SEQUENCE_TAIL : SEG_SEQUENCE_HEAD))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("there is nothing %s the %s",
		               settings->direction > 0 ? "after" : "before",
		               seg_sequence_bases[settings->base]),
		        errhint("Combine forward with head, and backward with tail."));
	made->width = EVENT_WIDTH(key->count);
	/* plus two arrays that say where the values are */
	made->work = STEP_EVENT_WORK(key->count) + 2 * sizeof(SegText);
}

static const SettingPart next_parts[] = {SETTING_PART("number of steps",
                                                      NextKey, count),
                                         SETTING_PART("direction", NextKey,
                                                      direction),
                                         SETTING_PART("base", NextKey, base),
                                         SETTING_PARTS_END};

static const EventKind next = {"direction, base and number of steps",
                               next_parts,
                               sizeof(NextSettings),
                               sequence_next_prepare};

static const EventSettings *
sequence_next_settings(FunctionCallInfo fcinfo, EventCall *call, bool has_base,
                       int value_argno, int32 count)
{
	NextKey key;

	memset(&key, 0, sizeof(key)); /* keys are compared as bytes */
	key.type = get_fn_expr_argtype(fcinfo->flinfo, value_argno);
	key.count = count;
	key.base = SEG_SEQUENCE_FIRST_MATCH;
	if (has_base)
	{
		key.direction = word_argument(fcinfo, 1, "direction", directions);
		key.base = word_argument(fcinfo, 2, "base", seg_sequence_bases);
	}
	return event_settings(call, &next, &key, sizeof(key));
}

/* ------ collecting: (state [, direction, base], value, ts, steps) ------ */

/* The events of a group, and the memory that their values take. */
typedef struct NextState
{
	EventList *list;
	Size value_bytes;
} NextState;

static NextState *
state_of_group(FunctionCallInfo fcinfo)
{
	if (!PG_ARGISNULL(0))
		return (NextState *) PG_GETARG_POINTER(0);
	return MemoryContextAllocZero(segment_agg_context(fcinfo),
	                              sizeof(NextState));
}

/*
 * A copy of the value that lives as long as the group; a varlena gets a
 * four-byte header.
 */
static Datum
keep_value(FunctionCallInfo fcinfo, Datum value, const NextSettings *settings,
           NextState *state)
{
	MemoryContext old;

	if (settings->by_value)
		return value;
	old = MemoryContextSwitchTo(segment_agg_context(fcinfo));
	value = settings->length == -1
	            ? PointerGetDatum(PG_DETOAST_DATUM_COPY(value))
	            : datumCopy(value, false, settings->length);
	MemoryContextSwitchTo(old);
	state->value_bytes += GetMemoryChunkSpace(DatumGetPointer(value));
	return value;
}

static inline Datum
sequence_next_add_event(FunctionCallInfo fcinfo, bool has_base,
                        TimeArgument type)
{
	EventCall *call = event_call(fcinfo);
	int argno = has_base ? 3 : 1;
	const EventSettings *settings;
	NextState *state;
	StepBits steps;
	int64 time;
	Datum value;
	char *item;

	if (PG_ARGISNULL(argno) || PG_ARGISNULL(argno + 1))
		RETURN_STATE_UNCHANGED();
	step_arguments(fcinfo, call, argno + 2, &steps);
	settings =
		sequence_next_settings(fcinfo, call, has_base, argno, steps.count);
	time = calendar_argument(fcinfo, argno + 1, type, "ts");
	state = state_of_group(fcinfo);
	state->list = event_list_of_row(fcinfo, state->list, settings);
	item = event_list_add(fcinfo, &state->list, settings);
	value = keep_value(fcinfo, PG_GETARG_DATUM(argno), settings->data, state);
	if (state->value_bytes > 0)
		event_list_check_room(settings,
		                      event_list_count(state->list),
		                      state->value_bytes);
	memcpy(item, &time, sizeof(time));
	memcpy(item + sizeof(time), &value, sizeof(value));
	memcpy(item + sizeof(time) + sizeof(value),
	       steps.bits,
	       STEP_BYTES(steps.count));
	PG_RETURN_POINTER(state);
}

Datum
segment_sequence_next_trans(PG_FUNCTION_ARGS)
{
	return sequence_next_add_event(fcinfo, false, TIME_IS_TIMESTAMP);
}

Datum
segment_sequence_next_date_trans(PG_FUNCTION_ARGS)
{
	return sequence_next_add_event(fcinfo, false, TIME_IS_DATE);
}

Datum
segment_sequence_next_base_trans(PG_FUNCTION_ARGS)
{
	return sequence_next_add_event(fcinfo, true, TIME_IS_TIMESTAMP);
}

Datum
segment_sequence_next_base_date_trans(PG_FUNCTION_ARGS)
{
	return sequence_next_add_event(fcinfo, true, TIME_IS_DATE);
}

/* ---------- result ---------- */

/*
 * A kept value as bytes, and back.
 */
static SegText
value_bytes(const char *kept, const NextSettings *settings)
{
	Datum value;

	if (settings->by_value)
		return (SegText){kept, sizeof(Datum)};
	memcpy(&value, kept, sizeof(Datum));
	if (settings->length == -1)
		return (SegText){VARDATA(DatumGetPointer(value)),
		                 VARSIZE(DatumGetPointer(value)) - VARHDRSZ};
	if (settings->length == -2)
		return (SegText){DatumGetCString(value),
		                 (int64_t) strlen(DatumGetCString(value))};
	return (SegText){DatumGetPointer(value), settings->length};
}

static Datum
value_datum(SegText bytes, const NextSettings *settings)
{
	Datum value;

	if (settings->by_value)
		memcpy(&value, bytes.bytes, sizeof(Datum));
	else
		value = PointerGetDatum(bytes.bytes -
		                        (settings->length == -1 ? VARHDRSZ : 0));
	return value;
}

static SegSteps
sorted_events(SegEnv *env, const EventList *list, const NextSettings *settings)
{
	int64 n = event_list_count(list);
	SegSteps events = {.n = n,
	                   .count = settings->count,
	                   .words = seg_steps_words(settings->count)};

	events.time = palloc_extended(n * sizeof(int64), MCXT_ALLOC_HUGE);
	events.met =
		palloc_extended(n * events.words * sizeof(uint64), MCXT_ALLOC_HUGE);
	events.value = palloc_extended(n * sizeof(SegText), MCXT_ALLOC_HUGE);
	for (; list != NULL; list = event_list_older(list))
	{
		const char *item = list->items;

		CHECK_FOR_INTERRUPTS();
		for (int64 i = list->before; i < event_list_count(list); i++)
		{
			const char *kept = item + sizeof(int64);

			memcpy(&events.time[i], item, sizeof(int64));
			events.value[i] = value_bytes(kept, settings);
			step_bits_unpack(kept + sizeof(Datum),
			                 settings->count,
			                 events.met + i * events.words);
			item += EVENT_WIDTH(settings->count);
		}
	}
	segment_check(env, seg_steps_sort(env, &events));
	return events;
}

/*
 * The arguments after the state are there only for their types.
 */
Datum
segment_sequence_next_final(PG_FUNCTION_ARGS)
{
	NextState *state = SEGMENT_ARG_STATE(0, NextState);
	SegEnv env = segment_env(CurrentMemoryContext);
	const NextSettings *settings;
	SegSteps events;
	int64_t at;

	if (state == NULL)
		PG_RETURN_NULL();
	settings = event_list_settings(state->list)->data;
	events = sorted_events(&env, state->list, settings);
	segment_check(&env,
	              seg_sequence_next(&env,
	                                &events,
	                                settings->direction,
	                                settings->base,
	                                &at));
	if (at < 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(value_datum(events.value[at], settings));
}
