/*-------------------------------------------------------------------------
 *
 * active_users_fmgr.c
 *	  SQL face of active_users: the aggregate, over the events of all users.
 *
 * The state is an activity, see kernel/journey/activity.h, behind the windows. As a
 * bytea it may be untrusted, so it is checked before use.
 *
 * src/fmgr/journey/active_users_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/uuid.h"

#include "kernel/journey/active_users.h"
#include "pg/calendar.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_active_users_bigint_trans);
PG_FUNCTION_INFO_V1(segment_active_users_bigint_date_trans);
PG_FUNCTION_INFO_V1(segment_active_users_text_trans);
PG_FUNCTION_INFO_V1(segment_active_users_text_date_trans);
PG_FUNCTION_INFO_V1(segment_active_users_uuid_trans);
PG_FUNCTION_INFO_V1(segment_active_users_uuid_date_trans);
PG_FUNCTION_INFO_V1(segment_active_users_combine);
PG_FUNCTION_INFO_V1(segment_active_users_final);

#define ACTIVE_STATE 0x41435456 /* "ACTV" */

typedef struct ActiveState
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint32 kind;
	int64 windows; /* packed */
	SegActivity activity;
} ActiveState;

#define HEAD_SIZE offsetof(ActiveState, activity)

/* ---------- the state ---------- */

/*
 * Room for an activity of this shape, in the current context.
 */
static ActiveState *
active_state_make(int64 windows, size_t activity_size)
{
	ActiveState *state =
		segment_alloc(CurrentMemoryContext, HEAD_SIZE + activity_size);

	SET_VARSIZE(state, HEAD_SIZE + activity_size);
	state->kind = ACTIVE_STATE;
	state->windows = windows;
	return state;
}

static ActiveState *
first_active_state(int64 windows)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegActivityShape shape;
	ActiveState *state;

	segment_check(&env, seg_activity_first(&env, HEAD_SIZE, &shape));
	state = active_state_make(windows, shape.size);
	state->activity = shape.head;
	*seg_activity_users(&state->activity) = shape.map;
	return state;
}

/*
 * A state argument, aligned; writable: it will be changed, which we may do in
 * place only if the executor runs us as part of an aggregate.
 */
static ActiveState *
active_state_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	ActiveState *state =
		(ActiveState *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
	Size size = VARSIZE(state);
	SegEnv env = segment_env(CurrentMemoryContext);

	if (state != (ActiveState *) MAXALIGN(state) ||
	    (writable && !AggCheckCallContext(fcinfo, NULL)))
		state = memcpy(palloc(size), state, size);
	if (size < sizeof(ActiveState) || state->kind != ACTIVE_STATE)
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "kind"));
	segment_check(&env,
	              seg_activity_check(&env, &state->activity, size - HEAD_SIZE));
	return state;
}

/*
 * Add days of a user; the state may move.
 */
static ActiveState *
active_state_add(ActiveState *state, SegText user, const SegActiveBlock *block)
{
	SegEnv env;
	SegActivityShape shape;
	ActiveState *larger;

	if (likely(seg_activity_add(&state->activity, user, block)))
		return state;
	env = segment_env(CurrentMemoryContext);
	segment_check(&env,
	              seg_activity_enlarged(&env,
	                                    &state->activity,
	                                    user,
	                                    HEAD_SIZE,
	                                    &shape));
	larger = active_state_make(state->windows, shape.size);
	segment_check(&env,
	              seg_activity_move(&env,
	                                &state->activity,
	                                &shape,
	                                &larger->activity));
	if (!seg_activity_add(&larger->activity, user, block))
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "keys"));
	return larger;
}

/* ---------- arguments: (state, user_id, ts [, week, month]) ---------- */

static int64
pack_windows(const SegActiveWindows *windows)
{
	return windows->week << 32 | windows->month;
}

static SegActiveWindows
windows_of(const ActiveState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegActiveWindows windows = {state->windows >> 32,
	                            state->windows & PG_UINT32_MAX};

	segment_check(&env, seg_active_windows_check(&env, &windows));
	return windows;
}

static int64
windows_argument(FunctionCallInfo fcinfo)
{
	SegActiveWindows windows = {7, 30};
	SegEnv env = segment_env(CurrentMemoryContext);

	if (PG_NARGS() > 3)
	{
		if (PG_ARGISNULL(3) || PG_ARGISNULL(4))
			ereport(ERROR,
			        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			        errmsg("%s must not be null",
			               PG_ARGISNULL(3) ? "week" : "month"));
		windows = (SegActiveWindows){PG_GETARG_INT64(3), PG_GETARG_INT64(4)};
		segment_check(&env, seg_active_windows_check(&env, &windows));
	}
	return pack_windows(&windows);
}

static void
windows_must_be_same(int64 a, int64 b)
{
	if (likely(a == b))
		return;
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("week and month must be the same for all rows"),
	        errdetail("They are %d and %d in some rows, %d and %d in others.",
	                  (int) (a >> 32),
	                  (int) a,
	                  (int) (b >> 32),
	                  (int) b));
}

static int64
day_of(Timestamp at)
{
	int64 day = at / USECS_PER_DAY;

	return at % USECS_PER_DAY < 0 ? day - 1 : day;
}

/*
 * The day of a time, with a warning if the session's time zone has it on another
 * one.
 */
static inline int32
day_argument(FunctionCallInfo fcinfo, TimeArgument type)
{
	Timestamp at = calendar_argument(fcinfo, 2, type, "ts");
	int64 day = day_of(at);

	if (type == TIME_IS_TIMESTAMP &&
	    unlikely(day != day_of(at + calendar_local_offset(at))))
		calendar_warn_local_day(fcinfo, 2, "ts");
	return (int32) day;
}

