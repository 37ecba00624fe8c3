/* test_discrete_noise.c: kernel/privacy/discrete_noise.c */
#include "kernel/privacy/discrete_noise.h"

#include <float.h>

#include "base/hash.h"
#include "base/incomplete_gamma.h"
#include "unit.h"

void test_discrete_noise(void);

/* ---------- every way through a sampler, with its chance ---------- */

#define MOST_CHOICES 200
#define MOST_VALUES  64

/*
 * Dice that follow one way through a sampler: the first choices are given, those
 * after them are the first there are. A way whose chance falls below the least
 * is cut off: from there every choice ends it soon.
 */
typedef struct Way
{
	int n;  /* choices given */
	int at; /* choices made */
	int chosen[MOST_CHOICES];
	int options[MOST_CHOICES];
	double chance;
	double least;
	bool is_cut;
} Way;

static int
choose(Way *way, int options)
{
	if (way->at == way->n && way->n < MOST_CHOICES)
	{
		way->chosen[way->n] = 0;
		way->options[way->n] = options;
		way->n++;
	}
	return way->at < way->n ? way->chosen[way->at++] : 0;
}

static SegChances
way_below(void *host, SegChances n)
{
	Way *way = host;

	if (n == 1 || way->is_cut)
		return 0;
	way->chance /= (double) n;
	return (SegChances) choose(way, (int) n);
}

/* Failure comes first: it ends all loops. */
static bool
way_chance(void *host, SegChances favourable, SegChances all)
{
	Way *way = host;
	double share = (double) favourable / (double) all;

	if (favourable == 0 || favourable == all)
		return favourable != 0;
	if (way->is_cut)
		return false;
	if (choose(way, 2) == 0)
	{
		way->chance *= 1 - share;
		return false;
	}
	way->chance *= share;
	way->is_cut = way->chance < way->least;
	return true;
}

/* The next way in order; false: there is none. */
static bool
next_way(Way *way)
{
	/* beyond the cut nothing was chosen */
	way->n = way->at;
	while (way->n > 0 &&
	       way->chosen[way->n - 1] + 1 == way->options[way->n - 1])
		way->n--;
	if (way->n == 0)
		return false;
	way->chosen[way->n - 1]++;
	way->at = 0;
	way->chance = 1;
	way->is_cut = false;
	return true;
}

/* The law of one attempt: the chance of each value, of none, and of ways cut. */
typedef struct Law
{
	double value[2 * MOST_VALUES + 1]; /* from -MOST_VALUES */
	double none;
	double cut;
} Law;

typedef bool (*Attempt)(const SegDice *dice, const int64_t *setting,
                        __int128 *y);

static bool
attempt_exp(const SegDice *dice, const int64_t *setting, __int128 *y)
{
	*y = seg_exp_chance(dice, (SegChances) setting[0], (SegChances) setting[1]);
	return true;
}

static bool
attempt_laplace(const SegDice *dice, const int64_t *setting, __int128 *y)
{
	return seg_discrete_laplace_try(dice,
	                                (SegChances) setting[0],
	                                (SegChances) setting[1],
	                                y);
}

static Law
law_of(Attempt attempt, const int64_t *setting, double least)
{
	Law law = {{0}, 0, 0};
	Way way = {.chance = 1, .least = least};
	SegDice dice = {way_below, way_chance, &way};

	do
	{
		__int128 y;
		bool is_value = attempt(&dice, setting, &y);

		if (way.is_cut)
			law.cut += way.chance;
		else if (!is_value)
			law.none += way.chance;
		else if (y >= -MOST_VALUES && y <= MOST_VALUES)
			law.value[(int) y + MOST_VALUES] += way.chance;
		else
			law.cut += way.chance;
	} while (next_way(&way));
	return law;
}

static void
exponential_chances_are_exact(void)
{
	const int64_t settings[][2] =
		{{0, 1}, {1, 1}, {1, 2}, {1, 3}, {7, 9}, {3, 2}, {5, 1}, {22, 7}};

	for (int i = 0; i < 8; i++)
	{
		Law law = law_of(attempt_exp, settings[i], 1e-18);
		double want = exp(-(double) settings[i][0] / (double) settings[i][1]);

		CHECK(law.cut < 1e-15);
		CHECK_NEAR(law.value[MOST_VALUES + 1], want, 1e-14);
		CHECK_NEAR(law.value[MOST_VALUES], 1 - want, 1e-13);
	}
}

