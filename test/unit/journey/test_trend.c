/* test_trend.c: kernel/journey/trend.c against sums over a table of days */
#include "kernel/journey/trend.h"
#include "unit.h"

void test_trend(void);

#define DAY       INT64_C(86400000000)
#define MOST_DAYS 2000

/* The same events in a state that has more room. */
static SegTrend
moved(SegEnv *env, const SegTrend *trend, const SegTrendHead *room)
{
	int64_t *numbers =
		env->alloc(env->host,
	               (size_t) seg_trend_length(room) * sizeof(int64_t));
	SegTrend result = seg_trend_begin(numbers, room, trend->lengths);

	CHECK(seg_trend_merge(env, &result, trend) == SEG_OK);
	return result;
}

static SegTrend
empty(SegEnv *env, const int64_t *lengths, int64_t n)
{
	SegTrendHead room = {.windows = n};
	int64_t *numbers =
		env->alloc(env->host,
	               (size_t) seg_trend_length(&room) * sizeof(int64_t));

	return seg_trend_begin(numbers, &room, lengths);
}

static SegStatus
add(SegEnv *env, SegTrend *trend, int64_t age, double value)
{
	SegTrendHead room = *trend->head;

	SEG_TRY(seg_trend_make_room(env, &room, (uint64_t) age, value));
	if (!seg_trend_has_room(trend->head, &room))
		*trend = moved(env, trend, &room);
	seg_trend_add(trend, age, value);
	return SEG_OK;
}

typedef struct Daily
{
	double total[MOST_DAYS];
	int64_t events[MOST_DAYS];
} Daily;

static void
check_window(const Daily *d, int64_t length, const SegTrendWindow *w)
{
	double total = 0, earlier = 0, xy = 0, xx = 0;
	int64_t events = 0, active = 0;

	for (int64_t day = 0; day < 2 * length && day < MOST_DAYS; day++)
	{
		if (day >= length)
		{
			earlier += d->total[day];
			continue;
		}
		total += d->total[day];
		events += d->events[day];
		active += d->events[day] > 0;
		xy += ((double) (length - 1) / 2 - (double) day) * d->total[day];
	}
	for (int64_t day = 0; day < length; day++)
		xx += pow((double) (length - 1) / 2 - (double) day, 2);
	CHECK(w->events == events);
	CHECK(w->active_days == active);
	CHECK_NEAR(w->total, total, 1e-12);
	CHECK_NEAR(w->earlier, earlier, 1e-12);
	if (length == 1)
		CHECK(isnan(w->slope));
	else
		CHECK(fabs(w->slope - xy / xx) <= 1e-11);
	if (earlier <= 0)
		CHECK(isnan(w->ratio));
	else
		CHECK_NEAR(w->ratio, total / earlier, 1e-11);
}

static void
check_runs(const Daily *d, int period, int64_t current, int64_t longest)
{
	int64_t run = 0, best = 0, now = -1;

	for (int day = 0; day < MOST_DAYS + 7; day += period)
	{
		bool active = false;

		for (int i = day; i < day + period && i < MOST_DAYS; i++)
			active |= d->events[i] > 0;
		if (!active && now < 0)
			now = run;
		run = active ? run + 1 : 0;
		best = run > best ? run : best;
	}
	CHECK(current == now && longest == best);
}

static void
tables_of_days_agree(void)
{
	static const int64_t lengths[][3] = {{7, 30, 90},
	                                     {1, 2, 3},
	                                     {64, 65, 128},
	                                     {1, 500, 1000}};
	uint64_t seed = 11;

	for (int turn = 0; turn < 400; turn++)
	{
		Daily *d = calloc(1, sizeof(Daily));
		SegEnv env = unit_env();
		const int64_t *windows = lengths[turn % 4];
		SegTrend all = empty(&env, windows, 3);
		SegTrend parts[3] = {empty(&env, windows, 3),
		                     empty(&env, windows, 3),
		                     empty(&env, windows, 3)};
		SegTrend merged = empty(&env, windows, 3);
		SegTrendResult a, b;
		int n = 1 + unit_draw(&seed, 200);
		int reach = 1 + unit_draw(&seed, MOST_DAYS);

		for (int i = 0; i < n; i++)
		{
			int day = unit_draw(&seed, 1 + unit_draw(&seed, reach));
			int64_t within = 1 + unit_draw(&seed, 2) * (DAY - 1);
			double value =
				(unit_draw(&seed, 100000) - 20000) * (turn % 2 ? 0.01 : 1);

			d->total[day] += value;
			d->events[day]++;
			CHECK(add(&env, &all, day * DAY + within, value) == SEG_OK);
			CHECK(add(&env, &parts[i % 3], day * DAY + within, value) ==
			      SEG_OK);
		}
		CHECK(seg_trend_result(&env, &all, &a) == SEG_OK);
		for (int i = 0; i < 3; i++)
			check_window(d, windows[i], &a.windows[i]);
		check_runs(d, 1, a.current_days, a.longest_days);
		check_runs(d, 7, a.current_weeks, a.longest_weeks);
		/* in parts, and in another order */
		for (int i = 2; i >= 0; i--)
		{
			SegTrendHead room = *merged.head;

			seg_trend_make_room_for(&room, parts[i].head);
			merged = moved(&env, &merged, &room);
			CHECK(seg_trend_merge(&env, &merged, &parts[i]) == SEG_OK);
		}
		memset(&b, 0, sizeof(b));
		CHECK(seg_trend_result(&env, &merged, &b) == SEG_OK);
		CHECK(memcmp(a.windows, b.windows, 3 * sizeof(SegTrendWindow)) == 0);
		CHECK(a.newest == b.newest && a.oldest == b.oldest);
		CHECK(a.longest_days == b.longest_days);
		unit_env_free(&env);
		free(d);
	}
}

