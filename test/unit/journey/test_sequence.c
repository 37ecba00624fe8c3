/*
 * test_sequence.c: kernel/journey/sequence*.c against every choice of events
 */
#include "kernel/journey/sequence.h"
#include "unit.h"

void test_sequence(void);

#define MAX_EVENTS     9
#define MAX_CONDITIONS 3
#define STREAMS        100000
#define SECOND         INT64_C(1000000)

static uint64_t state = 88172645463325252u;

/* ---------- the language ---------- */

static SegStatus
parse(SegEnv *env, const char *text, SegPattern *pattern)
{
	return seg_pattern_parse(env,
	                         (SegText){text, (int64_t) strlen(text)},
	                         3,
	                         pattern);
}

static void
is_refused(const char *text, const char *expected, int position)
{
	SegEnv env = unit_env();
	SegPattern pattern;

	CHECK(parse(&env, text, &pattern) == SEG_BAD_PATTERN);
	CHECK(strstr(env.diag.what, expected) != NULL);
	CHECK((int) env.diag.got == position);
	unit_env_free(&env);
}

static void
is_read_as(const char *text, int64_t n, const SegPatternEvent *want)
{
	SegEnv env = unit_env();
	SegPattern pattern;

	CHECK(parse(&env, text, &pattern) == SEG_OK);
	CHECK(pattern.n == n);
	for (int64_t j = 0; j < n && pattern.n == n; j++)
	{
		CHECK(pattern.event[j].condition == want[j].condition);
		CHECK(pattern.event[j].is_adjacent == want[j].is_adjacent);
		CHECK(pattern.event[j].least == want[j].least);
		CHECK(pattern.event[j].most == want[j].most);
	}
	unit_env_free(&env);
}

static void
reads_patterns(void)
{
	const SegPatternEvent any = {0, true, 0, INT64_MAX};
	const SegPatternEvent one = {1, true, 0, INT64_MAX};

	is_read_as("(?1)", 1, &one);
	is_read_as(".*(?1).*", 1, (SegPatternEvent[]){{1, false, 0, INT64_MAX}});
	is_read_as("..", 2, (SegPatternEvent[]){any, any});
	is_read_as("(?1)(?t<=5)(?3)",
	           2,
	           (SegPatternEvent[]){one, {3, false, 0, 5 * SECOND}});
	is_read_as("(?1)(?t<5)(?3)",
	           2,
	           (SegPatternEvent[]){one, {3, false, 0, 5 * SECOND - 1}});
	is_read_as("(?1)(?t>0.25).*(?t<=2)(?2)",
	           2,
	           (SegPatternEvent[]){one,
	                               {2, false, SECOND / 4 + 1, 2 * SECOND}});
	is_read_as("(?1)(?t==0.000001).",
	           2,
	           (SegPatternEvent[]){one, {0, false, 1, 1}});
	is_read_as("(?1)(?t>=7)(?t<3)(?2)",
	           2,
	           (SegPatternEvent[]){one,
	                               {2, false, 7 * SECOND, 3 * SECOND - 1}});
	is_refused("", "an event, (?N) or .,", 1);
	is_refused(".*", "an event, (?N) or .,", 1);
	is_refused(".*.*", "an event, (?N) or .,", 1);
	is_refused("(?1)x", "(?N)", 5);
	is_refused("(1)", "(?N)", 1);
	is_refused("(?)", "number of a condition", 3);
	is_refused("(?1", "closing", 4);
	is_refused("(?t<5)(?1)", "an event before", 4);
	is_refused("(?1)(?t<5)", "an event after", 11);
	is_refused("(?1)(?t~5)(?2)", "one of <", 8);
	is_refused("(?1)(?t<)(?2)", "seconds", 9);
	is_refused("(?1)(?t<1.)(?2)", "seconds", 11);
	is_refused("(?1)(?t<1.0000001)(?2)", "six decimals", 17);
	is_refused("(?1)(?t<99999999999999)(?2)", "seconds", 21);
	is_refused("(?1)(?t<5(?2)", "closing", 10);
}

