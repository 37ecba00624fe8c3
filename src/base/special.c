/*-------------------------------------------------------------------------
 *
 * special.c
 *	  Special functions that libm does not have, or has with other last digits
 *	  on each version.
 *
 * glibc changed log gamma and erfc between 2.36 and 2.43, and a model must have
 * the same bits on both.  So they are computed here from log, exp and log1p,
 * which did not change.  Near its zeros at 1 and 2, log gamma is the distance
 * from the zero times a series; in between and above, it is shifted there, and
 * from 16 on it is Stirling's series.  The complementary error function is
 * exp(-x^2) / (1 + 2 x) times a function so smooth that one series does for all
 * x [2].  Both are within 1e-15 of mpmath, relatively.
 *
 * The gamma function enters likelihoods as a ratio, gamma(a + x) / gamma(a).
 * Where a is large, subtracting two values of lgamma would cancel everything,
 * so the difference is computed directly: below 16 by the recurrence, one
 * factor at a time, and from there on by Stirling's series [1, 5.11.1, 5.11.2
 * and 5.15.8] with like terms combined. At 16 the first omitted term is below
 * 1e-17.
 *
 * [1] NIST Digital Library of Mathematical Functions.
 *
 * [2] M. M. Shepherd, J. G. Laframboise, "Chebyshev Approximation of (1 + 2x)
 * exp(x^2) erfc x in 0 <= x < inf", Mathematics of Computation 36, 1981.
 *
 * src/base/special.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/special.h"

#include <math.h>

#include "base/wide.h"

#define ASYMPTOTIC             16.0
#define EXP_DIGAMMA_ASYMPTOTIC 8.5
#define ERFC_END               28.0 /* beyond, it is below the smallest double */

#define HALF_LOG_TWO_PI_LESS_HALF 0.41893853320467274178

/*
 * Stirling's series for z >= ASYMPTOTIC without its first terms: the rest of
 * log gamma after 1 / (12 z), of digamma after - 1 / (2 z), of trigamma after 1
 * / z + 1 / (2 z^2), without the next term of each. The coefficients come from
 * Bernoulli numbers.
 */
static SegRising
stirling_rest(double z)
{
	double u = 1.0 / (z * z);
	SegRising rest;

	rest.log =
		u * u / z *
		(1.0 / 1260 - u * (1.0 / 1680 - u * (1.0 / 1188 - u * 691.0 / 360360)));
	rest.first =
		u * u *
		(1.0 / 120 -
	     u * (1.0 / 252 -
	          u * (1.0 / 240 -
	               u * (1.0 / 132 - u * (691.0 / 32760 - u * 1.0 / 12)))));
	rest.second =
		-u * u / z *
		(1.0 / 30 -
	     u * (1.0 / 42 - u * (1.0 / 30 - u * (5.0 / 66 - u * 691.0 / 2730))));
	return rest;
}

/*
 * The first terms of the series enter as differences of 1 / z and its powers,
 * so that no precision is lost for a small x.
 */
SegRising
seg_rising(double a, double x)
{
	SegRising rising = {0.0, 0.0, 0.0};
	SegRising low, high;
	double ratio = 1.0;
	double growth, b, inverse, square, cube;

	/* gamma(a + x) / gamma(a) loses (a + x) / a when a grows by 1 */
	for (; a < ASYMPTOTIC; a += 1.0)
	{
		b = a + x;
		ratio *= b / a;
		rising.first += x / (a * b);
		rising.second -= x * (a + b) / (a * b) / (a * b);
	}
	b = a + x;
	growth = log1p(x / a);
	inverse = -x / a / b; /* 1 / b - 1 / a, and so on */
	square = inverse * (1.0 / a + 1.0 / b);
	cube = square * (1.0 / a + 1.0 / b) - inverse / a / b;
	low = stirling_rest(a);
	high = stirling_rest(b);
	rising.log += x * log(b) + (a - 0.5) * growth - x + inverse / 12 -
	              cube / 360 + (high.log - low.log) - log(ratio);
	rising.first +=
		growth - inverse / 2 - square / 12 + (high.first - low.first);
	rising.second +=
		inverse + square / 2 + cube / 6 + (high.second - low.second);
	return rising;
}

double
seg_digamma(double x)
{
	double sum = 0.0;

	for (; x < ASYMPTOTIC; x += 1.0)
		sum += 1.0 / x;
	return log(x) - (0.5 + 1.0 / 12 / x) / x + stirling_rest(x).first - sum;
}

/*
 * The series of exp(digamma(y + 1/2)) is that of digamma, by the same Bernoulli
 * numbers, put into the exponential; it is y and small terms.  Below, x grows
 * to where it holds, and loses the sum of 1 / (x + j), kept as one fraction.
 */
double
seg_exp_digamma(double x, double scale)
{
	double numerator = 0.0;
	double denominator = 1.0;
	double y, u, tail;

	for (; x < EXP_DIGAMMA_ASYMPTOTIC; x += 1.0)
	{
		numerator = numerator * x + denominator;
		denominator *= x;
	}
	y = x - 0.5;
	u = 1.0 / (y * y);
	tail = 1.0 / 24 -
	       u * (37.0 / 5760 - u * (10313.0 / 2903040 -
	                               u * (5509121.0 / 1393459200 -
	                                    u * (0.0073650332693086690 -
	                                         u * (0.020734675824368138 -
	                                              u * 0.082381852238787765)))));
	y += tail / y;
	if (numerator == 0.0 && scale == 0.0)
		return y;
	return y * exp(-numerator / denominator - scale);
}

