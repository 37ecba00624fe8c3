/*-------------------------------------------------------------------------
 *
 * test_mann_whitney_test.c
 *	  The Mann-Whitney test, against its definition.
 *
 * test/unit/experiment/test_mann_whitney_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/mann_whitney_test.h"

#include "unit.h"

static SegText
word(const char *s)
{
	return (SegText){s, (int64_t) strlen(s)};
}

static void
add_value(SegEnv *env, SegCountMap **map, double x, const char *group)
{
	SegText name = word(group);
	char key[64];
	int64_t at;

	seg_group_values_key(x, name, key);
	CHECK(seg_count_map_insert(env,
	                           map,
	                           key,
	                           seg_group_values_key_size(name),
	                           &at) == SEG_OK);
	++*(int64_t *) seg_count_map_words(*map, at);
}

/* U counts pairs; its deviate is that of all pairs of ranks. */
static void
u_counts_pairs(void)
{
	uint64_t seed = 17;

	for (int round = 0; round < 60; round++)
	{
		SegEnv env = unit_env();
		int n = 4 + unit_draw(&seed, 60), kinds = 2 + unit_draw(&seed, 30);
		double x[64], u = 0, pairs = 0, ties = 0, mean, variance, gap;
		int group[64];
		SegMannWhitneyTest forward, backward;
		SegCountMap *map, *turned;

		CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
		CHECK(seg_count_map_create(&env, 1, &turned) == SEG_OK);
		for (int i = 0; i < n; i++)
		{
			x[i] = (unit_draw(&seed, kinds) - kinds / 2) * 0.37;
			group[i] = i < 2 ? i : unit_draw(&seed, 2);
			add_value(&env, &map, x[i], group[i] ? "new" : "control");
		}
		x[0] = -1e9; /* so that not all are equal */
		CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
		for (int i = 0; i < n; i++)
			add_value(&env, &map, x[i], group[i] ? "new" : "control");
		for (int i = n - 1; i >= 0; i--)
			add_value(&env, &turned, x[i], group[i] ? "new" : "control");
		for (int i = 0; i < n; i++)
		{
			double alike = 0;

			for (int j = 0; j < n; j++)
			{
				alike += x[i] == x[j];
				if (group[i] == 0 && group[j] == 1)
				{
					pairs++;
					u += x[j] > x[i] ? 1.0 : x[j] == x[i] ? 0.5 : 0.0;
				}
			}
			ties += alike * alike - 1; /* t^3 - t over the t tied users */
		}
		mean = pairs / 2;
		variance = pairs / 12 * (n + 1 - ties / n / (n - 1.0));
		gap = u - mean;
		gap = gap > 0 ? gap - 0.5 : gap < 0 ? gap + 0.5 : 0;
		CHECK(seg_mann_whitney_test(&env, map, &forward) == SEG_OK);
		CHECK(seg_mann_whitney_test(&env, turned, &backward) == SEG_OK);
		CHECK(forward.u == u && forward.groups == 2);
		CHECK_NEAR(forward.share, u / pairs, 1e-15);
		CHECK_NEAR(forward.z, gap / sqrt(variance), 1e-12);
		CHECK(forward.p_value >= 0 && forward.p_value <= 1);
		CHECK(backward.u == u && backward.z == forward.z);
		CHECK(memcmp(forward.users, backward.users, sizeof(forward.users)) ==
		      0);
		unit_env_free(&env);
	}
}

static void
little_is_compared(void)
{
	SegEnv env = unit_env();
	SegMannWhitneyTest test;
	SegCountMap *map;

	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	add_value(&env, &map, 0.0, "b");
	add_value(&env, &map, -0.0, "b");
	CHECK(map->n == 1);
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_OK);
	CHECK(test.groups == 1 && test.users[0] == 2 && isnan(test.u));
	add_value(&env, &map, 0.0, "a");
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_OK);
	CHECK(test.users[0] == 1 && test.users[1] == 2);
	CHECK(test.u == 1 && test.share == 0.5);
	CHECK(isnan(test.z) && isnan(test.p_value));
	add_value(&env, &map, 1.0, "a");
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_OK);
	CHECK(test.u == 1 && test.share == 0.25 && test.p_value <= 1);
	add_value(&env, &map, 1.0, "c");
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_LIMIT);
	unit_env_free(&env);
}

static void
bad_states_are_refused(void)
{
	SegEnv env = unit_env();
	const double nan = NAN;
	SegMannWhitneyTest test;
	SegCountMap *map;
	int64_t at;

	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	add_value(&env, &map, 0.0, "b");
	*(int64_t *) seg_count_map_words(map, 0) = 0;
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_CORRUPT);
	*(int64_t *) seg_count_map_words(map, 0) = INT64_MAX;
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_CORRUPT);
	*(int64_t *) seg_count_map_words(map, 0) = 1;
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_OK);
	CHECK(seg_count_map_insert(&env, &map, "short", 5, &at) == SEG_OK);
	*(int64_t *) seg_count_map_words(map, at) = 1;
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_CORRUPT);
	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	CHECK(seg_count_map_insert(&env, &map, &nan, 8, &at) == SEG_OK);
	*(int64_t *) seg_count_map_words(map, at) = 1;
	CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_CORRUPT);
	unit_env_free(&env);
}

static void
add_values(SegEnv *env, SegCountMap **map, double x, const char *group,
           int64_t users)
{
	add_value(env, map, x, group);
	*(int64_t *) seg_count_map_words(*map, (*map)->n - 1) = users;
}

/*
 * Of two values, m of n users have the larger one: the variance under ties is
 * n1 n2 m (n - m) / (4 (n - 1)). Few of very many users differ.
 */
static void
rare_values_keep_their_digits(void)
{
	for (int64_t half = 100; half < INT64_C(1) << 38; half *= 100)
	{
		SegEnv env = unit_env();
		SegMannWhitneyTest test;
		SegCountMap *map;
		double n = 2.0 * (double) half;
		double variance =
			(double) half * (double) half * 5 * (n - 5) / (4 * (n - 1));

		CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
		add_values(&env, &map, 0, "a", half - 1);
		add_values(&env, &map, 1, "a", 1);
		add_values(&env, &map, 0, "b", half - 4);
		add_values(&env, &map, 1, "b", 4);
		CHECK(seg_mann_whitney_test(&env, map, &test) == SEG_OK);
		CHECK_NEAR(test.z * sqrt(variance) / (1.5 * (double) half - 0.5),
		           1,
		           1e-14);
		unit_env_free(&env);
	}
}

void
test_mann_whitney_test(void)
{
	u_counts_pairs();
	rare_values_keep_their_digits();
	little_is_compared();
	bad_states_are_refused();
}
