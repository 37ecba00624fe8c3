/*
 * test_key_drivers.c: kernel/pattern/key_drivers*.c against all combinations,
 * one by one
 */
#include <stdint.h>

#include "kernel/pattern/key_drivers.h"
#include "unit.h"

void test_key_drivers(void);

#define ITEMS 7
#define MASKS (1 << ITEMS)
#define ROWS  120

/* ---------- rows ---------- */

typedef struct Data
{
	int n;
	int measures;
	int mask[ROWS]; /* attributes of each row: bits are places */
	double numbers[ROWS][3];
} Data;

/* The code of each place: ids arrive in another order. */
static const int32_t code_of[ITEMS] = {3, 0, 6, 1, 5, 2, 4};

static Data
random_data(uint64_t *seed, int measures)
{
	Data data = {.n = 1 + unit_draw(seed, ROWS), .measures = measures};

	for (int i = 0; i < data.n; i++)
	{
		double *x = data.numbers[i];

		for (int j = 0; j < ITEMS; j++)
			data.mask[i] |= (unit_draw(seed, 3) == 0) << j;
		/* one attribute always comes with another */
		if (data.mask[i] & 1)
			data.mask[i] |= 2;
		/* eighths, so that sums are exact; some are below zero */
		x[0] = unit_draw(seed, 400) / 8.0 - 10 * (unit_draw(seed, 4) == 0);
		if (measures == 2)
			x[1] = unit_draw(seed, 80) / 8.0;
		x[measures] = unit_draw(seed, 2);
	}
	return data;
}

static SegStatus
find_drivers(SegEnv *env, const Data *data, const SegDriverParams *params,
             SegDrivers *result)
{
	static const int32_t places[ITEMS] = {1, 3, 5, 0, 6, 4, 2};
	static SegIds ids = {ITEMS, NULL, {NULL, NULL, 0}};
	SegItemLists lists = {0};
	SegItemRows items = {&lists, &ids, places, 0, 1 << 24, NULL};
	SegDriverRows rows = {&items, NULL, data->measures};
	double *numbers;

	SEG_ALLOC(env, numbers, data->n * 3);
	rows.numbers = numbers;
	for (int i = 0; i < data->n; i++)
	{
		int32_t codes[2 * ITEMS];
		int32_t n = 0;

		/* in falling order, and the first one twice */
		for (int j = ITEMS - 1; j >= 0; j--)
		{
			if (data->mask[i] >> j & 1)
				codes[n++] = code_of[j];
		}
		if (n > 0)
			codes[n++] = codes[0];
		SEG_TRY(seg_item_lists_add(env, &lists, codes, n));
		for (int m = 0; m <= data->measures; m++)
			*numbers++ = data->numbers[i][m];
	}
	return seg_key_drivers(env, &rows, params, result);
}

/* ---------- one combination at a time ---------- */

typedef struct Cube
{
	double of[MASKS][2][2]; /* of the rows with just these attributes */
} Cube;

typedef struct Sums
{
	double of[2][2];
	double weight[2];
} Sums;

static Cube
cube_of(const Data *data)
{
	Cube cube = {0};

	for (int i = 0; i < data->n; i++)
	{
		for (int m = 0; m < data->measures; m++)
			cube.of[data->mask[i]][data->numbers[i][data->measures] > 0][m] +=
				data->numbers[i][m];
	}
	return cube;
}

static Sums
sums_of(const Cube *cube, int set, int measures)
{
	Sums sums = {0};

	for (int mask = 0; mask < MASKS; mask++)
	{
		if ((mask & set) != set)
			continue;
		for (int g = 0; g < 2; g++)
		{
			for (int m = 0; m < measures; m++)
				sums.of[g][m] += cube->of[mask][g][m];
			sums.weight[g] += fabs(cube->of[mask][g][measures - 1]);
		}
	}
	return sums;
}

static bool
is_same(const Sums *a, const Sums *b)
{
	return memcmp(a->of, b->of, sizeof(a->of)) == 0;
}

static double
support_of(const Sums *sums, const Sums *all)
{
	double support = 0;

	for (int g = 0; g < 2; g++)
	{
		if (all->weight[g] > 0)
			support = fmax(support, sums->weight[g] / all->weight[g]);
	}
	return support;
}

/* Simpson's rule on the way from control to test. */
static double
charge(const Sums *sums, const Sums *all, int measures)
{
	const int steps = 20000;
	double dn = sums->of[1][0] - sums->of[0][0];
	double dd = sums->of[1][1] - sums->of[0][1];
	double total = 0;

	if (measures == 1)
		return dn;
	if (!(all->of[0][1] > 0 && all->of[1][1] > 0))
		return NAN;
	for (int i = 0; i <= steps; i++)
	{
		double t = (double) i / steps;
		double n = (1 - t) * all->of[0][0] + t * all->of[1][0];
		double d = (1 - t) * all->of[0][1] + t * all->of[1][1];
		int weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;

		total += weight * (dn / d - n * dd / d / d);
	}
	return total / steps / 3;
}

