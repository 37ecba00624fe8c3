/*-------------------------------------------------------------------------
 *
 * cells.c
 *	  Sums of values by two labels, as a chart shows them.
 *
 * src/kernel/chart/cells.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/cells.h"

#include <math.h>
#include <string.h>

#include "base/contingency.h"
#include "base/label_order.h"
#include "base/missing.h"
#include "base/sort.h"
#include "draw/words.h"

#define STOP_INTERVAL 65536 /* cells */

/* All labels of one side. */
typedef struct Side
{
	SegCountMap *totals; /* a SegWide for each label, see part_of */
	int64_t *label;      /* of each cell: its number in totals; -1: no pair */
	int64_t *listed; /* of each label: its place among those that come first */
	int64_t *place;  /* and where it is shown */
	const SegTexts *first;
	bool by_value;
} Side;

/*
 * Totals only rank labels: so small a part of them cannot leave the range of a
 * double.
 */
static SegWide
part_of(SegWide sum)
{
	return (SegWide){sum.hi * 0x1p-64, sum.lo * 0x1p-64};
}

static SegWide *
cell_sum(const SegCountMap *sums, int64_t i)
{
	return seg_count_map_words(sums, i);
}

bool
seg_cells_is_pair(SegText key)
{
	uint32_t length = 0;

	memcpy(&length,
	       key.bytes,
	       (size_t) key.length < sizeof(length) ? (size_t) key.length
	                                            : sizeof(length));
	return length != SEG_CELLS_OTHER_KEY;
}

static SegStatus
collect_labels(SegEnv *env, const SegCountMap *sums, Side *sides)
{
	for (int side = 0; side < 2; side++)
	{
		SEG_TRY(
			seg_count_map_create(env, SEG_CELLS_WIDTH, &sides[side].totals));
		SEG_ALLOC(env, sides[side].label, sums->n + 1);
	}
	for (int64_t i = 0; i < sums->n; i++)
	{
		SegText key = seg_count_map_key(sums, i);
		SegText pair[2];

		sides[0].label[i] = -1;
		if (!seg_cells_is_pair(key))
			continue;
		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		SEG_TRY(seg_pair_split(env, key, pair));
		for (int side = 0; side < 2; side++)
		{
			Side *s = &sides[side];
			SegWide *total;

			SEG_TRY(seg_count_map_insert(env,
			                             &s->totals,
			                             pair[side].bytes,
			                             pair[side].length,
			                             &s->label[i]));
			total = cell_sum(s->totals, s->label[i]);
			*total = seg_wide_add(*total, part_of(*cell_sum(sums, i)));
		}
	}
	return SEG_OK;
}

/* ---------- order ---------- */

static bool
is_whole_number(SegText label)
{
	int64_t sign = label.length > 0 && label.bytes[0] == '-';

	for (int64_t i = sign; i < label.length; i++)
	{
		if (label.bytes[i] < '0' || label.bytes[i] > '9')
			return false;
	}
	return label.length > sign;
}

static bool
are_whole_numbers(const SegCountMap *labels)
{
	for (int64_t i = 0; i < labels->n; i++)
	{
		if (!is_whole_number(seg_count_map_key(labels, i)))
			return false;
	}
	return true;
}

SegStatus
seg_listed_labels(SegEnv *env, const SegTexts *list, SegCountMap **listed)
{
	int64_t steps = 0;
	int64_t at;

	SEG_TRY(seg_count_map_create(env, 1, listed));
	for (int64_t i = 0; i < list->count; i++)
	{
		SegText label = seg_texts_get(list, i);

		SEG_TRY(
			seg_count_map_insert(env, listed, label.bytes, label.length, &at));
		SEG_TRY(seg_count_steps(env, &steps, 50));
	}
	return SEG_OK;
}

int64_t
seg_listed_place(const SegCountMap *listed, SegText label)
{
	int64_t at = seg_count_map_find(listed, label.bytes, label.length);

	return at >= 0 ? at : listed->n;
}

