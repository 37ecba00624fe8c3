/* test_top.c: base/top.c, the best few of many */
#include "base/top.h"
#include "base/hash.h"
#include "unit.h"

void test_top(void);

static SegScored
thing(int64_t i, uint64_t values)
{
	return (SegScored){(double) (seg_random_bits(1, 2, (uint64_t) i) % values),
	                   i};
}

/* How many of n things are better than a given one. */
static int64_t
place_of(SegScored one, int64_t n, uint64_t values)
{
	int64_t place = 0;

	for (int64_t i = 0; i < n; i++)
		place += seg_scored_is_better(thing(i, values), one);
	return place;
}

static void
keeps_the_best(int64_t n, int64_t most, uint64_t values, bool backwards)
{
	int64_t left = n < most ? n : most;
	SegEnv env = unit_env();
	SegTop top;

	CHECK(seg_top_create(&env, most, &top) == SEG_OK);
	for (int64_t i = 0; i < n; i++)
	{
		SegScored x = thing(backwards ? n - 1 - i : i, values);

		seg_top_offer(&top, x.score, x.index);
	}
	seg_top_sort(&top);
	CHECK(top.n == left);
	for (int64_t i = 0; i < left; i++)
	{
		CHECK(place_of(top.item[i], n, values) == i);
		CHECK(top.item[i].score == thing(top.item[i].index, values).score);
	}
	unit_env_free(&env);
}

void
test_top(void)
{
	SegEnv env = unit_env();
	SegTop top;

	for (int64_t n = 0; n <= 20; n++)
	{
		for (int64_t most = 0; most <= 20; most += 3)
		{
			keeps_the_best(n, most, 5, false); /* many ties */
			keeps_the_best(n, most, UINT64_MAX, true);
		}
	}
	keeps_the_best(500, 40, 30, false);
	keeps_the_best(500, 40, 30, true);

	unit_env_fail_after(&env, 0);
	CHECK(seg_top_create(&env, 3, &top) == SEG_NO_MEMORY);
	unit_env_free(&env);
}
