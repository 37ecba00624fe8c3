/*-------------------------------------------------------------------------
 *
 * difference_in_differences.c
 *	  What a treatment changed, by period, compared with a control.
 *
 * The effect in a period is the coefficient of "treated in this period" in a
 * linear regression on treated, on periods and on their products, without the
 * product of the reference period. Such a regression fits the mean of every cell,
 * a period of treated or of control rows, so that its coefficients are differences
 * of means, and its residuals those from the means.
 *
 * Errors are clustered by unit [1]: a unit moves an effect by the sum of its
 * residuals in four cells, each divided by the rows of the cell. Squares of that
 * add up over units. Without units every row would be one; as rows of a cell move
 * effects alike, the sum of their squares is all that counts: a cell is then like
 * a unit whose residuals add up to the root of it [2].
 *
 * Corrections for few units and rows are those of [3], as in statsmodels.
 *
 * [1] M. Bertrand, E. Duflo, S. Mullainathan, "How Much Should We Trust
 * Differences-in-Differences Estimates?", Quarterly Journal of Economics 119,
 * 2004.
 * [2] HC1 of J. G. MacKinnon, H. White, Journal of Econometrics 29, 1985.
 * [3] A. C. Cameron, D. L. Miller, "A Practitioner's Guide to Cluster-Robust
 * Inference", Journal of Human Resources 50, 2015.
 *
 * src/kernel/experiment/difference_in_differences.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/difference_in_differences.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/incomplete_beta.h"
#include "base/linalg.h"
#include "base/missing.h"
#include "base/radix_sort.h"
#include "base/sort.h"
#include "base/student.h"

#define CONFIDENCE  0.95
#define MOST_ROWS   (INT64_C(1) << 53)
#define NOISE       0x1p-102 /* of a difference, and row: what rounding may leave */
#define INDEPENDENT 1e-12 /* variance of an effect that others leave */

/* ---------- sums of a cell ---------- */

SegStatus
seg_check_outcome(SegEnv *env, double outcome)
{
	SEG_TRY(seg_check_finite(env, "outcome", outcome));
	if (fabs(outcome) > SEG_LARGEST_OUTCOME)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "outcome",
		                      outcome,
		                      -SEG_LARGEST_OUTCOME,
		                      SEG_LARGEST_OUTCOME);
	return SEG_OK;
}

static SegCellSums
sums_of(const void *words, int64_t width)
{
	SegCellSums sums = {0};

	memcpy(&sums, words, (size_t) width * sizeof(uint64_t));
	return sums;
}

/*
 * Unsigned: damaged counts must not overflow.
 */
static void
add_cell_sums(void *words, int64_t width, const SegCellSums *more)
{
	SegCellSums sums = sums_of(words, width);

	sums.rows = (int64_t) ((uint64_t) sums.rows + (uint64_t) more->rows);
	sums.sum = seg_wide_add(sums.sum, more->sum);
	sums.squares = seg_wide_add(sums.squares, more->squares);
	memcpy(words, &sums, (size_t) width * sizeof(uint64_t));
}

void
seg_cell_add(void *words, int64_t width, double outcome)
{
	double x = fabs(outcome) < 1.0 / SEG_LARGEST_OUTCOME ? 0.0 : outcome;
	SegCellSums one = {1, {x, 0.0}, seg_wide_product(x, x)};

	add_cell_sums(words, width, &one);
}

void
seg_cell_merge(void *into, const void *from, int64_t width)
{
	SegCellSums more = sums_of(from, width);

	add_cell_sums(into, width, &more);
}

/* ---------- the cells of all periods ---------- */

typedef struct Cell
{
	SegCellSums sums;
	SegWide mean;
	int64_t members; /* its units, or rows without units */
} Cell;

/*
 * Entries are the keys of the map, by unit and cell: in one order, whatever that
 * of the map. A cell is 2 * the number of its period + treated.
 */
typedef struct Panel
{
	const SegCountMap *map;
	bool has_units;
	int64_t n;
	int64_t *entries;
	int64_t *cell_of; /* entry of the map */
	int64_t periods;
	int64_t *period; /* ascending */
	Cell *cells;     /* 2 * periods */
	int64_t used;    /* cells with rows */
} Panel;

