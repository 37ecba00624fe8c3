/* test_feature_summary.c: kernel/prepare/feature_summary.c, exact_sum.c */
#include "kernel/prepare/feature_summary.h"

#include <float.h>

#include "base/missing.h"
#include "base/exact_sum.h"
#include "unit.h"

void test_feature_summary(void);

#define ROWS 300
#define DIM  3

/* Values of very different magnitudes, some missing, in a fixed sequence. */
static void
fill(double *x, int rows, int spread)
{
	uint64_t seed = 7;

	for (int i = 0; i < rows * DIM; i++)
	{
		double digits = unit_draw(&seed, 2000001) - 1000000;

		x[i] = ldexp(digits / 3.0, unit_draw(&seed, spread) - spread / 2);
		if (unit_draw(&seed, 10) == 0)
			x[i] = seg_missing();
	}
}

static SegFeatureSummary
summary_of(SegEnv *env, const double *x, int from, int to, int step)
{
	SegFeatureSummary value, result = {0};

	CHECK(seg_feature_summary_create(env, DIM, &value) == SEG_OK);
	for (int i = from; i < to; i += step)
		CHECK(seg_feature_summary_add(env, &value, x + i * DIM) == SEG_OK);
	CHECK(seg_feature_summary_copy(env, &value, &result) == SEG_OK);
	return result;
}

static bool
is_same(SegEnv *env, const SegFeatureSummary *a, const SegFeatureSummary *b)
{
	const SegMethod *method = &seg_feature_summary_method;
	size_t a_size, b_size;
	char *a_body, *b_body;

	CHECK(seg_image_size(env, method, a, &a_size) == SEG_OK);
	CHECK(seg_image_size(env, method, b, &b_size) == SEG_OK);
	a_body = env->alloc(env->host, a_size);
	b_body = env->alloc(env->host, b_size);
	seg_image_write(method, a, a_body);
	seg_image_write(method, b, b_body);
	return a_size == b_size && memcmp(a_body, b_body, a_size) == 0;
}

/* The parts add up to the bytes of the whole, however rows are split. */
static void
adds_up(void)
{
	for (int spread = 1; spread < 2000; spread *= 3)
	{
		static double x[ROWS * DIM];
		SegEnv env = unit_env();
		SegFeatureSummary whole;

		fill(x, ROWS, spread);
		whole = summary_of(&env, x, 0, ROWS, 1);
		CHECK(seg_image_validate(&env, &seg_feature_summary_method, &whole) ==
		      SEG_OK);
		for (int cut = 1; cut < ROWS; cut += 23)
		{
			SegFeatureSummary head = summary_of(&env, x, 0, cut, 1);
			SegFeatureSummary tail = summary_of(&env, x, cut, ROWS, 1);
			SegFeatureSummary sum;

			CHECK(seg_feature_summary_method.merge(&env, &tail, &head, &sum) ==
			      SEG_OK);
			CHECK(is_same(&env, &sum, &whole));
		}
		unit_env_free(&env);
	}
}

/* The same rows in reverse give the same bytes. */
static void
ignores_order(void)
{
	static double x[ROWS * DIM], reversed[ROWS * DIM];
	SegEnv env = unit_env();
	SegFeatureSummary a, b;

	fill(x, ROWS, 700);
	for (int i = 0; i < ROWS; i++)
		memcpy(reversed + (ROWS - 1 - i) * DIM,
		       x + i * DIM,
		       DIM * sizeof(double));
	a = summary_of(&env, x, 0, ROWS, 1);
	b = summary_of(&env, reversed, 0, ROWS, 1);
	CHECK(is_same(&env, &a, &b));
	unit_env_free(&env);
}

/* Against sums of long double about the mean, which lose nothing here. */
static void
statistics_are_right(void)
{
	static double x[ROWS * DIM];
	SegEnv env = unit_env();
	SegFeatureSummary value;

	fill(x, ROWS, 3);
	value = summary_of(&env, x, 0, ROWS, 1);
	for (int j = 0; j < DIM; j++)
	{
		SegFeatureStatistics s = seg_feature_statistics(&value, j);
		long double sum = 0, squares = 0;
		double low = INFINITY, high = -INFINITY;
		int n = 0;

		for (int i = 0; i < ROWS; i++)
		{
			double v = x[i * DIM + j];

			if (isnan(v))
				continue;
			n++;
			sum += v;
			low = fmin(low, v);
			high = fmax(high, v);
		}
		for (int i = 0; i < ROWS; i++)
		{
			long double gap = x[i * DIM + j] - sum / n;

			squares += isnan(x[i * DIM + j]) ? 0 : gap * gap;
		}
		CHECK(s.count == n && s.missing == ROWS - n);
		CHECK(s.min == low && s.max == high);
		CHECK(s.mean == (double) (sum / n));
		CHECK_NEAR(seg_feature_deviation(&s, n - 1),
		           (double) sqrtl(squares / (n - 1)),
		           4e-16);
	}
	unit_env_free(&env);
}

static SegFeatureStatistics
of_two(double a, double b)
{
	double x[2 * DIM] = {a, 0, 0, b, 0, 0};
	SegEnv env = unit_env();
	SegFeatureSummary value = summary_of(&env, x, 0, 2, 1);
	SegFeatureStatistics s = seg_feature_statistics(&value, 0);

	CHECK(seg_image_validate(&env, &seg_feature_summary_method, &value) ==
	      SEG_OK);
	unit_env_free(&env);
	return s;
}

