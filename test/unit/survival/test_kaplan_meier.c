/* test_kaplan_meier.c: kernel/survival/kaplan_meier.c without a server */
#include "kernel/survival/kaplan_meier.h"

#include "unit.h"

void test_kaplan_meier(void);

#define MOST 12000

typedef struct Row
{
	double duration;
	bool event;
} Row;

static SegCountMap *
empty_map(SegEnv *env)
{
	SegCountMap *map;

	CHECK(seg_count_map_create(env, SEG_DURATION_WIDTH, &map) == SEG_OK);
	return map;
}

static void
add_count(SegEnv *env, SegCountMap **map, const void *key, int64_t length,
          int64_t count)
{
	int64_t at;

	CHECK(seg_count_map_insert(env, map, key, length, &at) == SEG_OK);
	*(int64_t *) seg_count_map_words(*map, at) += count;
}

static void
add_time(SegEnv *env, SegCountMap **map, double time, bool event, int64_t count)
{
	double key = seg_duration_key(time, event);

	add_count(env, map, &key, sizeof(key), count);
}

static SegKaplanMeier
tabulate(SegEnv *env, const Row *rows, int from, int to, int step)
{
	SegCountMap *map = empty_map(env);
	SegKaplanMeier table = {0};

	for (int i = from; i < to; i += step)
		add_time(env, &map, rows[i].duration, rows[i].event, 1);
	CHECK(seg_kaplan_meier_from_counts(env, map, true, &table) == SEG_OK);
	return table;
}

static SegSurvivalCurve
curve_of(SegEnv *env, const SegKaplanMeier *table)
{
	SegSurvivalCurve curve = {0};

	CHECK(seg_survival_curve(env, table, &curve) == SEG_OK);
	return curve;
}

/* Times with ties; every third is an event. */
static void
fill(Row *rows, int n, int distinct)
{
	for (int i = 0; i < n; i++)
		rows[i] = (Row){(double) (i * 7919L % distinct) / 7.0, i % 3 == 0};
}

static size_t
body_of(SegEnv *env, const SegKaplanMeier *table, char **body)
{
	size_t size;

	CHECK(seg_image_size(env, &seg_kaplan_meier_method, table, &size) ==
	      SEG_OK);
	*body = env->alloc(env->host, size);
	seg_image_write(&seg_kaplan_meier_method, table, *body);
	return size;
}

static bool
is_same(SegEnv *env, const SegKaplanMeier *a, const SegKaplanMeier *b)
{
	char *x, *y;
	size_t size = body_of(env, a, &x);

	return size == body_of(env, b, &y) && memcmp(x, y, size) == 0;
}

/* The parts add up to the bytes of the whole, however rows are split. */
static void
adds_up(void)
{
	static Row rows[MOST];

	fill(rows, 500, 83);
	for (int parts = 1; parts <= 40; parts += 3)
	{
		SegEnv env = unit_env();
		SegKaplanMeier whole = tabulate(&env, rows, 0, 500, 1);
		SegKaplanMeier sum = tabulate(&env, rows, 0, 0, 1);

		for (int p = parts - 1; p >= 0; p--)
		{
			SegKaplanMeier part = tabulate(&env, rows, p, 500, parts);
			SegKaplanMeier more;

			CHECK(seg_kaplan_meier_method.merge(&env, &sum, &part, &more) ==
			      SEG_OK);
			sum = more;
		}
		CHECK(is_same(&env, &sum, &whole));
		CHECK(whole.distinct_times == 83 && whole.rows_used == 500 &&
		      whole.event_count == 167);
		unit_env_free(&env);
	}
}