static SegStatus
state_damaged(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

static int32_t
period_in_key(SegText key)
{
	int32_t period;

	memcpy(&period, key.bytes, sizeof(period));
	return period;
}

static bool
is_treated_key(SegText key)
{
	return key.bytes[sizeof(int32_t)] != 0;
}

static SegText
unit_in_key(SegText key)
{
	return (SegText){key.bytes + SEG_CELL_SIZE, key.length - SEG_CELL_SIZE};
}

static bool
key_is_sound(const Panel *p, SegText key)
{
	return key.length >= SEG_CELL_SIZE &&
	       (p->has_units || key.length == SEG_CELL_SIZE) &&
	       (unsigned char) key.bytes[sizeof(int32_t)] <= 1;
}

static bool
sums_are_sound(const SegCellSums *sums, int64_t rows)
{
	double most = (double) sums->rows * SEG_LARGEST_OUTCOME * 2.0;

	return sums->rows >= 1 && sums->rows <= MOST_ROWS - rows &&
	       fabs(sums->sum.hi) <= most &&
	       fabs(sums->sum.lo) <= fabs(sums->sum.hi) &&
	       sums->squares.hi >= 0.0 &&
	       sums->squares.hi <= most * SEG_LARGEST_OUTCOME &&
	       fabs(sums->squares.lo) <= sums->squares.hi;
}

static int
compare_cells(const void *numbers, int64_t a, int64_t b)
{
	const int64_t *x = numbers;

	return (x[a] > x[b]) - (x[a] < x[b]);
}

/*
 * The periods that there are, in order.
 */
static SegStatus
find_periods(SegEnv *env, Panel *p)
{
	int64_t *seen, *order;
	SegCountMap *numbers;
	int64_t steps = 0;
	int64_t at;

	SEG_TRY(seg_count_map_create(env, 0, &numbers));
	SEG_ALLOC(env, seen, SEG_EFFECT_MAX_PERIODS);
	for (int64_t i = 0; i < p->n; i++)
	{
		SegText key = seg_count_map_key(p->map, i);

		SEG_TRY(seg_count_steps(env, &steps, 16));
		if (!key_is_sound(p, key))
			return state_damaged(env, "keys");
		SEG_TRY(seg_count_map_insert(env,
		                             &numbers,
		                             key.bytes,
		                             sizeof(int32_t),
		                             &at));
		if (at == SEG_EFFECT_MAX_PERIODS)
			return seg_fail(env,
			                SEG_LIMIT,
			                "periods",
			                (double) at + 1.0,
			                SEG_EFFECT_MAX_PERIODS);
		seen[at] = period_in_key(key);
	}
	p->periods = numbers->n;
	SEG_ALLOC(env, order, p->periods + 1);
	SEG_ALLOC(env, p->period, p->periods + 1);
	for (int64_t i = 0; i < p->periods; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, p->periods, compare_cells, seen));
	for (int64_t i = 0; i < p->periods; i++)
		p->period[i] = seen[order[i]];
	return SEG_OK;
}

static int64_t
find_cell(const Panel *p, SegText key)
{
	int64_t period = period_in_key(key);
	int64_t low = 0;
	int64_t high = p->periods - 1;

	while (low < high)
	{
		int64_t middle = (low + high) / 2;

		if (p->period[middle] < period)
			low = middle + 1;
		else
			high = middle;
	}
	return 2 * low + is_treated_key(key);
}

static int
compare_entries(const void *of, int64_t a, int64_t b)
{
	const Panel *p = of;
	int order = seg_text_compare(unit_in_key(seg_count_map_key(p->map, a)),
	                             unit_in_key(seg_count_map_key(p->map, b)));

	return order != 0 ? order : compare_cells(p->cell_of, a, b);
}

/*
 * The entries, by hash of the unit, then by unit and cell.
 */
