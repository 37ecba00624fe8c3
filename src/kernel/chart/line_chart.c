/*-------------------------------------------------------------------------
 *
 * line_chart.c
 *	  Lines over numbers or time, with intervals or steps.
 *
 * Names stand beside the right ends of the lines, where a reader looks for them,
 * if all lines end there and the names need not be moved far from them. Otherwise
 * there is a legend.
 *
 * src/kernel/chart/line_chart.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/line_chart.h"

#include <float.h>
#include <math.h>

#include "draw/lettering.h"
#include "kernel/chart/line_path.h"
#include "draw/line_style.h"
#include "draw/plot.h"
#include "draw/words.h"

#define MOST_MARKED   20   /* points of a line that has signs at them */
#define WIDEST_LABEL  0.25 /* of the chart */
#define NARROWEST_BOX 0.3  /* with names beside it */
#define LEADER        14.0 /* from the end of a line to its name */
#define FARTHEST_END  14.0 /* of a line from the right, to be named there */
#define FARTHEST_MOVE 26.0 /* of a name from the end of its line */
#define NEAREST_END \
	6.0 /* of another line: closer, only color tells whose it is */
#define HEADROOM 0.05 /* of the range of y */
#define ONE_DAY  86400e6

typedef struct LineChart
{
	SegPlot plot;
	const SegLineKind *kind;
	SegLines lines;
	SegText names[SEG_SERIES_MOST];
	bool is_stepped;
	bool has_markers;
	bool has_marks;
	SegText labels[SEG_SERIES_MOST]; /* beside the lines */
	double label_y[SEG_SERIES_MOST];
} LineChart;

const SegLineKind seg_line_chart = {.name = "line_svg"};
const SegLineKind seg_band_chart = {.name = "band_svg", .has_interval = true};
const SegLineKind seg_survival_chart = {.name = "survival_svg",
                                        .has_interval = true,
                                        .is_survival = true};

/* ---------- options ---------- */

static SegStatus
check_line_options(SegEnv *env, const LineChart *chart,
                   const SegChartOptions *options)
{
	static const char *const of_numbers[] = {"x_label",
	                                         "y_label",
	                                         "x_unit",
	                                         "y_unit",
	                                         "x_format",
	                                         "y_format",
	                                         "x_scale",
	                                         "y_scale",
	                                         "colors",
	                                         "label_order",
	                                         "steps",
	                                         NULL};
	static const char *const of_survival[] = {"x_label",
	                                          "y_label",
	                                          "x_unit",
	                                          "x_format",
	                                          "colors",
	                                          "label_order",
	                                          NULL};

	SEG_TRY(seg_chart_check_used(env,
	                             options,
	                             chart->kind->name,
	                             chart->kind->is_survival ? of_survival
	                                                      : of_numbers));
	if (chart->lines.is_time && options->x_scale == SEG_SCALE_LOG)
		return seg_fail_name(env, SEG_OPTION_CLASH, "x_scale", "times");
	if (chart->lines.is_time && options->x_format != SEG_DIGITS_NUMBER)
		return seg_fail_name(env, SEG_OPTION_CLASH, "x_format", "times");
	if (chart->lines.is_time && options->x_unit.length > 0)
		return seg_fail_name(env, SEG_OPTION_CLASH, "x_unit", "times");
	return SEG_OK;
}

/* ---------- ranges ---------- */

typedef struct Extent
{
	double low;
	double high;
} Extent;

static void
widen_extent(Extent *extent, double x)
{
	/* a missing number changes nothing */
	extent->low = fmin(extent->low, x);
	extent->high = fmax(extent->high, x);
}

static void
see_if_whole(SegAxis *axis, double x)
{
	axis->is_whole = axis->is_whole && floor(x) == x &&
	                 axis->style.format == SEG_DIGITS_NUMBER;
}

