/* test_normal.c: base/normal.c against mpmath */
#include "base/normal.h"

#include "unit.h"

void test_normal(void);

/* clang-format off */
static const double exceeded[][2] = { /* test/oracle/special_functions.py */
	{0.5, 0.0},
	{0.3, 0.52440051270804082},
	{0.1587, 0.99981509361474437},
	{0.05, 1.6448536269514727},
	{0.025, 1.9599639845400542},
	{0.005, 2.5758293035489008},
	{0.0001, 3.7190164854556806},
	{1e-09, 5.9978070150076869},
	{1e-17, 8.4937932241095981},
	{1e-100, 21.273453560965324},
	{1e-300, 37.047096299361199},
	{0.75, -0.67448975019608174},
	{0.999, -3.0902323061678133},
};

/* around one half, where the quantile is near 0 */
static const double middle[][2] = {
	{0.25, 0.67448975019608174},
	{0.375, 0.31863936396437516},
	{0.46875, 0.078412412733112199},
	{0.4990234375, 0.0024478816191106775},
	{0.4999990463256836, 2.3905070062955741e-6},
	{0.4999999990686774, 2.3344794983332981e-9},
	{0.4999999999990905, 2.2797651350911115e-12},
	{0.4999999999999991, 2.2263331397374135e-15},
	{0.4999999999999999, 2.7829164246717669e-16},
	{0.2499999, 0.6744900648826232},
	{0.2500001, 0.67448943550960707},
	{0.26, 0.64334540539291694},
	{0.4, 0.25334710313579974},
	{0.49, 0.025068908258711058},
	{0.499999, 2.5066282745665594e-6},
	{0.51, -0.025068908258711058},
	{0.5000000000009095, -2.2797651350911115e-12},
};

static const double two_sided[][2] = {
	{0.0, 1.0},
	{0.1, 0.92034432544594203},
	{-1.0, 0.3173105078629141},
	{1.959963984540054, 0.050000000000000022},
	{5.0, 5.7330314375838782e-7},
	{-10.0, 1.5239706048321052e-23},
	{37.0, 1.1451142445049154e-299},
};
/* clang-format on */

static double
half_width(double confidence)
{
	SegEnv env = unit_env();
	double width = NAN;
	SegStatus status = seg_normal_half_width(&env, confidence, &width);

	CHECK((status == SEG_OK) == (confidence > 0 && confidence < 1));
	unit_env_free(&env);
	return width;
}

void
test_normal(void)
{
	for (size_t i = 0; i < sizeof(exceeded) / sizeof(exceeded[0]); i++)
		CHECK_NEAR(seg_normal_exceeded(exceeded[i][0]), exceeded[i][1], 1e-15);
	for (size_t i = 0; i < sizeof(middle) / sizeof(middle[0]); i++)
		CHECK_NEAR(seg_normal_exceeded(middle[i][0]) / middle[i][1],
		           1.0,
		           1e-15);
	for (size_t i = 0; i < sizeof(two_sided) / sizeof(two_sided[0]); i++)
		CHECK(fabs(seg_normal_two_sided(two_sided[i][0]) - two_sided[i][1]) <=
		      1e-13 * two_sided[i][1]);
	CHECK_NEAR(half_width(0.95), 1.959963984540054, 1e-14);
	CHECK_NEAR(half_width(0.5), 0.67448975019608174, 1e-14);
	/* the narrowest and the widest interval that a double can ask for */
	CHECK(fabs(half_width(0x1p-1022)) < 1e-15);
	CHECK(isfinite(half_width(1.0 - 0x1p-53)));
	CHECK(isnan(half_width(0.0)) && isnan(half_width(1.0)) &&
	      isnan(half_width(-0.5)) && isnan(half_width(NAN)));
}