static SegStatus
look_up_listed(SegEnv *env, Side *side)
{
	SegCountMap *listed;
	int64_t steps = 0;

	SEG_TRY(seg_listed_labels(env, side->first, &listed));
	SEG_ALLOC(env, side->listed, side->totals->n + 1);
	for (int64_t i = 0; i < side->totals->n; i++)
	{
		SegText label = seg_count_map_key(side->totals, i);

		side->listed[i] = seg_listed_place(listed, label);
		SEG_TRY(seg_count_steps(env, &steps, 50));
	}
	return SEG_OK;
}

static int
compare_labels(const Side *side, int64_t a, int64_t b)
{
	return seg_label_compare(seg_count_map_key(side->totals, a),
	                         seg_count_map_key(side->totals, b));
}

static int
compare_cell_labels_listed(const Side *side, int64_t a, int64_t b)
{
	int64_t x = side->listed[a];
	int64_t y = side->listed[b];

	return x < y ? -1 : x > y;
}

static int
descending(double x, double y)
{
	return x > y ? -1 : x < y;
}

/* Which labels are shown: those of the list, then the largest. */
static int
compare_rank(const void *of, int64_t a, int64_t b)
{
	const Side *side = of;
	int order = compare_cell_labels_listed(side, a, b);

	if (order == 0)
		order = descending(fabs(cell_sum(side->totals, a)->hi),
		                   fabs(cell_sum(side->totals, b)->hi));
	return order != 0 ? order : compare_labels(side, a, b);
}

/* In which order. */
static int
compare_shown(const void *of, int64_t a, int64_t b)
{
	const Side *side = of;
	int order = compare_cell_labels_listed(side, a, b);

	if (order == 0 && side->by_value)
		order = descending(cell_sum(side->totals, a)->hi,
		                   cell_sum(side->totals, b)->hi);
	return order != 0 ? order : compare_labels(side, a, b);
}

SegStatus
seg_cells_others_name(SegEnv *env, int64_t others, SegText *name)
{
	SegSvg words = {.env = env};

	seg_words_count(&words, others);
	seg_svg_put(&words, others == 1 ? " other" : " others, added up");
	return seg_words_end(&words, name);
}

/*
 * Give each label its place; those beyond the limit share the last one.
 */
static SegStatus
place_labels(SegEnv *env, Side *side, int64_t limit, SegCellLabels *labels)
{
	int64_t n = side->totals->n;
	int64_t shown = n > limit ? limit : n;
	int64_t *order;

	SEG_ALLOC(env, order, n + 1);
	SEG_ALLOC(env, side->place, n + 1);
	SEG_ALLOC(env, labels->names, shown + 1);
	for (int64_t i = 0; i < n; i++)
		order[i] = i;
	SEG_TRY(look_up_listed(env, side));
	SEG_TRY(seg_sort(env, order, n, compare_rank, side));
	SEG_TRY(seg_sort(env, order, shown, compare_shown, side));
	for (int64_t i = 0; i < n; i++)
		side->place[order[i]] = i < shown ? i : shown;
	for (int64_t i = 0; i < shown; i++)
		labels->names[i] = seg_count_map_key(side->totals, order[i]);
	for (int64_t i = 0; i < shown && n > 1; i++)
		labels->names[i] = seg_shown_label(labels->names[i]);
	labels->others = n - shown;
	labels->count = shown + (labels->others > 0);
	if (labels->others == 0)
		return SEG_OK;
	return seg_cells_others_name(env, labels->others, &labels->names[shown]);
}

SegStatus
seg_cell_labels_place(SegEnv *env, SegCountMap *totals, const SegTexts *first,
                      int64_t limit, SegCellLabels *labels, int64_t **place)
{
	Side side = {.totals = totals, .first = first};

	SEG_TRY(place_labels(env, &side, limit, labels));
	*place = side.place;
	return SEG_OK;
}