static SegStatus
see_all_points(LineChart *chart, Extent *x, Extent *y)
{
	int64_t steps = 0;

	*x = *y = (Extent){INFINITY, -INFINITY};
	chart->plot.x.is_whole = chart->plot.y.is_whole = true;
	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		const SegLine *line = &chart->lines.lines[s];

		for (int64_t i = 0; i < line->n; i++)
		{
			const SegLinePoint *point = &line->points[i];

			SEG_TRY(seg_count_steps(chart->plot.chart.env, &steps, 10));
			if (isnan(point->y))
				continue;
			see_if_whole(&chart->plot.x, point->x);
			see_if_whole(&chart->plot.y, point->y);
			widen_extent(x, point->x);
			widen_extent(y, point->y);
			widen_extent(y, point->low);
			widen_extent(y, point->high);
			chart->has_marks = chart->has_marks || point->marks > 0;
		}
	}
	return SEG_OK;
}

/*
 * From 0 where it is not far, else a little beyond the data.
 */
static Extent
roomy(Extent y)
{
	double room = (y.high / 2 - y.low / 2) * (2 * HEADROOM);
	bool is_flat = y.low == y.high;
	bool from_zero = y.low >= 0 && (y.low <= y.high / 2 || is_flat);
	bool to_zero = y.high <= 0 && (y.high >= y.low / 2 || is_flat);

	if (from_zero && to_zero)
		return (Extent){0, 1};
	return (Extent){from_zero ? 0 : fmax(y.low - room, -DBL_MAX),
	                to_zero ? 0 : fmin(y.high + room, DBL_MAX)};
}

/*
 * One x alone is in the middle of an axis that shows how large it is.
 */
static Extent
around_one(const SegPlot *plot, double x)
{
	double room = fmax(fabs(x) * 0.1, 0.5);

	if (plot->x.kind == SEG_AXIS_LOG)
		return (Extent){fmax(x / 2, DBL_TRUE_MIN), fmin(x * 2, DBL_MAX)};
	if (plot->x.kind == SEG_AXIS_TIME)
		room = ONE_DAY;
	return (Extent){fmax(x - room, -DBL_MAX), fmin(x + room, DBL_MAX)};
}

static SegStatus
set_ranges(LineChart *chart)
{
	SegPlot *plot = &chart->plot;
	SegEnv *env = plot->chart.env;
	double ratio = 1;
	Extent x, y;

	SEG_TRY(see_all_points(chart, &x, &y));
	if (plot->x.kind == SEG_AXIS_LOG && x.low <= 0)
		return seg_fail(env, SEG_NOT_POSITIVE, "x on a log scale", x.low, 0);
	if (plot->y.kind == SEG_AXIS_LOG && y.low <= 0)
		return seg_fail(env, SEG_NOT_POSITIVE, "y on a log scale", y.low, 0);
	if (chart->kind->is_survival)
		y = (Extent){0, 1};
	else if (plot->y.kind == SEG_AXIS_LOG)
	{
		ratio = pow(10, (log10(y.high) - log10(y.low)) * HEADROOM);
		y = (Extent){fmax(y.low / ratio, DBL_TRUE_MIN),
		             fmin(y.high * ratio, DBL_MAX)};
	}
	else
		y = roomy(y);
	if (x.low == x.high)
		x = around_one(plot, x.low);
	seg_axis_set_range(&plot->x, x.low, x.high);
	seg_axis_set_range(&plot->y, y.low, y.high);
	return SEG_OK;
}

/* ---------- names beside the lines ---------- */

static const SegLinePoint *
last_point(const LineChart *chart, int64_t series)
{
	const SegLine *line = &chart->lines.lines[series];

	return &line->points[line->n - 1];
}

static SegStatus
measure_labels_beside(LineChart *chart)
{
	double room = WIDEST_LABEL * chart->plot.chart.width;
	double widest = 0;

	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		SEG_TRY(seg_text_fit(chart->plot.chart.env,
		                     chart->names[s],
		                     SEG_TEXT_SIZE,
		                     room,
		                     &chart->labels[s]));
		widest = fmax(widest, seg_text_width(chart->labels[s], SEG_TEXT_SIZE));
	}
	chart->plot.right = LEADER + SEG_GAP + widest;
	return SEG_OK;
}

/*
 * Numbers of lines, from the one that ends highest.
 */
static void
order_by_end(const LineChart *chart, int64_t order[SEG_SERIES_MOST])
{
	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		int64_t i = s;

		for (; i > 0 && chart->label_y[order[i - 1]] > chart->label_y[s]; i--)
			order[i] = order[i - 1];
		order[i] = s;
	}
}

