/*-------------------------------------------------------------------------
 *
 * calendar.c
 *	  Times and spans of time as arguments.
 *
 * All calendar arithmetic is the server's, on timestamps without time zone, and
 * so in UTC.  Whether the session's time zone would have it otherwise is asked
 * only for a warning.
 *
 * src/pg/calendar.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "utils/fmgrprotos.h"

#include "pg/calendar.h"

void
calendar_infinite(const char *what, const char *hint)
{
	ereport(ERROR,
	        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
	        errmsg("%s must be finite", what),
	        hint ? errhint("%s", hint) : 0);
	pg_unreachable();
}

Timestamp
calendar_midnight(Datum date)
{
	return DatumGetTimestamp(DirectFunctionCall1(date_timestamp, date));
}

int
calendar_sign(const Interval *interval)
{
	Interval none = {0};

	return DatumGetInt32(DirectFunctionCall2(interval_cmp,
	                                         IntervalPGetDatum(interval),
	                                         IntervalPGetDatum(&none)));
}

void
calendar_check_positive(const Interval *interval, const char *what,
                        const char *hint)
{
	if (calendar_sign(interval) > 0 && !INTERVAL_NOT_FINITE(interval))
		return;
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("%s must be positive", what),
	        errdetail("It is \"%s\".",
	                  DatumGetCString(
						  DirectFunctionCall1(interval_out,
	                                          IntervalPGetDatum(interval)))),
	        errhint("%s", hint));
}

/*
 * times * interval; an error if that is no interval.
 */
static Interval
multiple(const Interval *interval, int64 times)
{
	Interval product;
	int64 months, days;

	if (pg_mul_s64_overflow(interval->month, times, &months) ||
	    pg_mul_s64_overflow(interval->day, times, &days) ||
	    pg_mul_s64_overflow(interval->time, times, &product.time) ||
	    months != (int32) months || days != (int32) days)
		ereport(ERROR,
		        errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
		        errmsg("timestamp out of range"));
	product.month = (int32) months;
	product.day = (int32) days;
	return product;
}

Timestamp
calendar_add(Timestamp at, const Interval *interval, int64 times)
{
	Interval product = multiple(interval, times);

	return DatumGetTimestamp(DirectFunctionCall2(timestamp_pl_interval,
	                                             TimestampGetDatum(at),
	                                             IntervalPGetDatum(&product)));
}

int64
calendar_fixed_span(const Interval *interval)
{
	int64 span;

	if (interval->month != 0)
		return -1;
	if (pg_mul_s64_overflow(interval->day, USECS_PER_DAY, &span) ||
	    pg_add_s64_overflow(span, interval->time, &span))
		return PG_INT64_MAX;
	return span;
}

/*
 * The shortest span of a period, wherever it starts; PG_UINT64_MAX if it is
 * longer than between any two times.
 */
static uint64
least_span(const Interval *period)
{
	uint64 days = (uint64) period->day + (uint64) period->month * 28;
	uint64 span;

	if (pg_mul_u64_overflow(days, USECS_PER_DAY, &span) ||
	    pg_add_u64_overflow(span, (uint64) period->time, &span))
		return PG_UINT64_MAX;
	return Max(span, 1);
}

/*
 * Months from a time to the end of the calendar.
 */
static int64
months_left(Timestamp at)
{
	struct pg_tm from, to;
	fsec_t fraction;

	if (timestamp2tm(at, NULL, &from, &fraction, NULL, NULL) != 0 ||
	    timestamp2tm(END_TIMESTAMP - 1, NULL, &to, &fraction, NULL, NULL) != 0)
		ereport(ERROR,
		        errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
		        errmsg("timestamp out of range"));
	return ((int64) to.tm_year - from.tm_year) * MONTHS_PER_YEAR +
	       (to.tm_mon - from.tm_mon);
}

/*
 * at + times * interval, even beyond the calendar, without an error.
 */
static __int128
far_sum(Timestamp at, const Interval *interval, int64 times)
{
	Interval months = {.month = interval->month};
	__int128 rest = (__int128) interval->day * USECS_PER_DAY + interval->time;

	if (interval->month == 0)
		return at + rest * times;
	if ((__int128) interval->month * times > months_left(at))
		return (__int128) PG_INT64_MAX << 32;
	return calendar_add(at, &months, times) + rest * times;
}

Timestamp
calendar_end(Timestamp at, const Interval *interval)
{
	__int128 end = far_sum(at, interval, 1);

	return (Timestamp) Min(Max(end, PG_INT64_MIN), PG_INT64_MAX);
}