static void
nothing_is_rounded(void)
{
	static const int64_t lengths[] = {7};
	SegEnv env = unit_env();
	SegTrend t = empty(&env, lengths, 1);
	SegTrendResult r;

	/* 1e308 twice would overflow; both cancel */
	CHECK(add(&env, &t, 1, 1e308) == SEG_OK);
	CHECK(add(&env, &t, 2 * DAY, 1e308) == SEG_OK);
	CHECK(add(&env, &t, 3, 0x1p-1074) == SEG_OK);
	CHECK(seg_trend_result(&env, &t, &r) == SEG_NOT_FINITE);
	CHECK(add(&env, &t, 4, -1e308) == SEG_OK);
	CHECK(add(&env, &t, 2 * DAY - 1, -1e308) == SEG_OK);
	CHECK(seg_trend_result(&env, &t, &r) == SEG_OK);
	CHECK(r.windows[0].total == 0x1p-1074);
	CHECK(r.windows[0].slope == 0); /* 6 * 6 / 336 of it */
	CHECK(r.windows[0].events == 5 && r.windows[0].active_days == 2);
	CHECK(r.newest == 1 / 86400e6 && r.oldest == 2);
	unit_env_free(&env);
}

static void
limits_of_trends_are_refused(void)
{
	static const int64_t lengths[] = {7, 30};
	int64_t many[SEG_TREND_MAX_WINDOWS + 1];
	SegEnv env = unit_env();
	SegTrend t = empty(&env, lengths, 2);
	SegTrend opened;
	SegTrendResult r;

	for (int i = 0; i <= SEG_TREND_MAX_WINDOWS; i++)
		many[i] = SEG_TREND_MAX_WINDOW - SEG_TREND_MAX_WINDOWS + 1 + i;
	CHECK(seg_trend_check_windows(&env, many, SEG_TREND_MAX_WINDOWS) == SEG_OK);
	CHECK(seg_trend_check_windows(&env, many + 1, SEG_TREND_MAX_WINDOWS) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_trend_check_windows(&env, many, SEG_TREND_MAX_WINDOWS + 1) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_trend_check_windows(&env, many, 0) == SEG_ARGUMENT_RANGE);
	many[0] = many[1];
	CHECK(seg_trend_check_windows(&env, many, 2) == SEG_NOT_BELOW);
	many[0] = 0;
	CHECK(seg_trend_check_windows(&env, many, 1) == SEG_ARGUMENT_RANGE);

	CHECK(add(&env, &t, SEG_TREND_MAX_DAYS * DAY, 1) == SEG_OK);
	CHECK(add(&env, &t, SEG_TREND_MAX_DAYS * DAY + 1, 1) == SEG_TOO_MANY_DAYS);
	CHECK(add(&env, &t, -1, 1) == SEG_TOO_MANY_DAYS);
	CHECK(add(&env, &t, 1, NAN) == SEG_INFINITE);
	CHECK(add(&env, &t, 1, -INFINITY) == SEG_INFINITE);
	CHECK(add(&env, &t, 1, -0.0) == SEG_OK);
	CHECK(seg_trend_result(&env, &t, &r) == SEG_OK);
	CHECK(r.longest_days == 1 && r.current_weeks == 1);
	CHECK(r.oldest == SEG_TREND_MAX_DAYS);

	/* a state with another length, or a head that cannot be */
	CHECK(seg_trend_open(&env,
	                     (int64_t *) t.head,
	                     seg_trend_length(t.head),
	                     &opened) == SEG_OK);
	CHECK(opened.days == t.days);
	CHECK(seg_trend_open(&env,
	                     (int64_t *) t.head,
	                     seg_trend_length(t.head) - 1,
	                     &opened) == SEG_CORRUPT);
	for (size_t i = 0; i < sizeof(SegTrendHead) / sizeof(int64_t); i++)
	{
		int64_t *number = (int64_t *) t.head + i;
		int64_t sound = *number;

		*number = INT64_MAX;
		CHECK(seg_trend_open(&env,
		                     (int64_t *) t.head,
		                     seg_trend_length(&(SegTrendHead){.windows = 2}),
		                     &opened) == SEG_CORRUPT);
		*number = -1000;
		CHECK(seg_trend_open(&env, (int64_t *) t.head, 1 << 20, &opened) ==
		      SEG_CORRUPT);
		*number = sound;
	}
	t.sums[0] = INT64_MIN;
	CHECK(seg_trend_result(&env, &t, &r) == SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_trend(void)
{
	tables_of_days_agree();
	nothing_is_rounded();
	limits_of_trends_are_refused();
}
