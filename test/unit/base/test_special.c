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
	decay_is_smooth_at_zero();
}
