/* test_incomplete_beta.c: base/incomplete_beta.c */
#include "base/incomplete_beta.h"

#include "unit.h"

void test_incomplete_beta(void);

static void
closed_forms(void)
{
	for (double x = 0.0625; x < 1; x += 0.0625)
	{
		/* a uniform variable, the larger and the smaller of several */
		CHECK_NEAR(seg_incomplete_beta(1, 1, x, 1 - x), x, 1e-15);
		CHECK_NEAR(seg_incomplete_beta(7, 1, x, 1 - x), pow(x, 7), 1e-14);
		CHECK_NEAR(seg_incomplete_beta(1, 7, x, 1 - x),
		           1 - pow(1 - x, 7),
		           1e-14);
		CHECK_NEAR(seg_incomplete_beta(2, 2, x, 1 - x),
		           x * x * (3 - 2 * x),
		           1e-14);
		CHECK_NEAR(seg_incomplete_beta(0.5, 0.5, x, 1 - x),
		           2 / acos(-1) * asin(sqrt(x)),
		           1e-14);
		for (double a = 0.25; a < 1e6; a *= 7)
			CHECK_NEAR(seg_incomplete_beta(a, 3.5, x, 1 - x) +
			               seg_incomplete_beta(3.5, a, 1 - x, x),
			           1,
			           1e-12);
	}
	CHECK(seg_incomplete_beta(2, 3, 0, 1) == 0);
	CHECK(seg_incomplete_beta(2, 3, 1, 0) == 1);
}

/* Where logs of the factors would lose all digits, or x or 1 - x has none. */
static void
large_parameters(void)
{
	for (double a = 10; a < 1e15; a *= 10)
	{
		/* about sqrt(a) terms */
		if (a < 1e10)
			CHECK_NEAR(seg_incomplete_beta(a, a, 0.5, 0.5), 0.5, 1e-12);
		/* 1 - (1 - x)^a */
		CHECK_NEAR(seg_incomplete_beta(1, a, 3 / a, 1 - 3 / a),
		           -expm1(a * log1p(-3 / a)),
		           1e-12);
		CHECK_NEAR(seg_incomplete_beta(a, 1, 1 - 3 / a, 3 / a),
		           exp(a * log1p(-3 / a)),
		           1e-12);
		/* the density of beta(2, a) is a (a + 1) x (1 - x)^(a - 1) */
		CHECK_NEAR(seg_beta_power(2, a, 3 / a, 1 - 3 / a),
		           9 * (1 + 1 / a) * exp(a * log1p(-3 / a)),
		           1e-12);
	}
	CHECK(isnan(seg_incomplete_beta(2, 3, NAN, NAN)));
}

/* R 4.2: pf(f, numerator, denominator, lower.tail = FALSE) */
static void
tails_of_f(void)
{
	CHECK_NEAR(seg_f_upper(0.5, 1, 1) / 0.60817344796939288, 1, 1e-11);
	CHECK_NEAR(seg_f_upper(3.2000000000000002, 2, 10) / 0.0842909133538738,
	           1,
	           1e-11);
	CHECK_NEAR(seg_f_upper(50, 4, 300) / 3.2211977907243659e-32, 1, 1e-11);
	CHECK_NEAR(seg_f_upper(1.01, 3, 1000000) / 0.38702332403889406, 1, 1e-11);
	CHECK_NEAR(seg_f_upper(700, 1, 5000) / 1.758228988594273e-144, 1, 1e-11);
	CHECK_NEAR(seg_f_upper(0.001, 9, 7) / 0.99999999999718492, 1, 1e-11);
	CHECK_NEAR(seg_f_upper(1.2, 999, 20000) / 2.0472327915039865e-05, 1, 1e-11);
	CHECK_NEAR(seg_f_upper(100000, 2, 30) / 4.3690981043670816e-58, 1, 1e-11);
	CHECK(seg_f_upper(INFINITY, 2, 3) == 0 && seg_f_upper(0, 2, 3) == 1);
}

void
test_incomplete_beta(void)
{
	closed_forms();
	large_parameters();
	tails_of_f();
}