/*
 * What an attempt gives has the chances of discrete Laplace noise, to the digits
 * that the ways cut off leave, and neighbours differ by exp(epsilon) at most.
 */
static void
laplace_chances_are_exact(void)
{
	const int64_t settings[][2] = {{1, 1}, {2, 1}, {3, 2}, {5, 1}, {1, 2}};

	for (int i = 0; i < 5; i++)
	{
		Law law = law_of(attempt_laplace, settings[i], 1e-9);
		double epsilon = (double) settings[i][1] / (double) settings[i][0];
		double q = exp(-epsilon);
		double sum = 0;

		for (int y = 0; y <= 2 * MOST_VALUES; y++)
			sum += law.value[y];
		CHECK_NEAR(sum + law.none + law.cut, 1, 1e-12);
		CHECK(law.cut < 1e-4);
		for (int y = -6; y <= 6; y++)
		{
			double want = (1 - q) / (1 + q) * pow(q, abs(y));
			double low = law.value[y + MOST_VALUES] / (1 - law.none);
			double high = (law.value[y + MOST_VALUES] + law.cut) /
			              (1 - law.none - law.cut);
			double next = law.value[y + 1 + MOST_VALUES];

			CHECK(low <= want * (1 + 1e-12));
			CHECK(high >= want * (1 - 1e-12));
			/* both ways, even if all that was cut off went to one of them */
			CHECK(law.value[y + MOST_VALUES] <=
			      exp(epsilon) * (next + law.cut) * (1 + 1e-12));
			CHECK(next <= exp(epsilon) *
			                  (law.value[y + MOST_VALUES] + law.cut) *
			                  (1 + 1e-12));
		}
	}
}

/* ---------- a million draws ---------- */

#define DRAWS  1000000
#define SPREAD 400

/* Random bytes that are the same in every run. */
static void
fill_from_hash(void *host, void *bytes, size_t size)
{
	uint64_t *item = host;

	for (size_t at = 0; at < size; at += 8)
	{
		uint64_t word = seg_random_bits(20, 1, (*item)++);

		memcpy((char *) bytes + at, &word, size - at < 8 ? size - at : 8);
	}
}

/* The chance that a sum of squared deviations is as large as this. */
static double
chi_square_chance(const int *counts, const double *weights)
{
	double all = 0;
	double sum = 0;
	int cells = 0;

	for (int i = 0; i <= 2 * SPREAD; i++)
		all += weights[i];
	for (int i = 0; i <= 2 * SPREAD; i++)
	{
		double want = DRAWS * weights[i] / all;

		if (want < 10)
			continue;
		sum += (counts[i] - want) * (counts[i] - want) / want;
		cells++;
	}
	return seg_chi_square_upper(sum, cells - 1);
}

static void
draws_fit(Attempt draw, const int64_t *setting,
          double (*weight)(const int64_t *, int))
{
	static int counts[2 * SPREAD + 1];
	static double weights[2 * SPREAD + 1];
	uint64_t item = 0;
	SegRandomBytes source = {fill_from_hash, &item};
	SegDice dice = seg_dice(&source);
	double chance;
	bool is_near = true;

	memset(counts, 0, sizeof(counts));
	for (int i = 0; i < DRAWS; i++)
	{
		__int128 y;

		(void) draw(&dice, setting, &y);
		is_near = is_near && y >= -SPREAD && y <= SPREAD;
		if (is_near)
			counts[(int) y + SPREAD]++;
	}
	CHECK(is_near);
	for (int i = 0; i <= 2 * SPREAD; i++)
		weights[i] = weight(setting, i - SPREAD);
	chance = chi_square_chance(counts, weights);
	CHECK(chance > 1e-3 && chance < 1 - 1e-3);
}

static bool
draw_laplace(const SegDice *dice, const int64_t *setting, __int128 *y)
{
	*y = seg_discrete_laplace(dice,
	                          (SegChances) setting[0],
	                          (SegChances) setting[1]);
	return true;
}

static double
laplace_weight(const int64_t *setting, int y)
{
	return exp(-abs(y) * (double) setting[1] / (double) setting[0]);
}

static bool
draw_gaussian(const SegDice *dice, const int64_t *setting, __int128 *y)
{
	*y = seg_discrete_gaussian(dice, setting[0]);
	return true;
}

static double
gaussian_weight(const int64_t *setting, int y)
{
	return exp(-y * (double) y / (2 * (double) setting[0]));
}