static double
metric_of(const double *of, int measures)
{
	return measures == 1 ? of[0] : of[1] != 0 ? of[0] / of[1] : NAN;
}

static bool
near(double a, double b, double tolerance)
{
	if (isnan(a) || isnan(b))
		return isnan(a) && isnan(b);
	return fabs(a - b) <= tolerance * fmax(1, fmax(fabs(a), fabs(b)));
}

static double
or_nan(double x)
{
	return isfinite(x) ? x : NAN;
}

static bool
is_right(const SegDriver *d, const Sums *sums, const Sums *all, int measures)
{
	double test = metric_of(sums->of[1], measures);
	double control = metric_of(sums->of[0], measures);
	double beside[2];
	double part = charge(sums, all, measures);
	double change = measures == 1
	                    ? charge(all, all, 1)
	                    : metric_of(all->of[1], 2) - metric_of(all->of[0], 2);

	for (int g = 0; g < 2; g++)
	{
		double rest[2] = {all->of[g][0] - sums->of[g][0],
		                  all->of[g][1] - sums->of[g][1]};

		beside[g] = metric_of(rest, measures);
	}
	return near(d->test, test, 1e-15) && near(d->control, control, 1e-15) &&
	       near(d->difference, or_nan(test - control), 1e-14) &&
	       near(d->relative_difference,
	            or_nan((test - control) / control),
	            1e-13) &&
	       near(d->unexpected_difference,
	            or_nan(test - control * (beside[1] / beside[0])),
	            1e-12) &&
	       near(d->contribution, or_nan(part), 1e-9) &&
	       (fabs(change) < 1e-6 ||
	        near(d->share_of_change, or_nan(part / change), 1e-7)) &&
	       d->support == support_of(sums, all);
}

static int
set_of(const SegDriver *d)
{
	int set = 0;

	for (int64_t i = 0; i < d->n; i++)
		set |= 1 << d->attributes[i];
	return set;
}

/* Should a combination be in the result? */
static bool
belongs(const Cube *cube, int set, int measures, const SegDriverParams *params)
{
	Sums all = sums_of(cube, 0, measures);
	Sums sums = sums_of(cube, set, measures);
	int n = __builtin_popcount((unsigned) set);

	if (support_of(&sums, &all) < params->min_support ||
	    (params->max_length > 0 && n > params->max_length))
		return false;
	for (int j = 0; j < ITEMS && !params->keep_redundant; j++)
	{
		Sums fewer = sums_of(cube, set & ~(1 << j), measures);

		if ((set >> j & 1) && is_same(&sums, &fewer))
			return false;
	}
	return true;
}

/* Is there a row with all of these attributes? */
static bool
occurs(const Data *data, int set)
{
	for (int i = 0; i < data->n; i++)
	{
		if ((data->mask[i] & set) == set)
			return true;
	}
	return false;
}

static void
compare_with_all(const Data *data, const SegDriverParams *params)
{
	SegEnv env = unit_env();
	Cube cube = cube_of(data);
	Sums all = sums_of(&cube, 0, data->measures);
	bool seen[MASKS] = {false};
	bool is_fine;
	SegDrivers result;

	CHECK(find_drivers(&env, data, params, &result) == SEG_OK);
	is_fine = result.n > 0 && set_of(&result.drivers[0]) == 0;
	for (int64_t i = 0; i < result.n; i++)
	{
		const SegDriver *d = &result.drivers[i];
		Sums sums = sums_of(&cube, set_of(d), data->measures);

		is_fine = is_fine && !seen[set_of(d)] &&
		          is_right(d, &sums, &all, data->measures);
		seen[set_of(d)] = true;
		for (int64_t j = 1; j < d->n; j++)
			is_fine = is_fine && d->attributes[j - 1] < d->attributes[j];
	}
	for (int set = 1; set < MASKS; set++)
		is_fine = is_fine &&
		          seen[set] == (occurs(data, set) &&
		                        belongs(&cube, set, data->measures, params));
	CHECK(is_fine);
	unit_env_free(&env);
}

/* Every combination that belongs there, with the right numbers. */
static void
finds_all(void)
{
	uint64_t seed = 17;
	static const double supports[] = {0, 0.01, 0.1, 0.25, 0.5, 1};

	for (int round = 0; round < 400; round++)
	{
		Data data = random_data(&seed, 1 + round % 2);
		SegDriverParams params = {.min_support = supports[unit_draw(&seed, 6)],
		                          .max_length = unit_draw(&seed, ITEMS + 1),
		                          .keep_redundant = round % 3 == 0};

		compare_with_all(&data, &params);
	}
}

