/* test_vector_algebra.c: kernel/vector/vector_algebra.c without a server */
#include "kernel/vector/vector_algebra.h"

#include <float.h>

#include "unit.h"

void test_vector_algebra(void);

/* Lengths and distances work far outside the range where squares do. */
static void
survives_any_scale(void)
{
	static const double scales[] = {1, 1e-3, 1e200, 1e-200, 1e-300, 3e307};
	SegEnv env = unit_env();

	for (size_t s = 0; s < sizeof(scales) / sizeof(scales[0]); s++)
	{
		double x[2] = {3 * scales[s], 4 * scales[s]}, y[2] = {0, 0};
		double turned[2] = {-x[1], x[0]};
		double unit[2], r;

		CHECK(seg_vector_norm(&env, x, 2, &r) == SEG_OK);
		CHECK_NEAR(r / scales[s], 5.0, 1e-15);
		r = -7;
		CHECK(seg_vector_l2_distance(&env, x, y, 2, &r) == SEG_OK);
		CHECK_NEAR(r / scales[s], 5.0, 1e-15);
		CHECK(seg_vector_normalize(&env, x, 2, unit) == SEG_OK);
		CHECK_NEAR(unit[0], 0.6, 1e-15);
		CHECK_NEAR(unit[1], 0.8, 1e-15);
		CHECK(seg_vector_cosine_distance(&env, x, x, 2, &r) == SEG_OK);
		CHECK(r == 0);
		CHECK(seg_vector_cosine_distance(&env, x, turned, 2, &r) == SEG_OK);
		CHECK_NEAR(r, 1.0, 1e-15);
		CHECK(seg_vector_cosine_distance(&env, x, y, 2, &r) == SEG_OK);
		CHECK(isnan(r));
	}
	unit_env_free(&env);
}

/* Distances of vectors of every length, element by element. */
static void
distances_are_as_defined(void)
{
	SegEnv env = unit_env();
	double x[40], y[40], r;
	long double l1 = 0, l2 = 0;

	for (int n = 1; n <= 40; n++)
	{
		long double gap;

		x[n - 1] = 10 * sin(n) - n;
		y[n - 1] = 7 * cos(3 * n) + n % 5;
		gap = (long double) x[n - 1] - y[n - 1];
		l1 += fabsl(gap);
		l2 += gap * gap;
		r = -7;
		CHECK(seg_vector_l1_distance(&env, x, y, n, &r) == SEG_OK);
		CHECK_NEAR(r, (double) l1, 1e-14);
		r = -7;
		CHECK(seg_vector_l2_distance(&env, x, y, n, &r) == SEG_OK);
		CHECK_NEAR(r, (double) sqrtl(l2), 1e-14);
	}
	x[0] = DBL_MAX;
	y[0] = -DBL_MAX;
	CHECK(seg_vector_l1_distance(&env, x, y, 1, &r) == SEG_NOT_FINITE);
	CHECK(seg_vector_l2_distance(&env, x, y, 1, &r) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

/* Nearly parallel vectors keep their digits: 1 - cos(t) is t^2 / 2. */
static void
sees_small_angles(void)
{
	SegEnv env = unit_env();
	double x[2] = {1, 0}, y[2] = {1, 1e-9};
	double r;

	CHECK(seg_vector_cosine_distance(&env, x, y, 2, &r) == SEG_OK);
	CHECK(fabs(r - 5e-19) < 1e-30);
	unit_env_free(&env);
}

/* Products that overflow do no harm if the sum is in range. */
static void
dot_survives_large_terms(void)
{
	SegEnv env = unit_env();
	double x[3] = {1e200, 1e200, 1}, y[3] = {1e200, -1e200, 7};
	double r;

	CHECK(seg_vector_dot(&env, x, y, 2, &r) == SEG_OK);
	CHECK(r == 0);
	CHECK(seg_vector_dot(&env, x, x, 2, &r) == SEG_NOT_FINITE);
	CHECK(seg_vector_profile_score(&env, x, y, 2, &r) == SEG_OK && r == 0);
	unit_env_free(&env);
}

static void
refuses_missing(void)
{
	SegEnv env = unit_env();
	double x[5] = {1, 2, 3, 4, 5}, y[5] = {1, 2, 3, 4, 5};
	double r, z[5];
	bool has_missing;

	y[4] = seg_missing();
	CHECK(seg_vector_missing_count(y, 5) == 1);
	CHECK(seg_vector_norm(&env, y, 5, &r) == SEG_MISSING);
	CHECK(env.diag.got == 5);
	CHECK(seg_vector_dot(&env, x, y, 5, &r) == SEG_MISSING);
	CHECK(seg_vector_profile_score(&env, x, y, 5, &r) == SEG_MISSING);
	CHECK(strcmp(env.diag.what, "profile score") == 0);
	CHECK(seg_vector_l1_distance(&env, y, x, 5, &r) == SEG_MISSING);
	CHECK(seg_vector_l2_distance(&env, x, y, 5, &r) == SEG_MISSING);
	CHECK(seg_vector_cosine_distance(&env, x, y, 5, &r) == SEG_MISSING);
	CHECK(seg_vector_normalize(&env, y, 5, z) == SEG_MISSING);

	CHECK(seg_vector_combine(&env,
	                         SEG_VECTOR_ADD,
	                         (SegOperand){x, 1},
	                         (SegOperand){y, 1},
	                         5,
	                         z,
	                         &has_missing) == SEG_OK);
	CHECK(has_missing && z[3] == 8 && isnan(z[4]));
	CHECK(memcmp(&z[4], &y[4], sizeof(double)) == 0);
	unit_env_free(&env);
}

static void
overflow_is_an_error(void)
{
	SegEnv env = unit_env();
	double x[1] = {1e308}, y[1] = {-1e308}, ten = 10, z[1];
	bool has_missing;

	CHECK(seg_vector_combine(&env,
	                         SEG_VECTOR_MULTIPLY,
	                         (SegOperand){x, 1},
	                         (SegOperand){&ten, 0},
	                         1,
	                         z,
	                         &has_missing) == SEG_NOT_FINITE);
	CHECK(seg_vector_l1_distance(&env, x, y, 1, z) == SEG_NOT_FINITE);
	CHECK(seg_vector_l2_distance(&env, x, y, 1, z) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

static void
orders_like_words(void)
{
	double a[2] = {1, 2}, b[2] = {1, 3}, c[2] = {1, 0};

	c[1] = seg_missing();
	CHECK(seg_vector_compare(a, 2, a, 2) == 0);
	CHECK(seg_vector_compare(c, 2, c, 2) == 0);
	CHECK(seg_vector_compare(a, 2, b, 2) < 0);
	CHECK(seg_vector_compare(b, 2, c, 2) < 0);
	CHECK(seg_vector_compare(c, 2, b, 2) > 0);
	CHECK(seg_vector_compare(a, 1, a, 2) < 0);
	CHECK(seg_vector_compare(a, 2, a, 1) > 0);
}

void
test_vector_algebra(void)
{
	survives_any_scale();
	distances_are_as_defined();
	sees_small_angles();
	dot_survives_large_terms();
	refuses_missing();
	overflow_is_an_error();
	orders_like_words();
}