double
seg_trigamma(double x)
{
	double sum = 0.0;

	for (; x < ASYMPTOTIC; x += 1.0)
		sum += 1.0 / (x * x);
	return sum + (1.0 + (0.5 + 1.0 / 6 / x) / x) / x + stirling_rest(x).second;
}

double
seg_decay_mean(double x)
{
	return x == 0.0 ? 1.0 : -expm1(-x) / x;
}

/* ---------- log gamma and erfc ---------- */

/* clang-format off */

/* Chebyshev series by test/oracle/special_functions.py --series. */

/* (1 + 2 x) exp(x^2) erfc x, of (x - 3.75) / (x + 3.75) */
static const double erfc_series[] = {
	1.1775789345674018,
	-0.0045900545806464773,
	-0.084249133366517916,
	0.05920993999819189,
	-0.026658668435305752,
	0.0090749976707052651,
	-0.0024131635404176082,
	0.00049077583652580863,
	-6.9169733025012064e-5,
	4.1390279860730102e-6,
	7.7403830661984907e-7,
	-2.1886401049234396e-7,
	1.076499946567091e-8,
	4.5219598112182869e-9,
	-7.7544002088313511e-10,
	-6.3180883408866832e-11,
	2.868795010930672e-11,
	1.9455868545780174e-13,
	-9.6546967484330849e-13,
	3.2525481481529435e-14,
	3.3478119482916146e-14,
	-1.8645628803658303e-15,
	-1.2507950530107307e-15,
	7.4182352628222617e-17,
	5.0681489112935522e-17,
	-2.2370565923662412e-18,
	-2.1873428760633593e-18,
	2.6766395867586894e-20,
};

/* log gamma(1 + z) / z, of 2 z */
static const double near_one[] = {
	-0.63301142627503101,
	0.44056755746789629,
	-0.057857409449912443,
	0.010513973690267811,
	-0.0021639890920917151,
	0.00047444023387246578,
	-0.00010799644528099428,
	2.5201155299530276e-5,
	-5.9860144980268197e-6,
	1.4410616180293054e-6,
	-3.5060690575761179e-7,
	8.6038230167637533e-8,
	-2.1265109124786878e-8,
	5.2877780914636139e-9,
	-1.3217135752166157e-9,
	3.3186698554450493e-10,
	-8.3659025677462187e-11,
	2.1163386661606941e-11,
	-5.3705076537943806e-12,
	1.3666688100545858e-12,
	-3.4866600398851611e-13,
	8.9156224327677079e-14,
	-2.2845495935090801e-14,
	5.8651467152221198e-15,
	-1.5084071183968602e-15,
	3.8856146484283059e-16,
	-1.0024188186640361e-16,
	2.5896418565384151e-17,
	-6.6986747409585704e-18,
	1.7348373407131057e-18,
	-4.4979545469165091e-19,
};

/* log gamma(2 + z) / z, of 2 z */
static const double near_two[] = {
	0.41418612492156673,
	0.16322170068760065,
	-0.008658972394126284,
	0.00067275157260014852,
	-6.1395569636282336e-5,
	6.1100657970035761e-6,
	-6.4100030338262224e-7,
	6.9622426927689506e-8,
	-7.7472487337882173e-9,
	8.7740751406872392e-10,
	-1.0070266869830199e-10,
	1.1678602130652374e-11,
	-1.3656871334744932e-12,
	1.6079351149711551e-13,
	-1.9039501088488732e-14,
	2.2653768767833064e-15,
	-2.7066568148318963e-16,
	3.2456607316261908e-17,
	-3.9044833784574468e-18,
	4.7104356412564057e-19,
	-5.6972805318185512e-20,
};
/* clang-format on */

/*
 * A Chebyshev series at t, from -1 to 1, by Clenshaw's recurrence.
 */
static double
series_at(const double *coefficients, int n, double t)
{
	double next = 0.0;
	double after = 0.0;

	for (int i = n - 1; i > 0; i--)
	{
		double now = coefficients[i] + 2.0 * t * next - after;

		after = next;
		next = now;
	}
	return coefficients[0] + t * next - after;
}

#define SERIES_AT(table, t) \
	series_at(table, (int) (sizeof(table) / sizeof((table)[0])), t)

double
seg_log_gamma_1p(double z)
{
	if (z < 0.5)
		return z * SERIES_AT(near_one, 2.0 * z);
	return (z - 1.0) * SERIES_AT(near_two, 2.0 * (z - 1.0));
}

double
seg_log_gamma(double x)
{
	double product = 1.0;

	if (x < 0.5)
		return seg_log_gamma_1p(x) - log(x);
	if (x >= ASYMPTOTIC)
		return (x - 0.5) * (log(x) - 1.0) + HALF_LOG_TWO_PI_LESS_HALF +
		       (1.0 - 1.0 / x / x / 30) / x / 12 + stirling_rest(x).log;
	while (x >= 2.5)
	{
		x -= 1.0;
		product *= x;
	}
	return log(product) + seg_log_gamma_1p(x - 1.0);
}

double
seg_erfc(double x)
{
	SegWide square;

	if (x < 0.0)
		return 2.0 - seg_erfc(-x);
	if (x == 0.0)
		return 1.0; /* the series is right but for a rounding */
	if (x > ERFC_END)
		return 0.0;
	/* rounding of x^2 would be an error of the result */
	square = seg_wide_product(x, x);
	return exp(-square.hi) * (1.0 - square.lo) *
	       SERIES_AT(erfc_series, (x - 3.75) / (x + 3.75)) / (1.0 + 2.0 * x);
}