/* ---------- the order of the result ---------- */

static double
rank_of(const SegDriver *d, const SegDriverParams *params)
{
	const double by[] = {d->contribution,
	                     d->unexpected_difference,
	                     d->relative_difference};

	return fabs(by[params->rank_by]);
}

/* a and b, neighbours in the result, are in the right order */
static bool
is_ordered(const SegDriver *a, const SegDriver *b,
           const SegDriverParams *params)
{
	double x = rank_of(a, params);
	double y = rank_of(b, params);

	if (isnan(x) != isnan(y))
		return isnan(y);
	if (!isnan(x) && x != y)
		return x > y;
	if (a->n != b->n)
		return a->n < b->n;
	for (int64_t i = 0; i < a->n; i++)
	{
		if (a->attributes[i] != b->attributes[i])
			return a->attributes[i] < b->attributes[i];
	}
	return false;
}

static void
ranks(void)
{
	uint64_t seed = 5;

	for (int round = 0; round < 100; round++)
	{
		SegEnv env = unit_env();
		Data data = random_data(&seed, 1 + round % 2);
		SegDriverParams params = {.rank_by = round / 2 % 3};
		SegDrivers all;
		SegDrivers few;
		bool is_fine = true;

		CHECK(find_drivers(&env, &data, &params, &all) == SEG_OK);
		for (int64_t i = 2; i < all.n; i++)
			is_fine = is_fine &&
			          is_ordered(&all.drivers[i - 1], &all.drivers[i], &params);
		params.max_results = 5;
		CHECK(find_drivers(&env, &data, &params, &few) == SEG_OK);
		is_fine = is_fine && few.n == (all.n < 6 ? all.n : 6);
		for (int64_t i = 0; i < few.n; i++)
			is_fine =
				is_fine && set_of(&few.drivers[i]) == set_of(&all.drivers[i]);
		CHECK(is_fine);
		unit_env_free(&env);
	}
}

/* ---------- any order of rows ---------- */

static bool
are_equal(const SegDrivers *a, const SegDrivers *b)
{
	if (a->n != b->n)
		return false;
	for (int64_t i = 0; i < a->n; i++)
	{
		const SegDriver *x = &a->drivers[i];
		const SegDriver *y = &b->drivers[i];

		if (x->n != y->n || set_of(x) != set_of(y) ||
		    memcmp(&x->test, &y->test, 8 * sizeof(double)) != 0)
			return false;
	}
	return true;
}

static void
shuffle(uint64_t *seed, Data *data)
{
	for (int i = data->n - 1; i > 0; i--)
	{
		int j = unit_draw(seed, i + 1);
		Data old = *data;

		data->mask[i] = old.mask[j];
		data->mask[j] = old.mask[i];
		memcpy(data->numbers[i], old.numbers[j], sizeof(old.numbers[0]));
		memcpy(data->numbers[j], old.numbers[i], sizeof(old.numbers[0]));
	}
}

/* Numbers of all sizes: a plain sum would depend on the order. */
static void
is_the_same_in_any_order(void)
{
	uint64_t seed = 3;

	for (int round = 0; round < 100; round++)
	{
		SegEnv env = unit_env();
		Data data = random_data(&seed, 1 + round % 2);
		SegDriverParams params = {.min_support = 0.001, .max_length = 4};
		SegDrivers before;
		SegDrivers after;

		for (int i = 0; i < data.n; i++)
		{
			double *x = data.numbers[i];

			for (int m = 0; m < data.measures; m++)
				x[m] = (m > 0 || unit_draw(&seed, 2) ? 1 : -1) *
				       ldexp(unit_draw(&seed, 1000) / 7.0,
				             unit_draw(&seed, 120) - 60);
		}
		CHECK(find_drivers(&env, &data, &params, &before) == SEG_OK);
		for (int again = 0; again < 3; again++)
		{
			shuffle(&seed, &data);
			CHECK(find_drivers(&env, &data, &params, &after) == SEG_OK);
			CHECK(are_equal(&before, &after));
		}
		unit_env_free(&env);
	}
}

