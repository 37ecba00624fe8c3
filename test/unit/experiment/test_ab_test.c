/*-------------------------------------------------------------------------
 *
 * test_ab_test.c
 *	  Tests of experiments: what they promise, in simulations with a fixed seed.
 *	  Golden numbers are in test/pgtap/experiment/ab_test.sql.
 *
 * test/unit/experiment/test_ab_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_test.h"

#include "base/hash.h"
#include "base/missing.h"
#include "unit.h"

#define EXPERIMENTS 2000
#define USERS       400 /* of an experiment, half of them in each variant */

static const SegAbTestOptions fixed = {.confidence = 0.95};
static const SegAbTestOptions always = {.confidence = 0.95,
                                        .always_valid = true};

static SegText
word(const char *s)
{
	return (SegText){s, (int64_t) strlen(s)};
}

static double
uniform(uint64_t stream, uint64_t item)
{
	return seg_random_real(2026, stream, item) + 0x1p-54;
}

static double
normal(uint64_t stream, uint64_t item)
{
	return sqrt(-2.0 * log(uniform(stream, 2 * item))) *
	       cos(6.283185307179586 * uniform(stream, 2 * item + 1));
}

/* A variant while it grows. */
typedef struct Arm
{
	double n;
	double mean;
	double squares;
} Arm;

static void
arm_add(Arm *arm, double x)
{
	double delta = x - arm->mean;

	arm->n++;
	arm->mean += delta / arm->n;
	arm->squares += delta * (x - arm->mean);
}

static SegAbEstimate
estimate_of(const Arm *arm, bool is_share)
{
	if (is_share)
		return (SegAbEstimate){arm->n,
		                       arm->mean,
		                       0,
		                       arm->mean * (1 - arm->mean) / arm->n,
		                       NAN,
		                       true};
	return (SegAbEstimate){arm->n,
	                       arm->mean,
	                       0,
	                       arm->squares / (arm->n - 1) / arm->n,
	                       arm->n - 1,
	                       false};
}

/*
 * How many experiments ever call a winner, when somebody looks after every user
 * from the fourth on?  rate: of successes; 0: the outcome is a number.
 */
static int
winners(const SegAbTestOptions *options, double rate, double effect,
        uint64_t first_stream)
{
	int found = 0;

	for (uint64_t e = 0; e < EXPERIMENTS; e++)
	{
		Arm arms[2] = {{0, 0, 0}, {0, 0, 0}};

		for (uint64_t i = 0; i < USERS; i++)
		{
			double own = i % 2 ? effect : 0.0;
			double x = rate > 0.0 ? uniform(first_stream + e, i) < rate + own
			                      : normal(first_stream + e, i) + own;
			SegAbEstimate a, b;

			arm_add(&arms[i % 2], x);
			if (i < 3)
				continue;
			a = estimate_of(&arms[0], rate > 0.0);
			b = estimate_of(&arms[1], rate > 0.0);
			if (seg_ab_p_value(&a, &b, options) <= 1 - options->confidence)
			{
				found++;
				break;
			}
		}
	}
	return found;
}

/* However often one looks, the error is below alpha: 100 of 2000. */
static void
peeking_is_allowed(void)
{
	SegAbTestOptions large = always;

	large.has_expected_effect = true;
	large.expected_effect = 0.5;
	CHECK(winners(&always, 0, 0, 10000) < 100);
	CHECK(winners(&large, 0, 0, 20000) < 100);
	CHECK(winners(&always, 0.5, 0, 30000) < 100);
	CHECK(winners(&always, 0.03, 0, 40000) < 100);
	large.expected_effect = 0.2;
	CHECK(winners(&large, 0.3, 0, 50000) < 100);
	/* a test that never finds anything would pass the above */
	CHECK(winners(&large, 0, 0.5, 60000) > 1900);
	CHECK(winners(&large, 0.3, 0.25, 70000) > 1900);
	/* and one that does not care would not */
	CHECK(winners(&fixed, 0, 0, 10000) > 500);
	CHECK(winners(&fixed, 0.5, 0, 30000) > 500);
}