static void
refuses_unknown_conditions(void)
{
	SegEnv env = unit_env();
	SegPattern pattern;

	CHECK(parse(&env, "(?1)(?4)", &pattern) == SEG_ARGUMENT_RANGE);
	CHECK(env.diag.got == 4 && env.diag.limit == 3);
	CHECK(parse(&env, "(?0)", &pattern) == SEG_ARGUMENT_RANGE);
	unit_env_fail_after(&env, 0);
	CHECK(parse(&env, "(?1)", &pattern) == SEG_NO_MEMORY);
	unit_env_free(&env);
}

/* ---------- matching ---------- */

static int64_t
most_matches(const SegSteps *s, const SegPattern *p, int64_t from);

/*
 * The most matches if event j of the pattern and later ones are matched by
 * events after "last"; complete matches count.
 */
static int64_t
most_from(const SegSteps *s, const SegPattern *p, int64_t j, int64_t last)
{
	int64_t most = 0;

	if (j == p->n)
		return 1 + most_matches(s, p, last + 1);
	for (int64_t i = last + 1; i < s->n; i++)
	{
		const SegPatternEvent *want = &p->event[j];
		int64_t gap = s->time[i] - s->time[last];
		int64_t n;

		if (want->condition > 0 && !(s->met[i] >> (want->condition - 1) & 1))
			continue;
		if (want->is_adjacent ? i != last + 1
		                      : gap < want->least || gap > want->most)
			continue;
		n = most_from(s, p, j + 1, i);
		most = n > most ? n : most;
	}
	return most;
}

static int64_t
most_matches(const SegSteps *s, const SegPattern *p, int64_t from)
{
	int64_t most = 0;

	for (int64_t i = from; i < s->n; i++)
	{
		int64_t condition = p->event[0].condition;
		int64_t n;

		if (condition > 0 && !(s->met[i] >> (condition - 1) & 1))
			continue;
		n = most_from(s, p, 1, i);
		most = n > most ? n : most;
	}
	return most;
}

static void
random_pattern(char *text)
{
	static const char *const gaps[] = {"",
	                                   "",
	                                   ".*",
	                                   "(?t<=%d)",
	                                   "(?t<%d)",
	                                   "(?t>=%d)",
	                                   "(?t>%d)",
	                                   "(?t==%d)",
	                                   ".*(?t>=1)(?t<=%d)"};
	int n = 1 + unit_draw(&state, 4);

	*text = '\0';
	for (int j = 0; j < n; j++)
	{
		char *end = text + strlen(text);

		if (j > 0)
			sprintf(end, gaps[unit_draw(&state, 9)], unit_draw(&state, 4));
		end = text + strlen(text);
		if (unit_draw(&state, 5) == 0)
			strcpy(end, ".");
		else
			sprintf(end, "(?%d)", 1 + unit_draw(&state, MAX_CONDITIONS));
	}
}

static void
random_streams_agree(void)
{
	int bad = 0;

	for (int k = 0; k < STREAMS; k++)
	{
		SegEnv env = unit_env();
		int64_t time[MAX_EVENTS];
		uint64_t met[MAX_EVENTS];
		SegSteps s = {unit_draw(&state, MAX_EVENTS + 1),
		              MAX_CONDITIONS,
		              1,
		              time,
		              met,
		              NULL};
		int moments = 1 + unit_draw(&state, 8);
		char text[120];
		SegPattern pattern;
		int64_t any, count;

		for (int64_t i = 0; i < s.n; i++)
		{
			time[i] = unit_draw(&state, moments) * SECOND;
			met[i] =
				(uint64_t) (1 + unit_draw(&state, (1 << MAX_CONDITIONS) - 1));
		}
		random_pattern(text);
		CHECK(seg_steps_sort(&env, &s) == SEG_OK);
		CHECK(parse(&env, text, &pattern) == SEG_OK);
		CHECK(seg_sequence_count(&env, &s, &pattern, 1, &any) == SEG_OK);
		CHECK(seg_sequence_count(&env, &s, &pattern, INT64_MAX, &count) ==
		      SEG_OK);
		bad += count != most_matches(&s, &pattern, 0) || any != (count > 0);
		unit_env_free(&env);
	}
	CHECK(bad == 0);
}