static void
draws_have_their_law(void)
{
	const int64_t laplace[][2] = {{10, 3}, {1, 1}, {1, 2}, {20, 1}};
	const int64_t gaussian[][2] = {{25, 0}, {1, 0}, {2, 0}, {400, 0}};

	for (int i = 0; i < 4; i++)
	{
		draws_fit(draw_laplace, laplace[i], laplace_weight);
		draws_fit(draw_gaussian, gaussian[i], gaussian_weight);
	}
}

/* With large parameters nothing overflows, and the spread is right. */
static void
large_noise_fits(void)
{
	uint64_t item = 0;
	SegRandomBytes source = {fill_from_hash, &item};
	SegDice dice = seg_dice(&source);
	SegChances t = ((SegChances) 1 << 113) + 12345;
	SegChances s = ((SegChances) 1 << 52) + 1;
	double scale = (double) t / (double) s;
	double deviation = sqrt((double) SEG_MAX_VARIANCE);
	double size = 0;
	double square = 0;

	for (int i = 0; i < 20000; i++)
	{
		double y = (double) seg_discrete_laplace(&dice, t, s) / scale;
		double z =
			(double) seg_discrete_gaussian(&dice, SEG_MAX_VARIANCE) / deviation;

		size += fabs(y);
		square += z * z;
	}
	CHECK(fabs(size / 20000 - 1) < 0.03);
	CHECK(fabs(square / 20000 - 1) < 0.04);
}

/* ---------- how much noise ---------- */

/* delta of discrete Gaussian noise, summed up: Canonne et al., theorem 7. */
static double
delta_by_sum(double deviation, int sensitivity, double epsilon)
{
	double x = epsilon * deviation * deviation / sensitivity -
	           (double) sensitivity / 2;
	int most = (int) (40 * deviation);
	double all = 0;
	double near = 0;
	double far = 0;

	for (int y = -most; y <= most; y++)
	{
		double weight = exp(-y * (double) y / (2 * deviation * deviation));

		all += weight;
		near += y > x ? weight : 0;
		far += y > x + sensitivity ? weight : 0;
	}
	return (near - exp(epsilon) * far) / all;
}

static void
deviations_give_delta(void)
{
	/* of continuous noise, from test/oracle/dp.R */
	const double known[][4] = {{1, 1, 1e-05, 3.73063163481594},
	                           {1, 0.1, 1e-06, 36.3046904261965},
	                           {1, 10, 1e-09, 0.650246918958658},
	                           {2, 0.5, 0.001, 9.2202559014563}};

	for (int i = 0; i < 4; i++)
		CHECK_NEAR(seg_gaussian_deviation(known[i][0],
		                                  known[i][1],
		                                  known[i][2],
		                                  false),
		           known[i][3],
		           1e-8);
	/* of whole numbers: delta is held, and not by far more than need be */
	for (int sensitivity = 1; sensitivity <= 1000; sensitivity *= 10)
	{
		double deviation = seg_gaussian_deviation(sensitivity, 0.7, 1e-4, true);

		CHECK(delta_by_sum(deviation, sensitivity, 0.7) <= 1e-4);
		if (sensitivity == 1000)
			CHECK(delta_by_sum(deviation, sensitivity, 0.7) > 0.9e-4);
	}
	/* the ends of what is allowed */
	CHECK(isfinite(seg_gaussian_deviation(1, 1e-6, 1e-30, false)));
	CHECK(seg_gaussian_deviation(1, 1e-6, 1e-30, false) < 0x1p25);
	CHECK(seg_gaussian_deviation(1, 1e6, 1e-30, false) > 0);
	CHECK(seg_gaussian_deviation(1, 1e6, 0.1, false) > 1e-4);
}

static void
thresholds_hold_delta(void)
{
	const double epsilons[] = {1e-6, 0.01, 0.5, 1, 3, 20};
	const double deltas[] = {1e-30, 1e-9, 1e-5, 0.1};

	for (int i = 0; i < 6; i++)
	{
		for (int j = 0; j < 4; j++)
		{
			double q = exp(-epsilons[i]);
			double k = seg_laplace_tail(epsilons[i], deltas[j]);

			CHECK(exp(-epsilons[i] * k) / (1 + q) <= deltas[j]);
			CHECK(k == 1 || exp(-epsilons[i] * (k - 1)) / (1 + q) >
			                    deltas[j] * (1 - 1e-9));
		}
	}
}

void
test_discrete_noise(void)
{
	exponential_chances_are_exact();
	laplace_chances_are_exact();
	draws_have_their_law();
	large_noise_fits();
	deviations_give_delta();
	thresholds_hold_delta();
}
