/*-------------------------------------------------------------------------
 *
 * discrete_noise.c
 *	  Discrete Laplace and Gaussian noise, exact.
 *
 * The samplers are those of [1]. Each reduces to choices among whole numbers
 * with rational chances, so what comes out has the stated law to the last digit,
 * and nothing of a result can be read from its low bits, as from floating-point
 * noise [2]. They run until they succeed, so the time of a draw says a little
 * about its size.
 *
 * The deviation of Gaussian noise is the one that gives delta exactly [3]:
 *
 *	delta = P(Y > x) - e^epsilon P(Y > x + d),  x = epsilon s^2 / d - d / 2
 *
 * for sensitivity d and deviation s, with the same formula for the discrete
 * Gaussian ([1], theorem 7). Its tail P(Y > x) is a sum of a falling function,
 * which lies between the integrals of the continuous one from x - 1 and x + 1.
 * With the worse of these on either side the deviation is never too small; noise
 * is counted in steps so fine that it is hardly larger.
 *
 * [1] C. L. Canonne, G. Kamath, T. Steinke, "The Discrete Gaussian for
 * Differential Privacy", NeurIPS 2020, algorithms 1 to 3.
 * [2] I. Mironov, "On Significance of the Least Significant Bits for
 * Differential Privacy", CCS 2012.
 * [3] B. Balle, Y.-X. Wang, "Improving the Gaussian Mechanism for Differential
 * Privacy", ICML 2018, theorem 8.
 *
 * src/kernel/privacy/discrete_noise.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/privacy/discrete_noise.h"

#include <math.h>

#include "base/normal.h"

/* Relative precision of a tail, generously, and of a deviation. */
#define TAIL_PRECISION      1e-13
#define DEVIATION_PRECISION 1e-9

/*
 * A chance of exp(-numerator / denominator), of a ratio up to 1: the first of
 * the chances ratio/1, ratio/2, ratio/3 ... to fail is an odd one.
 */
static bool
exp_chance_of_share(const SegDice *dice, SegChances numerator,
                    SegChances denominator)
{
	SegChances k = 1;

	while (seg_dice_chance(dice, numerator, denominator * k))
		k++;
	return k % 2 == 1;
}

bool
seg_exp_chance(const SegDice *dice, SegChances numerator,
               SegChances denominator)
{
	for (; numerator > denominator; numerator -= denominator)
	{
		if (!exp_chance_of_share(dice, 1, 1))
			return false;
	}
	return exp_chance_of_share(dice, numerator, denominator);
}

/*
 * u + t v is geometric with the ratio exp(-1 / t); every s of its values are
 * one; with a sign, where only one of the two zeros counts.
 */
bool
seg_discrete_laplace_try(const SegDice *dice, SegChances t, SegChances s,
                         __int128 *y)
{
	SegChances u = seg_dice_below(dice, t);
	SegChances v = 0;
	bool is_negative;

	if (!seg_exp_chance(dice, u, t))
		return false;
	while (seg_exp_chance(dice, 1, 1))
		v++;
	*y = (__int128) ((u + t * v) / s);
	is_negative = seg_dice_chance(dice, 1, 2);
	if (is_negative && *y == 0)
		return false;
	if (is_negative)
		*y = -*y;
	return true;
}

__int128
seg_discrete_laplace(const SegDice *dice, SegChances t, SegChances s)
{
	__int128 y;

	while (!seg_discrete_laplace_try(dice, t, s, &y))
		;
	return y;
}

/*
 * Laplace noise of scale t, near the deviation, kept with a chance that turns
 * its law into the Gaussian one. Beyond 64 t that chance is below e^-1900: such
 * a value is never kept, so that the products below fit.
 */
bool
seg_discrete_gaussian_try(const SegDice *dice, int64_t variance, int64_t t,
                          int64_t *y)
{
	__int128 noise = seg_discrete_laplace(dice, (SegChances) t, 1);
	__int128 size = noise < 0 ? -noise : noise;
	__int128 off;

	if (size > 64 * (__int128) t)
		return false;
	*y = (int64_t) noise;
	off = size * t - variance;
	return seg_exp_chance(dice,
	                      (SegChances) (off * off),
	                      2 * (SegChances) variance * (SegChances) t *
	                          (SegChances) t);
}

int64_t
seg_discrete_gaussian(const SegDice *dice, int64_t variance)
{
	int64_t t = (int64_t) sqrt((double) variance) + 1;
	int64_t y;

	while (!seg_discrete_gaussian_try(dice, variance, t, &y))
		;
	return y;
}

/* ---------- how much noise ---------- */

static double
normal_tail(double z)
{
	double both = 0.5 * seg_normal_two_sided(z);

	return z < 0 ? 1.0 - both : both;
}

/*
 * The delta of this deviation, not less than it is.
 */
static double
delta_of(double deviation, double sensitivity, double epsilon, double step)
{
	double x =
		epsilon * deviation * (deviation / sensitivity) - sensitivity / 2;
	double near = normal_tail((x - step) / deviation);
	double far = normal_tail((x + sensitivity + step) / deviation);

	if (far > 0) /* e^epsilon alone may overflow */
		far = exp(epsilon + log(far));
	return near * (1 + TAIL_PRECISION) - far;
}

double
seg_gaussian_deviation(double sensitivity, double epsilon, double delta,
                       bool discrete)
{
	double step = discrete ? 1 : 0;
	double high = sensitivity / sqrt(2 * epsilon);
	double low;

	while (delta_of(high, sensitivity, epsilon, step) > delta)
		high *= 2;
	for (low = high / 2; delta_of(low, sensitivity, epsilon, step) <= delta;)
	{
		high = low;
		low /= 2;
	}
	while (high - low > DEVIATION_PRECISION * high)
	{
		double middle = low + (high - low) / 2;

		if (delta_of(middle, sensitivity, epsilon, step) > delta)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/*
 * The chance of k or more is exp(-epsilon k) / (1 + exp(-epsilon)).
 */
double
seg_laplace_tail(double epsilon, double delta)
{
	double k = -log(delta * (1 + exp(-epsilon))) / epsilon;

	k = ceil(k * (1 + TAIL_PRECISION));
	return k < 1 ? 1 : k;
}
