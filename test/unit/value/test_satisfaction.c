/* test_satisfaction.c: kernel/value/satisfaction.c against formulas and chance */
#include "kernel/value/satisfaction.h"
#include "unit.h"

void test_satisfaction(void);

static const SegScale nps_scale = {0, 10, 6, 9};

static SegAnswers
answers_of(double lower, double middle, double upper)
{
	return (SegAnswers){nps_scale, lower, middle, upper};
}

/* R: prop.test(x, n, correct = FALSE)$conf.int */
static void
shares_have_wilsons_interval(void)
{
	static const struct
	{
		double x, n, low, high;
	} golden[] = {
		{45, 100, 0.356145379795120, 0.547553970025579},
		{1, 12, 0.0148650944049171, 0.3538799111411169},
		{999, 1000, 0.994357441402042, 0.999823453629374},
	};
	SegEstimate share;

	for (int i = 0; i < 3; i++)
	{
		SegAnswers a = answers_of(0, golden[i].n - golden[i].x, golden[i].x);

		share = seg_upper_share(&a);
		CHECK_NEAR(share.value, golden[i].x / golden[i].n, 1e-15);
		CHECK_NEAR(share.low, golden[i].low, 1e-12);
		CHECK_NEAR(share.high, golden[i].high, 1e-12);
	}
	share = seg_upper_share(&(SegAnswers){nps_scale, 5, 0, 0});
	CHECK(share.value == 0 && share.low == 0 && share.high < 0.5);
	share = seg_upper_share(&(SegAnswers){nps_scale, 0, 0, 5});
	CHECK(share.value == 1 && share.high == 1 && share.low > 0.5);
}

/*
 * In samples of 15 and 60 the interval holds the true net share at least nearly
 * as often as it says, also where almost all answer alike.
 */
static void
net_shares_are_covered(void)
{
	static const int thousandths[][2] = {{300, 300},
	                                     {600, 100},
	                                     {50, 900},
	                                     {20, 20},
	                                     {970, 10}};
	const int n_samples = 4000;
	uint64_t seed = 11;

	for (int c = 0; c < 5; c++)
		for (int n = 15; n <= 60; n += 45)
		{
			double truth = (thousandths[c][0] - thousandths[c][1]) / 1000.0;
			int held = 0;

			for (int i = 0; i < n_samples; i++)
			{
				SegAnswers a = answers_of(0, 0, 0);
				SegEstimate net;

				for (int j = 0; j < n; j++)
				{
					int draw = unit_draw(&seed, 1000);

					a.upper += draw < thousandths[c][0];
					a.lower += draw >= 1000 - thousandths[c][1];
				}
				a.middle = n - a.upper - a.lower;
				net = seg_net_share(&a);
				CHECK(net.low >= -1 && net.high <= 1 && net.low < net.high);
				CHECK(net.low <= net.value && net.value <= net.high);
				held += net.low <= truth && truth <= net.high;
			}
			CHECK(held >= 0.94 * n_samples);
		}
}

static void
answers_fall_into_their_part(void)
{
	SegEnv env = unit_env();
	SegAnswers a = {.scale = nps_scale};
	SegAnswers parts[2] = {{.scale = nps_scale}, {.scale = nps_scale}};

	for (int score = 0; score <= 10; score++)
	{
		CHECK(seg_answers_add(&env, &a, score) == SEG_OK);
		CHECK(seg_answers_add(&env, &parts[score % 2], score) == SEG_OK);
	}
	CHECK(a.lower == 7 && a.middle == 2 && a.upper == 2);
	CHECK(seg_answers_check(&env, &a) == SEG_OK);
	seg_answers_merge(&parts[0], &parts[1]);
	CHECK(memcmp(&parts[0], &a, sizeof(a)) == 0);
	CHECK(seg_answers_add(&env, &a, 6.5) == SEG_OK && a.middle == 3);
	CHECK(seg_answers_add(&env, &a, 10.1) == SEG_ARGUMENT_RANGE);
	CHECK(seg_answers_add(&env, &a, -0.1) == SEG_ARGUMENT_RANGE);
	CHECK(seg_answers_add(&env, &a, NAN) == SEG_ARGUMENT_RANGE);
	a.lower = 0.5;
	CHECK(seg_answers_check(&env, &a) == SEG_CORRUPT);
	CHECK(seg_scale_check(&env, &(SegScale){5, 1, 2, 4}) == SEG_NOT_BELOW);
	CHECK(seg_scale_check(&env, &(SegScale){1, INFINITY, 2, 4}) ==
	      SEG_INFINITE);
	CHECK(seg_scale_check(&env, &(SegScale){NAN, 5, 2, 4}) == SEG_INFINITE);
	CHECK(seg_scale_check(&env, &(SegScale){1, 5, 2, 5.1}) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_scale_check(&env, &(SegScale){1, 5, 2, 1}) == SEG_ARGUMENT_RANGE);
	CHECK(seg_scale_check(&env, &(SegScale){1, 5, 2, NAN}) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_scale_check(&env, &(SegScale){1, 5, 4, 4}) == SEG_NOT_BELOW);
	CHECK(seg_scale_check(&env, &(SegScale){1, 5, NAN, 4}) == SEG_NOT_BELOW);
	CHECK(seg_scale_check(&env, &(SegScale){1, 5, -INFINITY, 4}) == SEG_OK);
	unit_env_free(&env);
}

static void
averages_are_shrunk(void)
{
	SegEnv env = unit_env();
	SegVotes v = {.prior_mean = 3.5, .prior_votes = 10};
	SegVotes parts[2] = {v, v};
	double x, y;

	for (int i = 0; i < 100; i++)
	{
		double rating = 1e6 + i % 5 + 0.1 * (i % 3);

		seg_votes_add(&v, rating);
		seg_votes_add(&parts[i % 3 == 0], rating);
	}
	CHECK(seg_votes_mean(&env, &v, &x) == SEG_OK);
	/* 34 and twice 33 rows have 0, 0.1 and 0.2 */
	CHECK_NEAR(x, (35 + 1e8 + 200 + 3.3 + 6.6) / 110, 1e-15);
	seg_votes_merge(&parts[0], &parts[1]);
	CHECK(seg_votes_mean(&env, &parts[0], &y) == SEG_OK);
	CHECK_NEAR(x, y, 1e-15);
	v = (SegVotes){.prior_mean = 4, .prior_votes = 0};
	seg_votes_add(&v, 5);
	CHECK(seg_votes_mean(&env, &v, &x) == SEG_OK && x == 5);
	CHECK(seg_votes_check(&env, &v) == SEG_OK);
	v.n = 0;
	CHECK(seg_votes_check(&env, &v) == SEG_CORRUPT);
	v.prior_votes = -1;
	CHECK(seg_votes_prior_check(&env, &v) == SEG_ARGUMENT_BELOW);
	v.prior_votes = INFINITY;
	CHECK(seg_votes_prior_check(&env, &v) == SEG_INFINITE);
	v = (SegVotes){.prior_mean = NAN, .prior_votes = 1};
	CHECK(seg_votes_prior_check(&env, &v) == SEG_INFINITE);
	v = (SegVotes){.prior_mean = 1e308, .prior_votes = 1e10, .n = 1};
	CHECK(seg_votes_mean(&env, &v, &x) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

void
test_satisfaction(void)
{
	shares_have_wilsons_interval();
	net_shares_are_covered();
	answers_fall_into_their_part();
	averages_are_shrunk();
}
