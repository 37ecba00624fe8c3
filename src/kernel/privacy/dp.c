/*-------------------------------------------------------------------------
 *
 * dp.c
 *	  Differentially private numbers of users, sums and means.
 *
 * A row's value becomes a whole multiple of a power of two, 2^-40 of the largest
 * that counts, and all sums are sums of whole numbers: so the total is exact and
 * a unit really changes it by no more than its bound, which a rounded sum does
 * not promise [1]. What a unit contributes is a function of the sum and number
 * of its rows, whatever their order.
 *
 * Noise is Laplace noise with exactly the given epsilon; with a delta, Gaussian
 * noise in steps of 2^-26 of its deviation, to a multiple of which the total is
 * rounded down first. That changes no sensitivity that is a multiple itself, and
 * ours is rounded up to one.
 *
 * A mean is the noisy sum of the differences from the middle of the bounds over
 * the noisy number of units, each with half of epsilon and delta [2].
 *
 * [1] S. Casacuberta, M. Shoemate, S. Vadhan, C. Wagaman, "Widespread
 * Underestimation of Sensitivity in Differentially Private Libraries", CCS 2022.
 * [2] N. Li, M. Lyu, D. Su, W. Yang, Differential Privacy: From Theory to
 * Practice, 2016, algorithm 2.4.
 *
 * src/kernel/privacy/dp.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/privacy/dp.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "kernel/privacy/discrete_noise.h"

#define GRID_BITS  40 /* of the largest value that counts */
#define NOISE_BITS 26 /* of the deviation of Gaussian noise */
#define ROW_LIMIT  0x1p62

#define MIN_EPSILON 1e-6
#define MAX_EPSILON 1e6
#define MIN_DELTA   1e-30
#define MAX_DELTA   0.1
#define MAX_BOUND   1e100
#define MAX_ROWS    2147483647.0

/* A unit's value is measured from the centre, in steps of 2^exponent. */
typedef struct Grid
{
	double centre;
	int exponent;
} Grid;

/* Noisy: so many times 2^exponent steps. */
typedef struct Noisy
{
	__int128 number;
	int exponent;
} Noisy;

int64_t
seg_dp_width(uint32_t method)
{
	switch (method)
	{
		case SEG_DP_COUNT_THRESHOLD:
			return SEG_DP_THRESHOLD_WIDTH;
		case SEG_DP_COUNT:
			return SEG_DP_COUNT_WIDTH;
		case SEG_DP_SUM:
			return SEG_DP_SUM_WIDTH;
		case SEG_DP_AVG:
			return SEG_DP_AVG_WIDTH;
		default:
			return -1;
	}
}

/* ---------- settings ---------- */

static SegStatus
check_between(SegEnv *env, const char *what, double x, double low, double high)
{
	if (x >= low && x <= high)
		return SEG_OK;
	return seg_fail_range(env, SEG_ARGUMENT_RANGE, what, x, low, high);
}

/*
 * A whole number in its place may be the limit of rows that comes after it.
 */
static SegStatus
check_delta(SegEnv *env, const SegDpSettings *settings)
{
	double delta = settings->delta;
	bool takes_rows = settings->method != SEG_DP_COUNT_THRESHOLD;

	if ((delta >= MIN_DELTA && delta <= MAX_DELTA) ||
	    (delta == 0 && takes_rows))
		return SEG_OK;
	return seg_fail_facts(env,
	                      SEG_ARGUMENT_RANGE,
	                      (SegDiag){.what = "delta",
	                                .name = takes_rows && delta >= 1
	                                            ? "max_rows"
	                                            : NULL,
	                                .got = delta,
	                                .want = MIN_DELTA,
	                                .limit = MAX_DELTA});
}

static SegStatus
check_bounds(SegEnv *env, const SegDpSettings *settings)
{
	SEG_TRY(
		check_between(env, "lower", settings->lower, -MAX_BOUND, MAX_BOUND));
	SEG_TRY(
		check_between(env, "upper", settings->upper, -MAX_BOUND, MAX_BOUND));
	if (settings->lower < settings->upper)
		return SEG_OK;
	return seg_fail_facts(env,
	                      SEG_NOT_BELOW,
	                      (SegDiag){.what = "lower",
	                                .name = "upper",
	                                .got = settings->lower,
	                                .want = settings->upper});
}