/* A whole without every second row is a table of the others. */
static void
takes_rows_out(void)
{
	static Row rows[500];
	SegEnv env = unit_env();
	SegKaplanMeier whole, part, other, rest;
	bool is_empty;

	fill(rows, 500, 300);
	whole = tabulate(&env, rows, 0, 500, 1);
	part = tabulate(&env, rows, 0, 500, 2);
	other = tabulate(&env, rows, 1, 500, 2);
	whole.rows_skipped = 5;
	part.rows_skipped = 3;
	other.rows_skipped = 2;
	CHECK(seg_kaplan_meier_method
	          .subtract(&env, &whole, &part, &rest, &is_empty) == SEG_OK);
	CHECK(!is_empty && rest.distinct_times < whole.distinct_times);
	CHECK(is_same(&env, &rest, &other));

	/* nothing is left, or skipped rows alone */
	CHECK(seg_kaplan_meier_method
	              .subtract(&env, &whole, &whole, &rest, &is_empty) == SEG_OK &&
	      is_empty);
	part = whole;
	part.rows_skipped = 4;
	CHECK(seg_kaplan_meier_method
	              .subtract(&env, &whole, &part, &rest, &is_empty) == SEG_OK &&
	      !is_empty && rest.rows_used == 0 && rest.rows_skipped == 1);

	/* what was never there cannot go */
	CHECK(seg_kaplan_meier_method
	          .subtract(&env, &other, &whole, &rest, &is_empty) == SEG_ABOVE);
	part.rows_skipped = 6;
	CHECK(seg_kaplan_meier_method
	          .subtract(&env, &whole, &part, &rest, &is_empty) == SEG_ABOVE);
	part = tabulate(&env, rows, 0, 1, 1);
	other = tabulate(&env, rows, 1, 2, 1);
	CHECK(seg_kaplan_meier_method
	          .subtract(&env, &other, &part, &rest, &is_empty) == SEG_ABOVE);
	part.timefix = !part.timefix;
	CHECK(seg_kaplan_meier_method
	          .subtract(&env, &whole, &part, &rest, &is_empty) == SEG_UNLIKE);
	unit_env_free(&env);
}

/* Check each step by counting rows, and by a product of long doubles. */
static void
follows_its_definition(int n, int distinct)
{
	static Row rows[MOST];
	SegEnv env = unit_env();
	SegKaplanMeier table;
	SegSurvivalCurve curve;
	long double survival = 1, variance = 0;
	int step = n > 1000 ? 97 : 1; /* which times to count rows at */

	fill(rows, n, distinct);
	table = tabulate(&env, rows, 0, n, 1);
	curve = curve_of(&env, &table);
	CHECK(curve.n == (n < distinct ? n : distinct));
	for (int64_t i = 0; i < curve.n; i++)
	{
		const SegSurvivalStep *s = &curve.steps[i];
		int64_t at_risk = 0, events = 0, censored = 0;

		for (int j = 0; i % step == 0 && j < n; j++)
		{
			at_risk += rows[j].duration >= s->time;
			events += rows[j].duration == s->time && rows[j].event;
			censored += rows[j].duration == s->time && !rows[j].event;
		}
		if (i % step == 0)
			CHECK(s->at_risk == at_risk && s->events == events &&
			      s->censored == censored);
		survival *= (long double) (s->at_risk - s->events) / s->at_risk;
		variance += (long double) s->events /
		            ((long double) s->at_risk * (s->at_risk - s->events));
		CHECK(s->survival == (double) survival ||
		      fabs(s->survival - (double) survival) <= 1e-15 * s->survival);
		if (s->survival > 0)
		{
			CHECK_NEAR(s->log_variance, (double) variance, 1e-12);
			CHECK_NEAR(seg_survival_std_error(s),
			           (double) (survival * sqrtl(variance)),
			           1e-12);
		}
		CHECK(i == 0 || s->survival <= s[-1].survival);
	}
	unit_env_free(&env);
}

