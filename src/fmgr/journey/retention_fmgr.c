/*-------------------------------------------------------------------------
 *
 * retention_fmgr.c
 *	  SQL face of retention: the aggregate retention, over one user's events.
 *
 * The state is an array of bigint: what was asked, and a bit for each period.
 *
 * src/fmgr/journey/retention_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "kernel/journey/retention.h"
#include "pg/calendar.h"
#include "pg/number_state.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_retention_trans);
PG_FUNCTION_INFO_V1(segment_retention_date_trans);
PG_FUNCTION_INFO_V1(segment_retention_combine);
PG_FUNCTION_INFO_V1(segment_retention_final);

/* What was asked, the same in all rows and parts; without padding. */
typedef struct Question
{
	int64 start; /* microseconds, as a timestamp */
	int64 as_of; /* PG_INT64_MAX: not given */
	int64 months;
	int64 days;
	int64 time;
	int64 n;
	int64 unbounded;
} Question;

typedef struct RetentionState
{
	Question asked;
	uint64 active[FLEXIBLE_ARRAY_MEMBER];
} RetentionState;

#define STATE_LENGTH(n) \
	(NUMBER_STATE_LENGTH(Question) + (int) SEG_RETENTION_WORDS(n))

/* ---------- arguments: (state, ts, start, period, n [, mode [, as_of]]) ------ */

pg_noreturn static void
refuse_null(int argno)
{
	static const char *const names[] = {"period", "n", "mode", "as_of"};

	ereport(ERROR,
	        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
	        errmsg("%s must not be null", names[argno - 3]));
	pg_unreachable();
}

static inline Question
question_arguments(FunctionCallInfo fcinfo, TimeArgument type)
{
	static const char *const modes[] = {"bounded", "unbounded", NULL};
	const Interval *period;
	Question asked;

	for (int argno = 3; argno < PG_NARGS(); argno++)
	{
		if (unlikely(PG_ARGISNULL(argno)))
			refuse_null(argno);
	}
	period = PG_GETARG_INTERVAL_P(3);
	asked.start = calendar_argument(fcinfo, 2, type, "start");
	asked.months = period->month;
	asked.days = period->day;
	asked.time = period->time;
	asked.n = PG_GETARG_INT64(4);
	asked.unbounded =
		PG_NARGS() > 5 ? word_argument(fcinfo, 5, "retention mode", modes) : 0;
	asked.as_of = PG_NARGS() > 6 ? calendar_argument(fcinfo, 6, type, "as_of")
	                             : PG_INT64_MAX;
	return asked;
}

static Interval
period_of(const Question *asked)
{
	return (Interval){.time = asked->time,
	                  .day = (int32) asked->days,
	                  .month = (int32) asked->months};
}

static bool
is_period(const Question *asked)
{
	return asked->months >= 0 && asked->days >= 0 && asked->time >= 0 &&
	       asked->months <= PG_INT32_MAX && asked->days <= PG_INT32_MAX &&
	       (asked->months | asked->days | asked->time) != 0;
}

static void
check_question(const Question *asked)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Interval period = period_of(asked);

	if (asked->n < 1 || asked->n > SEG_RETENTION_MAX_PERIODS)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "n",
		                             (double) asked->n,
		                             1,
		                             SEG_RETENTION_MAX_PERIODS));
	calendar_check_positive(&period,
	                        "period",
	                        "Give the length of a period, such as '1 month'.");
	if (!is_period(asked))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("period must not have negative parts"));
}

/* ---------- states ---------- */

static inline RetentionState *
state_of(ArrayType *array)
{
	RetentionState *state = number_state_of(array);

	number_state_check(
		number_state_length(array) > NUMBER_STATE_LENGTH(Question) &&
		state->asked.n >= 1 && state->asked.n <= SEG_RETENTION_MAX_PERIODS &&
		number_state_length(array) == STATE_LENGTH(state->asked.n) &&
		is_period(&state->asked) &&
		seg_retention_is_sound(state->active, state->asked.n));
	return state;
}

static inline bool
is_same_question(const Question *a, const Question *b)
{
	return ((a->start ^ b->start) | (a->as_of ^ b->as_of) |
	        (a->months ^ b->months) | (a->days ^ b->days) |
	        (a->time ^ b->time) | (a->n ^ b->n) |
	        (a->unbounded ^ b->unbounded)) == 0;
}