/*
 * Names are put at the ends of the lines, moved down from those above them, and then
 * up again from the bottom.
 */
static void
move_labels_apart(LineChart *chart, const int64_t order[SEG_SERIES_MOST])
{
	const SegBox *box = &chart->plot.box;
	double lowest = box->y + box->height;
	double highest = box->y;
	int64_t n = chart->lines.count;

	for (int64_t i = 0; i < n; i++)
	{
		double *y = &chart->label_y[order[i]];

		*y = fmax(*y, highest);
		highest = *y + SEG_TEXT_LINE;
	}
	for (int64_t i = n - 1; i >= 0; i--)
	{
		double *y = &chart->label_y[order[i]];

		*y = fmin(*y, lowest);
		lowest = *y - SEG_TEXT_LINE;
	}
}

/*
 * Can the names stand beside the lines? The plot is measured with room for them.
 */
static bool
place_labels_beside(LineChart *chart)
{
	const SegPlot *plot = &chart->plot;
	double right = plot->box.x + plot->box.width;
	int64_t order[SEG_SERIES_MOST];

	if ((double) chart->lines.count * SEG_TEXT_LINE > plot->box.height ||
	    plot->box.width < NARROWEST_BOX * plot->chart.width)
		return false;
	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		const SegLinePoint *end = last_point(chart, s);

		chart->label_y[s] = seg_plot_y(plot, end->y);
		if (seg_plot_x(plot, end->x) < right - FARTHEST_END)
			return false;
	}
	order_by_end(chart, order);
	for (int64_t i = 1; i < chart->lines.count; i++)
	{
		if (chart->label_y[order[i]] - chart->label_y[order[i - 1]] <
		    NEAREST_END)
			return false;
	}
	move_labels_apart(chart, order);
	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		double end = seg_plot_y(plot, last_point(chart, s)->y);

		if (fabs(chart->label_y[s] - end) > FARTHEST_MOVE)
			return false;
	}
	return true;
}

static void
put_labels_beside(LineChart *chart)
{
	SegPlot *plot = &chart->plot;
	SegSvg *svg = &plot->chart.svg;
	double x = plot->box.x + plot->box.width + LEADER;
	char class[SEG_LINE_CLASS_ROOM];

	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		const SegLinePoint *end = last_point(chart, s);

		seg_stroke_class(plot->chart.options, s, class);
		seg_svg_line(svg,
		             class,
		             seg_plot_x(plot, end->x),
		             seg_plot_y(plot, end->y),
		             x,
		             chart->label_y[s]);
		seg_svg_label(svg,
		              "ink",
		              x + SEG_GAP / 2,
		              chart->label_y[s] + SEG_TEXT_MIDDLE,
		              SEG_ANCHOR_START,
		              chart->labels[s]);
	}
}

/* ---------- measuring ---------- */

static bool
has_few_points(const LineChart *chart)
{
	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		if (chart->lines.lines[s].n > MOST_MARKED)
			return false;
	}
	return true;
}

/*
 * Measure the frame with names beside the lines, or with a legend.
 */
static SegStatus
measure_frame(LineChart *chart, const SegChartOptions *options,
              SegChartLegend legend)
{
	SegPlot *plot = &chart->plot;

	SEG_TRY(seg_chart_measure_as(plot->chart.env,
	                             options,
	                             chart->names,
	                             chart->lines.count,
	                             legend,
	                             &plot->chart));
	if (legend == SEG_LEGEND_BESIDE)
		SEG_TRY(measure_labels_beside(chart));
	else
		plot->right = 0;
	seg_plot_measure(plot);
	return SEG_OK;
}

static SegStatus
name_lines(LineChart *chart)
{
	SegSvg words = {.env = chart->plot.chart.env};
	int64_t hidden = chart->lines.hidden;

	for (int64_t s = 0; s < chart->lines.count; s++)
		chart->names[s] = chart->lines.lines[s].name;
	if (hidden == 0)
		return SEG_OK;
	seg_words_count(&words, hidden);
	seg_svg_put(&words,
	            hidden == 1 ? " more series is not shown"
	                        : " more series are not shown");
	return seg_words_end(&words, &chart->plot.note);
}