/* An interval is centered on the survival, on its own scale. */
static void
intervals_are_symmetric(void)
{
	static Row rows[MOST];
	SegEnv env = unit_env();
	SegKaplanMeier table;
	SegSurvivalCurve curve;
	double low, high;

	fill(rows, 90, 31);
	table = tabulate(&env, rows, 0, 90, 1);
	curve = curve_of(&env, &table);
	for (int64_t i = 0; i < curve.n; i++)
	{
		const SegSurvivalStep *s = &curve.steps[i];
		bool known =
			seg_survival_interval(s, SEG_SCALE_LOG_LOG, 1, &low, &high);

		CHECK(known == (s->survival < 1));
		if (!known)
			continue;
		CHECK(0 < low && low < s->survival && s->survival < high && high < 1);
		CHECK_NEAR(log(-log(low)) + log(-log(high)),
		           2 * log(-log(s->survival)),
		           1e-12);
		CHECK(seg_survival_interval(s, SEG_SCALE_LOG, 0.1, &low, &high));
		CHECK_NEAR(low * high, s->survival * s->survival, 1e-14);
		CHECK(seg_survival_interval(s, SEG_SCALE_PLAIN, 0.1, &low, &high));
		CHECK_NEAR(low + high, 2 * s->survival, 1e-14);
		/* wide ones stay between 0 and 1 */
		CHECK(seg_survival_interval(s, SEG_SCALE_PLAIN, 99, &low, &high));
		CHECK(low == 0 && high == 1);
		CHECK(seg_survival_interval(s, SEG_SCALE_LOG, 99, &low, &high));
		CHECK(low >= 0 && high == 1);
	}
	unit_env_free(&env);
}

static void
is_certain_at_the_ends(void)
{
	SegEnv env = unit_env();
	Row rows[] = {{1, false}, {2, true}, {3, true}};
	SegKaplanMeier table = tabulate(&env, rows, 0, 3, 1);
	SegSurvivalCurve curve = curve_of(&env, &table);
	double low, high;

	/* survival is 1 */
	CHECK(!seg_survival_interval(&curve.steps[0],
	                             SEG_SCALE_LOG_LOG,
	                             2,
	                             &low,
	                             &high));
	CHECK(
		seg_survival_interval(&curve.steps[0], SEG_SCALE_LOG, 2, &low, &high));
	CHECK(low == 1 && high == 1);
	CHECK(
		seg_survival_interval(&curve.steps[0], SEG_SCALE_PLAIN, 2, &low, &high));
	CHECK(low == 1 && high == 1);
	/* and 0 */
	CHECK(curve.steps[2].survival == 0 && isinf(curve.steps[2].log_variance));
	for (int scale = SEG_SCALE_LOG_LOG; scale <= SEG_SCALE_PLAIN; scale++)
		CHECK(!seg_survival_interval(&curve.steps[2],
		                             (SegSurvivalScale) scale,
		                             2,
		                             &low,
		                             &high));
	unit_env_free(&env);
}

/* The median of rows at 1, 2, … whose events are marked by an x; -1: none. */
static double
median_of(const char *events)
{
	SegEnv env = unit_env();
	Row rows[MOST];
	int n = (int) strlen(events);
	SegKaplanMeier table;
	SegSurvivalCurve curve;
	double median = -1;

	for (int i = 0; i < n; i++)
		rows[i] = (Row){i + 1, events[i] == 'x'};
	table = tabulate(&env, rows, 0, n, 1);
	curve = curve_of(&env, &table);
	CHECK(seg_survival_median(&curve, &median) == (median != -1));
	unit_env_free(&env);
	return median;
}

static void
medians_are_those_of_r(void)
{
	CHECK(median_of("") == -1);
	CHECK(median_of(".") == -1);
	CHECK(median_of("x") == 1);
	CHECK(median_of("x.") == 1);   /* 0.5 forever */
	CHECK(median_of("xx") == 1.5); /* 0.5 up to 2 */
	CHECK(median_of("xxx") == 2);
	CHECK(median_of("xx.x") == 3); /* 0.5 until after a censored row */
	CHECK(median_of("xx..") == 2);
	CHECK(median_of("x..") == -1);
	CHECK(median_of(".x.x") == 4);
	/* (5/6)(4/5)(3/4) is one half, despite rounding */
	CHECK(median_of("xxx...") == 3);
	CHECK(median_of("xxx..x") == 4.5);
	/* 6/9, then 3/4 of four: one half again, past censored rows */
	CHECK(median_of("xxx..x..x") == 7.5);
	CHECK(median_of("x.xxx..x.x") == 8);
}

