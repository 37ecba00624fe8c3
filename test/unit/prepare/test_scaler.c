/* test_scaler.c: kernel/prepare/scaler.c, imputer.c */
#include "kernel/prepare/scaler.h"

#include <float.h>

#include "base/missing.h"
#include "kernel/prepare/imputer.h"
#include "unit.h"

void test_scaler(void);

#define ROWS 101
#define DIM  4

static void
fill(double *x)
{
	uint64_t seed = 5;

	for (int i = 0; i < ROWS; i++)
	{
		x[i * DIM] = unit_draw(&seed, 1000) / 7.0 - 40;
		x[i * DIM + 1] = unit_draw(&seed, 3) == 0 ? seg_missing()
		                                          : 1e9 + unit_draw(&seed, 50);
		x[i * DIM + 2] = 0.1;
		x[i * DIM + 3] = seg_missing();
	}
}

static SegScaler
scaler_of(SegEnv *env, const double *x, int rows, int dim, SegScaling method)
{
	SegScalerParams params = {method};
	SegScaler model = {.version = {"", 0}};
	SegMemoryRows source;

	seg_memory_rows(&source, x, rows, dim, dim, 7);
	CHECK(seg_scaler_trainer.train(env, &source.rows, &params, &model) ==
	      SEG_OK);
	CHECK(seg_image_validate(env, &seg_scaler_method, &model) == SEG_OK);
	return model;
}

/* What the scaled rows of the training have, by method; and the way back. */
static void
has_the_scale(void)
{
	static double x[ROWS * DIM];
	SegEnv env = unit_env();

	fill(x);
	for (int method = SEG_SCALE_STANDARD; method <= SEG_SCALE_ROBUST; method++)
	{
		SegScaler model = scaler_of(&env, x, ROWS, DIM, method);

		for (int j = 0; j < 2; j++)
		{
			double low = INFINITY, high = -INFINITY, sum = 0, square = 0;
			int n = 0, below = 0;

			for (int i = 0; i < ROWS; i++)
			{
				double y[DIM], back[DIM];

				CHECK(seg_scale(&env, &model, x + i * DIM, y) == SEG_OK);
				CHECK(isnan(y[3]));
				CHECK(seg_unscale(&env, &model, y, back) == SEG_OK);
				CHECK(isnan(x[i * DIM + j]) == isnan(y[j]));
				if (isnan(y[j]))
					continue;
				CHECK_NEAR(back[j], x[i * DIM + j], 1e-14);
				n++;
				sum += y[j];
				square += y[j] * y[j];
				low = fmin(low, y[j]);
				high = fmax(high, y[j]);
				below += y[j] <= 0;
			}
			if (method == SEG_SCALE_STANDARD)
			{
				CHECK_NEAR(sum / n, 0, 1e-7);
				CHECK_NEAR(square / n, 1, 1e-7);
			}
			else if (method == SEG_SCALE_MINMAX)
				CHECK(low == 0 && high == 1);
			else if (method == SEG_SCALE_MAXABS)
				CHECK(fmax(fabs(low), fabs(high)) == 1);
			else
				CHECK(2 * below >= n && below <= n);
		}
		CHECK(model.scales[2] == (method == SEG_SCALE_MAXABS ? 0.1 : 1.0));
		CHECK(isnan(model.centers[3]) && model.scales[3] == 1.0);
	}
	unit_env_free(&env);
}

static void
limits(void)
{
	double x[] = {-DBL_MAX, DBL_MAX};
	double y[1];
	SegEnv env = unit_env();
	SegScalerParams params = {SEG_SCALE_MINMAX};
	SegScaler model = {0};
	SegMemoryRows source;

	seg_memory_rows(&source, x, 2, 1, 1, 1);
	CHECK(seg_scaler_trainer.train(&env, &source.rows, &params, &model) ==
	      SEG_VALUE_RANGE);
	model = scaler_of(&env, x, 2, 1, SEG_SCALE_STANDARD);
	CHECK(seg_scale(&env, &model, x, y) == SEG_OK && y[0] == -1);
	x[0] = 1e-320, x[1] = 3e-320;
	model = scaler_of(&env, x, 2, 1, SEG_SCALE_MAXABS);
	x[0] = 1e300;
	CHECK(seg_scale(&env, &model, x, y) == SEG_ELEMENT_RANGE);
	CHECK(seg_unscale(&env, &model, x, y) == SEG_OK);
	for (int n = 0; n < 5; n++)
	{
		unit_env_fail_after(&env, n);
		CHECK(seg_scaler_trainer.train(&env, &source.rows, &params, &model) ==
		      SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

static void
imputes(void)
{
	double m = seg_missing();
	double x[] = {1, m, m, 5, 2, m, 9, 6, m};
	double y[6];
	const double negative_zeros[] = {-0.0, -0.0, -0.0};
	const double mean[] = {5, 4, 0}, median[] = {5, 4, 0};
	SegEnv env = unit_env();

	for (int strategy = SEG_IMPUTE_MEAN; strategy <= SEG_IMPUTE_CONSTANT;
	     strategy++)
	{
		for (int indicator = 0; indicator < 2; indicator++)
		{
			SegImputerParams params = {-7, indicator != 0, strategy};
			SegImputer model = {.version = {"", 0}, .options = {"{}", 2}};
			SegMemoryRows source;

			seg_memory_rows(&source, x, 3, 3, 3, 2);
			CHECK(seg_imputer_trainer.train(&env,
			                                &source.rows,
			                                &params,
			                                &model) == SEG_OK);
			CHECK(seg_image_validate(&env, &seg_imputer_method, &model) ==
			      SEG_OK);
			CHECK(model.indicators == 2 * indicator);
			CHECK(seg_impute(&env, &model, x, y) == SEG_OK);
			CHECK(y[0] == 1);
			for (int j = 1; j < 3; j++)
				CHECK(y[j] == (strategy == SEG_IMPUTE_MEAN     ? mean[j]
				               : strategy == SEG_IMPUTE_MEDIAN ? median[j]
				                                               : -7));
			CHECK(!indicator || (y[3] == 1 && y[4] == 1));
			CHECK(seg_impute(&env, &model, x + 3, y) == SEG_OK);
			CHECK(!indicator || (y[3] == 0 && y[4] == 1));
			CHECK(seg_impute(&env, &model, negative_zeros, y) == SEG_OK);
			CHECK(signbit(y[0]) == 0 && signbit(y[2]) == 0);
		}
	}
	unit_env_free(&env);
}

void
test_scaler(void)
{
	has_the_scale();
	limits();
	imputes();
}