/* An interval without 0 and a p-value below alpha are the same thing. */
static void
intervals_and_p_values_agree(void)
{
	int rejected = 0;

	for (uint64_t e = 0; e < 2000; e++)
	{
		SegAbTestOptions options = e % 2 ? always : fixed;
		bool is_share = e % 4 == 1; /* only if always valid */
		int n = 4 + (int) (300 * uniform(1, e));
		Arm arms[2] = {{0, 0, 0}, {0, 0, 0}};
		SegAbEstimate a, b;
		SegAbComparison c;
		double alpha = 0.001 + 0.3 * uniform(2, e);

		options.confidence = 1 - alpha;
		options.has_expected_effect = e % 3 == 0;
		options.expected_effect = 0.05 + uniform(3, e);
		for (int i = 0; i < n; i++)
		{
			double x = is_share
			               ? uniform(4 + e, (uint64_t) i) < 0.3 + i % 2 * 0.2
			               : normal(4 + e, (uint64_t) i) + i % 2 * 0.3;

			arm_add(&arms[i % 2], x);
		}
		a = estimate_of(&arms[0], is_share);
		b = estimate_of(&arms[1], is_share);
		c = seg_ab_compare(&a, &b, &options);
		CHECK((c.p_value < alpha) == (c.low > 0 || c.high < 0));
		CHECK(c.p_value == seg_ab_p_value(&a, &b, &options));
		CHECK(fabs(c.low + c.high - 2 * c.difference) <=
		      1e-14 * (c.high - c.low));
		rejected += c.p_value < alpha;
	}
	CHECK(rejected > 300 && rejected < 1700);
}

static SegAbTest
test_of(SegEnv *env, const SegAbState *state, bool ratio,
        const SegAbTestOptions *options)
{
	SegAbTest test = {0};

	CHECK(seg_ab_test(env, state, ratio, options, &test) == SEG_OK);
	return test;
}

/*
 * The covariate takes away the square of its correlation with the outcome, and
 * what it takes away was noise: over many experiments the differences vary less
 * by just that.
 */
static void
covariates_take_variance_away(void)
{
	const double correlation = 0.8;
	double plain = 0.0, adjusted = 0.0;

	for (uint64_t e = 0; e < 400; e++)
	{
		SegEnv env = unit_env();
		SegAbState with, without;
		SegAbTest a, b;
		double xy = 0, xx = 0, yy = 0;

		CHECK(seg_ab_state_create(&env, 2, seg_missing(), &with) == SEG_OK);
		CHECK(seg_ab_state_create(&env, 1, seg_missing(), &without) == SEG_OK);
		for (uint64_t i = 0; i < 500; i++)
		{
			SegText name = word(i % 2 ? "new" : "control");
			double x = normal(80000 + e, 2 * i);
			double noise = normal(80000 + e, 2 * i + 1);
			double row[] = {correlation * x +
			                    sqrt(1 - correlation * correlation) * noise,
			                x};

			CHECK(seg_ab_state_add(&env, &with, name, row) == SEG_OK);
			CHECK(seg_ab_state_add(&env, &without, name, row) == SEG_OK);
			xy += row[0] * x;
			xx += x * x;
			yy += row[0] * row[0];
		}
		a = test_of(&env, &without, false, &fixed);
		b = test_of(&env, &with, false, &fixed);
		CHECK(isnan(a.variance_reduction));
		/* within variants, so not quite the correlation over all */
		CHECK_NEAR(b.variance_reduction, xy * xy / xx / yy, 0.02);
		CHECK(b.variants[1].high - b.variants[1].low <
		      a.variants[1].high - a.variants[1].low);
		plain += a.variants[1].difference * a.variants[1].difference;
		adjusted += b.variants[1].difference * b.variants[1].difference;
		unit_env_free(&env);
	}
	/* a quotient of two variances from 400 draws: 4 standard errors */
	CHECK_NEAR(1 - adjusted / plain, correlation * correlation, 0.1);
}

/* Nobody converts in either variant: no difference, and an interval. */
static void
no_success_is_an_answer(void)
{
	for (int kind = 0; kind < 2; kind++)
	{
		SegEnv env = unit_env();
		const SegAbTestOptions *options = kind ? &always : &fixed;
		const double never = 0.0;
		SegAbState state;
		SegAbComparison *c;

		CHECK(seg_ab_state_create(&env, 1, seg_missing(), &state) == SEG_OK);
		for (int i = 0; i < 100; i++)
			CHECK(seg_ab_state_add(&env,
			                       &state,
			                       word(i % 2 ? "b" : "a"),
			                       &never) == SEG_OK);
		c = &test_of(&env, &state, false, options).variants[1];
		CHECK(c->difference == 0.0 && c->statistic == 0.0);
		CHECK(c->p_value == 1.0 && c->adjusted_p_value == 1.0);
		CHECK(c->low < 0.0 && c->high > 0.0 && c->low == -c->high);
		CHECK(isnan(c->lift) && isnan(c->lift_low) && isnan(c->freedom));
		unit_env_free(&env);
	}
}

