/*-------------------------------------------------------------------------
 *
 * test_chance_to_win.c
 *	  Chances to win, against closed forms and draws. Golden numbers
 *	  are in test/pgtap/experiment/ab_bayes.sql.
 *
 * test/unit/experiment/test_chance_to_win.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/chance_to_win.h"

#include "base/hash.h"
#include "unit.h"

static double
log_beta(double a, double b)
{
	return lgamma(a) + lgamma(b) - lgamma(a + b);
}

/* E. Miller, "Formulas for Bayesian A/B Testing", 2014: a finite sum. */
static double
chance_of_second(int sa, int fa, int sb, int fb)
{
	double a = sa + 1, b = fa + 1, c = sb + 1, d = fb + 1;
	double sum = 0;

	for (int i = 0; i < c; i++)
		sum += exp(log_beta(a + i, b + d) - log(d + i) - log_beta(1 + i, d) -
		           log_beta(a, b));
	return sum;
}

static void
shares_are_those_of_the_closed_form(void)
{
	const int cases[][4] = {{0, 0, 0, 0},
	                        {45, 455, 60, 440},
	                        {0, 100, 0, 100},
	                        {0, 100, 3, 10},
	                        {1, 0, 0, 1},
	                        {900, 100, 5, 5},
	                        {2000, 8000, 2100, 7900}};

	for (int k = 0; k < 7; k++)
	{
		SegEnv env = unit_env();
		const int *s = cases[k];
		SegPosterior two[2] = {seg_posterior_of_share(s[0], s[1]),
		                       seg_posterior_of_share(s[2], s[3])};
		double want = chance_of_second(s[0], s[1], s[2], s[3]);
		double chances[2], losses[2];

		CHECK(seg_chances_to_win(&env, two, 2, chances, losses) == SEG_OK);
		CHECK_NEAR(chances[1], want, 1e-10);
		CHECK_NEAR(chances[0] + chances[1], 1, 1e-15);
		/* one loses what the other wins, but for the difference of the means */
		CHECK_NEAR(losses[0] - losses[1], two[1].mean - two[0].mean, 1e-12);
		CHECK(losses[0] > 0 && losses[1] > 0);
		unit_env_free(&env);
	}
}

/* The difference of two normal means is normal. */
static void
means_are_those_of_the_closed_form(void)
{
	const double cases[][4] =
		{{10, 0.3, 10.5, 0.4},
	     {-5, 0.01, 2, 1.5},
	     {1e6, 1, 1e6 + 3, 2},
	     {0, 1e-8, 1e-8, 1e-3},
	     {3, 1, 12, 0.5},
	     /* no digit of the deviation is one of the mean's */
	     {1, 1e-20, 1, 3e-20},
	     {1e9, 1e-9, 1e9, 2e-8}};

	for (int k = 0; k < 7; k++)
	{
		SegEnv env = unit_env();
		const double *c = cases[k];
		SegPosterior two[2] = {seg_posterior_of_mean(c[0], 0, c[1]),
		                       seg_posterior_of_mean(c[2], 0, c[3])};
		double deviation = hypot(c[1], c[3]);
		double z = (c[2] - c[0]) / deviation;
		double density = exp(-0.5 * z * z) / sqrt(2 * 3.14159265358979323846);
		double above = 0.5 * erfc(z / sqrt(2.0));
		double chances[2], losses[2];

		CHECK(seg_chances_to_win(&env, two, 2, chances, losses) == SEG_OK);
		CHECK_NEAR(chances[0] / above, 1, 1e-9);
		CHECK_NEAR(losses[1] / (deviation * (density - z * above)), 1, 1e-7);
		unit_env_free(&env);
	}
}