/* What plain sums lose: cancellation, overflow, underflow. */
static void
keeps_every_digit(void)
{
	SegFeatureStatistics s = of_two(DBL_MAX, DBL_MAX);

	CHECK(s.mean == DBL_MAX && seg_feature_deviation(&s, 1) == 0.0);
	s = of_two(-DBL_MAX, DBL_MAX);
	CHECK(s.mean == 0.0 && isinf(seg_feature_deviation(&s, 1)));
	CHECK(seg_feature_deviation(&s, 2) == DBL_MAX);
	s = of_two(0x1p-1074, 0x1p-1074 * 3);
	CHECK(s.mean == 0x1p-1073 && seg_feature_deviation(&s, 2) == 0x1p-1074);
	s = of_two(1e15, 1e15 + 0.125);
	CHECK(s.mean == 1e15 + 0.0625 || s.mean == 1e15 || s.mean == 1e15 + 0.125);
	CHECK_NEAR(seg_feature_deviation(&s, 2), 0.0625, 1e-15);
	s = of_two(1e300, 1e-300);
	CHECK(s.mean == 5e299);
	s = of_two(-0.0, -0.0);
	CHECK(s.mean == 0.0 && !signbit(s.mean) && s.count == 2);
	for (int e = -1074; e < 1023; e++)
	{
		s = of_two(ldexp(-1, e), ldexp(1, e));
		CHECK(s.mean == 0.0 && seg_feature_deviation(&s, 2) == ldexp(1, e));
		s = of_two(ldexp(-1, e), ldexp(-1, e));
		CHECK(s.mean == ldexp(-1, e) && seg_feature_deviation(&s, 2) == 0.0);
	}
}

/* An element that no row has, and one that a single row has. */
static void
says_what_is_missing(void)
{
	double x[2 * DIM] = {seg_missing(), 2, 1, seg_missing(), seg_missing(), 3};
	SegEnv env = unit_env();
	SegFeatureSummary value = summary_of(&env, x, 0, 2, 1);
	SegFeatureStatistics s = seg_feature_statistics(&value, 0);

	CHECK(s.count == 0 && s.missing == 2 && isnan(s.mean) && isnan(s.min));
	s = seg_feature_statistics(&value, 1);
	CHECK(s.count == 1 && s.missing == 1 && s.mean == 2 && s.max == 2);
	unit_env_free(&env);
}

/* What bounds cannot tell of forged bytes. */
static void
refuses_nonsense(void)
{
	double x[2 * DIM] = {1, 2, 3, 4, 5, 6};
	SegEnv env = unit_env();

	for (int damage = 0; damage < 8; damage++)
	{
		SegFeatureSummary v = summary_of(&env, x, 0, 2, 1);

		switch (damage)
		{
			case 0:
				v.counts[1] = 3;
				break;
			case 1:
				v.counts[1] = 0;
				break;
			case 2:
				v.minima[2] = 7;
				break;
			case 3:
				v.maxima[0] = seg_missing();
				break;
			case 4:
				v.squares[0] -= 17;
				break;
			case 5:
				v.squares[2] = -1;
				break;
			case 6:
				v.lowest_digit = -1;
				break;
			default:
				v.sums[0] = 60;
		}
		CHECK(seg_image_validate(&env, &seg_feature_summary_method, &v) ==
		      SEG_CORRUPT);
	}
	unit_env_free(&env);
}

static void
merge_checks(void)
{
	double x[2 * DIM] = {1, 2, 3, 4, 5, 6};
	SegEnv env = unit_env();
	SegFeatureSummary v = summary_of(&env, x, 0, 2, 1);
	SegFeatureSummary other, sum;

	CHECK(seg_feature_summary_create(&env, 2, &other) == SEG_OK);
	CHECK(seg_feature_summary_method.merge(&env, &v, &other, &sum) ==
	      SEG_BAD_DIM);
	v.rows_used = INT64_C(1) << 52;
	CHECK(seg_feature_summary_method.merge(&env, &v, &v, &sum) == SEG_OK);
	CHECK(seg_feature_summary_method.merge(&env, &sum, &v, &other) ==
	      SEG_LIMIT);
	v = summary_of(&env, x, 0, 2, 1);
	v.sums[v.digits - 1] = SEG_EXACT_MAX_DIGIT;
	CHECK(seg_feature_summary_method.merge(&env, &v, &v, &sum) == SEG_CORRUPT);
	for (int n = 0; n < 5; n++)
	{
		unit_env_fail_after(&env, n);
		CHECK(seg_feature_summary_copy(&env, &v, &sum) == SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

/* More values than may be pending between carries. */
static void
takes_carries(void)
{
	SegEnv env = unit_env();
	SegFeatureSummary value, result;
	SegFeatureStatistics s;
	int64_t n = SEG_EXACT_MOST_PENDING + 5;
	double x = -4294967295.0;

	CHECK(seg_feature_summary_create(&env, 1, &value) == SEG_OK);
	for (int64_t i = 0; i < n; i++)
		(void) seg_feature_summary_add(&env, &value, &x);
	CHECK(seg_feature_summary_copy(&env, &value, &result) == SEG_OK);
	s = seg_feature_statistics(&result, 0);
	CHECK(s.count == n && s.mean == x && seg_feature_deviation(&s, n) == 0);
	unit_env_free(&env);
}

void
test_feature_summary(void)
{
	adds_up();
	ignores_order();
	statistics_are_right();
	keeps_every_digit();
	says_what_is_missing();
	refuses_nonsense();
	merge_checks();
	takes_carries();
}