/* Microsoft: 821588 and 815482 users, p 1.8e-6 (Kohavi, Tang, Xu 2020). */
static void
a_sample_ratio_mismatch_is_found(void)
{
	SegEnv env = unit_env();
	const double x[] = {0.0, 1.0};
	const double shares[] = {821588, 815482};
	const double tiny[] = {5e-324, 5e-324};
	const double few[] = {1.0};
	const double bad[] = {1.0, 0.0};
	SegAbTestOptions options = fixed;
	SegAbState state;
	SegAbTest test;

	CHECK(seg_ab_state_create(&env, 1, seg_missing(), &state) == SEG_OK);
	for (int i = 0; i < 4; i++)
		CHECK(seg_ab_state_add(&env,
		                       &state,
		                       word(i < 2 ? "a" : "b"),
		                       &x[i % 2]) == SEG_OK);
	state.counts[0] = 821588;
	state.counts[1] = 815482;
	state.rows_used = 821588 + 815482;
	CHECK_NEAR(test_of(&env, &state, false, &options).mismatch_p_value * 1e6,
	           1.8,
	           0.02);
	options.shares = shares;
	options.share_count = 2;
	test = test_of(&env, &state, false, &options);
	CHECK_NEAR(test.mismatch_p_value, 1.0, 1e-9);
	options.shares = few;
	options.share_count = 1;
	CHECK(seg_ab_test(&env, &state, false, &options, &test) == SEG_BAD_DIM);
	options.shares = bad;
	options.share_count = 2;
	CHECK(seg_ab_test(&env, &state, false, &options, &test) ==
	      SEG_NOT_POSITIVE);
	options.shares = tiny;
	CHECK(seg_ab_test(&env, &state, false, &options, &test) ==
	      SEG_NOT_POSITIVE);
	unit_env_free(&env);
}

/* Outcomes in other units give the same test, at any magnitude. */
static void
units_do_not_matter(void)
{
	const int powers[] = {-1020, -300, 0, 300, 1015};
	SegAbComparison first = {0};

	for (int k = 0; k < 5; k++)
	{
		for (int kind = 0; kind < 3; kind++)
		{
			SegEnv env = unit_env();
			SegAbTestOptions options = kind == 0 ? fixed : always;
			SegAbState state;
			SegAbComparison c;

			options.has_expected_effect = kind == 2;
			options.expected_effect = ldexp(3.0, powers[k]);
			CHECK(seg_ab_state_create(&env, 2, seg_missing(), &state) ==
			      SEG_OK);
			for (uint64_t i = 0; i < 60; i++)
			{
				double x = floor(20 * uniform(5, i));
				double row[] = {ldexp(x + floor(9 * uniform(6, i)) + i % 2,
				                      powers[k]),
				                ldexp(x, -powers[k] / 2)};

				CHECK(seg_ab_state_add(&env,
				                       &state,
				                       word(i % 2 ? "b" : "a"),
				                       row) == SEG_OK);
			}
			c = test_of(&env, &state, false, &options).variants[1];
			if (k == 0 && kind == 0)
				first = c;
			CHECK(c.statistic == first.statistic && c.lift == first.lift);
			CHECK(c.freedom == first.freedom);
			CHECK(ldexp(c.difference, powers[0] - powers[k]) ==
			      first.difference);
			CHECK(kind == 0 ? c.p_value == first.p_value : c.p_value <= 1.0);
			CHECK(c.low < c.difference && c.high > c.difference);
			unit_env_free(&env);
		}
	}
}

