/* test_special.c: base/special.c against mpmath (test/oracle/lifetime.py) */
#include "base/special.h"

#include "likelihood.h"

void test_special(void);

static const struct
{
	double a, x, log, first, second;
} risings[] = {
	{0.25, 1.0, -1.3862943611198906, 4.0, -16.0},
	{0.25, 7.0, 5.764162926040462, 6.137907060260002, -17.049449921348177},
	{1e-05, 3.0, -10.819763284472783, 100001.49998750011, -10000000001.249975},
	{3.5, 0.0, 0.0, 0.0, 0.0},
	{3.5, 1.0, 1.252762968495368, 0.2857142857142857, -0.08163265306122448},
	{15.5, 2.0, 5.544200404831736, 0.12512218963831867, -0.007835425487492463},
	{17.0, 400.0, 2066.0276896464143, 3.22837337347131, -0.05818657417246688},
	{150000.0,
     1.0,
     11.918390573078392,
     6.666666666666667e-06,
     -4.4444444444444444e-11},
	{150000.0,
     10000.0,
     119510.03684350003,
     0.064538729471353,
     -4.166693576475815e-07},
	{0.7, 10000.0, 82105.9038569563, 10.43038392589077, -2.8339491586946544},
	{2.5, 0.75, 0.6511190606358062, 0.3138342704229358, -0.130559465790655},
	{40.0,
     1000000000000000.0,
     3.3538776394911944e+16,
     30.862449020875882,
     -0.02531510384129003},
};

/* digamma and its exponential, by test/oracle/special_functions.py; R agrees */
/* clang-format off */
static const struct
{
	double x, value, exponential;
} digammas[] = {
	{1e-05, -100000.57719921567, 0.0},
	{0.002, -500.57393059635341, 4.013323400891368e-218},
	{0.1, -10.423754940411076, 2.9718080081768396e-5},
	{0.3, -3.5025242222001331, 0.030121254640101484},
	{1.0, -0.57721566490153286, 0.56145948356688517},
	{2.5, 0.70315664064524319, 2.0201194445802005},
	{8.4999, 2.0800783336897051, 8.0050959584395588},
	{8.5, 2.0800908175794201, 8.0051958937984522},
	{15.9, 2.7345430701757739, 15.40270387298538},
	{16.0, 2.7410133283274605, 15.502686451015191},
	{100.0, 4.6001618527380874, 99.500418753948439},
	{12345.6, 9.4210145024653966, 12345.100003375159},
	{1e9, 20.723265836446411, 999999999.5},
	{1e300, 690.77552789821371, 1e300},
};
/* clang-format on */

static const struct
{
	double x, value;
} trigammas[] = {
	{1e-05, 10000000001.644909},
	{0.3, 12.245364546107732},
	{1.0, 1.6449340668482264},
	{2.5, 0.49035775610023485},
	{15.9, 0.06491228159906011},
	{16.0, 0.06449378340323936},
	{1000.0, 0.0010005001666666333},
	{1000000000.0, 1.0000000005e-09},
};

typedef struct Golden
{
	double x, value;
} Golden;

/* by test/oracle/special_functions.py */
/* clang-format off */
static const Golden log_gammas[] = {
	{1e-300, 690.77552789821371},
	{1e-09, 20.723265836369195},
	{0.01, 4.5994798780420217},
	{0.3, 1.0957979948180756},
	{0.49999, 0.57238457827170324},
	{0.5, 0.57236494292470009},
	{0.75, 0.20328095143129537},
	{0.999, 0.00057803853289138024},
	{0.9999999999990905, 5.2497458900896244e-13},
	{1.0000000000009095, -5.2497458900760178e-13},
	{1.001, -0.00057639359828330615},
	{1.25, -0.098271836421813161},
	{1.4616, -0.12148629003589733},
	{1.4999, -0.12078588195849394},
	{1.5, -0.12078223763524522},
	{1.75, -0.084401121020485556},
	{1.999, -0.00042246180069210728},
	{1.9999999999990905, -3.8452011276437939e-13},
	{2.0000000000009095, 3.8452011276491287e-13},
	{2.001, 0.00042310673480011699},
	{2.3, 0.15418945495963047},
	{2.4999, 0.28461255726068264},
	{2.5, 0.28468287047291916},
	{3.0, 0.69314718055994531},
	{3.7, 1.4280723266653881},
	{7.25, 7.0521854507385394},
	{12.875, 19.672091876866293},
	{15.999, 27.89653040276015},
	{16.0, 27.899271383840892},
	{17.5, 32.081114895947349},
	{100.0, 359.1342053695754},
	{12345.6, 103959.18506616846},
	{1000000000.0, 19723265827.503717},
	{1e+100, 2.2925850929940457e+102},
	{1e+305, 7.0128845336318389e+307},
};

static const Golden log_gammas_1p[] = {
	{1e-30, -5.7721566490153286e-31},
	{1e-17, -5.7721566490153289e-18},
	{1e-10, -5.7721566481928618e-11},
	{0.001, -0.00057639359828336955},
	{0.25, -0.098271836421813161},
	{0.4999, -0.12078588195849394},
	{0.5, -0.12078223763524522},
	{0.75, -0.084401121020485556},
	{0.999, -0.00042246180069215415},
	{1.0, 0.0},
};