static inline void
retention_must_be_same(const Question *a, const Question *b)
{
	static const SettingPart parts[] =
		{SETTING_PART("start", Question, start),
	     SETTING_PART("as_of", Question, as_of),
	     {"period", offsetof(Question, months), 3 * sizeof(int64)},
	     SETTING_PART("n", Question, n),
	     SETTING_PART("mode", Question, unbounded),
	     SETTING_PARTS_END};

	if (unlikely(!is_same_question(a, b)))
		segment_settings_changed(parts,
		                         a,
		                         sizeof(Question),
		                         b,
		                         sizeof(Question),
		                         "GROUP BY user, so that there is one for each.");
}

/*
 * The array of a group, whose question must be the same.
 */
static inline ArrayType *
state_for(FunctionCallInfo fcinfo, const Question *asked,
          RetentionState **state)
{
	ArrayType *array;

	if (likely(!PG_ARGISNULL(0)))
	{
		array = number_state_argument(fcinfo, 0, 0, true);
		*state = state_of(array);
		retention_must_be_same(&(*state)->asked, asked);
		return array;
	}
	check_question(asked);
	array = number_state_argument(fcinfo, 0, STATE_LENGTH(asked->n), true);
	*state = number_state_of(array);
	(*state)->asked = *asked;
	return array;
}

/*
 * A row without a time says only that the user exists.
 */
static inline Datum
retention_add_event(FunctionCallInfo fcinfo, TimeArgument type)
{
	RetentionState *state;
	Question asked;
	ArrayType *array;

	if (PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	asked = question_arguments(fcinfo, type);
	array = state_for(fcinfo, &asked, &state);
	if (PG_ARGISNULL(0))
		calendar_warn_local_period(fcinfo, 2, PG_GETARG_INTERVAL_P(3), asked.n);
	if (!PG_ARGISNULL(1))
	{
		Timestamp at = calendar_argument(fcinfo, 1, type, "ts");
		Interval period = period_of(&asked);

		if (at >= asked.start && at < asked.as_of)
			seg_retention_add(state->active,
			                  calendar_periods(asked.start,
			                                   &period,
			                                   at,
			                                   asked.n));
	}
	PG_RETURN_POINTER(array);
}

Datum
segment_retention_trans(PG_FUNCTION_ARGS)
{
	return retention_add_event(fcinfo, TIME_IS_TIMESTAMP);
}

Datum
segment_retention_date_trans(PG_FUNCTION_ARGS)
{
	return retention_add_event(fcinfo, TIME_IS_DATE);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_retention_combine(PG_FUNCTION_ARGS)
{
	RetentionState *from, *into;
	ArrayType *array;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = state_of(number_state_argument(fcinfo, 1, 0, false));
	array = state_for(fcinfo, &from->asked, &into);
	seg_retention_merge(into->active, from->active, from->asked.n);
	PG_RETURN_POINTER(array);
}

/*
 * Periods that have ended by as_of.
 */
static int64
known_periods(const Question *asked)
{
	Interval period = period_of(asked);

	if (asked->as_of == PG_INT64_MAX)
		return asked->n;
	if (asked->as_of < asked->start)
		return 0;
	return calendar_periods(asked->start, &period, asked->as_of, asked->n);
}

/*
 * An array of booleans whose elements from "known" on are NULL, written directly:
 * construct_md_array would take longer than everything else.
 */
static ArrayType *
known_booleans(const bool *values, int n, int known)
{
	bool has_nulls = known < n;
	Size header =
		has_nulls ? ARR_OVERHEAD_WITHNULLS(1, n) : ARR_OVERHEAD_NONULLS(1);
	ArrayType *array = palloc0(header + known);

	SET_VARSIZE(array, header + known);
	array->ndim = 1;
	array->dataoffset = has_nulls ? (int32) header : 0;
	array->elemtype = BOOLOID;
	ARR_DIMS(array)[0] = n;
	ARR_LBOUND(array)[0] = 1;
	memcpy(ARR_DATA_PTR(array), values, known);
	for (int i = 0; has_nulls && i < known; i++)
		ARR_NULLBITMAP(array)[i / 8] |= 1 << i % 8;
	return array;
}

Datum
segment_retention_final(PG_FUNCTION_ARGS)
{
	RetentionState *state =
		state_of(number_state_argument(fcinfo, 0, 0, false));
	int n = (int) state->asked.n;
	bool active[SEG_RETENTION_MAX_PERIODS];

	seg_retention_periods(state->active, n, state->asked.unbounded, active);
	PG_RETURN_ARRAYTYPE_P(
		known_booleans(active, n, (int) known_periods(&state->asked)));
}
