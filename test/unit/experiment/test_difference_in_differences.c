/* test_difference_in_differences.c: kernel/experiment/difference_in_differences.c
 * against a regression by normal equations */
#include "base/linalg.h"
#include "kernel/experiment/difference_in_differences.h"
#include "unit.h"

void test_difference_in_differences(void);

#define MOST_ROWS    3000
#define MOST_PERIODS 6
#define MOST_COLUMNS (2 * MOST_PERIODS)

typedef struct Row
{
	int unit;
	bool treated;
	int period;
	double outcome;
} Row;

typedef struct Sample
{
	int rows;
	int periods; /* 0, 1, ... */
	int start;
	Row row[MOST_ROWS];
} Sample;

static double
draw_real(uint64_t *seed)
{
	return (double) unit_draw(seed, 1000003) / 1000003.0;
}

static void
make_sample(Sample *s, uint64_t *seed, double center, double spread)
{
	int units = 3 + unit_draw(seed, 60);
	double level[64];

	s->periods = 2 + unit_draw(seed, MOST_PERIODS - 1);
	s->start = 1 + unit_draw(seed, s->periods - 1);
	s->rows = 40 * s->periods + unit_draw(seed, 200);
	for (int u = 0; u < units; u++)
		level[u] = draw_real(seed) * spread * 3;
	for (int i = 0; i < s->rows; i++)
	{
		int unit = unit_draw(seed, units);
		int period = unit_draw(seed, s->periods);
		bool treated = unit % 2 == 0;

		s->row[i] =
			(Row){unit,
		          treated,
		          period,
		          center + level[unit] + draw_real(seed) * spread +
		              (treated && period >= s->start ? 0.5 * spread : 0.0)};
	}
}

/* Rows from the one at "first" on, then those before it. */
static SegCountMap *
map_of(SegEnv *env, const Sample *s, int first, bool has_units)
{
	int64_t width = has_units ? SEG_CELL_UNIT_WIDTH : SEG_CELL_ROWS_WIDTH;
	SegCountMap *map;

	CHECK(seg_count_map_create(env, width, &map) == SEG_OK);
	for (int n = 0; n < s->rows; n++)
	{
		const Row *row = &s->row[(first + n) % s->rows];
		char key[32];
		int64_t at;
		int length = 0;

		seg_cell_key(row->period, row->treated, key);
		if (has_units)
			length = snprintf(key + SEG_CELL_SIZE, 20, "%d", row->unit);
		CHECK(
			seg_count_map_insert(env, &map, key, SEG_CELL_SIZE + length, &at) ==
			SEG_OK);
		seg_cell_add(seg_count_map_words(map, at), width, row->outcome);
	}
	return map;
}

/* ---------- the regression ---------- */

static void
design(const Sample *s, const Row *row, double *x)
{
	int p = s->periods;
	int reference = s->start - 1;

	memset(x, 0, MOST_COLUMNS * sizeof(double));
	x[row->period] = 1.0;
	x[p] = row->treated;
	if (row->treated && row->period != reference)
		x[p + 1 + row->period - (row->period > reference)] = 1.0;
}

typedef struct Fit
{
	int columns;
	double b[MOST_COLUMNS];
	double covariance[MOST_COLUMNS][MOST_COLUMNS];
	double freedom;
} Fit;