/* ---------- values ---------- */

static SegStatus
fill_values(SegEnv *env, const SegCountMap *sums, const Side *sides,
            SegCells *cells)
{
	int64_t n = cells->rows.count * cells->series.count;
	SegWide *totals;
	bool *seen;

	SEG_ALLOC(env, totals, n + 1);
	SEG_ALLOC(env, seen, n + 1);
	SEG_ALLOC(env, cells->values, n + 1);
	for (int64_t i = 0; i < sums->n; i++)
	{
		int64_t row, at;

		if (sides[0].label[i] < 0)
			continue;
		row = sides[0].place[sides[0].label[i]];
		at = row * cells->series.count + sides[1].place[sides[1].label[i]];
		totals[at] = seg_wide_add(totals[at], *cell_sum(sums, i));
		seen[at] = true;
	}
	for (int64_t i = 0; i < n; i++)
	{
		cells->values[i] = seen[i] ? totals[i].hi : seg_missing();
		if (seen[i] && !isfinite(totals[i].hi))
			return seg_fail(env, SEG_NOT_FINITE, "sum", totals[i].hi, 0);
	}
	return SEG_OK;
}

static SegStatus
read_cells(SegEnv *env, const SegCellChart *chart,
           const SegChartOptions *options, const SegCountMap *sums,
           SegCells *cells)
{
	int sort =
		options->sort != SEG_SORT_DEFAULT ? options->sort : (int) chart->sort;
	Side sides[2] = {{.first = &options->order,
	                  .by_value = sort == SEG_SORT_VALUE},
	                 {.first = &options->order}};

	SEG_TRY(seg_count_map_validate(env, sums));
	SEG_TRY(collect_labels(env, sums, sides));
	if (sort == SEG_SORT_DEFAULT)
		sides[0].by_value = !are_whole_numbers(sides[0].totals);
	SEG_TRY(place_labels(env, &sides[0], options->limit, &cells->rows));
	SEG_TRY(place_labels(env,
	                     &sides[1],
	                     chart->has_colors
	                         ? seg_series_shown(sides[1].totals->n)
	                         : options->limit,
	                     &cells->series));
	return fill_values(env, sums, sides, cells);
}

/*
 * Charts refuse amounts below 0; a damaged rest of a sum would hide one.
 */
static SegStatus
check_amounts(SegEnv *env, const SegCountMap *sums)
{
	for (int64_t i = 0; i < sums->n; i++)
	{
		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (seg_cells_is_pair(seg_count_map_key(sums, i)) &&
		    cell_sum(sums, i)->hi >= 0 &&
		    cell_sum(sums, i)->hi + cell_sum(sums, i)->lo < 0)
			return seg_fail_name(env,
			                     SEG_CORRUPT,
			                     "state of the aggregate",
			                     "sums");
	}
	return SEG_OK;
}

SegStatus
seg_cell_chart_draw(SegEnv *env, const SegCellChart *chart,
                    const SegChartOptions *options, const SegCountMap *sums,
                    int64_t skipped, SegText *svg)
{
	SegCells cells = {.skipped = skipped};

	if (chart->is_amount)
		SEG_TRY(check_amounts(env, sums));
	if (chart->draw_sums != NULL)
		return chart->draw_sums(env, options, sums, skipped, svg);
	SEG_TRY(read_cells(env, chart, options, sums, &cells));
	return chart->draw(env, options, &cells, svg);
}

SegStatus
seg_cells_check_all(SegEnv *env, const SegCellLabels *labels, const char *what)
{
	if (labels->others == 0)
		return SEG_OK;
	return seg_fail_facts(env,
	                      SEG_OPTION_LIMIT,
	                      (SegDiag){.what = what,
	                                .got = (double) (labels->count - 1 +
	                                                 labels->others),
	                                .want = (double) (labels->count - 1),
	                                .options = "\"limit\""});
}
