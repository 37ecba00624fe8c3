/* test_pca.c: kernel/prepare/pca.c, eigen.c */
#include "kernel/prepare/pca.h"

#include <float.h>

#include "kernel/prepare/eigen.h"
#include "unit.h"

void test_pca(void);

#define MOST 40

/* A v = value v, the vectors are orthonormal, the values fall. */
static void
check_eigen(const double *a, int n)
{
	static double v[MOST * MOST], values[MOST];
	SegEnv env = unit_env();
	double largest = 0;

	memcpy(v, a, n * n * sizeof(double));
	CHECK(seg_eigen(&env, v, n, values) == SEG_OK);
	for (int i = 0; i < n * n; i++)
		largest = fmax(largest, fabs(a[i]));
	for (int k = 0; k < n; k++)
	{
		double worst = 0;

		CHECK(k == 0 || values[k] <= values[k - 1]);
		for (int i = 0; i < n; i++)
		{
			double sum = 0, product = 0;

			for (int j = 0; j < n; j++)
			{
				sum += a[i * n + j] * v[k * n + j];
				product += v[i * n + j] * v[k * n + j];
			}
			worst = fmax(worst, fabs(sum - values[k] * v[k * n + i]));
			CHECK(fabs(product - (i == k)) < 1e-13);
		}
		CHECK(worst <= 1e-14 * n * largest);
	}
	unit_env_free(&env);
}

static void
eigen(void)
{
	static double a[MOST * MOST];
	uint64_t seed = 3;

	for (int shape = 0; shape < 6; shape++)
	{
		for (int n = 1; n <= MOST; n = n * 2 + 1)
		{
			for (int i = 0; i < n; i++)
			{
				for (int j = 0; j <= i; j++)
				{
					double x = shape == 0   ? unit_draw(&seed, 2001) - 1000
					           : shape == 1 ? (i == j) * (i % 3)
					           : shape == 2 ? 1
					           : shape == 3 ? 1 / (i + j + 1.0)
					           : shape == 4
					               ? ldexp(unit_draw(&seed, 100), -20 * j)
					               : 0;

					a[i * n + j] = a[j * n + i] = x;
				}
			}
			check_eigen(a, n);
		}
	}
	{
		SegEnv env = unit_env();
		double bad[] = {NAN, 1, 1, 1}, values[2];

		CHECK(seg_eigen(&env, bad, 2, values) == SEG_UNDEFINED ||
		      isnan(values[0]) || isnan(values[1]));
		for (int n = 0; n < 4; n++)
		{
			unit_env_fail_after(&env, n);
			CHECK(seg_eigen(&env, bad, 2, values) == SEG_NO_MEMORY);
		}
		unit_env_free(&env);
	}
}

static SegPca
pca_of(SegEnv *env, const double *x, int rows, int dim, int n, bool whiten)
{
	SegPcaParams params = {whiten, n};
	SegPca model = {.version = {"", 0}, .options = {"{}", 2}};
	SegMemoryRows source;

	seg_memory_rows(&source, x, rows, dim, dim, 7);
	CHECK(seg_pca_trainer.train(env, &source.rows, &params, &model) == SEG_OK);
	CHECK(seg_image_validate(env, &seg_pca_method, &model) == SEG_OK);
	return model;
}

#define ROWS 300
#define DIM  4

/*
 * Projections have the variances of the model and no correlation; with all
 * components, distances are kept.
 */
