/*-------------------------------------------------------------------------
 *
 * test_value.c
 *	  Revenue per user and lifetime value.
 *
 * test/unit/value/test_value.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/value/value.h"
#include "unit.h"

static SegStatus
ltv_for_ever(double arpu, double churn_rate, double margin,
             double discount_rate, double *x, bool *defined)
{
	SegEnv env = unit_env();
	SegLtvTerms terms = {arpu, churn_rate, margin, discount_rate, INFINITY};
	SegStatus status = seg_ltv(&env, &terms, x, defined);

	unit_env_free(&env);
	return status;
}

static void
the_reference_cases(void)
{
	SegEnv env = unit_env();
	SegRevenue users = {0};
	double x;
	bool defined;

	CHECK(seg_revenue_arpu(&env, &users, &x, &defined) == SEG_OK && !defined);
	for (int i = 0; i < 1000; i++)
		seg_revenue_add(&users, 50, i % 20 == 0);
	CHECK(seg_revenue_check(&env, &users) == SEG_OK);
	CHECK(seg_revenue_arpu(&env, &users, &x, &defined) == SEG_OK && defined);
	CHECK(x == 50);
	CHECK(seg_revenue_ltv(&env, &users, &x, &defined) == SEG_OK && defined);
	CHECK(x == 1000);
	CHECK(ltv_for_ever(50, 0.05, 1, 0, &x, &defined) == SEG_OK && x == 1000);
	CHECK(ltv_for_ever(100, 0.1, 1, 0, &x, &defined) == SEG_OK && x == 1000);
	CHECK(ltv_for_ever(100, 0, 1, 0, &x, &defined) == SEG_OK && !defined);
	unit_env_free(&env);
}

/* The closed form equals the sum over the periods. */
static void
discounting_is_a_sum(void)
{
	double x, sum = 0, chance = 1;
	bool defined;

	for (int period = 0; period < 2000; period++)
	{
		sum += 30 * 0.4 * chance;
		chance *= (1 - 0.03) / (1 + 0.01);
	}
	CHECK(ltv_for_ever(30, 0.03, 0.4, 0.01, &x, &defined) == SEG_OK);
	CHECK(defined);
	CHECK_NEAR(x, sum, 1e-12);
	CHECK(ltv_for_ever(30, 0, 0.4, 0, &x, &defined) == SEG_OK && !defined);
	CHECK(ltv_for_ever(30, 0, 0.5, 0.25, &x, &defined) == SEG_OK && x == 75);
}

/* So it does where the sum ends. */
static void
a_horizon_ends_the_sum(void)
{
	enum
	{
		N_RATES = 6
	};
	static const double rates[N_RATES] = {0, 1e-12, 0.003, 0.1, 0.9, 1};
	SegEnv env = unit_env();
	double x;
	bool defined;

	for (int c = 0; c < N_RATES; c++)
		for (int d = 0; d < N_RATES; d++)
		{
			SegLtvTerms terms = {30, rates[c], 0.4, rates[d], 0};
			double sum = 0, chance = 1;

			for (; terms.horizon <= 400; terms.horizon++)
			{
				CHECK(seg_ltv(&env, &terms, &x, &defined) == SEG_OK);
				CHECK(defined);
				CHECK_NEAR(x, sum, 1e-13);
				sum += 30 * 0.4 * chance;
				chance *= (1 - rates[c]) / (1 + rates[d]);
			}
		}
	unit_env_free(&env);
}

/* Nothing on the way to a value is beyond the range of a double, if that is not. */
static void
values_have_no_stops_on_the_way(void)
{
	static const struct
	{
		SegLtvTerms terms;
		double value;
	} cases[] = {
		{{1e-100, 1e-300, 1, 0, 3}, 3e-100},
		{{5e-324, 5e-324, 0x1p60, 0, 0x1p53}, 0x1p-961},
		{{-4e-200, 0, 1e-200, 1e-300, 12}, -0.0},
		{{1e-200, 1e-300, 1e-200, 0, INFINITY}, 1e-100},
		{{1e300, 0.5, 1, 1e200, 3}, 1e300},
		{{1e300, 1, 1, 0x1p1023, INFINITY}, 1e300},
		{{1e-300, 0, 1e-20, 0, 1e18}, 1e-302},
		{{1e300, 0.5, 1e300, 0, 0}, 0},
	};
	SegEnv env = unit_env();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
	{
		double x;
		bool defined;

		CHECK(seg_ltv(&env, &cases[i].terms, &x, &defined) == SEG_OK);
		CHECK(defined);
		CHECK(fabs(x - cases[i].value) <= 1e-15 * fabs(cases[i].value));
	}
	unit_env_free(&env);
}

