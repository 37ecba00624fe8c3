/* test_correlation_matrix.c: kernel/prepare/correlation_matrix.c */
#include "kernel/prepare/correlation_matrix.h"

#include <float.h>

#include "base/missing.h"
#include "unit.h"

void test_correlation_matrix(void);

#define ROWS 200
#define DIM  5

static void
fill(double *x, bool with_missing)
{
	uint64_t seed = 11;

	for (int i = 0; i < ROWS; i++)
	{
		double a = unit_draw(&seed, 1000), b = unit_draw(&seed, 1000);
		double row[DIM] = {a, 3 * a + b, 1e9 + b / 100, 7, -a};

		for (int j = 0; j < DIM; j++)
			x[i * DIM + j] = with_missing && unit_draw(&seed, 5) == 0
			                     ? seg_missing()
			                     : row[j];
	}
}

/* By the definition, over the rows that have both. */
static double
by_definition(const double *x, int i, int j)
{
	long double mean_i = 0, mean_j = 0, ii = 0, jj = 0, ij = 0;
	int n = 0;

	for (int pass = 0; pass < 2; pass++)
	{
		for (int r = 0; r < ROWS; r++)
		{
			long double a = x[r * DIM + i], b = x[r * DIM + j];

			if (isnan((double) a) || isnan((double) b))
				continue;
			if (pass == 0)
			{
				n++;
				mean_i += a;
				mean_j += b;
				continue;
			}
			ii += (a - mean_i) * (a - mean_i);
			jj += (b - mean_j) * (b - mean_j);
			ij += (a - mean_i) * (b - mean_j);
		}
		if (pass == 0)
		{
			mean_i /= n;
			mean_j /= n;
		}
	}
	return (double) (ij / sqrtl(ii * jj));
}

static void
correlate(SegEnv *env, double *x, int rows, int dim, double *result)
{
	for (int block = 1; block < 300; block *= 7)
	{
		double again[DIM * DIM];
		SegMemoryRows source;

		seg_memory_rows(&source, x, rows, dim, dim, block);
		CHECK(seg_correlation_matrix(env, &source.rows, again) == SEG_OK);
		CHECK(block == 1 ||
		      memcmp(again, result, dim * dim * sizeof(double)) == 0);
		memcpy(result, again, dim * dim * sizeof(double));
	}
}

static void
matches_definition(bool with_missing)
{
	static double x[ROWS * DIM];
	double r[DIM * DIM];
	SegEnv env = unit_env();

	fill(x, with_missing);
	correlate(&env, x, ROWS, DIM, r);
	for (int i = 0; i < DIM; i++)
	{
		for (int j = 0; j < DIM; j++)
		{
			if (i == 3 || j == 3)
				CHECK(isnan(r[i * DIM + j]));
			else
				CHECK_NEAR(r[i * DIM + j], by_definition(x, i, j), 1e-13);
		}
		CHECK(i == 3 || r[i * DIM + i] == 1.0);
	}
	unit_env_free(&env);
}

/* Powers of two change nothing, not even the last bit. */
static void
ignores_scale(void)
{
	static double x[ROWS * DIM], scaled[ROWS * DIM];
	double r[DIM * DIM], s[DIM * DIM];
	SegEnv env = unit_env();
	const int power[DIM] = {900, -900, 990, 0, -30};

	fill(x, true);
	for (int i = 0; i < ROWS * DIM; i++)
		scaled[i] = ldexp(x[i], power[i % DIM]);
	correlate(&env, x, ROWS, DIM, r);
	correlate(&env, scaled, ROWS, DIM, s);
	for (int i = 0; i < DIM * DIM; i++)
		CHECK(r[i] == s[i] || (isnan(r[i]) && isnan(s[i])));
	unit_env_free(&env);
}

/* Pairs that share fewer than two rows, or rows in which one does not vary. */
static void
says_what_is_undefined(void)
{
	double m = seg_missing();
	double x[] = {1, 2, m, m, 3, 0.1, 5, m, 0.1, 9, 4, m};
	double r[9];
	SegEnv env = unit_env();

	correlate(&env, x, 4, 3, r);
	CHECK(!isnan(r[0 * 3 + 1 * 0]) && isnan(r[0 * 3 + 2]) && isnan(r[5]));
	CHECK(isnan(r[8]) && r[4] == 1.0);
	x[0] = -DBL_MAX;
	x[6] = DBL_MAX;
	x[9] = DBL_MAX;
	correlate(&env, x, 4, 3, r);
	CHECK(r[0] == 1.0 && fabs(r[1]) <= 1.0);
	unit_env_free(&env);
}

static void
limits(void)
{
	static double x[SEG_CORRELATION_MAX_DIM + 1];
	double r[DIM * DIM];
	SegEnv env = unit_env();
	SegMemoryRows rows;
	int dim = SEG_CORRELATION_MAX_DIM + 1;

	seg_memory_rows(&rows, x, 1, dim, dim, 1);
	CHECK(seg_correlation_matrix(&env, &rows.rows, r) == SEG_LIMIT);
	seg_memory_rows(&rows, x, 100, DIM, DIM, 10);
	for (int n = 0; n < 12; n++)
	{
		unit_env_fail_after(&env, n);
		CHECK(seg_correlation_matrix(&env, &rows.rows, r) == SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

void
test_correlation_matrix(void)
{
	matches_definition(false);
	matches_definition(true);
	ignores_scale();
	says_what_is_undefined();
	limits();
}