/* A half is a half after any number of steps without a censored row. */
static void
half_is_exact(void)
{
	static char events[2002];

	for (int n = 2; n <= 2000; n += 14)
	{
		memset(events, 'x', (size_t) n);
		events[n] = '\0';
		CHECK(median_of(events) == n / 2 + 0.5);
	}
}

static void
is_a_step_function(void)
{
	SegEnv env = unit_env();
	Row rows[] = {{0, true}, {2, true}, {4, false}, {4, false}, {5, false}};
	SegKaplanMeier table = tabulate(&env, rows, 0, 5, 1);
	SegKaplanMeier none = tabulate(&env, rows, 0, 0, 1);
	SegKaplanMeier ended = tabulate(&env, rows, 0, 2, 1);
	SegSurvivalCurve curve = curve_of(&env, &table);
	SegSurvivalCurve empty = curve_of(&env, &none);
	SegSurvivalCurve end = curve_of(&env, &ended);
	double s = -1;

	CHECK(seg_survival_at(&curve, -INFINITY, -1, &s) && s == 1);
	CHECK(seg_survival_at(&curve, -INFINITY, -INFINITY, &s) && s == 1);
	CHECK(seg_survival_at(&curve, -INFINITY, 0, &s) && s == 0.8);
	CHECK(seg_survival_at(&curve, -INFINITY, nextafter(2, 0), &s) && s == 0.8);
	CHECK(seg_survival_at(&curve, -INFINITY, 2, &s) && s == 0.6);
	CHECK(seg_survival_at(&curve, -INFINITY, 5, &s) && s == 0.6);
	CHECK(!seg_survival_at(&curve, -INFINITY, nextafter(5, 6), &s));
	CHECK(!seg_survival_at(&curve, -INFINITY, INFINITY, &s));
	CHECK(!seg_survival_at(&empty, -INFINITY, 0, &s));
	/* nobody is left, and nobody comes back */
	CHECK(seg_survival_at(&end, -INFINITY, 2, &s) && s == 0);
	CHECK(seg_survival_at(&end, -INFINITY, INFINITY, &s) && s == 0);
	/* among those still there */
	CHECK(seg_survival_at(&curve, 0, 2, &s) && s == 0.6 / 0.8);
	CHECK(seg_survival_at(&curve, 2, 5, &s) && s == 1);
	CHECK(seg_survival_at(&curve, 2, 0, &s) && s == 1);
	CHECK(!seg_survival_at(&curve, 2, 6, &s));
	CHECK(!seg_survival_at(&curve, 6, 2, &s));
	CHECK(seg_survival_at(&end, 0, 2, &s) && s == 0);
	CHECK(!seg_survival_at(&end, 2, 3, &s));
	unit_env_free(&env);
}

static void
checks_durations(void)
{
	static const double good[] = {0, 5e-324, 1, DBL_MAX};
	static const double bad[] = {-5e-324, -1, INFINITY, -INFINITY, NAN};
	SegEnv env = unit_env();
	double zero = -0.0;

	for (int i = 0; i < 4; i++)
	{
		double d = good[i];

		CHECK(seg_check_duration(&env, &d) == SEG_OK && d == good[i]);
	}
	for (int i = 0; i < 5; i++)
	{
		double d = bad[i];

		CHECK(seg_check_duration(&env, &d) == SEG_ARGUMENT_BELOW);
	}
	CHECK(seg_check_duration(&env, &zero) == SEG_OK && !signbit(zero));
	unit_env_free(&env);
}

/* Times at the ends of the range of a double; timefix joins the tiny ones. */
static void
takes_tiny_and_huge_times(void)
{
	SegEnv env = unit_env();
	Row rows[] = {{DBL_MAX, true}, {0, true}, {5e-324, true}, {1e300, true}};
	SegKaplanMeier table = tabulate(&env, rows, 0, 4, 1);
	SegSurvivalCurve curve = curve_of(&env, &table);
	double median;

	CHECK(curve.n == 3 && curve.steps[0].events == 2 &&
	      curve.steps[2].time == DBL_MAX);
	table.timefix = false;
	curve = curve_of(&env, &table);
	CHECK(curve.n == 4 && curve.steps[0].time == 0 &&
	      curve.steps[1].time == 5e-324 && curve.steps[3].time == DBL_MAX);
	CHECK(seg_survival_median(&curve, &median) && median == 5e299);
	unit_env_free(&env);
}