static void
regress(const Sample *s, bool has_units, Fit *fit)
{
	int n = 2 * s->periods;
	double information[MOST_COLUMNS * MOST_COLUMNS] = {0};
	double inverse[MOST_COLUMNS * MOST_COLUMNS];
	double meat[MOST_COLUMNS][MOST_COLUMNS] = {{0}};
	static double score[MOST_ROWS][MOST_COLUMNS];
	double x[MOST_COLUMNS];
	double correction;
	int groups = has_units ? 64 : s->rows;
	int used = 0;

	fit->columns = n;
	memset(fit->b, 0, sizeof(fit->b));
	memset(score, 0, sizeof(score));
	for (int r = 0; r < s->rows; r++)
	{
		design(s, &s->row[r], x);
		for (int i = 0; i < n; i++)
		{
			fit->b[i] += x[i] * (s->row[r].outcome - s->row[0].outcome);
			for (int j = 0; j < n; j++)
				information[i * n + j] += x[i] * x[j];
		}
	}
	CHECK(seg_cholesky(information, n, 1e-12) == n);
	seg_cholesky_solve(information, n, fit->b);
	seg_cholesky_invert(information, n, inverse);
	for (int r = 0; r < s->rows; r++)
	{
		double rest = s->row[r].outcome - s->row[0].outcome;

		design(s, &s->row[r], x);
		for (int i = 0; i < n; i++)
			rest -= x[i] * fit->b[i];
		for (int i = 0; i < n; i++)
			score[has_units ? s->row[r].unit : r][i] += x[i] * rest;
	}
	for (int g = 0; g < groups; g++)
	{
		bool any = !has_units;

		for (int r = 0; has_units && r < s->rows; r++)
			any = any || s->row[r].unit == g;
		used += any;
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				meat[i][j] += score[g][i] * score[g][j];
	}
	fit->freedom = has_units ? used - 1.0 : s->rows - n;
	correction = has_units
	                 ? used / (used - 1.0) * (s->rows - 1.0) / (s->rows - n)
	                 : s->rows / (double) (s->rows - n);
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
		{
			fit->covariance[i][j] = 0.0;
			for (int k = 0; k < n; k++)
				for (int l = 0; l < n; l++)
					fit->covariance[i][j] += correction * inverse[i * n + k] *
					                         meat[k][l] * inverse[l * n + j];
		}
}

/* Do all cells have so many units or rows that errors are computed? */
static bool
is_rich(const Sample *s, bool has_units)
{
	for (int c = 0; c < 2 * s->periods; c++)
	{
		bool seen[MOST_ROWS] = {false};
		int members = 0;

		for (int r = 0; r < s->rows; r++)
		{
			int who = has_units ? s->row[r].unit : r;

			if (2 * s->row[r].period + s->row[r].treated != c || seen[who])
				continue;
			seen[who] = true;
			members++;
		}
		if (members < 2)
			return false;
	}
	return true;
}

static double
wald(const Fit *fit, int first, int n)
{
	double v[MOST_COLUMNS * MOST_COLUMNS], b[MOST_COLUMNS];
	double sum = 0.0;

	for (int i = 0; i < n; i++)
	{
		b[i] = fit->b[first + i];
		for (int j = 0; j < n; j++)
			v[i * n + j] = fit->covariance[first + i][first + j];
	}
	if (seg_cholesky(v, n, 1e-9) < n)
		return NAN;
	seg_cholesky_solve(v, n, b);
	for (int i = 0; i < n; i++)
		sum += b[i] * fit->b[first + i];
	return sum / n;
}

static void
compare(const Sample *s, bool has_units, double tolerance)
{
	SegPeriodEffects result;
	Fit fit;
	int pre = s->start - 1;
	double statistic;
	SegEnv env;

	if (!is_rich(s, has_units))
		return;
	env = unit_env();
	regress(s, has_units, &fit);
	CHECK(seg_period_effects(&env,
	                         map_of(&env, s, 0, has_units),
	                         s->start,
	                         true,
	                         &result) == SEG_OK);
	CHECK(result.n == s->periods && result.reference == s->start - 1 &&
	      result.rows == s->rows);
	CHECK(result.freedom == fit.freedom);
	for (int k = 0, at = s->periods + 1; k < s->periods; k++)
	{
		const SegPeriodEffect *e = &result.periods[k];
		double error;

		if (k == result.reference)
		{
			CHECK(e->effect == 0.0 && isnan(e->standard_error));
			continue;
		}
		error = sqrt(fit.covariance[at][at]);
		CHECK_NEAR((e->effect - fit.b[at]) / error, 0.0, tolerance);
		CHECK_NEAR(e->standard_error / error, 1.0, tolerance);
		CHECK_NEAR(e->statistic, fit.b[at] / error, tolerance);
		CHECK_NEAR((e->low + e->high) / 2, e->effect, 1e-12);
		at++;
	}
	CHECK(result.pretrend.periods == pre);
	statistic = pre > 0 ? wald(&fit, s->periods + 1, pre) : NAN;
	if (!isnan(statistic) && !isnan(result.pretrend.statistic))
		CHECK_NEAR(result.pretrend.statistic / statistic, 1.0, tolerance * 1e3);
	unit_env_free(&env);
}

