/* test_power.c: kernel/prepare/power.c */
#include "kernel/prepare/power.h"

#include <float.h>

#include "base/missing.h"
#include "base/yeo_johnson.h"
#include "unit.h"

void test_power(void);

#define ROWS 400
#define DIM  3

static SegPower
train_with(SegEnv *env, const double *x, int rows, int dim, int method,
           int block)
{
	SegPowerParams params = {true, method};
	SegPower model = {.version = {"", 0}, .options = {"{}", 2}};
	SegMemoryRows source;

	seg_memory_rows(&source, x, rows, dim, dim, block);
	CHECK(seg_power_trainer.train(env, &source.rows, &params, &model) ==
	      SEG_OK);
	CHECK(seg_image_validate(env, &seg_power_method, &model) == SEG_OK);
	return model;
}

/* The slope is that of the values, and the inverse goes back. */
static void
is_consistent(void)
{
	const double values[] = {-1e3, -7, -1, -0.25, -1e-9, 0, 1e-9, 0.5, 3, 1e4};

	for (double lambda = -3; lambda <= 5; lambda += 0.25)
	{
		for (int i = 0; i < 10; i++)
		{
			const double h = 1e-5;
			double x = values[i], slope;
			double y = seg_yeo_johnson(x, lambda, &slope);
			double above = seg_yeo_johnson(x, lambda + h, NULL);
			double below = seg_yeo_johnson(x, lambda - h, NULL);
			double back = seg_yeo_johnson_inverse(y, lambda);

			CHECK(seg_yeo_johnson(x, lambda, NULL) == y);
			CHECK(fabs(slope - (above - below) / (2 * h)) <=
			      1e-6 * (1 + fabs(slope)) + 1e-10 * fabs(y) / h);
			CHECK(lambda == 1 ? fabs(y - x) <= 1e-14 * fabs(x) : true);
			/* a negative power squeezes all large values below its limit */
			if (fabs(x) < 10)
				CHECK_NEAR(back, x, 1e-9);
		}
	}
	CHECK(!isfinite(seg_yeo_johnson_inverse(3, -1)));
}

static void
fill(double *x)
{
	uint64_t seed = 13;

	for (int i = 0; i < ROWS; i++)
	{
		double u = unit_draw(&seed, 100000) / 100000.0;

		x[i * DIM] = exp(3 * u) - 1;
		x[i * DIM + 1] =
			unit_draw(&seed, 4) == 0 ? seg_missing() : pow(u, 3) * 50 - 20;
		x[i * DIM + 2] = 7.5;
	}
}

static double
log_likelihood(const double *x, int j, double lambda)
{
	long double sum = 0, square = 0, logs = 0;
	int n = 0;

	for (int i = 0; i < ROWS; i++)
	{
		double v = x[i * DIM + j];

		if (isnan(v))
			continue;
		n++;
		sum += seg_yeo_johnson(v, lambda, NULL);
		logs += copysign(log1p(fabs(v)), v);
	}
	for (int i = 0; i < ROWS; i++)
	{
		double v = x[i * DIM + j];
		long double gap;

		if (isnan(v))
			continue;
		gap = seg_yeo_johnson(v, lambda, NULL) - sum / n;
		square += gap * gap;
	}
	return (double) (-n / 2.0L * logl(square / n) + (lambda - 1) * logs);
}

