/*
 * test_window_funnel.c: kernel/journey/window_funnel.c against its definition
 *
 * The definition in docs/design/events.md by brute force: every choice of
 * events for the steps.
 */
#include "kernel/journey/window_funnel.h"
#include "unit.h"

void test_window_funnel(void);

#define MAX_EVENTS 6
#define MAX_STEPS  4
#define STREAMS    100000

static uint64_t state = 88172645463325252u;

typedef struct Stream
{
	int n;
	int count; /* of steps */
	int64_t window;
	int64_t slack; /* some windows are this much shorter, as for months */
	int64_t time[MAX_EVENTS];
	uint64_t met[MAX_EVENTS];
} Stream;

typedef struct Answer
{
	int64_t level;
	int64_t reached[MAX_STEPS];
} Answer;

/* ---------- the definition ---------- */

/*
 * The end of the window that starts at a time.
 */
static int64_t
window_end(const Stream *s, int64_t time)
{
	return time + s->window - time * 5 % (s->slack + 1);
}

/*
 * The one with more steps; then the one that ends first, whose window ends
 * last, that started last, that met its steps first.
 */
static bool
is_better(const Stream *s, const Answer *a, const Answer *b)
{
	int64_t a_end, b_end;

	if (a->level != b->level)
		return a->level > b->level;
	if (a->level == 0)
		return false;
	if (a->reached[a->level - 1] != b->reached[a->level - 1])
		return a->reached[a->level - 1] < b->reached[a->level - 1];
	a_end = window_end(s, a->reached[0]);
	b_end = window_end(s, b->reached[0]);
	if (a_end != b_end)
		return a_end > b_end;
	if (a->reached[0] != b->reached[0])
		return a->reached[0] > b->reached[0];
	for (int j = 1; j < a->level; j++)
	{
		if (a->reached[j] != b->reached[j])
			return a->reached[j] < b->reached[j];
	}
	return false;
}

/*
 * Does every event between the first and the last one meet a step reached by
 * then?
 */
static bool
is_uninterrupted(const Stream *s, const Answer *chain)
{
	for (int i = 0; i < s->n; i++)
	{
		bool is_repeat = false;

		if (s->time[i] <= chain->reached[0] ||
		    s->time[i] >= chain->reached[chain->level - 1])
			continue;
		for (int64_t j = 0; j < chain->level; j++)
			is_repeat = is_repeat || (chain->reached[j] <= s->time[i] &&
			                          (s->met[i] >> j & 1));
		if (!is_repeat)
			return false;
	}
	return true;
}

static void
try_chains(const Stream *s, SegFunnelMode mode, unsigned used, Answer *chain,
           Answer *best)
{
	int64_t level = chain->level;

	if (is_better(s, chain, best) &&
	    (mode != SEG_FUNNEL_STRICT_ORDER || is_uninterrupted(s, chain)))
		*best = *chain;
	if (level == s->count)
		return;
	for (int i = 0; i < s->n; i++)
	{
		if (!(s->met[i] >> level & 1))
			continue;
		if (level > 0 && s->time[i] < chain->reached[level - 1])
			continue;
		if (s->time[i] >
		    window_end(s, level > 0 ? chain->reached[0] : s->time[i]))
			continue;
		if (mode == SEG_FUNNEL_STRICT_ONCE && (used >> i & 1))
			continue;
		if (mode == SEG_FUNNEL_STRICT_INCREASE && level > 0 &&
		    s->time[i] == chain->reached[level - 1])
			continue;
		chain->reached[level] = s->time[i];
		chain->level = level + 1;
		try_chains(s, mode, used | 1u << i, chain, best);
		chain->level = level;
	}
}

static Answer
by_definition(const Stream *s, SegFunnelMode mode)
{
	Answer best = {.level = 0};
	Answer chain = {.level = 0};

	try_chains(s, mode, 0, &chain, &best);
	return best;
}

/* ---------- the kernel ---------- */