static void
projects(void)
{
	static double x[ROWS * DIM], y[ROWS * DIM];
	uint64_t seed = 17;
	SegEnv env = unit_env();
	SegPca model;
	double total = 0;

	for (int i = 0; i < ROWS; i++)
	{
		double a = unit_draw(&seed, 1000), b = unit_draw(&seed, 300);

		x[i * DIM] = a + 1e6;
		x[i * DIM + 1] = b - a;
		x[i * DIM + 2] = unit_draw(&seed, 50);
		x[i * DIM + 3] = 5;
	}
	for (int whiten = 0; whiten < 2; whiten++)
	{
		model = pca_of(&env, x, ROWS, DIM, DIM, whiten);
		for (int i = 0; i < ROWS; i++)
			CHECK(seg_pca_project(&env, &model, x + i * DIM, y + i * DIM) ==
			      SEG_OK);
		for (int k = 0; k < DIM; k++)
		{
			for (int l = 0; l <= k; l++)
			{
				double sum = 0, wanted;

				for (int i = 0; i < ROWS; i++)
					sum += y[i * DIM + k] * y[i * DIM + l];
				wanted = k != l ? 0 : whiten ? k < 3 : model.variances[k];
				CHECK(fabs(sum / (ROWS - 1) - wanted) <
				      1e-9 * (1 + model.variances[0] * !whiten));
			}
			total += whiten ? 0 : model.variances[k];
		}
	}
	CHECK_NEAR(total, model.total_variance, 1e-14);
	CHECK(model.variances[3] < 1e-10);
	for (int i = 1; i < ROWS; i++)
	{
		double before = 0, after = 0;

		model.whiten = 0;
		CHECK(seg_pca_project(&env, &model, x + i * DIM, y) == SEG_OK);
		CHECK(seg_pca_project(&env, &model, x, y + DIM) == SEG_OK);
		for (int j = 0; j < DIM; j++)
		{
			before += (x[i * DIM + j] - x[j]) * (x[i * DIM + j] - x[j]);
			after += (y[j] - y[DIM + j]) * (y[j] - y[DIM + j]);
		}
		CHECK_NEAR(before, after, 1e-9);
	}
	unit_env_free(&env);
}

static void
signs_and_limits(void)
{
	double x[] = {1, -2, 2, -4, 3, -6}, y[2];
	SegEnv env = unit_env();
	SegPca model = pca_of(&env, x, 3, 2, 2, false);
	SegPcaParams params = {false, 2};
	SegMemoryRows source;

	CHECK(model.components[1] > 0 && model.components[0] < 0);
	CHECK_NEAR(model.variances[0], 5, 1e-15);
	CHECK(seg_pca_project(&env, &model, x + 2, y) == SEG_OK && y[0] == 0);
	/* one row, and rows that are equal, have no variance */
	model = pca_of(&env, x, 1, 2, 1, true);
	CHECK(model.variances[0] == 0 && model.total_variance == 0);
	CHECK(seg_pca_project(&env, &model, x + 2, y) == SEG_OK && y[0] == 0);
	seg_memory_rows(&source, x, 1, 2, 2, 1);
	CHECK(seg_pca_trainer.train(&env, &source.rows, &params, &model) ==
	      SEG_TOO_FEW_ROWS);
	CHECK(seg_pca_trainer.check_dim(&env, &params, 1) == SEG_ARGUMENT_RANGE);
	CHECK(seg_pca_trainer.check_dim(&env, &params, 1000) == SEG_OK);
	CHECK(seg_pca_trainer.check_dim(&env, &params, 1001) == SEG_LIMIT);
	params.n_components = 0;
	CHECK(seg_pca_trainer.check(&env, &params) == SEG_ARGUMENT_RANGE);
	/* units at the ends of the range */
	x[0] = 1e150, x[1] = 1e-200, x[2] = -1e150, x[3] = 3e-200, x[4] = 0;
	x[5] = 2e-200;
	model = pca_of(&env, x, 3, 2, 1, false);
	CHECK_NEAR(model.variances[0] / 1e300, 1, 1e-14);
	CHECK(model.components[0] == 1);
	x[0] = 1e300;
	seg_memory_rows(&source, x, 3, 2, 2, 1);
	params.n_components = 1;
	CHECK(seg_pca_trainer.train(&env, &source.rows, &params, &model) ==
	      SEG_NOT_FINITE);
	unit_env_free(&env);
}

void
test_pca(void)
{
	eigen();
	projects();
	signs_and_limits();
}