static void
effects_are_those_of_a_regression(void)
{
	uint64_t seed = 11;
	Sample *s = calloc(1, sizeof(Sample));

	for (int turn = 0; turn < 200; turn++)
	{
		make_sample(s, &seed, turn % 3 == 0 ? 1000.0 : 0.0, 1.0);
		compare(s, true, 1e-9);
		compare(s, false, 1e-9);
	}
	/* far from zero; small; large */
	make_sample(s, &seed, 1e9, 1.0);
	compare(s, true, 1e-6);
	compare(s, false, 1e-6);
	make_sample(s, &seed, 0.0, 1e-60);
	compare(s, true, 1e-9);
	compare(s, false, 1e-9);
	make_sample(s, &seed, 0.0, 1e60);
	compare(s, true, 1e-9);
	compare(s, false, 1e-9);
	free(s);
}

static void
order_and_parts_do_not_matter(void)
{
	uint64_t seed = 3;
	Sample *s = calloc(1, sizeof(Sample));

	for (int turn = 0; turn < 60; turn++)
	{
		bool has_units = turn % 2 == 0;
		int64_t width = has_units ? SEG_CELL_UNIT_WIDTH : SEG_CELL_ROWS_WIDTH;
		SegEnv env = unit_env();
		SegPeriodEffects one, other, merged;
		SegCountMap *parts, *part;

		make_sample(s, &seed, 1e6, 1.0);
		CHECK(seg_period_effects(&env,
		                         map_of(&env, s, 0, has_units),
		                         s->start,
		                         true,
		                         &one) == SEG_OK);
		CHECK(seg_period_effects(&env,
		                         map_of(&env, s, s->rows / 3, has_units),
		                         s->start,
		                         true,
		                         &other) == SEG_OK);
		CHECK(seg_count_map_create(&env, width, &parts) == SEG_OK);
		for (int i = 0; i < 5; i++)
		{
			Sample *some = calloc(1, sizeof(Sample));

			for (int r = i; r < s->rows; r += 5)
				some->row[some->rows++] = s->row[r];
			part = map_of(&env, some, 0, has_units);
			for (int64_t k = 0; k < part->n; k++)
			{
				SegText key = seg_count_map_key(part, k);
				int64_t at;

				CHECK(seg_count_map_insert(&env,
				                           &parts,
				                           key.bytes,
				                           key.length,
				                           &at) == SEG_OK);
				seg_cell_merge(seg_count_map_words(parts, at),
				               seg_count_map_words(part, k),
				               width);
			}
			free(some);
		}
		CHECK(seg_period_effects(&env, parts, s->start, true, &merged) ==
		      SEG_OK);
		for (int64_t k = 0; k < one.n; k++)
		{
			CHECK(memcmp(&one.periods[k],
			             &other.periods[k],
			             sizeof(SegPeriodEffect)) == 0);
			CHECK(memcmp(&one.periods[k],
			             &merged.periods[k],
			             sizeof(SegPeriodEffect)) == 0);
		}
		CHECK(memcmp(&one.pretrend, &merged.pretrend, sizeof(SegPretrend)) ==
		      0);
		unit_env_free(&env);
	}
	free(s);
}

