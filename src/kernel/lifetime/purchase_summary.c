/*-------------------------------------------------------------------------
 *
 * purchase_summary.c
 *	  How often a customer came back, when last, since when, and for how much.
 *
 * The statistics are those of the BTYD literature [1]: a customer's first
 * purchase begins the history and is not a repeat; purchases within one period
 * are one.  Times run between starts of periods.  As a length, a month is the
 * mean Gregorian one, 400 years over 4800 months: 2,629,746 seconds.
 *
 * Amounts are summed in sorted order with twice the digits of a double, so that
 * the order of the rows cannot matter.
 *
 * [1] P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting Your Customers the Easy
 * Way", Marketing Science 24(2), 2005.
 *
 * src/kernel/lifetime/purchase_summary.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/purchase_summary.h"

#include <math.h>

#include "base/gregorian.h"
#include "base/wide.h"

#define MICROSECONDS_OF_DAY INT64_C(86400000000)
#define SECONDS_OF_DAY      86400.0
#define SECONDS_OF_MONTH    2629746.0

/* 2000-01-01 was a Saturday: the week began five days before. */
#define DAYS_SINCE_MONDAY 5

int64_t
seg_day_of_microsecond(int64_t microseconds)
{
	return seg_floor_divide(microseconds, MICROSECONDS_OF_DAY);
}

int32_t
seg_period_of_day(SegPeriodUnit unit, int64_t day)
{
	switch (unit)
	{
		case SEG_PERIOD_WEEK:
			return (int32_t) seg_floor_divide(day + DAYS_SINCE_MONDAY, 7);
		case SEG_PERIOD_MONTH:
			return (int32_t) seg_month_of_day(day);
		default:
			return (int32_t) day;
	}
}

double
seg_period_distance(SegPeriodUnit unit, int32_t from, int32_t to)
{
	double days;

	if (unit != SEG_PERIOD_MONTH)
		return (double) to - (double) from;
	days = (double) (seg_start_of_month(to) - seg_start_of_month(from));
	return days * SECONDS_OF_DAY / SECONDS_OF_MONTH;
}

int
seg_purchase_compare(const void *a, const void *b, void *unused)
{
	const SegPurchase *p = a, *q = b;

	(void) unused;
	if (p->period != q->period)
		return p->period < q->period ? -1 : 1;
	return (p->amount > q->amount) - (p->amount < q->amount);
}

SegStatus
seg_purchase_summary(SegEnv *env, SegPeriodUnit unit, int32_t as_of,
                     const SegPurchase *purchases, int64_t n,
                     SegPurchaseHistory *history)
{
	int32_t first = purchases[0].period;
	int32_t last = first;
	int32_t frequency = 0;
	SegWide repeats = {0, 0};

	for (int64_t i = 0; i < n; i++)
	{
		if (i % 65536 == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (purchases[i].period == first)
			continue;
		frequency += purchases[i].period != last;
		last = purchases[i].period;
		repeats = seg_wide_add(repeats, (SegWide){purchases[i].amount, 0});
	}
	if (!isfinite(repeats.hi))
		return seg_fail(env,
		                SEG_NOT_FINITE,
		                "sum of the amounts",
		                repeats.hi,
		                0);
	history->frequency = frequency;
	history->recency = seg_period_distance(unit, first, last);
	history->age = seg_period_distance(unit, first, as_of);
	history->monetary = frequency == 0 ? 0 : repeats.hi / frequency + 0.0;
	return SEG_OK;
}