/* Merging the parts gives the whole, wherever rows are split in two. */
static void
any_cut_gives_the_same(void)
{
	SegEnv env = unit_env();
	double whole = 0;

	for (int cut = 0; cut <= 100; cut += 10)
	{
		SegRevenue parts[2] = {0};
		double x;
		bool defined;

		for (int i = 0; i < 100; i++)
			seg_revenue_add(&parts[i >= cut],
			                i % 2 ? 1e15 + i : -1e15 + 0.1,
			                i % 3 == 0);
		seg_revenue_merge(&parts[1], &parts[0]);
		CHECK(parts[1].users == 100 && parts[1].churned == 34);
		CHECK(seg_revenue_ltv(&env, &parts[1], &x, &defined) == SEG_OK);
		if (cut == 0)
			whole = x;
		CHECK_NEAR(x, whole, 1e-15);
	}
	unit_env_free(&env);
}

static void
limits_are_kept(void)
{
	SegEnv env = unit_env();
	SegRevenue users = {2, 3, {1, 0}};
	double x;
	bool defined;

	CHECK(seg_revenue_check(&env, &users) == SEG_CORRUPT);
	users.churned = NAN;
	CHECK(seg_revenue_check(&env, &users) == SEG_CORRUPT);
	users.churned = 0.5;
	CHECK(seg_revenue_check(&env, &users) == SEG_CORRUPT);
	users = (SegRevenue){0};
	seg_revenue_add(&users, 1e308, true);
	seg_revenue_add(&users, 1e308, true);
	CHECK(seg_revenue_arpu(&env, &users, &x, &defined) == SEG_NOT_FINITE);

	CHECK(ltv_for_ever(NAN, 0.5, 1, 0, &x, &defined) == SEG_INFINITE);
	CHECK(ltv_for_ever(INFINITY, 0.5, 1, 0, &x, &defined) == SEG_INFINITE);
	CHECK(ltv_for_ever(1, NAN, 1, 0, &x, &defined) == SEG_INFINITE);
	CHECK(ltv_for_ever(1, -0.01, 1, 0, &x, &defined) == SEG_NOT_SHARE);
	CHECK(ltv_for_ever(1, 1.01, 1, 0, &x, &defined) == SEG_NOT_SHARE);
	CHECK(ltv_for_ever(1, 1, 1, 0, &x, &defined) == SEG_OK && x == 1);
	CHECK(ltv_for_ever(1e308, 0.1, 1, 0, &x, &defined) == SEG_NOT_FINITE);
	CHECK(ltv_for_ever(1, 0.1, NAN, 0, &x, &defined) == SEG_INFINITE);
	CHECK(ltv_for_ever(1, 0.1, 1, INFINITY, &x, &defined) == SEG_INFINITE);
	CHECK(ltv_for_ever(1, 0.1, 1, -0.1, &x, &defined) == SEG_ARGUMENT_BELOW);
	CHECK(ltv_for_ever(1, 2, 1, 0.1, &x, &defined) == SEG_NOT_SHARE);
	CHECK(ltv_for_ever(1e308, 0.1, 1, 0, &x, &defined) == SEG_NOT_FINITE);
	CHECK(ltv_for_ever(1e307, 0.1, 1, 0, &x, &defined) == SEG_OK);
	for (int i = 0; i < 3; i++)
	{
		SegLtvTerms terms = {1, 0.1, 1, 0, i == 0 ? -1 : i == 1 ? 0.5 : NAN};

		CHECK(seg_ltv(&env, &terms, &x, &defined) == SEG_NOT_COUNT);
	}
	unit_env_free(&env);
}

void
test_value(void)
{
	the_reference_cases();
	discounting_is_a_sum();
	a_horizon_ends_the_sum();
	values_have_no_stops_on_the_way();
	any_cut_gives_the_same();
	limits_are_kept();
}