/* ---------- what came next ---------- */

/*
 * Events a b a c b a c at times 1 to 7; steps are given as letters.
 */
static int64_t
next_of(const char *steps, int direction, SegSequenceBase base)
{
	static const char *const history = "abacbac";
	SegEnv env = unit_env();
	int64_t time[7];
	uint64_t met[7] = {0};
	SegSteps s = {7, (int64_t) strlen(steps), 1, time, met, NULL};
	int64_t next;

	for (int i = 0; i < 7; i++)
	{
		time[i] = i + 1;
		for (int64_t j = 0; j < s.count; j++)
			met[i] |= (uint64_t) (steps[j] == history[i]) << j;
	}
	CHECK(seg_sequence_next(&env, &s, direction, base, &next) == SEG_OK);
	unit_env_free(&env);
	return next;
}

static void
finds_what_came_next(void)
{
	CHECK(next_of("a", 1, SEG_SEQUENCE_FIRST_MATCH) == 1);
	CHECK(next_of("ac", 1, SEG_SEQUENCE_FIRST_MATCH) == 4);
	CHECK(next_of("ac", 1, SEG_SEQUENCE_LAST_MATCH) == -1);
	CHECK(next_of("ba", 1, SEG_SEQUENCE_LAST_MATCH) == 6);
	CHECK(next_of("ab", 1, SEG_SEQUENCE_HEAD) == 2);
	CHECK(next_of("ba", 1, SEG_SEQUENCE_HEAD) == -1);
	CHECK(next_of("cc", 1, SEG_SEQUENCE_FIRST_MATCH) == -1);
	CHECK(next_of("ca", -1, SEG_SEQUENCE_TAIL) == 4);
	CHECK(next_of("a", -1, SEG_SEQUENCE_TAIL) == -1);
	CHECK(next_of("ca", -1, SEG_SEQUENCE_FIRST_MATCH) == 1);
	CHECK(next_of("ba", -1, SEG_SEQUENCE_FIRST_MATCH) == -1);
	CHECK(next_of("bc", -1, SEG_SEQUENCE_LAST_MATCH) == 2);
	CHECK(next_of("abacbaca", 1, SEG_SEQUENCE_HEAD) == -1);
}

/*
 * Simultaneous events are sorted by their steps, then by their values, and
 * values move with their events.
 */
static void
sorts_values(void)
{
	SegEnv env = unit_env();
	int64_t time[5] = {2, 2, 2, 1, 2};
	uint64_t met[5] = {0, 2, 1, 0, 0};
	SegText value[5] = {{"y", 1}, {"b", 1}, {"c", 1}, {"a", 1}, {"xx", 2}};
	SegSteps s = {5, 2, 1, time, met, value};
	const char *want[5] = {"a", "c", "b", "xx", "y"};

	CHECK(seg_steps_sort(&env, &s) == SEG_OK);
	for (int i = 0; i < 5; i++)
		CHECK(memcmp(s.value[i].bytes, want[i], strlen(want[i])) == 0);
	unit_env_free(&env);
}

static void
stops_and_runs_out(void)
{
	SegEnv env = unit_env();
	int64_t time[2] = {1, 2};
	uint64_t met[2] = {1, 1};
	SegSteps s = {2, 3, 1, time, met, NULL};
	SegPattern pattern;
	int64_t count;

	CHECK(parse(&env, "(?1)(?t<5)(?1)", &pattern) == SEG_OK);
	unit_env_stop_after(&env, 0);
	CHECK(seg_sequence_count(&env, &s, &pattern, 9, &count) == SEG_STOPPED);
	CHECK(seg_sequence_next(&env, &s, 1, SEG_SEQUENCE_HEAD, &count) ==
	      SEG_STOPPED);
	for (int i = 0; i < 2; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(seg_sequence_count(&env, &s, &pattern, 9, &count) ==
		      SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

void
test_sequence(void)
{
	reads_patterns();
	refuses_unknown_conditions();
	random_streams_agree();
	finds_what_came_next();
	sorts_values();
	stops_and_runs_out();
}
