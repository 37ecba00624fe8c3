/*
 * test_training_rows.c: mean, deviation and share of missing values of training
 * rows, against sums over all values in long double.
 */
#include "unit.h"

#include <float.h>

#include "base/missing.h"
#include "base/training_rows.h"

void test_training_rows(void);

#define DIM    7
#define STRIDE 9
#define ROWS   3001

/*
 * Columns of very different kinds: small numbers, times in seconds, prices, some
 * missing, rare, a first value that is far away, and constant.
 */
static void
make_rows(double *x)
{
	uint64_t seed = 11;

	for (int i = 0; i < ROWS; i++)
	{
		double *row = x + (int64_t) i * STRIDE;

		row[0] = unit_draw(&seed, 7) - 3;
		row[1] = 1.7e9 + unit_draw(&seed, 5);
		row[2] = unit_draw(&seed, 100000) / 7.0;
		row[3] = unit_draw(&seed, 3) == 0 ? seg_missing()
		                                  : unit_draw(&seed, 1000) / 8.0;
		row[4] = i % 1000 == 999 ? 1e6 + i : seg_missing();
		row[5] = i == 0 ? 1e7 : unit_draw(&seed, 10) / 10.0;
		row[6] = -0.3;
		row[7] = row[8] = NAN; /* no part of the vector */
	}
}

/* By two passes over one element. */
static void
by_hand(const double *x, int64_t n, int stride, int j, double *mean,
        double *deviation, double *missing)
{
	long double sum = 0, squares = 0;
	int64_t count = 0;

	*mean = *deviation = NAN;
	for (int64_t i = 0; i < n; i++)
	{
		if (isnan(x[i * stride + j]))
			continue;
		sum += x[i * stride + j];
		count++;
	}
	*missing = (double) (n - count) / (double) n;
	if (count == 0)
		return;
	*mean = (double) (sum / count);
	for (int64_t i = 0; i < n; i++)
	{
		long double d = x[i * stride + j] - sum / count;

		if (!isnan(x[i * stride + j]))
			squares += d * d;
	}
	if (count > 1)
		*deviation = (double) sqrtl(squares / (count - 1));
}

static SegTrainingRows
find(SegEnv *env, const double *x, int64_t n, int dim, int stride,
     int64_t block_rows)
{
	SegTrainingRows t = {0};
	SegMemoryRows source;

	seg_memory_rows(&source, x, n, dim, stride, block_rows);
	CHECK(seg_training_rows_find(env, &source.rows, &t) == SEG_OK);
	CHECK(t.dim == dim && seg_training_rows_are_sound(&t, dim));
	return t;
}

static void
check_by_hand(const double *x, int64_t n, int dim, int stride)
{
	SegEnv env = unit_env();
	SegTrainingRows t = find(&env, x, n, dim, stride, n);

	for (int j = 0; j < dim; j++)
	{
		/* a first value that is far away costs the others some digits */
		double error = j == 5 ? 1e-11 : 1e-14;
		double mean, deviation, missing;

		by_hand(x, n, stride, j, &mean, &deviation, &missing);
		CHECK(t.missing[j] == missing);
		CHECK(isnan(t.means[j]) == isnan(mean));
		CHECK(isnan(t.deviations[j]) == isnan(deviation));
		if (!isnan(mean))
			CHECK(fabs(t.means[j] - mean) <=
			      1e-15 * fabs(mean) + (deviation > 0 ? error * deviation : 0));
		if (!isnan(deviation))
			CHECK(fabs(t.deviations[j] - deviation) <= error * deviation);
	}
	unit_env_free(&env);
}

static void
equals_long_sums(void)
{
	static double x[ROWS * STRIDE];
	const int64_t counts[] = {1, 2, 3, 511, 512, 513, 1024, 3001};

	make_rows(x);
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		check_by_hand(x, counts[i], DIM, STRIDE);
}

/* Where a block ends is no matter. */
static void
is_free_of_blocks(void)
{
	static double x[ROWS * STRIDE];
	const int64_t blocks[] = {1, 2, 63, 512, 700};
	SegEnv env = unit_env();
	SegTrainingRows t;

	make_rows(x);
	t = find(&env, x, ROWS, DIM, STRIDE, ROWS);
	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++)
	{
		SegTrainingRows u = find(&env, x, ROWS, DIM, STRIDE, blocks[i]);
		size_t width = DIM * sizeof(double);

		CHECK(memcmp(t.means, u.means, width) == 0);
		CHECK(memcmp(t.deviations, u.deviations, width) == 0);
		CHECK(memcmp(t.missing, u.missing, width) == 0);
	}
	unit_env_free(&env);
}

