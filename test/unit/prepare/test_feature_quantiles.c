/* test_feature_quantiles.c: kernel/prepare/feature_quantiles.c */
#include "kernel/prepare/feature_quantiles.h"

#include <float.h>

#include "base/missing.h"
#include "unit.h"

void test_feature_quantiles(void);

#define MOST 3000

static int
compare_doubles(const void *a, const void *b)
{
	double x = *(const double *) a, y = *(const double *) b;

	return (x > y) - (x < y);
}

/* Every rank, or some, of numbers in several orders and with many equal ones. */
static void
selects(void)
{
	static double x[MOST], sorted[MOST];
	uint64_t seed = 3;

	for (int shape = 0; shape < 6; shape++)
	{
		for (int n = 1; n <= MOST; n = n * 3 + 1)
		{
			int64_t ranks[4] = {0, n / 3, n / 2, n - 1};
			SegEnv env = unit_env();

			for (int i = 0; i < n; i++)
				x[i] = shape == 0   ? i
				       : shape == 1 ? -i
				       : shape == 2 ? 7
				       : shape == 3 ? unit_draw(&seed, 5)
				       : shape == 4 ? unit_draw(&seed, 1000000)
				                    : (i < n / 2 ? i : n - i);
			memcpy(sorted, x, n * sizeof(double));
			qsort(sorted, n, sizeof(double), compare_doubles);
			CHECK(seg_select(&env, x, n, ranks, 4) == SEG_OK);
			for (int r = 0; r < 4; r++)
			{
				bool parted = true;

				for (int i = 0; i < n; i++)
					parted &= i < ranks[r] ? x[i] <= x[ranks[r]]
					                       : x[i] >= x[ranks[r]];
				CHECK(x[ranks[r]] == sorted[ranks[r]] && parted);
			}
			qsort(x, n, sizeof(double), compare_doubles);
			CHECK(memcmp(x, sorted, n * sizeof(double)) == 0);
			unit_env_free(&env);
		}
	}
}

/* A column that defeats the choice of pivots is still put in order. */
static void
is_never_quadratic(void)
{
	static double x[1 << 17];
	int n = 1 << 17;
	int64_t ranks[] = {0, n / 2, n - 1};
	SegEnv env = unit_env();

	for (int i = 0; i < n; i++)
		x[i] = (double) (((unsigned) i * 2654435761U) >> (i % 3 * 5));
	CHECK(seg_select(&env, x, n, ranks, 3) == SEG_OK);
	CHECK(unit_env_questions(&env) < 500);
	unit_env_free(&env);
}

static void
quantiles(void)
{
	double m = seg_missing();
	double x[] = {1, m, 5, 2, m, -DBL_MAX, 4, m, DBL_MAX, 3, m, 6};
	double fractions[] = {1, 0, 0.5, 0.5, 0.125};
	double result[15];
	SegEnv env = unit_env();
	SegMemoryRows rows;

	for (int block = 1; block < 5; block++)
	{
		seg_memory_rows(&rows, x, 4, 3, 3, block);
		CHECK(seg_feature_quantiles(&env, &rows.rows, fractions, 5, result) ==
		      SEG_OK);
		CHECK(result[0] == 4 && result[1] == 1 && result[2] == 2.5);
		CHECK(result[3] == 2.5 && result[4] == 1.375);
		for (int f = 0; f < 5; f++)
			CHECK(isnan(result[5 + f]));
		CHECK(result[10] == DBL_MAX && result[12] == 5.5);
	}
	/* half way between the ends of the range */
	x[5] = -DBL_MAX, x[8] = DBL_MAX, x[2] = m, x[11] = m;
	CHECK(seg_feature_quantiles(&env, &rows.rows, fractions, 5, result) ==
	      SEG_OK);
	CHECK(result[12] == 0.0 && !signbit(result[12]));
	CHECK(result[14] == -0.75 * DBL_MAX);
	for (int n = 0; n < 2; n++)
	{
		unit_env_fail_after(&env, n);
		CHECK(seg_feature_quantiles(&env, &rows.rows, fractions, 5, result) ==
		      SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

void
test_feature_quantiles(void)
{
	selects();
	is_never_quadratic();
	quantiles();
}