static Answer
by_kernel(const Stream *s, SegFunnelMode mode)
{
	SegEnv env = unit_env();
	int64_t time[MAX_EVENTS], deadline[MAX_EVENTS];
	uint64_t met[MAX_EVENTS];
	SegSteps steps = {0, s->count, 1, time, met, NULL};
	Answer answer = {.level = 0};
	int64_t level;

	for (int i = 0; i < s->n; i++)
	{
		/* events of no step are passed in one mode only */
		if (s->met[i] == 0 && mode != SEG_FUNNEL_STRICT_ORDER)
			continue;
		time[steps.n] = s->time[i];
		met[steps.n++] = s->met[i];
	}
	CHECK(seg_steps_sort(&env, &steps) == SEG_OK);
	for (int64_t i = 0; i < steps.n; i++)
		deadline[i] = window_end(s, steps.time[i]);
	CHECK(seg_window_funnel(&env, &steps, deadline, mode, &level, NULL) ==
	      SEG_OK);
	CHECK(seg_window_funnel(&env,
	                        &steps,
	                        deadline,
	                        mode,
	                        &answer.level,
	                        answer.reached) == SEG_OK);
	CHECK(level == answer.level);
	unit_env_free(&env);
	return answer;
}

static bool
agree(const Stream *s, SegFunnelMode mode)
{
	Answer want = by_definition(s, mode);
	Answer got = by_kernel(s, mode);

	return got.level == want.level &&
	       memcmp(got.reached,
	              want.reached,
	              (size_t) want.level * sizeof(int64_t)) == 0;
}

static void
random_streams_agree(void)
{
	int bad[4] = {0};

	for (int k = 0; k < STREAMS; k++)
	{
		int moments = 1 + unit_draw(&state, 8);
		int rarity = 1 + unit_draw(&state, 3);
		Stream s = {.n = unit_draw(&state, MAX_EVENTS + 1),
		            .count = 1 + unit_draw(&state, MAX_STEPS),
		            .window = unit_draw(&state, 8),
		            .slack = unit_draw(&state, 2) * unit_draw(&state, 5)};

		for (int i = 0; i < s.n; i++)
		{
			uint64_t met = (uint64_t) unit_draw(&state, 1 << s.count);

			s.time[i] = unit_draw(&state, moments);
			for (int j = 1; j < rarity; j++)
				met &= (uint64_t) unit_draw(&state, 1 << s.count);
			s.met[i] = met;
		}
		for (int mode = 0; mode < 4; mode++)
			bad[mode] += !agree(&s, (SegFunnelMode) mode);
	}
	for (int mode = 0; mode < 4; mode++)
		CHECK(bad[mode] == 0);
}

/* ---------- many steps and events ---------- */

/*
 * Step j at time j, with more steps than bits in a word: all are reached that
 * fit into the window, and no more.
 */
static void
goes_far(int64_t count)
{
	for (int mode = 0; mode < 4; mode++)
	{
		SegEnv env = unit_env();
		SegSteps s = {.n = count,
		              .count = count,
		              .words = seg_steps_words(count)};
		int64_t level;
		int64_t *time = calloc((size_t) count, sizeof(int64_t));
		uint64_t *met = calloc((size_t) (count * s.words), sizeof(uint64_t));
		int64_t *deadline, *reached;

		s.time = time;
		s.met = met;
		deadline = calloc((size_t) count, sizeof(int64_t));
		reached = calloc((size_t) count, sizeof(int64_t));
		/* backwards, so that there is something to sort */
		for (int64_t i = 0; i < count; i++)
		{
			int64_t step = count - 1 - i;

			s.time[i] = step;
			s.met[i * s.words + step / 64] = UINT64_C(1) << step % 64;
			deadline[i] = i + count;
		}
		CHECK(seg_steps_sort(&env, &s) == SEG_OK);
		CHECK(seg_window_funnel(&env,
		                        &s,
		                        deadline,
		                        (SegFunnelMode) mode,
		                        &level,
		                        reached) == SEG_OK);
		CHECK(level == count && reached[count - 1] == count - 1);
		for (int64_t i = 0; i < count; i++)
			deadline[i] = i + 9;
		CHECK(seg_window_funnel(&env,
		                        &s,
		                        deadline,
		                        (SegFunnelMode) mode,
		                        &level,
		                        NULL) == SEG_OK);
		CHECK(level == (count < 10 ? count : 10));
		free(time);
		free(met);
		free(deadline);
		free(reached);
		unit_env_free(&env);
	}
}

