/*-------------------------------------------------------------------------
 *
 * test_purchase_summary.c
 *	  Calendar periods, and the history of a customer.
 *
 * test/unit/lifetime/test_purchase_summary.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/purchase_summary.h"
#include "unit.h"

void test_purchase_summary(void);

static int
compare(const void *a, const void *b)
{
	return seg_purchase_compare(a, b, NULL);
}

static int
days_of_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (is_leap && month == 2);
}

/* Day by day, like a wall calendar: 2000 years forward, 7000 back. */
static void
months_are_those_of_the_calendar(void)
{
	int32_t first = seg_period_of_day(SEG_PERIOD_MONTH, 0);
	int64_t day = 0;
	int bad = 0;

	for (int i = 0; i < 12 * 2000; i++)
	{
		int days = days_of_month(2000 + i / 12, i % 12 + 1);

		CHECK_NEAR(seg_period_distance(SEG_PERIOD_MONTH, first, first + i),
		           (double) day / 30.436875,
		           1e-15);
		for (int d = 0; d < days; d++, day++)
			bad += seg_period_of_day(SEG_PERIOD_MONTH, day) != first + i;
	}
	day = 0;
	for (int i = 1; i <= 12 * 7000; i++)
	{
		int days = days_of_month(1999 - (i - 1) / 12, 12 - (i - 1) % 12);

		for (int d = 0; d < days; d++)
			bad += seg_period_of_day(SEG_PERIOD_MONTH, --day) != first - i;
		CHECK_NEAR(seg_period_distance(SEG_PERIOD_MONTH, first - i, first),
		           (double) -day / 30.436875,
		           1e-15);
	}
	CHECK(bad == 0);
}

static void
weeks_begin_on_monday(void)
{
	/* 2024-01-01 was a Monday, 8766 days after 2000-01-01 */
	int32_t week = seg_period_of_day(SEG_PERIOD_WEEK, 8766);
	int bad = 0;

	for (int64_t day = -20000; day < 20000; day++)
	{
		int64_t since = day - 8766 + 7 * 10000;

		bad +=
			seg_period_of_day(SEG_PERIOD_WEEK, day) != week + since / 7 - 10000;
	}
	CHECK(bad == 0);
	CHECK(seg_period_distance(SEG_PERIOD_WEEK, week, week + 3) == 3);
}

static void
days_are_whole(void)
{
	const int64_t day = INT64_C(86400000000);

	CHECK(seg_day_of_microsecond(0) == 0);
	CHECK(seg_day_of_microsecond(day - 1) == 0);
	CHECK(seg_day_of_microsecond(day) == 1);
	CHECK(seg_day_of_microsecond(-1) == -1);
	CHECK(seg_day_of_microsecond(-day) == -1);
	CHECK(seg_day_of_microsecond(-day - 1) == -2);
	CHECK(seg_day_of_microsecond(INT64_MIN) == -106751992);
	CHECK(seg_day_of_microsecond(INT64_MAX) == 106751991);

	/* all dates that PostgreSQL has: 4714-11-24 BC to 5874897-12-31 */
	CHECK(seg_period_of_day(SEG_PERIOD_DAY, 2145031948) == 2145031948);
	CHECK(seg_period_distance(SEG_PERIOD_DAY, -2451545, 2145031948) ==
	      2147483493.0);
	CHECK(seg_period_of_day(SEG_PERIOD_MONTH, 2145031948) -
	          seg_period_of_day(SEG_PERIOD_MONTH, -2451545) ==
	      5874897 * 12 + 4713 * 12 + 1);
	CHECK(seg_period_of_day(SEG_PERIOD_WEEK, 2145031948) == 2145031953 / 7);
}

static bool
is_history(const SegPurchaseHistory *h, int32_t frequency, double recency,
           double age, double monetary)
{
	return h->frequency == frequency && h->recency == recency &&
	       h->age == age && h->monetary == monetary;
}

static void
counts_repeats_only(void)
{
	SegEnv env = unit_env();
	SegPurchase one[] = {{10, 99}};
	SegPurchase two[] = {{10, 5}, {10, 7}};
	SegPurchase more[] =
		{{10, 5}, {10, 7}, {12, 1}, {12, 2}, {12, 3}, {17, 0}, {30, -4}};
	SegPurchaseHistory h;

	CHECK(seg_purchase_summary(&env, SEG_PERIOD_DAY, 10, one, 1, &h) == SEG_OK);
	CHECK(is_history(&h, 0, 0, 0, 0));
	CHECK(seg_purchase_summary(&env, SEG_PERIOD_WEEK, 15, two, 2, &h) ==
	      SEG_OK);
	CHECK(is_history(&h, 0, 0, 5, 0));
	CHECK(seg_purchase_summary(&env, SEG_PERIOD_DAY, 40, more, 7, &h) ==
	      SEG_OK);
	CHECK(is_history(&h, 3, 20, 30, 2.0 / 3));
	unit_env_free(&env);
}

/* The sort and the sum give the same bits in any order. */
static void
order_does_not_matter(void)
{
	enum
	{
		N = 64
	};
	SegEnv env = unit_env();
	SegPurchase purchases[N];
	SegPurchaseHistory h, first = {0};

	for (int turn = 0; turn < N; turn++)
	{
		for (int i = 0; i < N; i++)
		{
			int j = (i * (2 * turn + 1) + turn) % N;

			purchases[i].period = j % 11;
			purchases[i].amount = (j % 2 ? 1e16 : -1e16) + j * 0.1;
		}
		qsort(purchases, N, sizeof(SegPurchase), compare);
		CHECK(
			seg_purchase_summary(&env, SEG_PERIOD_MONTH, 20, purchases, N, &h) ==
			SEG_OK);
		if (turn == 0)
			first = h;
		CHECK(is_history(&h, 10, first.recency, first.age, first.monetary));
	}
	unit_env_free(&env);
}

static void
limits_are_kept(void)
{
	SegEnv env = unit_env();
	SegPurchase purchases[] = {{1, 0}, {2, 1e308}, {3, 1e308}};
	SegPurchaseHistory h;

	CHECK(seg_purchase_summary(&env, SEG_PERIOD_DAY, 3, purchases, 3, &h) ==
	      SEG_NOT_FINITE);
	CHECK(seg_purchase_summary(&env, SEG_PERIOD_DAY, 3, purchases, 2, &h) ==
	      SEG_OK);
	CHECK(is_history(&h, 1, 1, 2, 1e308));
	unit_env_stop_after(&env, 0);
	CHECK(seg_purchase_summary(&env, SEG_PERIOD_DAY, 3, purchases, 3, &h) ==
	      SEG_STOPPED);
	unit_env_free(&env);
}

void
test_purchase_summary(void)
{
	months_are_those_of_the_calendar();
	weeks_begin_on_monday();
	days_are_whole();
	counts_repeats_only();
	order_does_not_matter();
	limits_are_kept();
}
