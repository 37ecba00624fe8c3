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
	CHECK(seg_ltv(&env, 50, 0.05, &x, &defined) == SEG_OK && x == 1000);
	CHECK(seg_ltv(&env, 100, 0.1, &x, &defined) == SEG_OK && x == 1000);
	CHECK(seg_ltv(&env, 100, 0, &x, &defined) == SEG_OK && !defined);
	unit_env_free(&env);
}

/* The closed form equals the sum over the periods. */
static void
discounting_is_a_sum(void)
{
	SegEnv env = unit_env();
	double x, sum = 0, chance = 1;
	bool defined;

	for (int period = 0; period < 2000; period++)
	{
		sum += 30 * 0.4 * chance;
		chance *= (1 - 0.03) / (1 + 0.01);
	}
	CHECK(seg_ltv_discounted(&env, 30, 0.03, 0.4, 0.01, &x, &defined) ==
	      SEG_OK);
	CHECK(defined);
	CHECK_NEAR(x, sum, 1e-12);
	CHECK(seg_ltv_discounted(&env, 30, 0, 0.4, 0, &x, &defined) == SEG_OK &&
	      !defined);
	CHECK(seg_ltv_discounted(&env, 30, 0, 0.5, 0.25, &x, &defined) == SEG_OK &&
	      x == 75);
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

	CHECK(seg_ltv(&env, NAN, 0.5, &x, &defined) == SEG_INFINITE);
	CHECK(seg_ltv(&env, INFINITY, 0.5, &x, &defined) == SEG_INFINITE);
	CHECK(seg_ltv(&env, 1, NAN, &x, &defined) == SEG_INFINITE);
	CHECK(seg_ltv(&env, 1, -0.01, &x, &defined) == SEG_ARGUMENT_RANGE);
	CHECK(seg_ltv(&env, 1, 1.01, &x, &defined) == SEG_ARGUMENT_RANGE);
	CHECK(seg_ltv(&env, 1, 1, &x, &defined) == SEG_OK && x == 1);
	CHECK(seg_ltv(&env, 1e308, 0.1, &x, &defined) == SEG_NOT_FINITE);
	CHECK(seg_ltv_discounted(&env, 1, 0.1, NAN, 0, &x, &defined) ==
	      SEG_INFINITE);
	CHECK(seg_ltv_discounted(&env, 1, 0.1, 1, INFINITY, &x, &defined) ==
	      SEG_INFINITE);
	CHECK(seg_ltv_discounted(&env, 1, 0.1, 1, -0.1, &x, &defined) ==
	      SEG_ARGUMENT_BELOW);
	CHECK(seg_ltv_discounted(&env, 1, 2, 1, 0.1, &x, &defined) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_ltv_discounted(&env, 1e308, 0.1, 1, 0, &x, &defined) ==
	      SEG_NOT_FINITE);
	CHECK(seg_ltv_discounted(&env, 1e307, 0.1, 1, 0, &x, &defined) == SEG_OK);
	unit_env_free(&env);
}

void
test_value(void)
{
	the_reference_cases();
	discounting_is_a_sum();
	any_cut_gives_the_same();
	limits_are_kept();
}