static const Golden erfcs[] = {
	{-30.0, 2.0},
	{-3.0, 1.9999779095030014},
	{-0.5, 1.5204998778130465},
	{-1e-09, 1.0000000011283792},
	{0.0, 1.0},
	{1e-20, 1.0},
	{0.001, 0.99887162120903076},
	{0.1, 0.8875370839817151},
	{0.4769, 0.50003260590246524},
	{0.84375, 0.23277433876765837},
	{1.0, 0.15729920705028513},
	{1.25, 0.07709987174354177},
	{2.0, 0.0046777349810472658},
	{2.857, 5.3358260086846371e-5},
	{3.75, 1.1372725656979665e-7},
	{6.0, 2.1519736712498913e-17},
	{10.0, 2.0884875837625448e-45},
	{15.3, 7.9765601254207e-104},
	{20.0, 5.3958656116079009e-176},
	{26.0, 5.6631924088561428e-296},
	{26.5, 2.2109076642637343e-307},
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof(array[0]))

static void
agrees_with_mpmath(void)
{
	for (size_t i = 0; i < LENGTH(risings); i++)
	{
		SegRising rise = seg_rising(risings[i].a, risings[i].x);

		CHECK_NEAR(rise.log, risings[i].log, 4e-15);
		CHECK_RELATIVE(rise.first, risings[i].first, 2e-15);
		CHECK_RELATIVE(rise.second, risings[i].second, 2e-15);
	}
	for (size_t i = 0; i < LENGTH(trigammas); i++)
		CHECK_RELATIVE(seg_trigamma(trigammas[i].x), trigammas[i].value, 1e-15);
	for (size_t i = 0; i < LENGTH(digammas); i++)
	{
		double x = digammas[i].x;

		CHECK_NEAR(seg_digamma(x), digammas[i].value, 1e-14);
		CHECK_RELATIVE(seg_exp_digamma(x, 0), digammas[i].exponential, 1e-12);
		/* at any scale, where the plain value would be 0 */
		CHECK_NEAR(seg_exp_digamma(x, digammas[i].value), 1.0, 1e-10);
	}
}

/* digamma(x + 1) = digamma(x) + 1 / x, across the ends of both series. */
static void
digamma_grows(void)
{
	for (double x = 0.01; x < 40; x *= 1.03)
	{
		double grown = seg_digamma(x) + 1 / x;

		CHECK_NEAR(seg_digamma(x + 1), grown, 1e-13);
		CHECK_RELATIVE(seg_exp_digamma(x + 1, 0),
		               seg_exp_digamma(x, -1 / x),
		               1e-13);
		CHECK_RELATIVE(seg_exp_digamma(x, 0), exp(seg_digamma(x)), 3e-13);
	}
}

/* (a)_(m + n) = (a)_m (a + m)_n, on both sides of where the series starts. */
static void
adds_up(void)
{
	for (double a = 0.01; a < 1e6; a *= 1.7)
	{
		SegRising one = seg_rising(a, 3);
		SegRising two = seg_rising(a + 3, 14);
		SegRising both = seg_rising(a, 17);

		CHECK_NEAR(one.log + two.log, both.log, 1e-14);
		CHECK_RELATIVE(one.first + two.first, both.first, 1e-14);
		CHECK_RELATIVE(one.second + two.second, both.second, 1e-14);
		CHECK_NEAR((seg_trigamma(a) + one.second) / seg_trigamma(a + 3),
		           1,
		           a < 1 ? 1e-9 : 1e-13);
	}
}

/*
 * To 1e-15 relative, also next to the zeros of log gamma, and in tails down to
 * the smallest double.
 */
static void
does_without_libm(void)
{
	for (size_t i = 0; i < LENGTH(log_gammas); i++)
		CHECK_RELATIVE(seg_log_gamma(log_gammas[i].x),
		               log_gammas[i].value,
		               1e-15);
	CHECK(seg_log_gamma(1) == 0 && seg_log_gamma(2) == 0);
	for (size_t i = 0; i < LENGTH(log_gammas_1p); i++)
		CHECK_RELATIVE(seg_log_gamma_1p(log_gammas_1p[i].x),
		               log_gammas_1p[i].value,
		               1e-15);
	CHECK(seg_log_gamma_1p(0) == 0 && seg_log_gamma_1p(1) == 0);
	for (size_t i = 0; i < LENGTH(erfcs); i++)
		CHECK_RELATIVE(seg_erfc(erfcs[i].x), erfcs[i].value, 1e-15);
	CHECK(seg_erfc(0) == 1 && seg_erfc(28) == 0 && seg_erfc(1e300) == 0);
	CHECK(seg_erfc(INFINITY) == 0 && seg_erfc(-INFINITY) == 2);
}

static void
decay_is_smooth_at_zero(void)
{
	CHECK(seg_decay_mean(0) == 1);
	CHECK_RELATIVE(seg_decay_mean(1e-12), 1 - 5e-13, 1e-15);
	CHECK_RELATIVE(seg_decay_mean(-1e-12), 1 + 5e-13, 1e-15);
	CHECK_RELATIVE(seg_decay_mean(2), (1 - exp(-2)) / 2, 1e-15);
	CHECK_RELATIVE(seg_decay_mean(-2), (exp(2) - 1) / 2, 1e-15);
}

void
test_special(void)
{
	agrees_with_mpmath();
	adds_up();
	digamma_grows();
	decay_is_smooth_at_zero();
	does_without_libm();
}
