/* test_loss.c: kernel/evaluate/loss.c without a server */
#include "kernel/evaluate/loss.h"
#include "unit.h"

void test_loss(void);

enum
{
	ROWS = 500
};

static double
actual_of(int i)
{
	return 1e6 + sin(i) * 10;
}

static double
predicted_of(int i)
{
	return 1e6 + sin(i) * 10 + cos(i * 7.0);
}

/* Rows first, first + step, ... */
static SegMeanLoss
mean_of(SegEnv *env, SegLoss loss, int first, int step)
{
	SegMeanLoss mean = {0};

	for (int i = first; i < ROWS; i += step)
	{
		SegWide term;

		CHECK(loss(env, actual_of(i), predicted_of(i), &term) == SEG_OK);
		seg_mean_loss_add(&mean, term, 1 + i % 3 / 7.0);
	}
	return mean;
}

static void
means_of_parts(void)
{
	static const SegLoss losses[] = {seg_absolute_error, seg_squared_error};

	for (int which = 0; which < 2; which++)
	{
		SegEnv env = unit_env();
		SegMeanLoss all = mean_of(&env, losses[which], 0, 1);
		double sum = 0, weight = 0;
		double want, got;

		for (int i = 0; i < ROWS; i++)
		{
			double error = fabs(actual_of(i) - predicted_of(i));

			sum += (1 + i % 3 / 7.0) * (which == 0 ? error : error * error);
			weight += 1 + i % 3 / 7.0;
		}
		CHECK(seg_mean_loss_check(&env, &all) == SEG_OK);
		CHECK(seg_mean_loss(&env, &all, &want) == SEG_OK);
		CHECK_NEAR(want, sum / weight, 1e-13);
		for (int parts = 2; parts < 10; parts++)
		{
			SegMeanLoss merged = mean_of(&env, losses[which], 0, parts);

			for (int p = 1; p < parts; p++)
			{
				SegMeanLoss part = mean_of(&env, losses[which], p, parts);

				seg_mean_loss_merge(&merged, &part);
			}
			CHECK(seg_mean_loss(&env, &merged, &got) == SEG_OK);
			CHECK(got == want);
		}
		unit_env_free(&env);
	}
}

static void
r2_of_parts(void)
{
	SegEnv env = unit_env();
	double mean = 0, errors = 0, variation = 0;
	double want, got;
	SegR2 all = {0};

	for (int i = 0; i < ROWS; i++)
	{
		CHECK(seg_r2_add(&env, &all, actual_of(i), predicted_of(i), 1) ==
		      SEG_OK);
		mean += actual_of(i) / ROWS;
	}
	for (int i = 0; i < ROWS; i++)
	{
		errors += pow(actual_of(i) - predicted_of(i), 2);
		variation += pow(actual_of(i) - mean, 2);
	}
	CHECK(seg_r2(&env, &all, &want) == SEG_OK);
	CHECK_NEAR(want, 1 - errors / variation, 1e-12);
	for (int cut = 1; cut < ROWS; cut += 37)
	{
		SegR2 part[2] = {{0}, {0}};

		for (int i = 0; i < ROWS; i++)
			CHECK(seg_r2_add(&env,
			                 &part[i * 7 % ROWS >= cut],
			                 actual_of(i),
			                 predicted_of(i),
			                 1) == SEG_OK);
		seg_r2_merge(&part[0], &part[1]);
		CHECK(seg_r2(&env, &part[0], &got) == SEG_OK);
		CHECK(got == want);
	}
	unit_env_free(&env);
}

static void
probabilities(void)
{
	SegEnv env = unit_env();
	SegWide loss;

	CHECK(seg_log_loss(&env, 1, 0.25, &loss) == SEG_OK);
	CHECK_NEAR(loss.hi, log(4), 1e-15);
	CHECK(seg_log_loss(&env, 0, 0.25, &loss) == SEG_OK);
	CHECK_NEAR(loss.hi, -log(0.75), 1e-15);
	CHECK(seg_log_loss(&env, 1, 0, &loss) == SEG_OK);
	CHECK_NEAR(loss.hi, 52 * log(2), 1e-15);
	CHECK(seg_log_loss(&env, 0, 1, &loss) == SEG_OK);
	CHECK_NEAR(loss.hi, 52 * log(2), 1e-15);
	CHECK(seg_brier_score(&env, 0, 0.5, &loss) == SEG_OK && loss.hi == 0.25);
	CHECK(seg_log_loss(&env, 1, 1 + 1e-15, &loss) == SEG_NOT_SHARE);
	CHECK(seg_brier_score(&env, 1, -1e-300, &loss) == SEG_NOT_SHARE);
	CHECK(seg_log_loss(&env, 1, NAN, &loss) == SEG_INFINITE);
	CHECK(seg_brier_score(&env, 1, INFINITY, &loss) == SEG_INFINITE);
	CHECK(seg_absolute_error(&env, NAN, 1, &loss) == SEG_INFINITE);
	CHECK(seg_squared_error(&env, 1, -INFINITY, &loss) == SEG_INFINITE);
	unit_env_free(&env);
}

static void
edges(void)
{
	SegEnv env = unit_env();
	SegMeanLoss mean = {0};
	SegWide loss;
	SegR2 r2 = {0};
	double result;

	/* the difference overflows; so does a square */
	CHECK(seg_absolute_error(&env, 1.7e308, -1.7e308, &loss) == SEG_OK);
	seg_mean_loss_add(&mean, loss, 1);
	CHECK(seg_mean_loss(&env, &mean, &result) == SEG_NOT_FINITE);
	CHECK(seg_r2_add(&env, &r2, 1e200, 0, 1) == SEG_OK);
	CHECK(seg_r2(&env, &r2, &result) == SEG_UNDEFINED);
	CHECK(seg_r2_add(&env, &r2, -1e200, 0, 1) == SEG_OK);
	CHECK(seg_r2(&env, &r2, &result) == SEG_NOT_FINITE);

	/* states that no rows give */
	CHECK(seg_mean_loss_check(&env, &(SegMeanLoss){0}) == SEG_CORRUPT);
	CHECK(seg_mean_loss_check(&env, &(SegMeanLoss){1.5, {1, 0}, {0, 0}}) ==
	      SEG_CORRUPT);
	CHECK(seg_mean_loss_check(&env, &(SegMeanLoss){NAN, {1, 0}, {0, 0}}) ==
	      SEG_CORRUPT);
	CHECK(seg_mean_loss_check(&env, &(SegMeanLoss){1, {NAN, 0}, {0, 0}}) ==
	      SEG_NOT_FINITE);
	CHECK(seg_r2_check(&env, &(SegR2){.rows = 0x1p54, .weight = {1, 0}}) ==
	      SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_loss(void)
{
	means_of_parts();
	r2_of_parts();
	probabilities();
	edges();
}