static SegStatus
order_entries(SegEnv *env, Panel *p)
{
	SegRadixItem *items, *scratch;
	int64_t *room;
	int64_t steps = 0;
	int64_t end;

	SEG_ALLOC(env, items, p->n + 1);
	SEG_ALLOC(env, scratch, p->n + 1);
	SEG_ALLOC(env, room, p->n + 1);
	SEG_ALLOC(env, p->entries, p->n + 1);
	for (int64_t i = 0; i < p->n; i++)
	{
		SegText unit = unit_in_key(seg_count_map_key(p->map, i));

		SEG_TRY(seg_count_steps(env, &steps, 16));
		items[i].key = seg_hash(unit.bytes, (size_t) unit.length, 0);
		items[i].index = i;
	}
	SEG_TRY(seg_radix_sort(env, items, scratch, p->n));
	for (int64_t i = 0; i < p->n; i = end)
	{
		for (end = i; end < p->n && items[end].key == items[i].key; end++)
			p->entries[end] = items[end].index;
		SEG_TRY(seg_count_steps(env, &steps, 16 * (end - i)));
		SEG_TRY(
			seg_sort_in(env, p->entries + i, end - i, compare_entries, p, room));
	}
	return SEG_OK;
}

/*
 * Sums and means of the cells, from the entries in order.
 */
static SegStatus
find_means(SegEnv *env, Panel *p, SegPeriodEffects *result)
{
	int64_t steps = 0;

	SEG_ALLOC(env, p->cells, 2 * p->periods + 1);
	for (int64_t i = 0; i < p->n; i++)
	{
		int64_t at = p->entries[i];
		SegCellSums sums =
			sums_of(seg_count_map_words(p->map, at), p->map->width);
		Cell *cell = &p->cells[p->cell_of[at]];

		SEG_TRY(seg_count_steps(env, &steps, 16));
		if (!sums_are_sound(&sums, result->rows))
			return state_damaged(env, "sums");
		add_cell_sums(&cell->sums, SEG_CELL_ROWS_WIDTH, &sums);
		cell->members += p->has_units ? 1 : sums.rows;
		result->rows += sums.rows;
	}
	for (int64_t c = 0; c < 2 * p->periods; c++)
	{
		Cell *cell = &p->cells[c];

		p->used += cell->sums.rows > 0;
		if (cell->sums.rows > 0)
			cell->mean =
				seg_wide_divide(cell->sums.sum, (double) cell->sums.rows);
	}
	return SEG_OK;
}

static SegStatus
read_panel(SegEnv *env, const SegCountMap *map, Panel *p,
           SegPeriodEffects *result)
{
	int64_t steps = 0;

	*p = (Panel){.map = map,
	             .n = map->n,
	             .has_units = map->width == SEG_CELL_UNIT_WIDTH};
	SEG_TRY(seg_count_map_validate(env, map));
	if (!p->has_units && map->width != SEG_CELL_ROWS_WIDTH)
		return state_damaged(env, "width");
	SEG_TRY(find_periods(env, p));
	SEG_ALLOC(env, p->cell_of, p->n + 1);
	for (int64_t i = 0; i < p->n; i++)
	{
		SEG_TRY(seg_count_steps(env, &steps, 16));
		p->cell_of[i] = find_cell(p, seg_count_map_key(map, i));
	}
	SEG_TRY(order_entries(env, p));
	return find_means(env, p, result);
}

/* ---------- effects ---------- */

static double
cell_mean(const Cell *cell)
{
	return cell->sums.rows > 0 ? cell->mean.hi : seg_missing();
}

/* Do the four cells of an effect have so many members each? */
static bool
cells_have(const Panel *p, int64_t period, int64_t reference, int64_t least)
{
	return reference >= 0 && p->cells[2 * period].members >= least &&
	       p->cells[2 * period + 1].members >= least &&
	       p->cells[2 * reference].members >= least &&
	       p->cells[2 * reference + 1].members >= least;
}

/* The mean of treated rows of a period less that of the control. */
static SegWide
gap(const Panel *p, int64_t period)
{
	return seg_wide_subtract(p->cells[2 * period + 1].mean,
	                         p->cells[2 * period].mean);
}

