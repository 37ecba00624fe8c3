/*-------------------------------------------------------------------------
 *
 * bar_chart.c
 *	  Bars, one for each label, or one for each label and series.
 *
 * Bars lie, so that their labels can be read, and each has its value at its end.
 * Stacked bars have their sum there: what is positive is stacked to the right, what
 * is negative to the left.
 *
 * src/kernel/chart/bar_chart.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/bar_chart.h"

#include <math.h>
#include <string.h>

#include "draw/lettering.h"
#include "draw/words.h"

#define WIDEST_LABEL   0.4  /* of the chart */
#define NARROWEST_PLOT 0.25 /* or else the bars have no values at their ends */
#define SINGLE_BAR     18.0 /* its thickness */
#define GROUPED_BAR    13.0
#define THINNEST_BAR   13.0 /* the value at its end needs as much */
#define ROOM_FOR_TICKS 22.0
#define TICK_GAP       20.0
#define MOST_TICKS     10
#define MOST_DESCRIBED 5 /* bars */

typedef struct BarChart
{
	SegChart chart;
	const SegCells *cells;
	SegNumberStyle style;
	bool is_stacked;
	bool has_values; /* at the ends of the bars */
	double *ends;    /* of stacked bars: sums of each row, below and above 0 */
	double label;    /* width of the labels */
	double before;   /* room for the values at the ends of negative bars */
	double behind;   /* and of the others */
	double bar;      /* thickness */
	double row;      /* from one label to the next */
	SegScale scale;
	SegTicks ticks;
	SegBox plot;
} BarChart;

static bool
has_value(const BarChart *bars, int64_t row, int64_t series)
{
	return !isnan(seg_cell(bars->cells, row, series));
}

/*
 * What is drawn of a cell: its value, or its share of the row.
 */
static double
bar_value(const BarChart *bars, int64_t row, int64_t series)
{
	double value = seg_cell(bars->cells, row, series);
	double whole = 0;

	if (bars->chart.options->layout != SEG_LAYOUT_SHARE)
		return value;
	for (int64_t s = 0; s < bars->cells->series.count; s++)
	{
		if (has_value(bars, row, s))
			whole += fabs(seg_cell(bars->cells, row, s));
	}
	return whole > 0 ? value / whole : 0;
}

/* ---------- measuring ---------- */

static SegStatus
add_bar_ends(BarChart *bars)
{
	const SegCells *cells = bars->cells;

	SEG_ALLOC(bars->chart.env, bars->ends, 2 * cells->rows.count);
	for (int64_t r = 0; r < cells->rows.count; r++)
	{
		for (int64_t s = 0; s < cells->series.count; s++)
		{
			double value = has_value(bars, r, s) ? bar_value(bars, r, s) : 0;

			bars->ends[2 * r + (value > 0)] += value;
		}
		if (!isfinite(bars->ends[2 * r]) || !isfinite(bars->ends[2 * r + 1]))
			return seg_fail(bars->chart.env, SEG_NOT_FINITE, "sum", 0, 0);
	}
	return SEG_OK;
}

/*
 * Visit the number at the end of each bar.
 */
static void
see_bar_value(BarChart *bars, double value, double *low, double *high)
{
	char text[SEG_MAX_DIGITS];
	int64_t length = seg_print_rounded(value, &bars->style, text);
	double width = seg_text_width((SegText){text, length}, SEG_TEXT_SIZE);

	if (value < 0)
		bars->before = fmax(bars->before, width + SEG_GAP);
	else
		bars->behind = fmax(bars->behind, width + SEG_GAP);
	*low = fmin(*low, value);
	*high = fmax(*high, value);
}

static void
see_bar_values(BarChart *bars, double *low, double *high)
{
	const SegCells *cells = bars->cells;

	*low = *high = 0;
	for (int64_t r = 0; r < cells->rows.count; r++)
	{
		if (bars->is_stacked)
		{
			see_bar_value(bars, bars->ends[2 * r], low, high);
			see_bar_value(bars, bars->ends[2 * r + 1], low, high);
			continue;
		}
		for (int64_t s = 0; s < cells->series.count; s++)
		{
			if (has_value(bars, r, s))
				see_bar_value(bars, bar_value(bars, r, s), low, high);
		}
	}
}

static void
measure_labels(BarChart *bars)
{
	const SegCellLabels *rows = &bars->cells->rows;

	for (int64_t r = 0; r < rows->count; r++)
		bars->label =
			fmax(bars->label, seg_text_width(rows->names[r], SEG_TEXT_SIZE));
	bars->label = fmin(bars->label, WIDEST_LABEL * bars->chart.width);
}

