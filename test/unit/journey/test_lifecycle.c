/* test_lifecycle.c: kernel/journey/lifecycle.c against a walk through all events */
#include "kernel/journey/lifecycle.h"
#include "unit.h"

void test_lifecycle(void);

#define PERIOD 10
#define AS_OF  40

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* When a user was active, event by event. */
static int64_t
active_in(const int *events, int n)
{
	int64_t active = 0;

	for (int i = 0; i < n; i++)
		active |= events[i] >= AS_OF                ? 0
		          : events[i] >= AS_OF - PERIOD     ? SEG_ACTIVE_CURRENT
		          : events[i] >= AS_OF - 2 * PERIOD ? SEG_ACTIVE_PREVIOUS
		                                            : SEG_ACTIVE_EARLIER;
	return active;
}

/*
 * The same by other means: how many periods back the last event lies, and the
 * last one of those that are not in the current period.
 */
static const char *
state_by_walking(const int *events, int n)
{
	int last = INT32_MAX, last_before = INT32_MAX; /* periods back */

	for (int i = 0; i < n; i++)
	{
		int back = (AS_OF - 1 - events[i]) / PERIOD;

		if (events[i] >= AS_OF)
			continue;
		last = back < last ? back : last;
		last_before = back > 0 && back < last_before ? back : last_before;
	}
	if (last == INT32_MAX)
		return NULL;
	if (last > 0)
		return "dormant";
	return last_before == INT32_MAX ? "new"
	       : last_before == 1       ? "returning"
	                                : "resurrecting";
}

static void
names_every_set(void)
{
	static const char *const names[] = {NULL,
	                                    "new",
	                                    "dormant",
	                                    "returning",
	                                    "dormant",
	                                    "resurrecting",
	                                    "dormant",
	                                    "returning"};

	CHECK(SEG_ACTIVE_ALL ==
	      (SEG_ACTIVE_CURRENT | SEG_ACTIVE_PREVIOUS | SEG_ACTIVE_EARLIER));
	for (int64_t active = 0; active <= SEG_ACTIVE_ALL; active++)
		CHECK(is_same(seg_lifecycle(active), names[active]));
}

/* However events are divided, the parts say together what all of them say. */
static void
agrees_with_a_walk(void)
{
	uint64_t seed = 1;
	int seen[SEG_ACTIVE_ALL + 1] = {0};

	for (int round = 0; round < 3000; round++)
	{
		int events[6];
		int n = unit_draw(&seed, 7);
		int cut = unit_draw(&seed, n + 1);
		int64_t active;

		for (int i = 0; i < n; i++)
			events[i] = unit_draw(&seed, AS_OF + 5);
		active = active_in(events, n);
		seen[active]++;
		CHECK((active_in(events, cut) | active_in(events + cut, n - cut)) ==
		      active);
		CHECK(is_same(seg_lifecycle(active), state_by_walking(events, n)));
	}
	for (int64_t active = 0; active <= SEG_ACTIVE_ALL; active++)
		CHECK(seen[active] > 0);
}

/* A moment decides, at each end of each period. */
static void
holds_at_the_ends_of_periods(void)
{
	for (int ts = 0; ts <= AS_OF; ts++)
		for (int other = 0; other <= AS_OF; other++)
		{
			int events[] = {ts, other};

			CHECK(is_same(seg_lifecycle(active_in(events, 2)),
			              state_by_walking(events, 2)));
		}
}

void
test_lifecycle(void)
{
	names_every_set();
	agrees_with_a_walk();
	holds_at_the_ends_of_periods();
}