/*
 * All events are simultaneous and each meets all steps: without a mode one is
 * enough, and strict_once needs as many as there are steps.
 */
static void
one_moment(int64_t n, int64_t count)
{
	SegEnv env = unit_env();
	SegSteps s = {.n = n, .count = count, .words = 1};
	int64_t *deadline = calloc((size_t) n, sizeof(int64_t));
	int64_t level;

	s.time = calloc((size_t) n, sizeof(int64_t));
	s.met = calloc((size_t) n, sizeof(uint64_t));
	for (int64_t i = 0; i < n; i++)
		s.met[i] = (UINT64_C(1) << count) - 1;
	CHECK(
		seg_window_funnel(&env, &s, deadline, SEG_FUNNEL_PLAIN, &level, NULL) ==
		SEG_OK);
	CHECK(level == count);
	CHECK(seg_window_funnel(&env,
	                        &s,
	                        deadline,
	                        SEG_FUNNEL_STRICT_ONCE,
	                        &level,
	                        NULL) == SEG_OK);
	CHECK(level == (n < count ? n : count));
	CHECK(seg_window_funnel(&env,
	                        &s,
	                        deadline,
	                        SEG_FUNNEL_STRICT_INCREASE,
	                        &level,
	                        NULL) == SEG_OK);
	CHECK(level == 1);
	free(s.time);
	free(s.met);
	free(deadline);
	unit_env_free(&env);
}

/*
 * Many simultaneous events, few of which meet the steps before the last: the
 * search for another event looks at all of them repeatedly, and asks.
 */
static void
asks_often(void)
{
	SegEnv env = unit_env();
	int64_t n = 40000, count = 60;
	SegSteps s = {.n = n, .count = count, .words = 1};
	int64_t *deadline = calloc((size_t) n, sizeof(int64_t));
	int64_t level;

	s.time = calloc((size_t) n, sizeof(int64_t));
	s.met = calloc((size_t) n, sizeof(uint64_t));
	for (int64_t i = 0; i < n; i++)
		s.met[i] = UINT64_C(1) << (count - 1) |
		           (i < 20 ? (UINT64_C(1) << count) - 1 : 0);
	unit_env_stop_after(&env, (int) count + 5);
	CHECK(seg_window_funnel(&env,
	                        &s,
	                        deadline,
	                        SEG_FUNNEL_STRICT_ONCE,
	                        &level,
	                        NULL) == SEG_STOPPED);
	free(s.time);
	free(s.met);
	free(deadline);
	unit_env_free(&env);
}

static void
stops_and_runs_out(void)
{
	int64_t time[2] = {1, 1}, deadline[2] = {9, 9};
	uint64_t met[2] = {3, 3};
	SegSteps s = {2, 2, 1, time, met, NULL};
	int64_t level, reached[2];

	for (int i = 0; i < 2; i++)
	{
		SegEnv env = unit_env();

		unit_env_stop_after(&env, i);
		CHECK(seg_window_funnel(&env,
		                        &s,
		                        deadline,
		                        SEG_FUNNEL_STRICT_ONCE,
		                        &level,
		                        reached) == SEG_STOPPED);
		unit_env_free(&env);
	}
	for (int i = 0; i < 5; i++)
	{
		SegEnv env = unit_env();

		unit_env_fail_after(&env, i);
		CHECK(seg_window_funnel(&env,
		                        &s,
		                        deadline,
		                        SEG_FUNNEL_STRICT_ONCE,
		                        &level,
		                        reached) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
}

void
test_window_funnel(void)
{
	random_streams_agree();
	goes_far(1);
	goes_far(64);
	goes_far(65);
	goes_far(200);
	one_moment(1, 5);
	one_moment(3, 5);
	one_moment(2000, 40);
	asks_often();
	stops_and_runs_out();
}
