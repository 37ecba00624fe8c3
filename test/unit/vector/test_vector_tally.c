/* test_vector_tally.c: kernel/vector/vector_tally.c without a server */
#include <string.h>

#include "kernel/vector/vector_algebra.h"
#include "kernel/vector/vector_tally.h"
#include "unit.h"

void test_vector_tally(void);

/* Column 0 counts up, column 1 is far from zero, column 2 is often missing. */
static void
make_row(int i, double *x)
{
	x[0] = i;
	x[1] = 1e6 + i % 5;
	x[2] = i % 3 == 0 ? i * 0.1 : seg_missing();
}

/* Merging the parts gives the same bits, wherever a stream is split in two. */
static void
merges_like_one_stream(void)
{
	for (int cut = 0; cut <= 100; cut += 7)
	{
		SegEnv env = unit_env();
		double numbers[3][SEG_VECTOR_TALLY_SQUARES * 3] = {{0}};
		SegVectorTally part[3];
		double got[3], want[3];
		bool has_missing;

		for (int p = 0; p < 3; p++)
			part[p] = seg_vector_tally(numbers[p], 3, SEG_VECTOR_TALLY_SQUARES);
		for (int i = 0; i < 100; i++)
		{
			double x[3];

			make_row(i, x);
			seg_vector_tally_add(&part[i >= cut], x);
			seg_vector_tally_add(&part[2], x);
		}
		seg_vector_tally_merge(&part[0], &part[1]);
		CHECK(seg_vector_tally_check(&env, &part[0]) == SEG_OK);
		CHECK(part[0].n[2] == 34);

		CHECK(seg_vector_sum(&env, &part[0], got, &has_missing) == SEG_OK);
		CHECK(seg_vector_sum(&env, &part[2], want, &has_missing) == SEG_OK);
		CHECK(memcmp(got, want, sizeof(got)) == 0 && !has_missing);
		CHECK(want[0] == 4950 && want[1] == 100000200);
		CHECK(seg_vector_stddev(&env, &part[0], got, &has_missing) == SEG_OK);
		CHECK(seg_vector_stddev(&env, &part[2], want, &has_missing) == SEG_OK);
		CHECK_NEAR(got[0], want[0], 1e-15);
		CHECK_NEAR(got[1], want[1], 1e-15);
		CHECK_NEAR(want[1], sqrt(200.0 / 99), 1e-15);
		unit_env_free(&env);
	}
}

/* A sum loses nothing to a number that is added and subtracted. */
static void
keeps_small_numbers(void)
{
	SegEnv env = unit_env();
	double numbers[SEG_VECTOR_TALLY_SUMS] = {0}, r;
	SegVectorTally t = seg_vector_tally(numbers, 1, SEG_VECTOR_TALLY_SUMS);
	double rows[] = {1, 1e100, 1, -1e100};
	bool has_missing;

	for (int i = 0; i < 4; i++)
		seg_vector_tally_add(&t, &rows[i]);
	CHECK(seg_vector_sum(&env, &t, &r, &has_missing) == SEG_OK);
	CHECK(r == 2);
	CHECK(seg_vector_mean(&env, &t, &r, &has_missing) == SEG_OK);
	CHECK(r == 0.5);
	unit_env_free(&env);
}

/* A constant column has no deviation, whatever its value. */
static void
constant_has_no_deviation(void)
{
	static const double values[] = {0, 0.1, -1e6, 1.0 / 3, 1e-200, 1e150};

	for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++)
	{
		SegEnv env = unit_env();
		double numbers[SEG_VECTOR_TALLY_SQUARES] = {0}, r = -1;
		SegVectorTally t =
			seg_vector_tally(numbers, 1, SEG_VECTOR_TALLY_SQUARES);
		bool has_missing;

		for (int i = 0; i < 10000; i++)
			seg_vector_tally_add(&t, &values[v]);
		CHECK(seg_vector_stddev(&env, &t, &r, &has_missing) == SEG_OK);
		CHECK(r == 0);
		unit_env_free(&env);
	}
}

static void
too_few_values_are_missing(void)
{
	SegEnv env = unit_env();
	double numbers[SEG_VECTOR_TALLY_SQUARES * 2] = {0}, r[2];
	SegVectorTally t = seg_vector_tally(numbers, 2, SEG_VECTOR_TALLY_SQUARES);
	double x[2] = {5, seg_missing()};
	bool has_missing;

	seg_vector_tally_add(&t, x);
	CHECK(seg_vector_sum(&env, &t, r, &has_missing) == SEG_OK);
	CHECK(has_missing && r[0] == 5 && isnan(r[1]));
	CHECK(seg_vector_mean(&env, &t, r, &has_missing) == SEG_OK);
	CHECK(has_missing && r[0] == 5 && isnan(r[1]));
	CHECK(seg_vector_stddev(&env, &t, r, &has_missing) == SEG_OK);
	CHECK(has_missing && isnan(r[0]) && isnan(r[1]));
	unit_env_free(&env);
}

static void
overflow_and_damage_are_errors(void)
{
	SegEnv env = unit_env();
	double numbers[SEG_VECTOR_TALLY_SQUARES] = {0}, r, x = 1e308;
	SegVectorTally t = seg_vector_tally(numbers, 1, SEG_VECTOR_TALLY_SQUARES);
	bool has_missing;

	seg_vector_tally_add(&t, &x);
	seg_vector_tally_add(&t, &x);
	CHECK(seg_vector_sum(&env, &t, &r, &has_missing) == SEG_NOT_FINITE);
	CHECK(seg_vector_mean(&env, &t, &r, &has_missing) == SEG_NOT_FINITE);
	CHECK(seg_vector_stddev(&env, &t, &r, &has_missing) == SEG_NOT_FINITE);

	t.n[0] = 1.5;
	CHECK(seg_vector_tally_check(&env, &t) == SEG_CORRUPT);
	t.n[0] = -1;
	CHECK(seg_vector_tally_check(&env, &t) == SEG_CORRUPT);
	t.n[0] = seg_missing();
	CHECK(seg_vector_tally_check(&env, &t) == SEG_CORRUPT);
	unit_env_free(&env);
}

static void
keeps_extremes(void)
{
	double low[3] = {1, seg_missing(), seg_missing()};
	double high[3] = {1, seg_missing(), seg_missing()};
	double x[3] = {seg_missing(), 2, seg_missing()}, y[3] = {0, 3, 4};

	CHECK(seg_vector_keep_min(low, x, 3));
	CHECK(seg_vector_keep_max(high, x, 3));
	CHECK(!seg_vector_keep_min(low, y, 3));
	CHECK(!seg_vector_keep_max(high, y, 3));
	CHECK(low[0] == 0 && low[1] == 2 && low[2] == 4);
	CHECK(high[0] == 1 && high[1] == 3 && high[2] == 4);
}

void
test_vector_tally(void)
{
	merges_like_one_stream();
	keeps_small_numbers();
	constant_has_no_deviation();
	too_few_values_are_missing();
	overflow_and_damage_are_errors();
	keeps_extremes();
}