int64
calendar_periods(Timestamp start, const Interval *period, Timestamp at,
                 int64 most)
{
	uint64 between = (uint64) at - (uint64) start;
	uint64 bound = between / least_span(period);
	int64 low = 0;
	int64 high = bound < (uint64) most ? (int64) bound : most;

	if (period->month == 0)
		return high;
	while (low < high)
	{
		int64 middle = low + (high - low + 1) / 2;

		if (far_sum(start, period, middle) <= at)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* ---------- the session's time zone ---------- */

/* When its clocks have one offset to UTC: the part of time asked about last. */
static struct
{
	const pg_tz *zone;
	Timestamp from;
	Timestamp until; /* exclusive */
	int64 offset;    /* microseconds east */
} clock;

static void
ask_clock(Timestamp at)
{
	pg_time_t time = timestamptz_to_time_t(at);
	pg_time_t boundary;
	long offset, after;
	int is_dst, is_dst_after;
	int changes = pg_next_dst_boundary(&time,
	                                   &offset,
	                                   &is_dst,
	                                   &boundary,
	                                   &after,
	                                   &is_dst_after,
	                                   session_timezone);
	Timestamp until =
		changes > 0 ? time_t_to_timestamptz(boundary) : PG_INT64_MAX;

	if (clock.zone != session_timezone || clock.until != until ||
	    at < clock.from)
		clock.from = at;
	clock.zone = session_timezone;
	clock.until = until;
	clock.offset = changes >= 0 ? offset * USECS_PER_SEC : 0;
}

int64
calendar_local_offset(Timestamp at)
{
	if (unlikely(clock.zone != session_timezone || at < clock.from ||
	             at >= clock.until))
		ask_clock(at);
	return clock.offset;
}

/*
 * Has this statement been warned?  Groups, functions and calls that were looked
 * up anew share one warning.
 */
static bool
was_warned(bool warn_now)
{
	static TimestampTz warned; /* the statement that was last */
	TimestampTz statement = GetCurrentStatementStartTimestamp();
	bool was = warned == statement;

	if (warn_now)
		warned = statement;
	return was;
}

static void
warn(char *detail)
{
	const char *zone = pg_get_timezone_name(session_timezone);

	if (was_warned(true))
		return;
	ereport(WARNING,
	        errmsg("days and months of timestamptz are counted in UTC, not in "
	               "time zone \"%s\"",
	               zone),
	        errdetail_internal("%s", detail),
	        errhint("To count those of that time zone, pass all times as local "
	                "times: at AT TIME ZONE '%s'. If UTC is meant, SET TimeZone = "
	                "'UTC'.",
	                zone));
}

static char *
shown(PGFunction output, Datum value)
{
	return DatumGetCString(DirectFunctionCall1(output, value));
}

void
calendar_warn_local_day(FunctionCallInfo fcinfo, int argno, const char *what)
{
	Datum at = PG_GETARG_DATUM(argno);

	if (was_warned(false) ||
	    get_fn_expr_argtype(fcinfo->flinfo, argno) != TIMESTAMPTZOID)
		return;
	warn(psprintf("%s %s is on %s in UTC.",
	              what,
	              shown(timestamptz_out, at),
	              shown(date_out, DirectFunctionCall1(timestamp_date, at))));
}

/*
 * Would the session's time zone put at + times * period elsewhere?
 */
static bool
is_elsewhere(Timestamp at, const Interval *period, int64 times, char **detail)
{
	Timestamp in_utc = calendar_add(at, period, times);
	Interval whole;
	Datum local;

	if (calendar_local_offset(at) == calendar_local_offset(in_utc) &&
	    (period->month == 0 || calendar_local_offset(at) == 0))
		return false;
	whole = multiple(period, times);
	local = DirectFunctionCall2(timestamptz_pl_interval,
	                            TimestampTzGetDatum(at),
	                            IntervalPGetDatum(&whole));
	if (DatumGetTimestampTz(local) == in_utc)
		return false;
	*detail =
		psprintf("From %s, \"%s\" in UTC leads to %s, in that time zone to %s.",
	             shown(timestamptz_out, TimestampTzGetDatum(at)),
	             shown(interval_out, IntervalPGetDatum(&whole)),
	             shown(timestamptz_out, TimestampTzGetDatum(in_utc)),
	             shown(timestamptz_out, local));
	return true;
}

/*
 * Do the clocks of the session's time zone keep their offset from at to then?
 */
static bool
keeps_offset(Timestamp at, __int128 then)
{
	(void) calendar_local_offset(at);
	return then >= clock.from && then < clock.until;
}

/*
 * Where no clock changes up to the last of them, all days are alike, and so are
 * months by UTC itself.
 */
void
calendar_warn_local_period(FunctionCallInfo fcinfo, int argno,
                           const Interval *period, int64 times)
{
	const Timestamp margin = 400 * USECS_PER_DAY; /* no error at the ends */
	Timestamp at = PG_GETARG_TIMESTAMP(argno);
	int64 step = times < 0 ? -1 : 1;
	char *detail;

	if ((period->month | period->day) == 0 || was_warned(false) ||
	    get_fn_expr_argtype(fcinfo->flinfo, argno) != TIMESTAMPTZOID ||
	    at < MIN_TIMESTAMP + margin)
		return;
	if ((period->month == 0 || calendar_local_offset(at) == 0) &&
	    keeps_offset(at, far_sum(at, period, times)))
		return;
	for (int64 i = step; i != times + step; i += step)
	{
		if (far_sum(at, period, i) > END_TIMESTAMP - margin)
			return;
		if (is_elsewhere(at, period, i, &detail))
		{
			warn(detail);
			return;
		}
	}
}
