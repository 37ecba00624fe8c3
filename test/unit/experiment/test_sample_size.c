/*-------------------------------------------------------------------------
 *
 * test_sample_size.c
 *	  Sample sizes have the power they promise: in simulated experiments.
 *
 * test/unit/experiment/test_sample_size.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/sample_size.h"

#include "base/hash.h"
#include "kernel/experiment/ab_test.h"
#include "unit.h"

#define EXPERIMENTS 2000

/* Of so many experiments of the size for a power, as many find the effect. */
static void
the_power_is_met(void)
{
	const double baselines[] = {0.2, 0.5};
	const double effects[] = {0.12, -0.15};
	const double powers[] = {0.8, 0.6};
	SegAbTestOptions options = {.confidence = 0.95};

	for (int k = 0; k < 2; k++)
	{
		SegEnv env = unit_env();
		SegEffect effect;
		int64_t users = 0;
		int found = 0;

		CHECK(seg_effect_on_share(&env, baselines[k], effects[k], &effect) ==
		      SEG_OK);
		CHECK(seg_sample_size(&env, &effect, powers[k], 0.05, &users) ==
		      SEG_OK);
		for (uint64_t e = 0; e < EXPERIMENTS; e++)
		{
			double shares[2] = {0, 0};
			SegAbEstimate estimates[2];

			for (int64_t i = 0; i < 2 * users; i++)
				shares[i % 2] += seg_random_real(99 + k, e, (uint64_t) i) <
				                 baselines[k] + (i % 2 ? effects[k] : 0);
			for (int v = 0; v < 2; v++)
			{
				double share = shares[v] / (double) users;

				estimates[v] = (SegAbEstimate){.n = (double) users,
				                               .mean = share,
				                               .variance = share * (1 - share) /
				                                           (double) users,
				                               .freedom = NAN,
				                               .is_share = true};
			}
			found +=
				seg_ab_p_value(&estimates[0], &estimates[1], &options) <= 0.05;
		}
		/* 3 standard errors, and what whole numbers of users add */
		CHECK(fabs((double) found / EXPERIMENTS - powers[k]) < 0.04);
		unit_env_free(&env);
	}
}

static void
ranges_are_checked(void)
{
	SegEnv env = unit_env();
	SegEffect effect;
	SegRatioColumns columns = {1, 2, 4, 3, 0.5};
	int64_t users;
	double power;

	CHECK(seg_effect_on_share(&env, 0, 0.1, &effect) == SEG_NOT_SHARE);
	CHECK(seg_effect_on_share(&env, 0.5, 0.5, &effect) == SEG_NOT_SHARE);
	CHECK(seg_effect_on_share(&env, 0.5, NAN, &effect) == SEG_INFINITE);
	CHECK(seg_effect_on_mean(&env, 0, 1, 0, &effect) == SEG_NOT_POSITIVE);
	CHECK(seg_effect_on_mean(&env, 1, 0, 0, &effect) == SEG_NOT_POSITIVE);
	CHECK(seg_effect_on_mean(&env, 1, 1, -1, &effect) == SEG_ARGUMENT_RANGE);
	/* a numerator that is the denominator, but for a factor, does not vary */
	CHECK(seg_effect_on_ratio(&env, &columns, 0.1, &effect) == SEG_OK);
	columns.denominator_mean = 0;
	CHECK(seg_effect_on_ratio(&env, &columns, 0.1, &effect) ==
	      SEG_NOT_POSITIVE);
	CHECK(seg_effect_on_mean(&env, 1, 1, 0, &effect) == SEG_OK);
	CHECK(seg_sample_size(&env, &effect, 1, 0.05, &users) == SEG_NOT_SHARE);
	CHECK(seg_sample_size(&env, &effect, 0.8, NAN, &users) == SEG_NOT_SHARE);
	CHECK(seg_power(&env, &effect, 0, 0.05, &power) == SEG_ARGUMENT_BELOW);
	CHECK(seg_effect_on_mean(&env, 1, 1e-10, 0, &effect) == SEG_OK);
	CHECK(seg_sample_size(&env, &effect, 0.8, 0.05, &users) == SEG_LIMIT);
	unit_env_free(&env);
}

void
test_sample_size(void)
{
	the_power_is_met();
	ranges_are_checked();
}