/* Against the definitions. */
static void
p_values_are_adjusted(void)
{
	for (uint64_t round = 0; round < 200; round++)
	{
		SegEnv env = unit_env();
		double p[8], holm[8], bh[8], none[8];
		int n = 1 + (int) (8 * uniform(7, round));
		int m = 0;

		for (int i = 0; i < n; i++)
		{
			p[i] = pow(uniform(8 + round, (uint64_t) i), 3);
			if (i % 4 == 3)
				p[i] = i > 5 ? NAN : p[0];
			m += !isnan(p[i]);
		}
		CHECK(seg_ab_adjust(&env, SEG_AB_HOLM, p, n, holm) == SEG_OK);
		CHECK(seg_ab_adjust(&env, SEG_AB_BENJAMINI_HOCHBERG, p, n, bh) ==
		      SEG_OK);
		CHECK(seg_ab_adjust(&env, SEG_AB_UNADJUSTED, p, n, none) == SEG_OK);
		for (int i = 0; i < n; i++)
		{
			double want_holm = 0, want_bh = 1;

			if (isnan(p[i]))
			{
				CHECK(isnan(holm[i]) && isnan(bh[i]) && isnan(none[i]));
				continue;
			}
			for (int j = 0; j < n; j++)
			{
				int below = 0, up_to = 0;

				for (int k = 0; k < n; k++)
				{
					below += p[k] < p[j];
					up_to += p[k] <= p[j];
				}
				if (p[j] <= p[i])
					want_holm = fmax(want_holm, (m - below) * p[j]);
				if (p[j] >= p[i])
					want_bh = fmin(want_bh, m * p[j] / up_to);
			}
			CHECK_NEAR(holm[i], fmin(want_holm, 1), 1e-15);
			CHECK_NEAR(bh[i], want_bh, 1e-15);
			CHECK(none[i] == p[i]);
		}
		unit_env_free(&env);
	}
}

/* Few users, or users without variance: what cannot be told is missing. */
static void
little_tells_little(void)
{
	SegEnv env = unit_env();
	const double rows[][2] = {{5, 1}, {5, 2}, {7, 0}};
	SegAbTestOptions options = fixed;
	SegAbState state;
	SegAbTest test;

	CHECK(seg_ab_state_create(&env, 2, seg_missing(), &state) == SEG_OK);
	CHECK(seg_ab_state_add(&env, &state, word("a"), rows[0]) == SEG_OK);
	test = test_of(&env, &state, false, &fixed);
	CHECK(test.variants[0].mean == 5 && isnan(test.mismatch_p_value));
	CHECK(isnan(test.variants[0].difference));
	CHECK(seg_ab_state_add(&env, &state, word("b"), rows[2]) == SEG_OK);
	test = test_of(&env, &state, false, &always);
	CHECK(test.variants[1].difference == 2 && isnan(test.variants[1].p_value));
	CHECK(isnan(test.variants[1].low) && isnan(test.variants[1].statistic));
	CHECK(test.variants[1].lift == 0.4 && isnan(test.variants[1].lift_low));
	/* two users each, whose outcomes are equal */
	CHECK(seg_ab_state_add(&env, &state, word("a"), rows[1]) == SEG_OK);
	CHECK(seg_ab_state_add(&env, &state, word("b"), rows[2]) == SEG_OK);
	test = test_of(&env, &state, false, &fixed);
	CHECK(test.variants[1].difference == 2 && isnan(test.variants[1].p_value));
	CHECK(isnan(test.variance_reduction) && isnan(test.variants[1].high));
	/* a ratio by nothing */
	test = test_of(&env, &state, true, &fixed);
	CHECK(isnan(test.variants[1].mean) && isnan(test.variants[1].difference));
	CHECK(!isnan(test.variants[0].mean));
	options.confidence = 1.0;
	CHECK(seg_ab_test(&env, &state, true, &options, &test) == SEG_NOT_SHARE);
	options.confidence = 0.95;
	options.has_expected_effect = true;
	for (int i = 0; i < 3; i++)
	{
		const double bad[] = {0.0, NAN, INFINITY};

		options.expected_effect = bad[i];
		CHECK(seg_ab_test(&env, &state, true, &options, &test) ==
		      SEG_NOT_POSITIVE);
	}
	unit_env_free(&env);
}

void
test_ab_test(void)
{
	peeking_is_allowed();
	intervals_and_p_values_agree();
	covariates_take_variance_away();
	no_success_is_an_answer();
	a_sample_ratio_mismatch_is_found();
	units_do_not_matter();
	p_values_are_adjusted();
	little_tells_little();
}
