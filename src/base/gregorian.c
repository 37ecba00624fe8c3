/*-------------------------------------------------------------------------
 *
 * gregorian.c
 *	  Months of the Gregorian calendar.
 *
 * Inside, months are counted from March of the year 0, so the day that leap years
 * add is the last of a year, and the lengths of months repeat, 153 days in five
 * [1].
 *
 * [1] E. G. Richards, "Mapping Time", Oxford University Press, 1998, ch. 25.
 *
 * src/base/gregorian.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/gregorian.h"

/* From 0000-03-01 to 2000-01-01. */
#define DAYS_SINCE_YEAR_0 INT64_C(730425)
#define DAYS_OF_400_YEARS INT64_C(146097)

#define MONTHS_TO_MARCH 2

/*
 * Days from 0000-03-01 to the start of a year; years begin in March.
 */
static int64_t
start_of_year(int64_t year)
{
	return 365 * year + seg_floor_divide(year, 4) -
	       seg_floor_divide(year, 100) + seg_floor_divide(year, 400);
}

int64_t
seg_start_of_month(int64_t month)
{
	int64_t since_march = month - MONTHS_TO_MARCH;
	int64_t year = seg_floor_divide(since_march, 12);

	return start_of_year(year) + (153 * (since_march - 12 * year) + 2) / 5 -
	       DAYS_SINCE_YEAR_0;
}

int64_t
seg_month_of_day(int64_t day)
{
	int64_t since = day + DAYS_SINCE_YEAR_0;
	int64_t year = seg_floor_divide(400 * since, DAYS_OF_400_YEARS);

	/* years differ in length: the estimate may be off by one */
	if (start_of_year(year) > since)
		year--;
	else if (start_of_year(year + 1) <= since)
		year++;
	return 12 * year + (5 * (since - start_of_year(year)) + 2) / 153 +
	       MONTHS_TO_MARCH;
}