/* Effects of 2 that the interval of 95 % should hold 95 times of 100. */
static void
planted_effects_are_recovered(void)
{
	uint64_t seed = 77;
	Sample *s = calloc(1, sizeof(Sample));
	int turns = 2000;
	int covered = 0, covered_rows = 0; /* rows of a unit are alike */
	double sum = 0.0;

	for (int turn = 0; turn < turns; turn++)
	{
		SegEnv env = unit_env();
		SegPeriodEffects result;
		const SegPeriodEffect *e;

		*s = (Sample){.periods = 2, .start = 1};
		for (int u = 0; u < 60; u++)
		{
			double level = 0.5 * draw_real(&seed);
			double growth = 4 * draw_real(&seed);

			for (int r = 0; r < 8; r++)
				s->row[s->rows++] =
					(Row){u,
				          u % 2 == 0,
				          r % 2,
				          level + draw_real(&seed) + (r % 2) * (growth + 1) +
				              (u % 2 == 0) * (r % 2) * 2.0};
		}
		CHECK(seg_period_effects(&env,
		                         map_of(&env, s, 0, true),
		                         1,
		                         false,
		                         &result) == SEG_OK);
		e = &result.periods[1];
		sum += e->effect;
		covered += e->low <= 2.0 && 2.0 <= e->high;
		CHECK(seg_period_effects(&env,
		                         map_of(&env, s, 0, false),
		                         1,
		                         false,
		                         &result) == SEG_OK);
		e = &result.periods[1];
		covered_rows += e->low <= 2.0 && 2.0 <= e->high;
		unit_env_free(&env);
	}
	CHECK_NEAR(sum / turns, 2.0, 0.02);
	CHECK(covered >= turns * 93 / 100 && covered <= turns * 97 / 100);
	CHECK(covered_rows < turns * 85 / 100);
	free(s);
}

static SegStatus
effects_of(SegEnv *env, Sample *s, bool has_units, SegPeriodEffects *result)
{
	return seg_period_effects(env,
	                          map_of(env, s, 0, has_units),
	                          s->start,
	                          true,
	                          result);
}

static void
what_has_no_error(void)
{
	SegEnv env = unit_env();
	SegPeriodEffects r;
	Sample *s = calloc(1, sizeof(Sample));
	SegCountMap *map;

	/* nothing at all */
	CHECK(seg_count_map_create(&env, SEG_CELL_UNIT_WIDTH, &map) == SEG_OK);
	CHECK(seg_period_effects(&env, map, 0, true, &r) == SEG_OK);
	CHECK(r.n == 0 && r.rows == 0 && isnan(r.pretrend.statistic));
	/* one treated unit: an effect without an error */
	*s = (Sample){.periods = 2, .start = 1};
	for (int i = 0; i < 40; i++)
		s->row[s->rows++] =
			(Row){i / 4, i / 4 == 0, i % 2, i % 7 + (i / 4 == 0) * (i % 2)};
	CHECK(effects_of(&env, s, true, &r) == SEG_OK);
	CHECK(r.units[1] == 1 && r.units[0] == 9);
	CHECK(!isnan(r.periods[1].effect) && isnan(r.periods[1].standard_error));
	CHECK(effects_of(&env, s, false, &r) == SEG_OK);
	CHECK(!isnan(r.periods[1].standard_error));
	/* no variance: an error of zero, and no statistic */
	for (int i = 0; i < s->rows; i++)
		s->row[i] =
			(Row){i / 4, i / 4 % 2 == 0, i % 2, 0.1 + (i / 4 % 2) * 0.7};
	for (int has_units = 0; has_units < 2; has_units++)
	{
		CHECK(effects_of(&env, s, has_units == 1, &r) == SEG_OK);
		CHECK(r.periods[1].effect == 0.0 && r.periods[1].standard_error == 0.0);
		CHECK(isnan(r.periods[1].statistic) && isnan(r.periods[1].p_value));
		CHECK(r.periods[1].low == 0.0 && r.periods[1].high == 0.0);
	}
	/* an empty cell; no period before the start */
	s->rows = 39;
	for (int i = 0; i < s->rows; i++)
		s->row[i].treated = s->row[i].period == 1 && s->row[i].treated;
	CHECK(effects_of(&env, s, true, &r) == SEG_OK);
	CHECK(isnan(r.periods[1].effect) && isnan(r.periods[0].treated_mean));
	CHECK(seg_period_effects(&env, map_of(&env, s, 0, true), -5, true, &r) ==
	      SEG_OK);
	CHECK(r.reference == -1 && isnan(r.periods[0].effect));
	free(s);
	unit_env_free(&env);
}