static double
tick_place(const BarChart *bars, const SegTicks *ticks, int64_t i)
{
	return seg_scale_place(&bars->scale, seg_tick_value(ticks, i));
}

/*
 * As many ticks as there is room for their numbers.
 */
static SegTicks
ticks_that_fit(const BarChart *bars)
{
	for (int64_t most = MOST_TICKS;; most--)
	{
		SegTicks ticks = seg_ticks(bars->scale.low, bars->scale.high, most);
		double widest = 0;

		for (int64_t i = ticks.first; i <= ticks.last; i++)
		{
			char text[SEG_MAX_DIGITS];
			int64_t length = seg_tick_print(&ticks, i, &bars->style, text);

			widest =
				fmax(widest,
			         seg_text_width((SegText){text, length}, SEG_TEXT_SIZE));
		}
		if (most == 1 || widest + TICK_GAP <= tick_place(bars, &ticks, 1) -
		                                          tick_place(bars, &ticks, 0))
			return ticks;
	}
}

static void
place_plot(BarChart *bars)
{
	bars->plot.x = SEG_MARGIN + bars->label + SEG_GAP + bars->before;
	bars->plot.width =
		bars->chart.width - SEG_MARGIN - bars->behind - bars->plot.x;
}

static SegStatus
measure_bars(BarChart *bars)
{
	const SegChartOptions *options = bars->chart.options;
	int64_t in_row = bars->is_stacked ? 1 : bars->cells->series.count;
	double rows = (double) bars->cells->rows.count;
	double above = bars->chart.top + seg_chart_room_above(options->x_label);
	double below = ROOM_FOR_TICKS +
	               seg_chart_room_below(options->y_label, bars->cells->skipped);
	double low, high;

	if (bars->is_stacked)
		SEG_TRY(add_bar_ends(bars));
	measure_labels(bars);
	see_bar_values(bars, &low, &high);
	bars->bar = in_row > 1 ? GROUPED_BAR : SINGLE_BAR;
	if (options->height > 0)
		bars->bar = fmax(THINNEST_BAR,
		                 ((options->height - above - below) / rows - SEG_GAP) /
		                     (double) in_row);
	bars->row = bars->bar * (double) in_row + SEG_GAP;
	bars->plot.y = above;
	place_plot(bars);
	if (bars->plot.width < NARROWEST_PLOT * bars->chart.width)
	{
		bars->before = bars->behind = SEG_MARGIN;
		bars->has_values = false;
		place_plot(bars);
	}
	bars->plot.height = bars->row * rows;
	bars->scale.from = bars->plot.x;
	bars->scale.to = bars->plot.x + bars->plot.width;
	seg_scale_set_range(&bars->scale, low, high);
	bars->ticks = ticks_that_fit(bars);
	bars->chart.height = above + bars->plot.height + below;
	return SEG_OK;
}

/* ---------- drawing ---------- */

/*
 * "label, series 4,500; " of a bar, with long names cut.
 */
static SegStatus
describe_bar(const BarChart *bars, int64_t row, int64_t series, SegSvg *text)
{
	const SegCells *cells = bars->cells;
	double room = WIDEST_LABEL * bars->chart.width;

	SEG_TRY(seg_words_name(text, cells->rows.names[row], room));
	seg_svg_put(text, cells->series.count > 1 ? ", " : "");
	SEG_TRY(seg_words_name(text, cells->series.names[series], room));
	seg_svg_put(text, " ");
	seg_words_number(text, bar_value(bars, row, series), &bars->style);
	seg_svg_put(text, "; ");
	return SEG_OK;
}

/*
 * "Bar chart. gold 4,500; silver 1,200; and 3 more"
 */
static SegStatus
describe_bars(const BarChart *bars, SegText *description)
{
	int64_t rows = bars->cells->rows.count;
	int64_t n = rows < MOST_DESCRIBED ? rows : MOST_DESCRIBED;
	SegSvg text = {.env = bars->chart.env};

	seg_svg_put(&text, "Bar chart. ");
	for (int64_t r = 0; r < n; r++)
	{
		for (int64_t s = 0; s < bars->cells->series.count; s++)
		{
			if (has_value(bars, r, s))
				SEG_TRY(describe_bar(bars, r, s, &text));
		}
	}
	seg_words_end_list(&text, rows - n);
	return seg_words_end(&text, description);
}

