/* test_dp.c: kernel/privacy/dp.c, with dice that show what is counted */
#include "kernel/privacy/dp.h"

#include "base/hash.h"
#include "unit.h"

void test_dp(void);

/* Dice by which all noise is 0: no number but 0, no chance that is not certain. */
static SegChances
quiet_below(void *host, SegChances n)
{
	(void) host;
	(void) n;
	return 0;
}

static bool
quiet_chance(void *host, SegChances favourable, SegChances all)
{
	(void) host;
	return favourable == all;
}

static const SegDice quiet = {quiet_below, quiet_chance, NULL};

static SegDpSettings
settings_for(uint32_t method)
{
	return (SegDpSettings){.lower = -2,
	                       .upper = 3,
	                       .epsilon = 1,
	                       .delta = method == SEG_DP_COUNT_THRESHOLD ? 1e-6 : 0,
	                       .max_rows = 4,
	                       .method = method};
}

/* A state without units. */
static SegCountMap *
state_for(SegEnv *env, const SegDpSettings *settings)
{
	SegCountMap *map;
	int64_t index;

	CHECK(seg_count_map_create(env, seg_dp_width(settings->method), &map) ==
	      SEG_OK);
	CHECK(
		seg_count_map_insert(env, &map, settings, sizeof(*settings), &index) ==
		SEG_OK);
	return map;
}

static void
add_row(SegEnv *env, SegCountMap **map, const SegDpSettings *settings,
        int64_t unit, double x)
{
	int64_t index;

	CHECK(seg_count_map_insert(env, map, &unit, sizeof(unit), &index) ==
	      SEG_OK);
	seg_dp_add(settings, x, seg_count_map_words(*map, index));
}

static double
number_of(SegEnv *env, const SegCountMap *map, const SegDpSettings *settings)
{
	double number = NAN;

	CHECK(seg_dp_number(env, &quiet, map, settings, &number) == SEG_OK);
	return number;
}

static int64_t
count_of(SegEnv *env, const SegCountMap *map, const SegDpSettings *settings,
         bool *hidden)
{
	int64_t count = -1;

	CHECK(seg_dp_count(env, &quiet, map, settings, &count, hidden) == SEG_OK);
	return count;
}

/* Any rows of a unit move a total by no more than the bounds. */
static void
sums_are_bounded(void)
{
	const double rows[] = {0.1, 1e300, -1e300, 5, INFINITY, -INFINITY, 1e-300};
	SegEnv env = unit_env();
	SegDpSettings settings = settings_for(SEG_DP_SUM);
	SegCountMap *map = state_for(&env, &settings);
	uint64_t seed = 1;
	double before;

	for (int i = 0; i < 100; i++)
		add_row(&env, &map, &settings, i, 0.25);
	before = number_of(&env, map, &settings);
	CHECK(before == 25);
	for (int unit = 1000; unit < 1200; unit++)
	{
		int n = 1 + unit_draw(&seed, 6);
		double after;

		for (int i = 0; i < n; i++)
			add_row(&env, &map, &settings, unit, rows[unit_draw(&seed, 7)]);
		after = number_of(&env, map, &settings);
		CHECK(after - before >= -2 && after - before <= 3);
		before = after;
	}
	unit_env_free(&env);
}

/* The mean of each unit counts, between the bounds. */
static void
means_are_bounded(void)
{
	SegEnv env = unit_env();
	SegDpSettings settings = settings_for(SEG_DP_AVG);
	SegCountMap *map = state_for(&env, &settings);

	/* no unit: the middle */
	CHECK(number_of(&env, map, &settings) == 0.5);
	add_row(&env, &map, &settings, 1, 1);
	add_row(&env, &map, &settings, 1, 2);
	CHECK(number_of(&env, map, &settings) == 1.5);
	add_row(&env, &map, &settings, 2, 1e9);
	CHECK(number_of(&env, map, &settings) == 2.25);
	add_row(&env, &map, &settings, 3, -INFINITY);
	CHECK_NEAR(number_of(&env, map, &settings), 2.5 / 3, 1e-11);
	/* bounds far from 0 and close together keep their digits */
	settings.lower = 1e9;
	settings.upper = 1e9 + 1;
	map = state_for(&env, &settings);
	add_row(&env, &map, &settings, 1, 1e9 + 0.125);
	add_row(&env, &map, &settings, 2, 1e9 + 0.25);
	CHECK(number_of(&env, map, &settings) == 1e9 + 0.1875);
	unit_env_free(&env);
}

static void
counts_are_bounded(void)
{
	SegEnv env = unit_env();
	SegDpSettings settings = settings_for(SEG_DP_COUNT);
	SegCountMap *map = state_for(&env, &settings);
	bool hidden;

	CHECK(count_of(&env, map, &settings, &hidden) == 0 && !hidden);
	for (int i = 0; i < 10; i++)
		add_row(&env, &map, &settings, 1, 0);
	add_row(&env, &map, &settings, 2, 0);
	CHECK(count_of(&env, map, &settings, &hidden) == 5 && !hidden);
	unit_env_free(&env);
}

/* The threshold for epsilon 1 and delta 1e-6 is 15: 1 + ceil(-ln(1e-6 (1 + 1/e))). */
static void
rare_groups_are_hidden(void)
{
	SegEnv env = unit_env();
	SegDpSettings settings = settings_for(SEG_DP_COUNT_THRESHOLD);
	SegCountMap *map = state_for(&env, &settings);
	bool hidden;

	for (int i = 1; i <= 20; i++)
	{
		add_row(&env, &map, &settings, i, 0);
		CHECK(count_of(&env, map, &settings, &hidden) == i);
		CHECK(hidden == (i < 15));
	}
	unit_env_free(&env);
}