SegStatus
seg_dp_check(SegEnv *env, const SegDpSettings *settings)
{
	SEG_TRY(check_between(env,
	                      "epsilon",
	                      settings->epsilon,
	                      MIN_EPSILON,
	                      MAX_EPSILON));
	SEG_TRY(check_delta(env, settings));
	SEG_TRY(check_between(env,
	                      "max_rows",
	                      (double) settings->max_rows,
	                      1,
	                      MAX_ROWS));
	if (settings->method >= SEG_DP_SUM)
		return check_bounds(env, settings);
	return SEG_OK;
}

SegStatus
seg_dp_settings(SegEnv *env, const SegCountMap *map, SegDpSettings *settings)
{
	SegText key = {NULL, 0};

	if (map->n > 0)
		key = seg_count_map_key(map, 0);
	if (key.length == sizeof(*settings))
	{
		memcpy(settings, key.bytes, sizeof(*settings));
		if (settings->zero == 0 &&
		    seg_dp_width(settings->method) == map->width &&
		    seg_dp_check(env, settings) == SEG_OK)
			return SEG_OK;
	}
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", "settings");
}

/* ---------- what a unit contributes ---------- */

static inline Grid
grid_of(const SegDpSettings *settings)
{
	double half = settings->upper / 2 - settings->lower / 2;
	double most = fmax(fabs(settings->lower), fabs(settings->upper));
	Grid grid = {0, 0};

	if (settings->method == SEG_DP_AVG)
	{
		grid.centre = settings->lower + half;
		most = half;
	}
	(void) frexp(most, &grid.exponent);
	grid.exponent -= GRID_BITS;
	return grid;
}

static inline __int128
sum_of_unit(const uint64_t *words)
{
	__int128 sum;

	memcpy(&sum, words, sizeof(sum));
	return sum;
}

/* Unsigned: damaged numbers must not overflow. */
static inline void
add_to_sum(uint64_t *words, __int128 more)
{
	SegChances sum = (SegChances) sum_of_unit(words) + (SegChances) more;

	memcpy(words, &sum, sizeof(sum));
}

void
seg_dp_add(const SegDpSettings *settings, double x, uint64_t *words)
{
	Grid grid;
	double steps;

	if (settings->method == SEG_DP_COUNT_THRESHOLD)
		return;
	if (settings->method == SEG_DP_COUNT)
	{
		++*words;
		return;
	}
	grid = grid_of(settings);
	steps = ldexp(x - grid.centre, -grid.exponent);
	if (!(steps > -ROW_LIMIT))
		steps = -ROW_LIMIT;
	if (steps > ROW_LIMIT)
		steps = ROW_LIMIT;
	add_to_sum(words, (int64_t) rint(steps));
	if (settings->method == SEG_DP_AVG)
		++words[2];
}

void
seg_dp_merge(void *into, const void *from, int64_t width)
{
	uint64_t *a = into;
	const uint64_t *b = from;

	if (width >= SEG_DP_SUM_WIDTH)
		add_to_sum(a, sum_of_unit(b));
	if (width % 2 == 1)
		a[width - 1] += b[width - 1];
}

static inline __int128
clamp_wide(__int128 x, __int128 low, __int128 high)
{
	return x < low ? low : x > high ? high : x;
}

/*
 * Half of a step and more is one.
 */
static __int128
rounded_mean(__int128 sum, uint64_t rows)
{
	__int128 n = (__int128) rows;
	__int128 whole = sum / n;
	__int128 rest = sum - whole * n;

	if (2 * rest >= n)
		return whole + 1;
	if (2 * rest <= -n)
		return whole - 1;
	return whole;
}

/* What counts of a unit lies between low and high. */
typedef struct Range
{
	int64_t low;
	int64_t high;
} Range;

static Range
dp_range(const SegDpSettings *settings)
{
	Grid grid;

	if (settings->method == SEG_DP_COUNT_THRESHOLD)
		return (Range){1, 1};
	if (settings->method == SEG_DP_COUNT)
		return (Range){0, settings->max_rows};
	grid = grid_of(settings);
	return (Range){(int64_t) ceil(
					   ldexp(settings->lower - grid.centre, -grid.exponent)),
	               (int64_t) floor(
					   ldexp(settings->upper - grid.centre, -grid.exponent))};
}

static inline __int128
unit_contribution(const SegDpSettings *settings, Range range,
                  const uint64_t *words)
{
	switch (settings->method)
	{
		case SEG_DP_COUNT_THRESHOLD:
			return 1;
		case SEG_DP_COUNT:
			return words[0] < (uint64_t) range.high ? (__int128) words[0]
			                                        : range.high;
		case SEG_DP_SUM:
			return clamp_wide(sum_of_unit(words), range.low, range.high);
		default: /* a damaged state may have a unit without rows */
			return words[2] == 0
			           ? 0
			           : clamp_wide(rounded_mean(sum_of_unit(words), words[2]),
			                        range.low,
			                        range.high);
	}
}

