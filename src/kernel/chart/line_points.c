/*-------------------------------------------------------------------------
 *
 * line_points.c
 *	  Points of lines as a chart shows them.
 *
 * Points are put in order of x before anything is added up, so that no result
 * depends on the order of rows.
 *
 * src/kernel/chart/line_points.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/line_points.h"

#include <math.h>
#include <string.h>

#include "base/contingency.h"
#include "base/missing.h"
#include "base/sort.h"
#include "kernel/chart/cells.h"

#define MOST_TIME 9223371331200e6 /* the end of the server's calendar */

/* Points by their number in the map. */
typedef struct LineTable
{
	const SegCountMap *sums;
	double *x;
	int64_t *series; /* its number; -1: none, or it has gaps only */
	int64_t *order;  /* by x */
	int64_t points;  /* in order */
	SegLineX kind;
	SegCountMap *names; /* of series, with a SegWide: how large it is */
	int64_t *place;     /* of a series: its line, if there is one */
} LineTable;

void
seg_line_x_key(SegLineX kind, double x, char key[SEG_LINE_X_BYTES])
{
	x += 0.0; /* -0 is 0 */
	memcpy(key, &x, sizeof(x));
	key[sizeof(x)] = (char) kind;
}

/*
 * Two rows with an interval add up to nonsense, which the count gives away.
 */
void
seg_line_merge(SegLineSum *into, const SegLineSum *from)
{
	SegWide sum;

	if (from->rows == 0)
		return;
	if (into->rows == 0)
	{
		*into = *from;
		return;
	}
	sum = seg_wide_add((SegWide){into->y, into->rest},
	                   (SegWide){from->y, from->rest});
	into->y = sum.hi;
	into->rest = sum.lo;
	into->rows = (int64_t) ((uint64_t) into->rows + (uint64_t) from->rows);
}

static const SegLineSum *
line_sum(const LineTable *table, int64_t i)
{
	return seg_count_map_words(table->sums, i);
}

static SegWide *
series_size(const LineTable *table, int64_t series)
{
	return seg_count_map_words(table->names, series);
}

/* ---------- reading ---------- */

static SegStatus
line_state_damaged(SegEnv *env)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", "keys");
}

static SegStatus
read_line_x(SegEnv *env, LineTable *table, SegText key, int64_t i)
{
	SegLineX kind;

	if (key.length != SEG_LINE_X_BYTES)
		return line_state_damaged(env);
	memcpy(&table->x[i], key.bytes, sizeof(double));
	kind = (SegLineX) (unsigned char) key.bytes[sizeof(double)];
	if (kind > SEG_LINE_X_UTC || (table->points > 0 && kind != table->kind))
		return line_state_damaged(env);
	table->kind = kind;
	SEG_TRY(seg_check_finite(env, "x", table->x[i]));
	if (kind != SEG_LINE_X_NUMBER && fabs(table->x[i]) > MOST_TIME)
		return line_state_damaged(env);
	return SEG_OK;
}

/* As of every row; missing ends are. */
static bool
is_sound_interval(const SegLineSum *sum)
{
	return !isinf(sum->low) && !isinf(sum->high) && !(sum->low > sum->high);
}

static bool
is_sound_survival(const SegLineSum *sum)
{
	return sum->y >= 0 && sum->y <= 1 && !(sum->low < 0) && !(sum->high > 1) &&
	       sum->marks >= 0;
}

static SegStatus
check_line_sum(SegEnv *env, const SegLineKind *kind, const SegLineSum *sum)
{
	if (sum->rows > 1 && kind->has_interval)
		return seg_fail_name(env,
		                     SEG_REPEATED_PAIR,
		                     kind->is_survival ? "time" : "x",
		                     "series");
	if (!isfinite(sum->y))
		return seg_fail(env, SEG_NOT_FINITE, "sum", sum->y, 0);
	if (sum->rows < 0 || (kind->has_interval && !is_sound_interval(sum)) ||
	    (kind->is_survival && sum->rows > 0 && !is_sound_survival(sum)))
		return line_state_damaged(env);
	return SEG_OK;
}

/*
 * Series are those that have a value; only then gaps can find theirs.
 */
static SegStatus
read_line_keys(SegEnv *env, const SegLineKind *kind, LineTable *table)
{
	int64_t steps = 0;

	for (int gaps = 0; gaps < 2; gaps++)
	{
		for (int64_t i = 0; i < table->sums->n; i++)
		{
			SegText key = seg_count_map_key(table->sums, i);
			const SegLineSum *sum = line_sum(table, i);
			SegText pair[2];

			SEG_TRY(seg_count_steps(env, &steps, 50));
			if (!seg_cells_is_pair(key) || (sum->rows == 0) != gaps)
				continue;
			SEG_TRY(seg_pair_split(env, key, pair));
			SEG_TRY(read_line_x(env, table, pair[0], i));
			SEG_TRY(check_line_sum(env, kind, sum));
			table->order[table->points++] = i;
			if (gaps)
				table->series[i] = seg_count_map_find(table->names,
				                                      pair[1].bytes,
				                                      pair[1].length);
			else
				SEG_TRY(seg_count_map_insert(env,
				                             &table->names,
				                             pair[1].bytes,
				                             pair[1].length,
				                             &table->series[i]));
		}
	}
	return SEG_OK;
}