static bool
is_refused(SegEnv *env, SegKaplanMeier table)
{
	return seg_image_validate(env, &seg_kaplan_meier_method, &table) ==
	       SEG_CORRUPT;
}

static void
finds_damage(void)
{
	SegEnv env = unit_env();
	Row rows[] = {{1, true}, {2, false}, {3, true}};
	SegKaplanMeier table = tabulate(&env, rows, 0, 3, 1), t, back;
	int64_t none[] = {0, 0, 0}, negative[] = {-1, 0, 1};
	int64_t huge[] = {SEG_DURATION_MAX_ROWS, SEG_DURATION_MAX_ROWS, 1};
	double unordered[] = {1, 1, 3}, below[] = {-1, 2, 3}, nan[] = {1, NAN, 3};
	char *body;
	size_t size = body_of(&env, &table, &body);

	for (size_t length = 0; length <= size; length++)
		CHECK(seg_image_open(&env,
		                     &seg_kaplan_meier_method,
		                     body,
		                     length,
		                     &back) == (length == size ? SEG_OK : SEG_CORRUPT));
	CHECK(!is_refused(&env, table));
	t = table, t.rows_used = 4;
	CHECK(is_refused(&env, t));
	t = table, t.event_count = 1;
	CHECK(is_refused(&env, t));
	t = table, t.rows_skipped = -1;
	CHECK(is_refused(&env, t));
	t = table, t.events = none;
	CHECK(is_refused(&env, t));
	t = table, t.events = negative;
	CHECK(is_refused(&env, t));
	t = table, t.events = t.censored = huge;
	CHECK(is_refused(&env, t));
	t = table, t.times = unordered;
	CHECK(is_refused(&env, t));
	t = table, t.times = below;
	CHECK(is_refused(&env, t));
	t = table, t.times = nan;
	CHECK(is_refused(&env, t));
	unit_env_free(&env);
}

static SegStatus
read_one(const void *key, int64_t length, int64_t count)
{
	SegEnv env = unit_env();
	SegCountMap *map = empty_map(&env);
	SegKaplanMeier table;
	SegStatus status;

	add_time(&env, &map, 1.0, true, 1);
	add_count(&env, &map, key, length, count);
	status = seg_kaplan_meier_from_counts(&env, map, true, &table);
	unit_env_free(&env);
	return status;
}

/* Untrusted states. */
static void
refuses_maps_that_make_no_sense(void)
{
	static const double bad[] = {NAN, -NAN, INFINITY, -INFINITY};
	double good = seg_duration_key(2.0, false);

	CHECK(read_one(&good, sizeof(good), 1) == SEG_OK);
	CHECK(read_one("", 0, 5) == SEG_OK);
	for (int i = 0; i < 4; i++)
		CHECK(read_one(&bad[i], sizeof(double), 1) == SEG_CORRUPT);
	CHECK(read_one(&good, 7, 1) == SEG_CORRUPT);
	CHECK(read_one("123456789", 9, 1) == SEG_CORRUPT);
	CHECK(read_one(&good, sizeof(good), 0) == SEG_CORRUPT);
	CHECK(read_one(&good, sizeof(good), -1) == SEG_CORRUPT);
	CHECK(read_one(&good, sizeof(good), INT64_MAX) == SEG_CORRUPT);
	CHECK(read_one(&good, sizeof(good), INT64_MIN) == SEG_CORRUPT);
	CHECK(read_one(&good, sizeof(good), SEG_DURATION_MAX_ROWS - 1) == SEG_OK);
	CHECK(read_one(&good, sizeof(good), SEG_DURATION_MAX_ROWS) == SEG_CORRUPT);
	CHECK(read_one("", 0, -5) == SEG_CORRUPT);
}