/* States of any split of the rows merge into the state of all. */
static void
states_merge(void)
{
	SegEnv env = unit_env();

	for (uint32_t method = SEG_DP_SUM; method <= SEG_DP_AVG; method++)
	{
		SegDpSettings settings = settings_for(method);
		SegCountMap *whole = state_for(&env, &settings);
		SegCountMap *part[2] = {state_for(&env, &settings),
		                        state_for(&env, &settings)};
		uint64_t seed = 5;
		int64_t index;

		for (int i = 0; i < 500; i++)
		{
			int unit = unit_draw(&seed, 40);
			double x = unit_draw(&seed, 1000) / 100.0 - 5;

			add_row(&env, &whole, &settings, unit, x);
			add_row(&env, &part[unit_draw(&seed, 2)], &settings, unit, x);
		}
		for (int64_t i = 1; i < part[1]->n; i++)
		{
			SegText key = seg_count_map_key(part[1], i);

			CHECK(seg_count_map_insert(&env,
			                           &part[0],
			                           key.bytes,
			                           key.length,
			                           &index) == SEG_OK);
			seg_dp_merge(seg_count_map_words(part[0], index),
			             seg_count_map_words(part[1], i),
			             seg_dp_width(method));
		}
		CHECK(number_of(&env, part[0], &settings) ==
		      number_of(&env, whole, &settings));
	}
	unit_env_free(&env);
}

static void
fill_from_counter(void *host, void *bytes, size_t size)
{
	uint64_t *item = host;

	for (size_t at = 0; at < size; at += 8)
	{
		uint64_t word = seg_random_bits(3, 2, (*item)++);

		memcpy((char *) bytes + at, &word, 8);
	}
}

/* The spread of results is that of the noise promised, at both ends of the bounds
 * allowed. */
static void
noise_has_its_scale(void)
{
	const double scales[] = {1e-90, 1, 1e99};
	uint64_t item = 0;
	SegRandomBytes source = {fill_from_counter, &item};
	SegDice dice = seg_dice(&source);
	SegEnv env = unit_env();

	for (int i = 0; i < 6; i++)
	{
		SegDpSettings settings = settings_for(SEG_DP_SUM);
		double scale = scales[i / 2];
		/* deviations of 1: test/oracle/dp.R, and sqrt(2) for Laplace noise */
		double want = i % 2 == 0 ? sqrt(2) * 3 : 3.73063163481594 * 3;
		double squares = 0;
		SegCountMap *map;

		settings.lower *= scale;
		settings.upper *= scale;
		settings.delta = i % 2 == 0 ? 0 : 1e-5;
		map = state_for(&env, &settings);
		for (int draw = 0; draw < 3000; draw++)
		{
			double noise;

			CHECK(seg_dp_number(&env, &dice, map, &settings, &noise) == SEG_OK);
			squares += noise / scale * (noise / scale);
		}
		CHECK_NEAR(sqrt(squares / 3000) / want, 1, 0.06);
	}
	unit_env_free(&env);
}

static void
settings_are_checked(void)
{
	SegEnv env = unit_env();
	const SegDpSettings good = settings_for(SEG_DP_SUM);
	SegDpSettings bad = good;
	SegCountMap *map = state_for(&env, &good);
	int64_t index;

	CHECK(seg_dp_check(&env, &good) == SEG_OK);
	CHECK(seg_dp_settings(&env, map, &bad) == SEG_OK);
	CHECK(memcmp(&bad, &good, sizeof(good)) == 0);
	for (int i = 0; i < 9; i++)
	{
		const double epsilons[] = {0, -1, NAN, INFINITY, 1e-7, 1e7, 1, 1, 1};
		const double deltas[] = {0, 0, 0, 0, 0, 0, -1e-9, 0.2, NAN};

		bad = good;
		bad.epsilon = epsilons[i];
		bad.delta = deltas[i];
		CHECK(seg_dp_check(&env, &bad) == SEG_ARGUMENT_RANGE);
		CHECK(strcmp(env.diag.what, i < 6 ? "epsilon" : "delta") == 0);
		map = state_for(&env, &bad);
		CHECK(seg_dp_settings(&env, map, &bad) == SEG_CORRUPT);
	}
	bad = good;
	bad.lower = bad.upper;
	CHECK(seg_dp_check(&env, &bad) == SEG_NOT_BELOW);
	bad.lower = NAN;
	CHECK(seg_dp_check(&env, &bad) == SEG_ARGUMENT_RANGE);
	bad = good;
	bad.upper = 2e100;
	CHECK(seg_dp_check(&env, &bad) == SEG_ARGUMENT_RANGE);
	bad = good;
	bad.max_rows = 0;
	CHECK(seg_dp_check(&env, &bad) == SEG_ARGUMENT_RANGE);
	bad = settings_for(SEG_DP_COUNT_THRESHOLD);
	bad.delta = 0;
	CHECK(seg_dp_check(&env, &bad) == SEG_ARGUMENT_RANGE);
	/* an empty map, and a method of another width */
	CHECK(seg_count_map_create(&env, SEG_DP_SUM_WIDTH, &map) == SEG_OK);
	CHECK(seg_dp_settings(&env, map, &bad) == SEG_CORRUPT);
	CHECK(seg_count_map_create(&env, SEG_DP_AVG_WIDTH, &map) == SEG_OK);
	CHECK(seg_count_map_insert(&env, &map, &good, sizeof(good), &index) ==
	      SEG_OK);
	CHECK(seg_dp_settings(&env, map, &bad) == SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_dp(void)
{
	sums_are_bounded();
	means_are_bounded();
	counts_are_bounded();
	rare_groups_are_hidden();
	states_merge();
	noise_has_its_scale();
	settings_are_checked();
}