/* ---------- transitions ---------- */

/*
 * Add a day of a user.
 */
static inline Datum
add_active_day(FunctionCallInfo fcinfo, TimeArgument type, SegText user)
{
	int32 day = day_argument(fcinfo, type);
	SegActiveBlock block = {.days = seg_bit_of_day(day),
	                        .block = seg_block_of_day(day)};
	int64 windows = windows_argument(fcinfo);
	ActiveState *state = PG_ARGISNULL(0)
	                         ? first_active_state(windows)
	                         : active_state_argument(fcinfo, 0, true);

	windows_must_be_same(state->windows, windows);
	PG_RETURN_POINTER(active_state_add(state, user, &block));
}

static inline Datum
active_user_is_bigint(FunctionCallInfo fcinfo, TimeArgument type)
{
	int64 user;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	user = PG_GETARG_INT64(1);
	return add_active_day(fcinfo,
	                      type,
	                      (SegText){(const char *) &user, sizeof(user)});
}

static inline Datum
active_user_is_text(FunctionCallInfo fcinfo, TimeArgument type)
{
	const text *user;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	user = PG_GETARG_TEXT_PP(1);
	return add_active_day(fcinfo,
	                      type,
	                      (SegText){VARDATA_ANY(user),
	                                VARSIZE_ANY_EXHDR(user)});
}

static inline Datum
active_user_is_uuid(FunctionCallInfo fcinfo, TimeArgument type)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	return add_active_day(fcinfo,
	                      type,
	                      (SegText){(const char *) PG_GETARG_UUID_P(1)->data,
	                                UUID_LEN});
}

Datum
segment_active_users_bigint_trans(PG_FUNCTION_ARGS)
{
	return active_user_is_bigint(fcinfo, TIME_IS_TIMESTAMP);
}

Datum
segment_active_users_bigint_date_trans(PG_FUNCTION_ARGS)
{
	return active_user_is_bigint(fcinfo, TIME_IS_DATE);
}

Datum
segment_active_users_text_trans(PG_FUNCTION_ARGS)
{
	return active_user_is_text(fcinfo, TIME_IS_TIMESTAMP);
}

Datum
segment_active_users_text_date_trans(PG_FUNCTION_ARGS)
{
	return active_user_is_text(fcinfo, TIME_IS_DATE);
}

Datum
segment_active_users_uuid_trans(PG_FUNCTION_ARGS)
{
	return active_user_is_uuid(fcinfo, TIME_IS_TIMESTAMP);
}

Datum
segment_active_users_uuid_date_trans(PG_FUNCTION_ARGS)
{
	return active_user_is_uuid(fcinfo, TIME_IS_DATE);
}

/* ---------- combine ---------- */

/*
 * The second state may be freed with its tuple, so an absent first one becomes a
 * new one, never an alias.
 */
Datum
segment_active_users_combine(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	ActiveState *into, *from;
	const SegCountMap *users;
	const SegActiveBlock *log;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	from = active_state_argument(fcinfo, 1, false);
	segment_check(&env, seg_activity_validate(&env, &from->activity));
	into = PG_ARGISNULL(0) ? first_active_state(from->windows)
	                       : active_state_argument(fcinfo, 0, true);
	windows_must_be_same(into->windows, from->windows);
	users = seg_activity_users(&from->activity);
	log = seg_activity_log(&from->activity);
	for (int64 i = 0; i < users->n; i++)
	{
		const SegLatestBlock *latest = seg_activity_latest(&from->activity, i);
		SegActiveBlock block = {.days = latest->days,
		                        .block = (int32) latest->block};

		CHECK_FOR_INTERRUPTS();
		into = active_state_add(into, seg_count_map_key(users, i), &block);
	}
	for (int64 i = 0; i < from->activity.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		into = active_state_add(into,
		                        seg_count_map_key(users, log[i].user),
		                        &log[i]);
	}
	PG_RETURN_POINTER(into);
}

/* ---------- final ---------- */

static void
add_active_row(RowArray *rows, int32 date, const SegActiveDay *day)
{
	bool nulls[8] = {0};
	Datum values[8] = {DateADTGetDatum(date),
	                   Int64GetDatum(day->daily),
	                   Int64GetDatum(day->weekly),
	                   Int64GetDatum(day->monthly),
	                   Float8GetDatum((double) day->daily /
	                                  (double) day->monthly),
	                   Int64GetDatum(day->joined),
	                   Int64GetDatum(day->returned),
	                   Int64GetDatum(day->lost)};

	nulls[4] = day->monthly == 0;
	row_array_add(rows, values, nulls);
}

Datum
segment_active_users_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {DATEOID,
	                            INT8OID,
	                            INT8OID,
	                            INT8OID,
	                            FLOAT8OID,
	                            INT8OID,
	                            INT8OID,
	                            INT8OID};
	ActiveState *state = active_state_argument(fcinfo, 0, false);
	SegEnv env = segment_env(CurrentMemoryContext);
	SegActiveWindows windows = windows_of(state);
	SegActiveDays days;
	RowArray rows;

	segment_check(&env, seg_activity_validate(&env, &state->activity));
	segment_check(&env,
	              seg_active_users(&env, &state->activity, &windows, &days));
	rows = row_array_begin(fcinfo, types, lengthof(types), days.n);
	for (int64 i = 0; i < days.n; i++)
		add_active_row(&rows, days.first + (int32) i, &days.days[i]);
	PG_RETURN_DATUM(row_array_end(&rows));
}