static SegStatus
dp_total(SegEnv *env, const SegCountMap *map, const SegDpSettings *settings,
         Range range, __int128 *total)
{
	int64_t done = 0;

	*total = 0;
	for (int64_t i = 1; i < map->n; i++)
	{
		*total +=
			unit_contribution(settings, range, seg_count_map_words(map, i));
		SEG_TRY(seg_count_steps(env, &done, 1));
	}
	return SEG_OK;
}

/* ---------- noise ---------- */

/*
 * epsilon is a fraction of whole numbers, as every double.
 */
static Noisy
add_laplace(const SegDice *dice, __int128 total, int64_t sensitivity,
            double epsilon)
{
	int exponent;
	SegChances s = (SegChances) ldexp(frexp(epsilon, &exponent), DBL_MANT_DIG);
	SegChances t = (SegChances) sensitivity;

	for (exponent -= DBL_MANT_DIG; s % 2 == 0; exponent++)
		s /= 2;
	if (exponent > 0)
		s <<= exponent;
	else
		t <<= -exponent;
	return (Noisy){total + seg_discrete_laplace(dice, t, s), 0};
}

static Noisy
add_gaussian(const SegDice *dice, __int128 total, int64_t sensitivity,
             double epsilon, double delta)
{
	double deviation =
		seg_gaussian_deviation((double) sensitivity, epsilon, delta, false);
	int exponent;

	(void) frexp(deviation, &exponent);
	exponent -= NOISE_BITS;
	total =
		exponent > 0 ? total >> exponent : total * ((__int128) 1 << -exponent);
	deviation =
		seg_gaussian_deviation(ceil(ldexp((double) sensitivity, -exponent)),
	                           epsilon,
	                           delta,
	                           true);
	return (Noisy){total + seg_discrete_gaussian(dice,
	                                             (int64_t) ceil(deviation *
	                                                            deviation)),
	               exponent};
}

static double
add_noise(const SegDice *dice, __int128 total, Range range, double epsilon,
          double delta)
{
	int64_t sensitivity = range.high > -range.low ? range.high : -range.low;
	Noisy noisy = delta > 0
	                  ? add_gaussian(dice, total, sensitivity, epsilon, delta)
	                  : add_laplace(dice, total, sensitivity, epsilon);

	return ldexp((double) noisy.number, noisy.exponent);
}

SegStatus
seg_dp_count(SegEnv *env, const SegDice *dice, const SegCountMap *map,
             const SegDpSettings *settings, int64_t *count, bool *hidden)
{
	bool by_threshold = settings->method == SEG_DP_COUNT_THRESHOLD;
	Range range = dp_range(settings);
	__int128 total;
	double noisy;

	SEG_TRY(dp_total(env, map, settings, range, &total));
	noisy = add_noise(dice,
	                  total,
	                  range,
	                  settings->epsilon,
	                  by_threshold ? 0 : settings->delta);
	noisy = fmin(fmax(rint(noisy), -0x1p62), 0x1p62);
	*count = (int64_t) noisy;
	*hidden = by_threshold &&
	          noisy < 1 + seg_laplace_tail(settings->epsilon, settings->delta);
	return SEG_OK;
}

SegStatus
seg_dp_number(SegEnv *env, const SegDice *dice, const SegCountMap *map,
              const SegDpSettings *settings, double *number)
{
	bool is_mean = settings->method == SEG_DP_AVG;
	double share = is_mean ? 0.5 : 1;
	Range range = dp_range(settings);
	Grid grid = grid_of(settings);
	__int128 total;
	double units;

	SEG_TRY(dp_total(env, map, settings, range, &total));
	*number = ldexp(add_noise(dice,
	                          total,
	                          range,
	                          share * settings->epsilon,
	                          share * settings->delta),
	                grid.exponent);
	if (!is_mean)
		return SEG_OK;
	units = add_noise(dice,
	                  (__int128) map->n - 1,
	                  (Range){0, 1},
	                  share * settings->epsilon,
	                  share * settings->delta);
	*number = grid.centre + *number / fmax(units, 1);
	*number = fmin(fmax(*number, settings->lower), settings->upper);
	return SEG_OK;
}