static void
put_value(BarChart *bars, double value, double middle)
{
	double x = seg_scale_place(&bars->scale, value);
	char text[SEG_MAX_DIGITS];
	int64_t length = seg_print_rounded(value, &bars->style, text);

	if (!bars->has_values)
		return;
	seg_svg_label(&bars->chart.svg,
	              "ink",
	              value < 0 ? x - SEG_GAP / 2 : x + SEG_GAP / 2,
	              middle + SEG_TEXT_MIDDLE,
	              value < 0 ? SEG_ANCHOR_END : SEG_ANCHOR_START,
	              (SegText){text, length});
}

static void
put_bar(BarChart *bars, int64_t series, double from, double to, double top)
{
	double a = seg_scale_place(&bars->scale, from);
	double b = seg_scale_place(&bars->scale, to);
	SegBox box = {fmin(a, b), top, fabs(b - a), bars->bar};

	seg_chart_series_rect(&bars->chart, series, box);
}

static void
put_grouped_row(BarChart *bars, int64_t row, double top)
{
	for (int64_t s = 0; s < bars->cells->series.count; s++)
	{
		if (has_value(bars, row, s))
		{
			double value = bar_value(bars, row, s);

			put_bar(bars, s, 0, value, top);
			put_value(bars, value, top + bars->bar / 2);
		}
		top += bars->bar;
	}
}

static void
put_stacked_row(BarChart *bars, int64_t row, double top)
{
	double ends[2] = {0, 0};

	for (int64_t s = 0; s < bars->cells->series.count; s++)
	{
		double value = has_value(bars, row, s) ? bar_value(bars, row, s) : 0;
		double *end = &ends[value > 0];

		if (value == 0)
			continue;
		put_bar(bars, s, *end, *end + value, top);
		*end += value;
	}
	if (ends[0] < 0)
		put_value(bars, ends[0], top + bars->bar / 2);
	if (ends[1] > 0 || ends[0] == 0)
		put_value(bars, ends[1], top + bars->bar / 2);
}

static SegStatus
put_bar_rows(BarChart *bars)
{
	const SegCells *cells = bars->cells;

	for (int64_t r = 0; r < cells->rows.count; r++)
	{
		double top = bars->plot.y + bars->row * (double) r;

		SEG_TRY(seg_chart_put_row_name(&bars->chart,
		                               cells->rows.names[r],
		                               bars->label,
		                               top + bars->row / 2));
		if (bars->is_stacked)
			put_stacked_row(bars, r, top + SEG_GAP / 2);
		else
			put_grouped_row(bars, r, top + SEG_GAP / 2);
	}
	return SEG_OK;
}

static SegStatus
draw_bars(SegEnv *env, const SegChartOptions *options, const SegCells *cells,
          SegText *svg)
{
	bool is_share = options->layout == SEG_LAYOUT_SHARE;
	BarChart bars = {.cells = cells,
	                 .is_stacked = options->layout != SEG_LAYOUT_GROUPED,
	                 .has_values = !is_share,
	                 .style = {.format = is_share ? SEG_DIGITS_PERCENT
	                                              : options->y_format,
	                           .unit = is_share ? (SegText){"", 0}
	                                            : options->y_unit}};
	static const char *const used[] = {"x_label",
	                                   "y_label",
	                                   "y_unit",
	                                   "y_format",
	                                   "colors",
	                                   "label_order",
	                                   "sort",
	                                   "layout",
	                                   "limit",
	                                   NULL};
	SegText description;

	SEG_TRY(seg_chart_check_used(env, options, "bar_svg", used));
	if (options->sort == SEG_SORT_LABEL)
		SEG_TRY(seg_cells_check_all(env, &cells->rows, "labels"));
	SEG_TRY(seg_chart_measure(env,
	                          options,
	                          cells->series.names,
	                          cells->series.count,
	                          &bars.chart));
	SEG_TRY(measure_bars(&bars));
	SEG_TRY(describe_bars(&bars, &description));
	seg_chart_begin(&bars.chart, bars.chart.height, description);
	seg_chart_x_axis(&bars.chart,
	                 &bars.scale,
	                 &bars.ticks,
	                 &bars.style,
	                 bars.plot);
	SEG_TRY(put_bar_rows(&bars));
	SEG_TRY(seg_chart_put_names(&bars.chart,
	                            options->x_label,
	                            options->y_label,
	                            bars.plot.y,
	                            cells->skipped));
	return seg_chart_end(&bars.chart, svg);
}

const SegCellChart seg_bar_chart = {.sort = SEG_SORT_VALUE,
                                    .has_colors = true,
                                    .draw = draw_bars};
