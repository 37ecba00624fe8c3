/*-------------------------------------------------------------------------
 *
 * active_users_fmgr.c
 *	  SQL face of active_users: the aggregate, over the events of all users.
 *
 * The state is a count map of blocks of days, see kernel/journey/active_users.h,
 * with the windows as its setting.
 *
 * src/fmgr/journey/active_users_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/uuid.h"

#include "kernel/journey/active_users.h"
#include "pg/calendar.h"
#include "pg/count_state.h"
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
#define ACTIVE_WIDTH 1          /* the days of a block */

/* ---------- arguments: (state, user_id, ts [, week, month]) ---------- */

static int64
pack_windows(const SegActiveWindows *windows)
{
	return windows->week << 32 | windows->month;
}

static SegActiveWindows
windows_of(const CountState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegActiveWindows windows = {state->setting >> 32,
	                            state->setting & PG_UINT32_MAX};

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
 * Add a day of a user, whose bytes follow the room for the block in the key.
 */
static inline Datum
add_active_day(FunctionCallInfo fcinfo, TimeArgument type, char *key,
               int64 length)
{
	int32 day = day_argument(fcinfo, type);
	SegDayBlock block = seg_block_of_day(day);
	CountState *state =
		count_state_of_group(fcinfo, ACTIVE_STATE, ACTIVE_WIDTH);
	int64 windows = windows_argument(fcinfo);
	int64 at;

	if (PG_ARGISNULL(0))
		state->setting = windows;
	windows_must_be_same(state->setting, windows);
	memcpy(key, &block, sizeof(block));
	at = count_state_add(&state, key, (int64) sizeof(block) + length);
	*(uint64 *) seg_count_map_words(&state->map, at) |= seg_bit_of_day(day);
	PG_RETURN_POINTER(state);
}

static inline Datum
active_user_is_bigint(FunctionCallInfo fcinfo, TimeArgument type)
{
	char key[sizeof(SegDayBlock) + sizeof(int64)];
	int64 user;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	user = PG_GETARG_INT64(1);
	memcpy(key + sizeof(SegDayBlock), &user, sizeof(user));
	return add_active_day(fcinfo, type, key, sizeof(user));
}

static inline Datum
active_user_is_text(FunctionCallInfo fcinfo, TimeArgument type)
{
	text *user;
	char *key;
	int64 length;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	user = PG_GETARG_TEXT_PP(1);
	length = VARSIZE_ANY_EXHDR(user);
	key = palloc(sizeof(SegDayBlock) + length);
	memcpy(key + sizeof(SegDayBlock), VARDATA_ANY(user), length);
	return add_active_day(fcinfo, type, key, length);
}

static inline Datum
active_user_is_uuid(FunctionCallInfo fcinfo, TimeArgument type)
{
	char key[sizeof(SegDayBlock) + UUID_LEN];

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	memcpy(key + sizeof(SegDayBlock), PG_GETARG_UUID_P(1)->data, UUID_LEN);
	return add_active_day(fcinfo, type, key, UUID_LEN);
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

static void
merge_days(void *into, const void *from, int64 width)
{
	(void) width;
	*(uint64 *) into |= *(const uint64 *) from;
}

static CountState *
active_state_argument(FunctionCallInfo fcinfo, int argno)
{
	return count_state_argument(fcinfo,
	                            argno,
	                            ACTIVE_STATE,
	                            ACTIVE_WIDTH,
	                            false);
}

Datum
segment_active_users_combine(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
		windows_must_be_same(active_state_argument(fcinfo, 0)->setting,
		                     active_state_argument(fcinfo, 1)->setting);
	return count_state_combine(fcinfo, ACTIVE_STATE, ACTIVE_WIDTH, merge_days);
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
	CountState *state = active_state_argument(fcinfo, 0);
	SegEnv env = segment_env(CurrentMemoryContext);
	SegActiveWindows windows = windows_of(state);
	SegActiveDays days;
	RowArray rows;

	segment_check(&env, seg_count_map_validate(&env, &state->map));
	segment_check(&env, seg_active_users(&env, &state->map, &windows, &days));
	rows = row_array_begin(fcinfo, types, lengthof(types), days.n);
	for (int64 i = 0; i < days.n; i++)
		add_active_row(&rows, days.first + (int32) i, &days.days[i]);
	PG_RETURN_DATUM(row_array_end(&rows));
}
