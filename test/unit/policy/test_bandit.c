/* test_bandit.c: kernel/policy/bandit.c against its posterior and formulas */
#include "kernel/policy/bandit.h"

#include "unit.h"

void test_bandit(void);

/*
 * Draws have the distribution they say, and the best draw is a variant as often
 * as its share of the allocation.
 */
static void
draws_have_their_distribution(void)
{
	SegEnv env = unit_env();
	const double successes[] = {40, 55, 3}, trials[] = {1000, 1000, 60};
	static const char *const names[] = {"blue", "green", "red"};
	double sum[3] = {0}, squares[3] = {0}, shares[3];
	int best[3] = {0};
	const int n = 20000;

	for (int64_t seed = 0; seed < n; seed++)
	{
		double draw[3];
		int largest = 0;

		for (int i = 0; i < 3; i++)
		{
			SegText key = {names[i], (int64_t) strlen(names[i])};

			CHECK(seg_thompson_sample(&env,
			                          successes[i],
			                          trials[i] - successes[i],
			                          seed,
			                          key,
			                          &draw[i]) == SEG_OK);
			sum[i] += draw[i];
			squares[i] += draw[i] * draw[i];
			largest = draw[i] > draw[largest] ? i : largest;
		}
		best[largest]++;
	}
	CHECK(seg_bandit_allocate(&env, successes, trials, 3, shares) == SEG_OK);
	for (int i = 0; i < 3; i++)
	{
		SegPosterior p =
			seg_posterior_of_share(successes[i], trials[i] - successes[i]);
		double mean = sum[i] / n;
		double deviation = sqrt(squares[i] / n - mean * mean);

		/* 4 standard errors */
		CHECK(fabs(mean - p.mean) < 4 * p.deviation / sqrt(n));
		CHECK_NEAR(deviation / p.deviation, 1, 4 / sqrt(2.0 * n));
		CHECK(fabs((double) best[i] / n - shares[i]) <
		      4 * sqrt(shares[i] * (1 - shares[i]) / n));
	}
	unit_env_free(&env);
}

static void
ranges_are_checked(void)
{
	SegEnv env = unit_env();
	const double bad[] = {-1, NAN, INFINITY, 2e9};
	const double one[] = {1};
	double x;

	for (int i = 0; i < 4; i++)
	{
		SegText key = {"", 0};

		CHECK(seg_thompson_sample(&env, bad[i], 1, 1, key, &x) ==
		      SEG_ARGUMENT_RANGE);
		CHECK(seg_thompson_sample(&env, 1, bad[i], 1, key, &x) ==
		      SEG_ARGUMENT_RANGE);
		CHECK(seg_bandit_allocate(&env, &bad[i], one, 1, &x) ==
		      SEG_ARGUMENT_RANGE);
		CHECK(seg_bandit_allocate(&env, one, &bad[i], 1, &x) ==
		      SEG_ARGUMENT_RANGE);
		CHECK(seg_ucb1(&env, bad[i], 5, 9, &x) == SEG_ARGUMENT_RANGE);
	}
	CHECK(seg_ucb1(&env, 6, 5, 9, &x) == SEG_ABOVE);
	CHECK(seg_ucb1(&env, 5, 5, 4, &x) == SEG_ABOVE);
	CHECK(seg_ucb1(&env, 1, -1, 4, &x) == SEG_ARGUMENT_RANGE);
	CHECK(seg_ucb1(&env, 0, 0, 4, &x) == SEG_OK && isinf(x));
	CHECK(seg_ucb1(&env, 2, 4, 8, &x) == SEG_OK);
	CHECK_NEAR(x, 0.5 + sqrt(2 * log(8.0) / 4), 1e-15);
	unit_env_free(&env);
}

void
test_bandit(void)
{
	draws_have_their_distribution();
	ranges_are_checked();
}
