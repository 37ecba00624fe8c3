/* test_quadrature.c: base/quadrature.c against closed forms and mpmath */
#include "base/quadrature.h"

#include "likelihood.h"

void test_quadrature(void);

static void
gauss_is_exact_for_polynomials(void)
{
	for (int degree = 0; degree <= 31; degree++)
	{
		double sum = 0.0;

		for (int i = 0; i < SEG_GAUSS_NODES; i++)
			sum += seg_gauss_weights[i] * pow(seg_gauss_nodes[i], degree);
		CHECK_NEAR(sum * (degree + 1), 1, 1e-14);
	}
	for (int i = 0; i < SEG_GAUSS_NODES; i++)
		CHECK_NEAR(seg_gauss_nodes[i] +
		               seg_gauss_nodes[SEG_GAUSS_NODES - 1 - i],
		           1,
		           1e-15);
}

/* ---------- mean over a beta distribution ---------- */

static double
one(const void *context, double p, double q)
{
	(void) context;
	return fabs(p + q - 1) < 1e-15 ? 1.0 : 0.0;
}

static double
falling(const void *context, double p, double q)
{
	(void) context;
	(void) p;
	return 1.0 + q;
}

typedef struct Gain
{
	double n, z;
} Gain;

static double
gain(const void *context, double p, double q)
{
	const Gain *g = context;

	(void) q;
	return -expm1(-g->n * log1p(p * g->z)) / p;
}

static void
means_are_right(void)
{
	for (double a = 1e-6; a < 1e7; a *= 7)
	{
		for (double b = 1e-6; b < 1e7; b *= 5)
		{
			CHECK_RELATIVE(seg_beta_mean(a, b, one, NULL, 1), 1.0, 1e-15);
			CHECK_RELATIVE(seg_beta_mean(a, b, falling, NULL, 1),
			               1.0 + b / (a + b),
			               1e-14);
		}
	}
}

/* From test/oracle/lifetime.py. */
static const struct
{
	double n, a, b, z, value;
} means[] = {
	{2.24, 0.79, 4.43, 0.9, 1.6845856234316317},
	{2.24, 1.0, 4.43, 0.9, 1.6216670274574967},
	{0.3, 0.01, 0.02, 3.0, 0.7093840889306695},
	{400.0, 7.4, 73.0, 94.0, 12.40625},
	{140.0, 10.0, 183.0, 6.5, 21.333329978500906},
	{50.0, 120.0, 80.0, 0.1, 1.5793554552694558},
	{3.0, 0.5, 900.0, 1000.0, 1861.2453980490022},
	{1000.0, 3.0, 2000.0, 20.0, 992.7019273195119},
};

static void
agrees_with_mpmath(void)
{
	for (size_t i = 0; i < sizeof(means) / sizeof(means[0]); i++)
	{
		Gain g = {means[i].n, means[i].z};

		CHECK_RELATIVE(seg_beta_mean(means[i].a,
		                             means[i].b,
		                             gain,
		                             &g,
		                             fmax(g.n, 1) * g.z),
		               means[i].value,
		               1e-14);
	}
}

/* A function that rises to 10^209 towards 0, with the longest of tails. */
static void
survives_extremes(void)
{
	static const Gain far = {1e9, 1e200};
	double mean = seg_beta_mean(1e-9, 1e-9, gain, &far, 1e209);

	CHECK(isfinite(mean) && mean > 0);
	mean = seg_beta_mean(1e9, 1e9, gain, &far, 1e209);
	CHECK_NEAR(mean, 2, 1e-8);
}

void
test_quadrature(void)
{
	gauss_is_exact_for_polynomials();
	means_are_right();
	agrees_with_mpmath();
	survives_extremes();
}
