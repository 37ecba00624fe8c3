/*-------------------------------------------------------------------------
 *
 * sequence_next_fmgr.c
 *	  SQL face of what came next: the aggregate sequence_next.
 *
 * It collects all events of a user, as they come: for each its time, its value,
 * and the steps that it meets.
 *
 * src/fmgr/journey/sequence_next_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "kernel/journey/sequence.h"
#include "fmgr/journey/step_events.h"

PG_FUNCTION_INFO_V1(segment_sequence_next_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_date_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_base_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_base_date_trans);
PG_FUNCTION_INFO_V1(segment_sequence_next_final);

#define WORD_LENGTH 16

typedef struct NextKey
{
	Oid type; /* of the value */
	int32 count;
	char direction[WORD_LENGTH]; /* padded with zeros */
	char base[WORD_LENGTH];
} NextKey;

typedef struct NextSettings
{
	int32 count;
	int direction;
	SegSequenceBase base;
	int16 length; /* of the value's type */
	bool by_value;
} NextSettings;

/* ---------- settings ---------- */

pg_noreturn static void
unknown_word(const char *what, const char *given)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("unrecognized %s \"%s\"", what, given),
	        errhint("It must be one of: %s.",
	                strcmp(what, "base") == 0
	                    ? "head, tail, first_match, last_match"
	                    : "forward, backward"));
}

static bool
is_word(const char *given, const char *word)
{
	return strncmp(given, word, WORD_LENGTH) == 0;
}

static int
find_direction(const char *given)
{
	if (is_word(given, "forward"))
		return 1;
	if (is_word(given, "backward"))
		return -1;
	unknown_word("direction", pnstrdup(given, WORD_LENGTH));
}

static SegSequenceBase
find_base(const char *given)
{
	for (int i = 0; seg_sequence_bases[i] != NULL; i++)
	{
		if (is_word(given, seg_sequence_bases[i]))
			return (SegSequenceBase) i;
	}
	unknown_word("base", pnstrdup(given, WORD_LENGTH));
}

static Size
sequence_next_prepare_settings(void *data, const void *key_data, Size key_size)
{
	NextSettings *settings = data;
	const NextKey *key = key_data;

	settings->count = key->count;
	settings->direction = find_direction(key->direction);
	settings->base = find_base(key->base);
	get_typlenbyval(key->type, &settings->length, &settings->by_value);
	if (settings->base ==
	    (settings->direction > 0 ? SEG_SEQUENCE_TAIL : SEG_SEQUENCE_HEAD))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("there is nothing %s the %s",
		               settings->direction > 0 ? "after" : "before",
		               seg_sequence_bases[settings->base]),
		        errhint("Combine forward with head, and backward with tail."));
	/* and two arrays of where the values are */
	return STEP_EVENT_WORK(key->count) + 2 * sizeof(SegText);
}

static const EventKind next = {"direction, base and number of steps",
                               sizeof(NextSettings),
                               sequence_next_prepare_settings};

static void
word_argument(FunctionCallInfo fcinfo, int argno, const char *what, char *word)
{
	text *given;

	if (PG_ARGISNULL(argno))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not be null", what));
	given = PG_GETARG_TEXT_PP(argno);
	if (VARSIZE_ANY_EXHDR(given) > WORD_LENGTH)
		unknown_word(what, text_to_cstring(given));
	memcpy(word, VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given));
}

static const EventSettings *
sequence_next_settings_arguments(FunctionCallInfo fcinfo, bool has_base,
                                 int value_argno, int32 count)
{
	NextKey key;

	memset(&key, 0, sizeof(key));
	key.type = get_fn_expr_argtype(fcinfo->flinfo, value_argno);
	key.count = count;
	if (has_base)
	{
		word_argument(fcinfo, 1, "direction", key.direction);
		word_argument(fcinfo, 2, "base", key.base);
	}
	else
	{
		strcpy(key.direction, "forward");
		strcpy(key.base, seg_sequence_bases[SEG_SEQUENCE_FIRST_MATCH]);
	}
	return event_settings(fcinfo, &next, &key, sizeof(key));
}

/* ------ collecting: (state [, direction, base], value, ts, steps) ------ */

#define EVENT_WIDTH(count) (sizeof(int64) + sizeof(Datum) + STEP_BYTES(count))

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
 * A copy of the value that lives as long as the group; a varlena with a
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
	int argno = has_base ? 3 : 1;
	const EventSettings *settings;
	NextState *state;
	StepBits steps;
	int64 time;
	Datum value;
	char *item;

	if (PG_ARGISNULL(argno) || PG_ARGISNULL(argno + 1))
		RETURN_STATE_UNCHANGED();
	step_bits_argument(fcinfo, argno + 2, &steps);
	settings =
		sequence_next_settings_arguments(fcinfo, has_base, argno, steps.count);
	time = calendar_argument(fcinfo, argno + 1, type, "ts");
	state = state_of_group(fcinfo);
	item =
		event_list_add(fcinfo, &state->list, settings, EVENT_WIDTH(steps.count));
	value = keep_value(fcinfo, PG_GETARG_DATUM(argno), settings->data, state);
	if (state->value_bytes > 0)
		event_list_check_room(settings,
		                      event_list_count(state->list),
		                      EVENT_WIDTH(steps.count),
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
 * The arguments behind the state are there for their types alone.
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