static void
bad_input_is_refused(void)
{
	SegEnv env = unit_env();
	SegPeriodEffects r;
	Sample *s = calloc(1, sizeof(Sample));
	SegCountMap *map;
	char key[16];
	int64_t at;

	CHECK(seg_check_outcome(&env, NAN) == SEG_INFINITE);
	CHECK(seg_check_outcome(&env, -INFINITY) == SEG_INFINITE);
	CHECK(seg_check_outcome(&env, 1.0001e100) == SEG_ARGUMENT_RANGE);
	CHECK(seg_check_outcome(&env, -1e100) == SEG_OK);
	*s = (Sample){.start = 3};
	for (int i = 0; i < SEG_EFFECT_MAX_PERIODS; i++)
		s->row[s->rows++] = (Row){1, i % 2 == 0, i, 1};
	CHECK(effects_of(&env, s, false, &r) == SEG_OK);
	CHECK(r.n == SEG_EFFECT_MAX_PERIODS);
	s->row[s->rows++] = (Row){1, true, -7, 1};
	CHECK(effects_of(&env, s, false, &r) == SEG_LIMIT);
	/* damaged: no rows, a sum of nothing, a short key, a unit where none is */
	for (int damage = 0; damage < 6; damage++)
	{
		uint64_t words[SEG_CELL_ROWS_WIDTH] = {1};
		double huge = damage == 1 ? INFINITY : damage == 2 ? NAN : -1.0;

		CHECK(seg_count_map_create(&env, SEG_CELL_ROWS_WIDTH, &map) == SEG_OK);
		seg_cell_key(7, damage == 5, key);
		key[4] = damage == 5 ? 3 : 0;
		CHECK(
			seg_count_map_insert(&env,
		                         &map,
		                         key,
		                         SEG_CELL_SIZE - (damage == 3) + (damage == 4),
		                         &at) == SEG_OK);
		words[0] = damage > 0;
		if (damage == 1 || damage == 2)
			memcpy(&words[1], &huge, sizeof(huge));
		memcpy(seg_count_map_words(map, at), words, sizeof(words));
		CHECK(seg_period_effects(&env, map, 0, true, &r) == SEG_CORRUPT);
	}
	CHECK(seg_count_map_create(&env, 4, &map) == SEG_OK);
	CHECK(seg_period_effects(&env, map, 0, true, &r) == SEG_CORRUPT);
	free(s);
	unit_env_free(&env);
}

static void
hosts_that_fail(void)
{
	uint64_t seed = 9;
	Sample *s = calloc(1, sizeof(Sample));

	make_sample(s, &seed, 0, 1);
	for (int n = 0; n < 60; n++)
	{
		SegEnv env = unit_env();
		SegPeriodEffects r;
		SegCountMap *map = map_of(&env, s, 0, true);
		SegStatus status;

		unit_env_fail_after(&env, n);
		status = seg_period_effects(&env, map, s->start, true, &r);
		CHECK(status == SEG_OK || status == SEG_NO_MEMORY);
		CHECK(n > 0 || status == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	/* so many units that it asks whether to stop */
	{
		SegEnv env = unit_env();
		SegPeriodEffects r;
		SegCountMap *map;
		int64_t at;
		char key[16];

		CHECK(seg_count_map_create(&env, SEG_CELL_UNIT_WIDTH, &map) == SEG_OK);
		for (int u = 0; u < 40000; u++)
		{
			seg_cell_key(u % 2, u % 3 == 0, key);
			memcpy(key + SEG_CELL_SIZE, &u, sizeof(u));
			CHECK(seg_count_map_insert(&env,
			                           &map,
			                           key,
			                           SEG_CELL_SIZE + (int64_t) sizeof(u),
			                           &at) == SEG_OK);
			seg_cell_add(seg_count_map_words(map, at),
			             SEG_CELL_UNIT_WIDTH,
			             u % 7);
		}
		for (int n = 0; n < 6; n++)
		{
			unit_env_stop_after(&env, n);
			CHECK(seg_period_effects(&env, map, 1, true, &r) == SEG_STOPPED);
		}
		unit_env_stop_after(&env, 1000);
		CHECK(seg_period_effects(&env, map, 1, true, &r) == SEG_OK);
		CHECK(r.units[0] + r.units[1] == 40000);
		unit_env_free(&env);
	}
	free(s);
}

void
test_difference_in_differences(void)
{
	effects_are_those_of_a_regression();
	order_and_parts_do_not_matter();
	planted_effects_are_recovered();
	what_has_no_error();
	bad_input_is_refused();
	hosts_that_fail();
}