/* The deviation of x and y is |x - y| / sqrt(2). */
static void
check_pair(double x, double y, double mean, double deviation)
{
	const double rows[] = {x, 3, y, 5};
	SegEnv env = unit_env();
	SegTrainingRows t = find(&env, rows, 2, 2, 2, 1);

	CHECK(fabs(t.means[0] - mean) <= 1e-15 * fabs(mean));
	CHECK(fabs(t.deviations[0] - deviation) <= 1e-15 * deviation);
	CHECK(t.means[1] == 4 && t.deviations[1] == sqrt(2));
	unit_env_free(&env);
}

static void
keeps_within_range(void)
{
	check_pair(1e300, 3e300, 2e300, 2e300 / sqrt(2));
	check_pair(1e-300, 3e-300, 2e-300, 2e-300 / sqrt(2));
	check_pair(-1e-170, 1e-170, 0, 2e-170 / sqrt(2));
	check_pair(0, 0x1p-1074, 0, 0x1p-1074);
	check_pair(1e140, 1e160, 1e160 / 2, 1e160 / sqrt(2));
	check_pair(DBL_MAX, DBL_MAX, DBL_MAX, 0);
	check_pair(-DBL_MAX, DBL_MAX, 0, DBL_MAX); /* as far as a number goes */
	check_pair(DBL_MAX, -DBL_MAX, 0, DBL_MAX);
	check_pair(1, nextafter(1, 2), 1, DBL_EPSILON / sqrt(2));
	check_pair(-0.0, -0.0, 0, 0);
	check_pair(5, 5, 5, 0);
}

static void
knows_what_is_sound(void)
{
	const double means[] = {1, seg_missing()};
	const double deviations[] = {2, seg_missing()};
	const double missing[] = {0.5, 1};
	const double none[] = {seg_missing(), seg_missing()};
	const double numbers[] = {1, 2};
	SegTrainingRows t = {0};

	CHECK(seg_training_rows_are_sound(&t, 2));
	t = (SegTrainingRows){2, means, deviations, missing};
	CHECK(seg_training_rows_are_sound(&t, 2));
	CHECK(!seg_training_rows_are_sound(&t, 3));
	t.deviations = none;
	CHECK(seg_training_rows_are_sound(&t, 2));
	t.deviations = numbers;
	CHECK(!seg_training_rows_are_sound(&t, 2));
	t.deviations = none;
	t.means = none;
	CHECK(!seg_training_rows_are_sound(&t, 2));
	t.means = numbers;
	CHECK(!seg_training_rows_are_sound(&t, 2));
}

/*
 * Elements that are 0 or 1, some of them rare or missing, and others that have
 * their mean and deviation nearly so.
 */
static void
knows_yes_and_no(void)
{
	SegEnv env = unit_env();
	double *x = calloc(ROWS * 8, sizeof(double));
	SegTrainingRows t;
	SegMemoryRows source;
	const bool expected[] = {true, true, true, true, false, false, false, false};

	for (int i = 0; i < ROWS; i++)
	{
		double *row = x + i * 8;

		row[0] = i % 3 == 0;
		row[1] = i == 17;
		row[2] = i % 4 == 0 ? seg_missing() : i % 5 < 4;
		row[3] = 1;
		row[4] = i == 5 ? 2 : i % 2;
		row[5] = i % 4 - 1; /* -1, 0, 1, 2 */
		row[6] = i == 9 ? 0.999 : i % 2;
		row[7] = seg_missing();
	}
	seg_memory_rows(&source, x, ROWS, 8, 8, 100);
	CHECK(seg_training_rows_find(&env, &source.rows, &t) == SEG_OK);
	for (int j = 0; j < 8; j++)
		CHECK(seg_training_rows_say_yes_no(&t, ROWS, j) == expected[j]);
	seg_memory_rows(&source, x, 1, 8, 8, 100);
	CHECK(seg_training_rows_find(&env, &source.rows, &t) == SEG_OK);
	CHECK(seg_training_rows_say_yes_no(&t, 1, 0));
	CHECK(!seg_training_rows_say_yes_no(&t, 1, 5));
	free(x);
	unit_env_free(&env);
}

static void
stops_and_runs_out(void)
{
	double x[4] = {1, 2, 3, 4};
	double *many = calloc(200000, sizeof(double));
	SegTrainingRows t;
	SegMemoryRows source;

	for (int i = 0; i < 13; i++)
	{
		SegEnv env = unit_env();

		seg_memory_rows(&source, x, 4, 1, 1, 2);
		unit_env_fail_after(&env, i);
		CHECK(seg_training_rows_find(&env, &source.rows, &t) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	if (many != NULL)
	{
		SegEnv env = unit_env();

		seg_memory_rows(&source, many, 200000, 1, 1, 1000);
		unit_env_stop_after(&env, 1);
		CHECK(seg_training_rows_find(&env, &source.rows, &t) == SEG_STOPPED);
		unit_env_free(&env);
	}
	free(many);
}

void
test_training_rows(void)
{
	equals_long_sums();
	is_free_of_blocks();
	keeps_within_range();
	knows_what_is_sound();
	knows_yes_and_no();
	stops_and_runs_out();
}