static SegStatus
measure_lines(SegEnv *env, const SegChartOptions *options, LineChart *chart)
{
	SegPlot *plot = &chart->plot;

	plot->chart = (SegChart){.env = env, .options = options};
	SEG_TRY(name_lines(chart));
	seg_plot_init(plot, chart->lines.is_time);
	if (chart->kind->is_survival)
		plot->y.style.format = SEG_DIGITS_PERCENT;
	SEG_TRY(set_ranges(chart));
	chart->is_stepped = chart->kind->is_survival || options->steps;
	chart->has_markers = !chart->kind->is_survival && has_few_points(chart);
	if (chart->lines.count > 1)
	{
		SEG_TRY(measure_frame(chart, options, SEG_LEGEND_BESIDE));
		if (place_labels_beside(chart))
			return SEG_OK;
	}
	return measure_frame(chart,
	                     options,
	                     chart->has_markers ? SEG_LEGEND_MARKED_LINES
	                                        : SEG_LEGEND_LINES);
}

/* ---------- drawing ---------- */

static void
describe_point(const LineChart *chart, const SegLinePoint *point, SegSvg *text)
{
	char number[SEG_MAX_DIGITS];

	seg_svg_bytes(text,
	              (SegText){number,
	                        seg_axis_print(&chart->plot.y, point->y, number)});
	seg_svg_put(text, " at ");
	seg_svg_bytes(text,
	              (SegText){number,
	                        seg_axis_print(&chart->plot.x, point->x, number)});
}

/*
 * "Line chart. gold 12 at 2024-01-01 to 40 at 2024-06-01; silver …"
 */
static SegStatus
describe_lines(const LineChart *chart, SegText *description)
{
	SegSvg text = {.env = chart->plot.chart.env};

	seg_svg_put(&text,
	            chart->kind->is_survival ? "Survival curves. "
	                                     : "Line chart. ");
	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		const SegLine *line = &chart->lines.lines[s];

		seg_svg_put(&text, s > 0 ? "; " : "");
		SEG_TRY(seg_words_name(&text,
		                       line->name,
		                       WIDEST_LABEL * chart->plot.chart.width));
		seg_svg_put(&text, line->name.length > 0 ? " " : "");
		describe_point(chart, &line->points[0], &text);
		if (line->n > 1)
		{
			seg_svg_put(&text, " to ");
			describe_point(chart, last_point(chart, s), &text);
		}
	}
	return seg_words_end(&text, description);
}

static SegStatus
put_lines(LineChart *chart)
{
	SegPlot *plot = &chart->plot;

	for (int64_t s = 0; s < chart->lines.count && chart->kind->has_interval;
	     s++)
		SEG_TRY(seg_line_put_band(plot,
		                          s,
		                          &chart->lines.lines[s],
		                          chart->is_stepped));
	for (int64_t s = 0; s < chart->lines.count; s++)
	{
		const SegLine *line = &chart->lines.lines[s];

		SEG_TRY(
			seg_line_put(plot, s, line, chart->is_stepped, chart->has_markers));
		if (chart->has_marks)
			SEG_TRY(seg_line_put_marks(plot, s, line));
	}
	if (plot->chart.legend == SEG_LEGEND_BESIDE)
		put_labels_beside(chart);
	return SEG_OK;
}

SegStatus
seg_line_chart_draw(SegEnv *env, const SegLineKind *kind,
                    const SegChartOptions *options, const SegCountMap *sums,
                    int64_t skipped, SegLineClock clock, SegText *svg)
{
	LineChart chart = {.kind = kind, .plot = {.skipped = skipped}};
	SegText description;

	*svg = (SegText){NULL, 0};
	SEG_TRY(
		seg_lines_read(env, kind, &options->order, sums, clock, &chart.lines));
	SEG_TRY(check_line_options(env, &chart, options));
	if (chart.lines.count == 0)
		return SEG_OK;
	SEG_TRY(measure_lines(env, options, &chart));
	SEG_TRY(describe_lines(&chart, &description));
	SEG_TRY(seg_plot_begin(&chart.plot, description));
	SEG_TRY(put_lines(&chart));
	return seg_plot_end(&chart.plot, svg);
}
