/* test_incomplete_gamma.c: base/incomplete_gamma.c against mpmath */
#include "base/incomplete_gamma.h"

#include "unit.h"

void test_incomplete_gamma(void);

static double
relative_error(double got, double want)
{
	return fabs(got - want) / want;
}

/* clang-format off */
static const double golden[][4] = { /* test/oracle/special_functions.py */
	{0.01, 1e-08, 0.83651025468523335, 0.16348974531476665},
	{0.01, 0.3, 0.99092760357823491, 0.009072396421765093},
	{0.01, 1.0, 0.99778376537677201, 0.0022162346232279903},
	{0.01, 5.0, 0.99998824648058725, 1.1753519412750849e-5},
	{0.5, 1e-10, 1.1283791670579e-5, 0.99998871620832942},
	{0.5, 0.25, 0.52049987781304654, 0.47950012218695346},
	{0.5, 1.4999, 0.91672520396251584, 0.083274796037484159},
	{0.5, 1.5001, 0.91674576133989153, 0.083254238660108468},
	{0.5, 20.0, 0.99999999974603714, 2.539628589470865e-10},
	{0.5, 700.0, 1.0, 2.1010145162642175e-306},
	{0.999, 1.9, 0.85066984608237783, 0.14933015391762217},
	{1.0, 0.001, 0.00099950016662500835, 0.99900049983337499},
	{1.0, 3.0, 0.95021293163213606, 0.049787068367863943},
	{1.5, 2.0, 0.73853587005088938, 0.26146412994911062},
	{2.5, 0.001, 9.5085345986079498e-9, 0.9999999904914654},
	{7.0, 3.5, 0.065288097028953687, 0.93471190297104631},
	{7.0, 40.0, 0.99999999997170428, 2.8295724048723887e-11},
	{23.4, 20.0, 0.2513426302370323, 0.7486573697629677},
	{23.6, 30.0, 0.89998666775009929, 0.10001333224990071},
	{100.0, 60.0, 1.4815276326460468e-6, 0.99999851847236735},
	{100.0, 100.0, 0.51329879827914866, 0.48670120172085134},
	{100.0, 250.0, 1.0, 1.1737017704487874e-27},
	{150.0, 2.5, 7.1716876988047463e-205, 1.0},
	{499.5, 520.0, 0.82117583456960502, 0.17882416543039498},
	{10000.0, 9400.0, 4.6485246081212703e-10, 0.99999999953514754},
	{10000.0, 10001.0, 0.50531893196221857, 0.49468106803778143},
	{10000.0, 10600.0, 0.99999999803780752, 1.9621924821330469e-9},
	{100000.0, 99000.0, 0.00075741992117476797, 0.99924258007882523},
	{100000.0, 102000.0, 0.99999999983493939, 1.6506061359362834e-10},
};
/* clang-format on */

static void
agrees_in_both_tails(void)
{
	for (size_t i = 0; i < sizeof(golden) / sizeof(golden[0]); i++)
	{
		double lower, upper;

		seg_incomplete_gamma(golden[i][0], golden[i][1], &lower, &upper);
		CHECK(relative_error(lower, golden[i][2]) < 2e-13);
		CHECK(relative_error(upper, golden[i][3]) < 2e-13);
	}
}

/* Nothing jumps where one method of computing hands over to the next. */
static void
is_smooth_at_the_seams(void)
{
	for (double a = 0.02; a < 1e4; a *= 1.7)
	{
		double below[2], above[2];

		seg_incomplete_gamma(a, (a + 1) * (1 - 1e-15), &below[0], &below[1]);
		seg_incomplete_gamma(a, (a + 1) * (1 + 1e-15), &above[0], &above[1]);
		CHECK(relative_error(below[0], above[0]) < 4e-13);
		CHECK(relative_error(below[1], above[1]) < 4e-13);
	}
}

/* Q(a + 1, x) - Q(a, x) = x^a e^-x / Gamma(a + 1) */
static void
obeys_the_recurrence(void)
{
	for (double a = 0.25; a < 60; a += 0.75)
		for (double x = 0.125; x < 100; x *= 1.5)
		{
			double lower[2], upper[2];

			seg_incomplete_gamma(a, x, &lower[0], &upper[0]);
			seg_incomplete_gamma(a + 1, x, &lower[1], &upper[1]);
			CHECK_NEAR(upper[1] - upper[0],
			           exp(a * log(x) - x - lgamma(a + 1)),
			           1e-12);
		}
}

static void
has_ends(void)
{
	double lower, upper;

	seg_incomplete_gamma(3.0, 0.0, &lower, &upper);
	CHECK(lower == 0.0 && upper == 1.0);
	seg_incomplete_gamma(3.0, INFINITY, &lower, &upper);
	CHECK(lower == 1.0 && upper == 0.0);
	seg_incomplete_gamma(3.0, 1e300, &lower, &upper);
	CHECK(lower == 1.0 && upper == 0.0);
	seg_incomplete_gamma(0.5, 1e-300, &lower, &upper);
	CHECK(relative_error(lower, 1.1283791670955126e-150) < 1e-12);
	CHECK(seg_chi_square_upper(0.0, 3) == 1.0);
	/* with one degree of freedom: the square of a normal */
	CHECK(relative_error(seg_chi_square_upper(9.0, 1), erfc(3 / sqrt(2))) <
	      1e-13);
}

void
test_incomplete_gamma(void)
{
	agrees_in_both_tails();
	is_smooth_at_the_seams();
	obeys_the_recurrence();
	has_ends();
}