static int
compare_line_points(const void *of, int64_t a, int64_t b)
{
	const LineTable *table = of;

	if (table->x[a] != table->x[b])
		return table->x[a] < table->x[b] ? -1 : 1;
	return table->series[a] < table->series[b]
	           ? -1
	           : table->series[a] > table->series[b];
}

/*
 * So small a part cannot leave the range of a double.
 */
static SegStatus
size_series(SegEnv *env, LineTable *table)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < table->points; i++)
	{
		int64_t at = table->order[i];
		SegWide part = {fabs(line_sum(table, at)->y) * 0x1p-64, 0};
		SegWide *size;

		SEG_TRY(seg_count_steps(env, &steps, 20));
		if (table->series[at] < 0)
			continue;
		size = series_size(table, table->series[at]);
		*size = seg_wide_add(*size, part);
	}
	return SEG_OK;
}

/*
 * Series beyond the last place are not shown.
 */
static SegStatus
choose_series(SegEnv *env, LineTable *table, const SegTexts *first,
              SegLines *lines)
{
	SegCellLabels labels;

	SEG_TRY(seg_cell_labels_place(env,
	                              table->names,
	                              first,
	                              SEG_SERIES_MOST,
	                              &labels,
	                              &table->place));
	lines->hidden = labels.others;
	lines->count = labels.count - (labels.others > 0);
	for (int64_t i = 0; i < lines->count; i++)
		lines->lines[i].name = labels.names[i];
	return SEG_OK;
}

/* ---------- points ---------- */

static SegLine *
line_of_point(const LineTable *table, SegLines *lines, int64_t i)
{
	int64_t series = table->series[i];

	if (series < 0 || table->place[series] >= lines->count)
		return NULL;
	return &lines->lines[table->place[series]];
}

/*
 * Room for the points of each line; a survival curve begins with one more.
 */
static SegStatus
make_room_for_points(SegEnv *env, const SegLineKind *kind,
                     const LineTable *table, SegLines *lines)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < table->points; i++)
	{
		SegLine *line = line_of_point(table, lines, table->order[i]);

		SEG_TRY(seg_count_steps(env, &steps, 10));
		if (line != NULL)
			line->n++;
	}
	for (int64_t i = 0; i < lines->count; i++)
	{
		SegLine *line = &lines->lines[i];

		SEG_ALLOC(env, line->points, line->n + 1);
		line->n = 0;
		if (kind->is_survival)
			line->points[line->n++] = (SegLinePoint){.y = 1,
			                                         .low = seg_missing(),
			                                         .high = seg_missing()};
	}
	return SEG_OK;
}

static SegLinePoint
line_point(const SegLineKind *kind, const SegLineSum *sum, double x)
{
	bool has_interval = kind->has_interval && sum->rows > 0 &&
	                    !isnan(sum->low) && !isnan(sum->high);

	return (SegLinePoint){.x = x,
	                      .y = sum->rows > 0 ? sum->y : seg_missing(),
	                      .low = has_interval ? sum->low : seg_missing(),
	                      .high = has_interval ? sum->high : seg_missing(),
	                      .marks = sum->marks};
}

/*
 * Gaps before the first value and behind the last one are none.
 */
static SegStatus
fill_lines(SegEnv *env, const SegLineKind *kind, const LineTable *table,
           SegLineClock clock, SegLines *lines)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < table->points; i++)
	{
		int64_t at = table->order[i];
		SegLine *line = line_of_point(table, lines, at);
		const SegLineSum *sum = line_sum(table, at);
		double x = table->x[at];

		SEG_TRY(seg_count_steps(env, &steps, 50));
		if (line == NULL || (line->n == 0 && sum->rows == 0))
			continue;
		line->points[line->n++] =
			line_point(kind, sum, table->kind == SEG_LINE_X_UTC ? clock(x) : x);
	}
	for (int64_t i = 0; i < lines->count; i++)
	{
		SegLine *line = &lines->lines[i];

		while (line->n > 0 && isnan(line->points[line->n - 1].y))
			line->n--;
	}
	return SEG_OK;
}

SegStatus
seg_lines_read(SegEnv *env, const SegLineKind *kind, const SegTexts *first,
               const SegCountMap *sums, SegLineClock clock, SegLines *lines)
{
	LineTable table = {.sums = sums};

	*lines = (SegLines){.count = 0};
	SEG_TRY(seg_count_map_validate(env, sums));
	SEG_TRY(seg_count_map_create(env, SEG_CELLS_WIDTH, &table.names));
	SEG_ALLOC(env, table.x, sums->n + 1);
	SEG_ALLOC(env, table.series, sums->n + 1);
	SEG_ALLOC(env, table.order, sums->n + 1);
	SEG_TRY(read_line_keys(env, kind, &table));
	SEG_TRY(
		seg_sort(env, table.order, table.points, compare_line_points, &table));
	SEG_TRY(size_series(env, &table));
	SEG_TRY(choose_series(env, &table, first, lines));
	lines->is_time = table.kind != SEG_LINE_X_NUMBER;
	SEG_TRY(make_room_for_points(env, kind, &table, lines));
	return fill_lines(env, kind, &table, clock, lines);
}