/* Far apart, and no digit of the deviation is one of the mean's. */
static void
the_larger_of_two_certain_means_wins(void)
{
	SegEnv env = unit_env();
	SegPosterior two[2] = {seg_posterior_of_mean(1, 0, 1e-20),
	                       seg_posterior_of_mean(1.5, 0, 1e-25)};
	SegPosterior rest[2] = {seg_posterior_of_mean(1, 3e-19, 1e-20),
	                        seg_posterior_of_mean(1, 0, 1e-20)};
	double chances[2], losses[2];

	CHECK(seg_chances_to_win(&env, two, 2, chances, losses) == SEG_OK);
	CHECK(chances[0] == 0 && chances[1] == 1);
	CHECK_NEAR(losses[0], 0.5, 1e-15);
	CHECK(losses[1] == 0);
	CHECK(seg_chances_to_win(&env, rest, 2, chances, losses) == SEG_OK);
	CHECK(chances[0] == 1);
	CHECK_NEAR(losses[1] / 3e-19, 1, 1e-12);
	unit_env_free(&env);
}

/*
 * Shares of few successes among very many trials are gamma distributed; the sixth
 * event of one comes before the eleventh of another as often as a coin shows 6
 * heads in 16 throws. So it is for few failures.
 */
static void
rare_shares_are_those_of_the_closed_form(void)
{
	const double trials[] = {1e11, 1e13, 9e15};
	const double none = 1.0 - 6885.0 / 65536.0;

	for (int k = 0; k < 3; k++)
	{
		SegEnv env = unit_env();
		double n = trials[k];
		SegPosterior rare[2] = {seg_posterior_of_share(5, n - 5),
		                        seg_posterior_of_share(10, n - 10)};
		SegPosterior common[2] = {seg_posterior_of_share(n - 10, 10),
		                          seg_posterior_of_share(n - 5, 5)};
		double chances[2], losses[2];

		CHECK(seg_chances_to_win(&env, rare, 2, chances, losses) == SEG_OK);
		CHECK_NEAR(chances[1], none, 1e-9);
		CHECK_NEAR((losses[0] - losses[1]) * n, 5, 1e-8);
		CHECK(seg_chances_to_win(&env, common, 2, chances, losses) == SEG_OK);
		CHECK_NEAR(chances[1], none, 1e-9);
		CHECK_NEAR((losses[0] - losses[1]) * n, 5, 1e-8);
		unit_env_free(&env);
	}
}

/* Ten alike have a tenth each; one alone has all. */
static void
contestants_are_treated_alike(void)
{
	SegEnv env = unit_env();
	SegPosterior many[SEG_MAX_CONTESTANTS + 1];
	double chances[SEG_MAX_CONTESTANTS + 1], losses[SEG_MAX_CONTESTANTS + 1];

	for (int i = 0; i <= SEG_MAX_CONTESTANTS; i++)
		many[i] = seg_posterior_of_share(30, 70);
	CHECK(seg_chances_to_win(&env, many, 10, chances, losses) == SEG_OK);
	for (int i = 0; i < 10; i++)
	{
		CHECK_NEAR(chances[i], 0.1, 1e-12);
		CHECK_NEAR(losses[i], losses[0], 1e-12);
	}
	CHECK(seg_chances_to_win(&env, many, 1, chances, losses) == SEG_OK);
	CHECK(chances[0] == 1 && losses[0] == 0);
	CHECK(seg_chances_to_win(&env, many, 0, chances, losses) == SEG_OK);
	CHECK(seg_chances_to_win(&env,
	                         many,
	                         SEG_MAX_CONTESTANTS + 1,
	                         chances,
	                         losses) == SEG_LIMIT);
	unit_env_stop_after(&env, 0);
	CHECK(seg_chances_to_win(&env, many, 10, chances, losses) == SEG_STOPPED);
	unit_env_free(&env);
}

void
test_chance_to_win(void)
{
	shares_are_those_of_the_closed_form();
	means_are_those_of_the_closed_form();
	the_larger_of_two_certain_means_wins();
	rare_shares_are_those_of_the_closed_form();
	contestants_are_treated_alike();
}