/* A time has one line, whatever ended at it: also the time 0. */
static void
joins_events_and_censored(void)
{
	SegEnv env = unit_env();
	SegCountMap *map = empty_map(&env);
	SegKaplanMeier table;

	add_time(&env, &map, 5, false, 7);
	add_time(&env, &map, 0, true, 2);
	add_time(&env, &map, 5, true, 1);
	add_time(&env, &map, 0, false, 3);
	add_time(&env, &map, 3, false, 4);
	CHECK(seg_kaplan_meier_from_counts(&env, map, true, &table) == SEG_OK);
	CHECK(table.distinct_times == 3 && table.rows_used == 17 &&
	      table.event_count == 3);
	CHECK(table.times[0] == 0 && !signbit(table.times[0]) &&
	      table.events[0] == 2 && table.censored[0] == 3);
	CHECK(table.times[1] == 3 && table.events[1] == 0 &&
	      table.censored[1] == 4);
	CHECK(table.times[2] == 5 && table.events[2] == 1 &&
	      table.censored[2] == 7);
	unit_env_free(&env);
}

static void
keeps_its_limits(void)
{
	static Row rows[MOST];
	SegEnv env = unit_env();
	SegKaplanMeier a, b, sum;
	SegStatus status = SEG_NO_MEMORY;

	fill(rows, 100, 50);
	a = b = tabulate(&env, rows, 0, 100, 1);
	a.rows_used = SEG_DURATION_MAX_ROWS;
	CHECK(seg_kaplan_meier_method.merge(&env, &a, &b, &sum) == SEG_NOT_FINITE);
	unit_env_free(&env);

	for (int i = 0; status != SEG_OK && i < 20; i++)
	{
		SegCountMap *map;
		SegSurvivalCurve curve;

		env = unit_env();
		map = empty_map(&env);
		add_time(&env, &map, rows[0].duration, true, 1);
		unit_env_fail_after(&env, i);
		status = seg_kaplan_meier_from_counts(&env, map, true, &a);
		if (status == SEG_OK)
			status = seg_kaplan_meier_method.merge(&env, &a, &a, &b);
		if (status == SEG_OK)
			status = seg_survival_curve(&env, &b, &curve);
		CHECK(status == SEG_NO_MEMORY || (status == SEG_OK && i == 9));
		unit_env_free(&env);
	}
}

/* A table, a merge and a curve; how often they asked whether to stop. */
static SegStatus
work_until(int stop_after, int *questions)
{
	SegEnv env = unit_env();
	SegCountMap *map = empty_map(&env);
	SegKaplanMeier table, sum;
	SegSurvivalCurve curve;
	SegStatus status;
	int before;

	for (double time = 0; time < 50; time++)
		add_time(&env, &map, time, true, 1);
	before = unit_env_questions(&env);
	unit_env_stop_after(&env, stop_after);
	status = seg_kaplan_meier_from_counts(&env, map, true, &table);
	if (status == SEG_OK)
		status = seg_kaplan_meier_method.merge(&env, &table, &table, &sum);
	if (status == SEG_OK)
		status = seg_survival_curve(&env, &sum, &curve);
	*questions = unit_env_questions(&env) - before;
	unit_env_free(&env);
	return status;
}

/* Whoever is told to stop does, and asks no more. */
static void
stops_at_any_question(void)
{
	int questions, asked;

	CHECK(work_until(-1, &questions) == SEG_OK);
	CHECK(questions >= 4);
	for (int n = 0; n < questions; n++)
		CHECK(work_until(n, &asked) == SEG_STOPPED && asked == n + 1);
}

void
test_kaplan_meier(void)
{
	adds_up();
	takes_rows_out();
	follows_its_definition(300, 40);
	follows_its_definition(300, 1000);
	follows_its_definition(MOST, 10000);
	intervals_are_symmetric();
	is_certain_at_the_ends();
	medians_are_those_of_r();
	half_is_exact();
	is_a_step_function();
	checks_durations();
	takes_tiny_and_huge_times();
	finds_damage();
	refuses_maps_that_make_no_sense();
	joins_events_and_censored();
	keeps_its_limits();
	stops_at_any_question();
}
