/*-------------------------------------------------------------------------
 *
 * calendar.c
 *	  Times and spans of time as arguments.
 *
 * All calendar arithmetic is the server's, on timestamps without time zone.
 *
 * src/pg/calendar.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

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
 * In Berlin, '2026-03-01' as an argument of type timestamptz is the evening of
 * 28 February in UTC, and a month after that is 28 March. fn_extra remembers
 * that we have warned.
 */
void
calendar_warn_local_months(FunctionCallInfo fcinfo, int argno, const char *what,
                           const Interval *period)
{
	Datum at = PG_GETARG_DATUM(argno);
	const char *zone;

	if (period->month == 0 || fcinfo->flinfo->fn_extra != NULL ||
	    get_fn_expr_argtype(fcinfo->flinfo, argno) != TIMESTAMPTZOID ||
	    DatumGetTimestamp(at) % USECS_PER_DAY == 0 ||
	    DatumGetTimestamp(DirectFunctionCall1(timestamptz_timestamp, at)) %
	            USECS_PER_DAY !=
	        0)
		return;
	fcinfo->flinfo->fn_extra = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, 1);
	zone = pg_get_timezone_name(session_timezone);
	ereport(WARNING,
	        errmsg("%s is midnight in time zone \"%s\", but months are counted "
	               "in UTC",
	               what,
	               zone),
	        errdetail("In UTC it is %s.",
	                  DatumGetCString(DirectFunctionCall1(timestamp_out, at))),
	        errhint("To count months of that time zone, pass all times as local "
	                "times: AT TIME ZONE '%s'.",
	                zone));
}

Timestamp
calendar_add(Timestamp at, const Interval *interval, int64 times)
{
	Interval sum;
	int64 months, days;

	if (pg_mul_s64_overflow(interval->month, times, &months) ||
	    pg_mul_s64_overflow(interval->day, times, &days) ||
	    pg_mul_s64_overflow(interval->time, times, &sum.time) ||
	    months != (int32) months || days != (int32) days)
		ereport(ERROR,
		        errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
		        errmsg("timestamp out of range"));
	sum.month = (int32) months;
	sum.day = (int32) days;
	return DatumGetTimestamp(DirectFunctionCall2(timestamp_pl_interval,
	                                             TimestampGetDatum(at),
	                                             IntervalPGetDatum(&sum)));
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