/* Rows with the same attributes may be added up before. */
static void
is_the_same_for_sums(void)
{
	uint64_t seed = 11;

	for (int round = 0; round < 100; round++)
	{
		SegEnv env = unit_env();
		Data data = random_data(&seed, 1 + round % 2);
		SegDriverParams params = {.min_support = 0.05};
		Cube cube = cube_of(&data);
		Data added = {.measures = data.measures};
		SegDrivers before;
		SegDrivers after;

		for (int i = 0; i < 2 * MASKS; i++)
		{
			const double *of = cube.of[i / 2][i % 2];
			double *x = added.numbers[added.n];

			if (of[0] == 0 && of[1] == 0)
				continue;
			added.mask[added.n++] = i / 2;
			memcpy(x, of, 2 * sizeof(double));
			x[data.measures] = i % 2;
		}
		CHECK(find_drivers(&env, &data, &params, &before) == SEG_OK);
		CHECK(find_drivers(&env, &added, &params, &after) == SEG_OK);
		CHECK(are_equal(&before, &after));
		unit_env_free(&env);
	}
}

/* ---------- parts of a rate ---------- */

/*
 * The parts of what has no row in common add up to the change, also if the
 * denominators hardly change.
 */
static void
parts_add_up(void)
{
	for (int k = 0; k < 60; k++)
	{
		SegEnv env = unit_env();
		double step = k == 0 ? 0.0 : pow(10, 3 - k / 3.0);
		Data data = {.n = 4,
		             .measures = 2,
		             .mask = {1, 2, 1, 2},
		             .numbers = {{3, 10, 0},
		                         {7, 20, 0},
		                         {4, 10, 1},
		                         {9, 20 + step, 1}}};
		double want = 13 / (30 + step) - 10.0 / 30;
		SegDriverParams params = {.max_length = 1};
		SegDrivers d;

		CHECK(find_drivers(&env, &data, &params, &d) == SEG_OK);
		CHECK(d.n == 3);
		CHECK_NEAR(d.drivers[0].difference, want, 1e-15);
		CHECK_NEAR(d.drivers[0].contribution, want, 2e-15);
		CHECK_NEAR(d.drivers[1].contribution + d.drivers[2].contribution,
		           want,
		           2e-15);
		CHECK_NEAR(d.drivers[1].share_of_change + d.drivers[2].share_of_change,
		           1,
		           1e-13);
		unit_env_free(&env);
	}
}

/* ---------- limits ---------- */

static void
respects_limits(void)
{
	uint64_t seed = 23;
	Data data = random_data(&seed, 2);
	SegDriverParams params = {.min_support = 0};
	SegEnv env = unit_env();
	SegDrivers result;
	int allocations;
	int questions;

	data.n = ROWS;
	CHECK(find_drivers(&env, &data, &params, &result) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(find_drivers(&env, &data, &params, &result) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(find_drivers(&env, &data, &params, &result) == SEG_STOPPED);
		unit_env_free(&env);
	}
	env = unit_env();
	data.numbers[0][0] = 0x1p1000;
	CHECK(find_drivers(&env, &data, &params, &result) == SEG_OK);
	data.numbers[1][0] = -0x1p1000;
	CHECK(find_drivers(&env, &data, &params, &result) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

/* Forty attributes that are always together have 2^40 combinations. */
static void
does_not_explode(void)
{
	SegEnv env = unit_env();
	int32_t codes[40];
	SegIds ids = {40, NULL, {NULL, NULL, 0}};
	SegItemLists lists = {0};
	SegItemRows items = {&lists, &ids, codes, 0, 1 << 24, NULL};
	SegDriverRows rows = {&items, (const double[]){5, 0, 7, 1}, 1};
	SegDriverParams params = {.min_support = 0.1};
	SegDrivers result;

	for (int32_t i = 0; i < 40; i++)
		codes[i] = i;
	CHECK(seg_item_lists_add(&env, &lists, codes, 40) == SEG_OK);
	CHECK(seg_item_lists_add(&env, &lists, codes, 40) == SEG_OK);
	CHECK(seg_key_drivers(&env, &rows, &params, &result) == SEG_SUBSET_LIMIT);
	CHECK(env.diag.options != NULL);
	params.max_length = 2;
	params.keep_redundant = true;
	CHECK(seg_key_drivers(&env, &rows, &params, &result) == SEG_OK);
	CHECK(result.n == 1 + 40 + 780);
	params.keep_redundant = false;
	CHECK(seg_key_drivers(&env, &rows, &params, &result) == SEG_OK);
	CHECK(result.n == 1); /* all of them are all rows */
	items.most_work = 1 << 16;
	params.max_length = 3;
	CHECK(seg_key_drivers(&env, &rows, &params, &result) == SEG_SET_LIMIT);
	unit_env_free(&env);
}

void
test_key_drivers(void)
{
	finds_all();
	ranks();
	is_the_same_in_any_order();
	is_the_same_for_sums();
	parts_add_up();
	respects_limits();
	does_not_explode();
}