/* No lambda nearby is more likely; the result has mean 0 and deviation 1. */
static void
is_most_likely(void)
{
	static double x[ROWS * DIM];
	SegEnv env = unit_env();
	SegPower model;

	fill(x);
	model = train_with(&env, x, ROWS, DIM, SEG_POWER_YEO_JOHNSON, 7);
	for (int j = 0; j < 2; j++)
	{
		double best = log_likelihood(x, j, model.lambdas[j]);
		double sum = 0, square = 0;
		int n = 0;

		for (double step = 1e-6; step < 4; step *= 10)
		{
			CHECK(log_likelihood(x, j, model.lambdas[j] + step) < best);
			CHECK(log_likelihood(x, j, model.lambdas[j] - step) < best);
		}
		for (int i = 0; i < ROWS; i++)
		{
			double y[DIM], back[DIM];

			CHECK(seg_power_transform(&env, &model, x + i * DIM, y) == SEG_OK);
			CHECK(seg_power_inverse(&env, &model, y, back) == SEG_OK);
			CHECK((isnan(y[1]) != 0) == (isnan(x[i * DIM + 1]) != 0) &&
			      y[2] == 0);
			if (isnan(y[j]))
				continue;
			CHECK_NEAR(back[j], x[i * DIM + j], 1e-10);
			n++;
			sum += y[j];
			square += y[j] * y[j];
		}
		CHECK_NEAR(sum / n, 0, 1e-13);
		CHECK_NEAR(square / n, 1, 1e-13);
	}
	CHECK(model.lambdas[2] == 1 && model.scales[2] == 1);
	for (int block = 1; block < 500; block *= 9)
	{
		SegPower again =
			train_with(&env, x, ROWS, DIM, SEG_POWER_YEO_JOHNSON, block);

		CHECK(memcmp(again.lambdas, model.lambdas, DIM * sizeof(double)) == 0);
	}
	unit_env_free(&env);
}

static void
logarithms(void)
{
	double x[] = {0, 1, 3, 7}, y[1];
	double m = seg_missing();
	SegEnv env = unit_env();
	SegPowerParams params = {false, SEG_POWER_LOG1P};
	SegPower model = {.version = {"", 0}, .options = {"{}", 2}};
	SegMemoryRows source;

	seg_memory_rows(&source, x, 4, 1, 1, 1);
	CHECK(seg_power_trainer.train(&env, &source.rows, &params, &model) ==
	      SEG_OK);
	CHECK(seg_power_transform(&env, &model, x + 3, y) == SEG_OK);
	CHECK(y[0] == log1p(7));
	CHECK(seg_power_inverse(&env, &model, y, y) == SEG_OK);
	CHECK_NEAR(y[0], 7, 1e-15);
	CHECK(seg_power_transform(&env, &model, &m, y) == SEG_OK);
	CHECK(isnan(y[0]));
	x[0] = -1;
	CHECK(seg_power_transform(&env, &model, x, y) == SEG_ELEMENT_RANGE);
	CHECK(seg_power_trainer.train(&env, &source.rows, &params, &model) ==
	      SEG_NO_LOGARITHM);
	x[0] = 1e200, params.method = SEG_POWER_YEO_JOHNSON;
	CHECK(seg_power_trainer.train(&env, &source.rows, &params, &model) ==
	      SEG_VALUE_RANGE);
	for (int i = 0; i < 4; i++)
		x[i] = 1e-300 * i;
	CHECK(seg_power_trainer.train(&env, &source.rows, &params, &model) ==
	      SEG_VALUE_RANGE);
	x[0] = 5;
	for (int n = 0; n < 6; n++)
	{
		unit_env_fail_after(&env, n);
		CHECK(seg_power_trainer.train(&env, &source.rows, &params, &model) ==
		      SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

/* Values that hardly vary ask for extreme powers; the answer stays finite. */
static void
extremes(void)
{
	for (int shape = 0; shape < 5; shape++)
	{
		double x[20], y[1];
		SegNotes notes = {0};
		SegEnv env = unit_env();
		SegPower model;

		env.notes = &notes;
		for (int i = 0; i < 20; i++)
			x[i] = shape == 0   ? 1e6 + i * i
			       : shape == 1 ? -1e6 - i * i
			       : shape == 2 ? (i == 0 ? 1e100 : i)
			       : shape == 3 ? 1e-12 * i * i
			                    : (i == 0);
		model = train_with(&env, x, 20, 1, SEG_POWER_YEO_JOHNSON, 5);
		CHECK(fabs(model.lambdas[0]) <= 64 && isfinite(model.centers[0]));
		CHECK((fabs(model.lambdas[0]) == 64) == (notes.n > 0));
		CHECK(seg_power_transform(&env, &model, x + 7, y) == SEG_OK);
		unit_env_free(&env);
	}
}

void
test_power(void)
{
	is_consistent();
	is_most_likely();
	logarithms();
	extremes();
}
