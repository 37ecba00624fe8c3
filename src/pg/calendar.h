/*-------------------------------------------------------------------------
 *
 * calendar.h
 *	  Times and spans of time as arguments.
 *
 * A timestamptz is taken as a timestamp in UTC, and a date as its midnight. So
 * months and days are those of UTC, whatever the session's TimeZone, and one
 * number serves all three types.
 *
 * src/pg/calendar.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_CALENDAR_H
#define SEGMENT_PG_CALENDAR_H

#include "utils/date.h"
#include "utils/timestamp.h"

#include "pg/segment_pg.h"

/* How an argument holds a time: a C symbol serves one SQL signature. */
typedef enum TimeArgument
{
	TIME_IS_TIMESTAMP, /* or timestamptz */
	TIME_IS_DATE
} TimeArgument;

pg_noreturn extern void calendar_infinite(const char *what, const char *hint);
extern Timestamp calendar_midnight(Datum date);
extern int calendar_sign(const Interval *interval); /* -1, 0, 1 */
extern void calendar_check_positive(const Interval *interval, const char *what,
                                    const char *hint);

/*
 * Warn, once per statement, if an argument is a timestamptz and the session's
 * time zone would put another end to a period from there, or to one of the
 * "times" periods from there (back, if negative).
 */
extern void calendar_warn_local_period(FunctionCallInfo fcinfo, int argno,
                                       const Interval *period, int64 times);

/* The same where the caller found that the zone has it on another day. */
extern void
calendar_warn_local_day(FunctionCallInfo fcinfo, int argno, const char *what);

/* Microseconds by which the session's clocks are ahead of UTC. */
extern int64 calendar_local_offset(Timestamp at);

/* at + times * interval, in UTC; an error beyond the calendar. */
extern Timestamp
calendar_add(Timestamp at, const Interval *interval, int64 times);

/*
 * at + interval, in UTC; beyond the calendar PG_INT64_MAX, which means never.
 */
extern Timestamp calendar_end(Timestamp at, const Interval *interval);

/*
 * Whole periods from start to at, no more than most: the largest number of them
 * that, added to start, does not pass at. No part of a period may be negative,
 * and start <= at.
 */
extern int64 calendar_periods(Timestamp start, const Interval *period,
                              Timestamp at, int64 most);

/*
 * Microseconds of a non-negative interval, at most PG_INT64_MAX; -1: it has
 * months.
 */
extern int64 calendar_fixed_span(const Interval *interval);

/* at + span, at most PG_INT64_MAX, which means never. */
static inline Timestamp
calendar_add_span(Timestamp at, int64 span)
{
	return at > 0 && span > PG_INT64_MAX - at ? PG_INT64_MAX : at + span;
}

static inline void
calendar_refuse_infinite(const char *what, Timestamp at, const char *hint)
{
	if (unlikely(TIMESTAMP_NOT_FINITE(at)))
		calendar_infinite(what, hint);
}

/*
 * A finite time in an argument that is not NULL.
 */
static inline Timestamp
calendar_argument(FunctionCallInfo fcinfo, int argno, TimeArgument type,
                  const char *what)
{
	Timestamp at = type == TIME_IS_DATE
	                   ? calendar_midnight(PG_GETARG_DATUM(argno))
	                   : PG_GETARG_TIMESTAMP(argno);

	calendar_refuse_infinite(what, at, NULL);
	return at;
}

#endif /* SEGMENT_PG_CALENDAR_H */