static SegStatus
find_effects(SegEnv *env, const Panel *p, int64_t start,
             SegPeriodEffects *result)
{
	result->n = p->periods;
	result->reference = -1;
	SEG_ALLOC(env, result->periods, p->periods + 1);
	for (int64_t k = 0; k < p->periods && p->period[k] < start; k++)
		result->reference = k;
	for (int64_t k = 0; k < p->periods; k++)
	{
		SegPeriodEffect *row = &result->periods[k];
		double none = seg_missing();

		*row =
			(SegPeriodEffect){.period = (int32_t) p->period[k],
		                      .effect = none,
		                      .standard_error = none,
		                      .statistic = none,
		                      .p_value = none,
		                      .low = none,
		                      .high = none,
		                      .treated_mean = cell_mean(&p->cells[2 * k + 1]),
		                      .control_mean = cell_mean(&p->cells[2 * k]),
		                      .rows = p->cells[2 * k].sums.rows +
		                              p->cells[2 * k + 1].sums.rows};
		if (cells_have(p, k, result->reference, 1))
			row->effect =
				seg_wide_subtract(gap(p, k), gap(p, result->reference)).hi;
	}
	return SEG_OK;
}

/* ---------- how units move effects ---------- */

/* Sums over units of products of what they add to effects. */
typedef struct Movement
{
	int64_t reference;
	int64_t units;
	double *moves;      /* periods: what the unit adds to each effect */
	SegWide *variance;  /* periods */
	int64_t tested;     /* effects whose products are wanted */
	int64_t *test;      /* their periods */
	double *covariance; /* tested squared; the lower triangle */
} Movement;

/*
 * Sum of the residuals of an entry, or the root of the sum of their squares.
 */
static double
cell_residual(const Panel *p, int64_t at)
{
	SegCellSums sums = sums_of(seg_count_map_words(p->map, at), p->map->width);
	SegWide mean = p->cells[p->cell_of[at]].mean;
	SegWide minuend = p->has_units ? sums.sum : sums.squares;
	SegWide factor =
		p->has_units ? (SegWide){(double) sums.rows, 0.0} : sums.sum;
	SegWide rest = seg_wide_subtract(minuend, seg_wide_multiply(factor, mean));

	if (fabs(rest.hi) <= NOISE * (double) sums.rows * fabs(minuend.hi))
		return 0.0;
	return p->has_units ? rest.hi : sqrt(fmax(rest.hi, 0.0));
}

/*
 * Add what a unit, with these entries, moves.
 */
static void
add_unit(const Panel *p, const int64_t *entries, int64_t n, Movement *m)
{
	double all = 0.0;

	memset(m->moves, 0, (size_t) p->periods * sizeof(double));
	for (int64_t i = 0; i < n; i++)
	{
		int64_t cell = p->cell_of[entries[i]];
		double move =
			cell_residual(p, entries[i]) / (double) p->cells[cell].sums.rows;

		move = cell % 2 == 1 ? move : -move;
		m->moves[cell / 2] += move;
		all += cell / 2 == m->reference ? move : 0.0;
	}
	for (int64_t k = 0; k < p->periods; k++)
	{
		m->moves[k] -= all;
		m->variance[k] =
			seg_wide_add(m->variance[k],
		                 seg_wide_product(m->moves[k], m->moves[k]));
	}
	for (int64_t i = 0; i < m->tested; i++)
	{
		for (int64_t j = 0; j <= i; j++)
			m->covariance[i * m->tested + j] +=
				m->moves[m->test[i]] * m->moves[m->test[j]];
	}
}

/*
 * The end of the entries of the unit of an entry; without units each is alone.
 */
static int64_t
end_of_unit(const Panel *p, int64_t from)
{
	SegText unit = unit_in_key(seg_count_map_key(p->map, p->entries[from]));
	int64_t end = from + 1;

	while (p->has_units && end < p->n &&
	       seg_text_compare(unit,
	                        unit_in_key(
								seg_count_map_key(p->map, p->entries[end]))) ==
	           0)
		end++;
	return end;
}

static SegStatus
add_units(SegEnv *env, const Panel *p, Movement *m, SegPeriodEffects *result)
{
	int64_t steps = 0;
	int64_t end;

	for (int64_t from = 0; from < p->n; from = end)
	{
		bool in_group[2] = {false, false};

		end = end_of_unit(p, from);
		SEG_TRY(
			seg_count_steps(env, &steps, p->periods + m->tested * m->tested));
		add_unit(p, p->entries + from, end - from, m);
		m->units++;
		for (int64_t i = from; i < end; i++)
			in_group[p->cell_of[p->entries[i]] % 2] = true;
		for (int g = 0; p->has_units && g < 2; g++)
			result->units[g] += in_group[g];
	}
	return SEG_OK;
}

/* ---------- inference ---------- */

static void
infer(SegPeriodEffect *row, double variance, double freedom)
{
	double reach = seg_student_two_sided_quantile(1.0 - CONFIDENCE, freedom);

	row->standard_error = sqrt(variance);
	row->low = row->effect - reach * row->standard_error;
	row->high = row->effect + reach * row->standard_error;
	if (row->standard_error == 0.0)
		return;
	row->statistic = row->effect / row->standard_error;
	row->p_value = seg_student_two_sided(row->statistic, freedom);
}

/*
 * Wald's test that the effects before the treatment are all zero.
 */
static SegStatus
find_pretrend(SegEnv *env, const Movement *m, double correction,
              SegPeriodEffects *result)
{
	SegPretrend *test = &result->pretrend;
	int64_t n = m->tested;
	double *solved;

	SEG_ALLOC(env, solved, n + 1);
	for (int64_t i = 0; i < n; i++)
		solved[i] = result->periods[m->test[i]].effect;
	if (n == 0 || seg_cholesky(m->covariance, n, INDEPENDENT) < n)
		return SEG_OK;
	seg_cholesky_solve(m->covariance, n, solved);
	test->statistic = 0.0;
	for (int64_t i = 0; i < n; i++)
		test->statistic += result->periods[m->test[i]].effect * solved[i];
	test->statistic /= (double) n * correction;
	test->p_value = seg_f_upper(test->statistic, (double) n, result->freedom);
	return SEG_OK;
}

/*
 * Room for what units move, and the effects to test together.
 */
static SegStatus
plan_movement(SegEnv *env, const Panel *p, int64_t reference,
              bool test_pretrend, Movement *m)
{
	*m = (Movement){.reference = reference};
	SEG_ALLOC(env, m->moves, p->periods + 1);
	SEG_ALLOC(env, m->variance, p->periods + 1);
	SEG_ALLOC(env, m->test, p->periods + 1);
	for (int64_t k = 0; test_pretrend && k < reference; k++)
	{
		if (cells_have(p, k, reference, 2))
			m->test[m->tested++] = k;
	}
	SEG_ALLOC(env, m->covariance, m->tested * m->tested + 1);
	return SEG_OK;
}

SegStatus
seg_period_effects(SegEnv *env, const SegCountMap *map, int64_t start,
                   bool test_pretrend, SegPeriodEffects *result)
{
	double none = seg_missing();
	double correction, rest;
	Movement m;
	Panel p;

	*result = (SegPeriodEffects){.freedom = none, .pretrend = {none, none, 0}};
	SEG_TRY(read_panel(env, map, &p, result));
	SEG_TRY(find_effects(env, &p, start, result));
	SEG_TRY(plan_movement(env, &p, result->reference, test_pretrend, &m));
	SEG_TRY(add_units(env, &p, &m, result));
	result->pretrend.periods = m.tested;
	rest = (double) (result->rows - p.used);
	if (rest <= 0.0 || (p.has_units && m.units < 2))
		return SEG_OK;
	correction = (double) result->rows / rest;
	result->freedom = rest;
	if (p.has_units)
	{
		result->freedom = (double) (m.units - 1);
		correction = (double) (result->rows - 1) / rest *
		             ((double) m.units / result->freedom);
	}
	for (int64_t k = 0; k < p.periods; k++)
	{
		if (k != result->reference && cells_have(&p, k, result->reference, 2))
			infer(&result->periods[k],
			      m.variance[k].hi * correction,
			      result->freedom);
	}
	return find_pretrend(env, &m, correction, result);
}
