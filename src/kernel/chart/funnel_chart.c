/*-------------------------------------------------------------------------
 *
 * funnel_chart.c
 *	  Steps of a funnel.
 *
 * A funnel of all users has a bar for each step, and between two of them how many
 * came so far, in words. Funnels by series stand side by side: their bars are shares
 * of the first step of each, so that a small channel can be compared with a large
 * one.
 *
 * How much is said depends on how much room there is; the bars keep a part of it.
 *
 * src/kernel/chart/funnel_chart.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/funnel_chart.h"

#include <float.h>
#include <math.h>

#include "draw/chart_style.h"
#include "draw/lettering.h"
#include "draw/words.h"

#define WIDEST_LABEL   0.3  /* of the chart */
#define NARROWEST_BARS 0.42 /* of what is right of the labels */
#define SINGLE_BAR     28.0
#define BETWEEN_BARS   24.0 /* a line of words */
#define GROUPED_BAR    14.0
#define THINNEST_BAR   14.0
#define SMALLEST_SHARE 0.001 /* that is written in tenths of a percent */
#define LARGEST_SHARE  1e9
#define MOST_DESCRIBED 8 /* steps */

typedef struct FunnelChart
{
	SegChart chart;
	const SegCells *cells;
	SegNumberStyle style;
	bool is_grouped;
	int said_behind;  /* bars; 0: the most */
	int said_between; /* bars */
	double label;     /* width of the labels */
	double longest;   /* bar, in users or shares */
	double bar;       /* thickness */
	double step;      /* from one label to the next */
	SegBox plot;      /* of the bars, without the words behind them */
} FunnelChart;

/* Users at a step; a step without a row was reached by nobody. */
static double
users_at(const FunnelChart *funnel, int64_t step, int64_t series)
{
	double users = seg_cell(funnel->cells, step, series);

	return isnan(users) ? 0 : users;
}

static double
bar_length(const FunnelChart *funnel, int64_t step, int64_t series)
{
	double users = users_at(funnel, step, series);
	double first = users_at(funnel, 0, series);

	if (!funnel->is_grouped)
		return users;
	return first > 0 ? fmin(users / first, DBL_MAX) : 0;
}

/* ---------- words ---------- */

/*
 * To a tenth of a percent, unless that would say 0% or 100% of what is not.
 */
static void
write_share(double part, double whole, SegSvg *words)
{
	const SegNumberStyle percent = {.format = SEG_DIGITS_PERCENT,
	                                .unit = {"", 0}};
	double share = fmin(part / whole, DBL_MAX); /* of huge and tiny numbers */
	int64_t tenths = 0;
	bool is_plain =
		share == 0 || (share >= SMALLEST_SHARE && share < LARGEST_SHARE);
	char text[SEG_MAX_DIGITS];
	int64_t length;

	if (is_plain)
		tenths = (int64_t) rint(share * 1000);
	if (!is_plain || (tenths == 1000 && part != whole))
		length = seg_print_rounded(share, &percent, text);
	else if (tenths % 10 == 0)
		length = seg_print_decimal(tenths / 10, -2, &percent, text);
	else
		length = seg_print_decimal(tenths, -3, &percent, text);
	seg_svg_bytes(words, (SegText){text, length});
}

/*
 * "62% of the step before, 760 lost"; more is left out the larger said is.
 */
static void
write_conversion(const FunnelChart *funnel, int64_t step, int64_t series,
                 int said, SegSvg *words)
{
	double users = users_at(funnel, step, series);
	double before = users_at(funnel, step - 1, series);

	if (before == 0)
	{
		seg_svg_put(words, "the step before has 0");
		return;
	}
	write_share(users, before, words);
	if (said < 2)
		seg_svg_put(words, " of the step before");
	if (said > 0 || users == before)
		return;
	seg_svg_put(words, ", ");
	seg_words_number(words, fabs(users - before), &funnel->style);
	seg_svg_put(words, users < before ? " lost" : " more");
}

/*
 * "744, 37.2% of the first, 62% of the step before"; more is left out the larger
 * said is.
 */
static void
write_behind_bar(const FunnelChart *funnel, int64_t step, int64_t series,
                 int said, SegSvg *words)
{
	double users = users_at(funnel, step, series);
	double first = users_at(funnel, 0, series);

	seg_words_number(words, users, &funnel->style);
	if (step == 0 || said > 2)
		return;
	seg_svg_put(words, ", ");
	if (first == 0)
	{
		seg_svg_put(words, "the first has 0");
		return;
	}
	write_share(users, first, words);
	if (said < 2)
		seg_svg_put(words, " of the first");
	if (said > 0)
		return;
	seg_svg_put(words, ", ");
	write_conversion(funnel, step, series, 1, words);
}

static double
words_width(const SegSvg *words)
{
	return seg_text_width((SegText){words->bytes, words->length},
	                      SEG_TEXT_SIZE);
}

/* ---------- measuring ---------- */

static void
measure_step_names(FunnelChart *funnel)
{
	const SegCellLabels *steps = &funnel->cells->rows;

	for (int64_t i = 0; i < steps->count; i++)
		funnel->label =
			fmax(funnel->label, seg_text_width(steps->names[i], SEG_TEXT_SIZE));
	funnel->label = fmin(funnel->label, WIDEST_LABEL * funnel->chart.width);
	funnel->plot.x = SEG_MARGIN + funnel->label + SEG_GAP;
}

static double
room_right_of_names(const FunnelChart *funnel)
{
	return funnel->chart.width - SEG_MARGIN - funnel->plot.x;
}

static SegStatus
widest_behind(const FunnelChart *funnel, int said, double *widest)
{
	const SegCells *cells = funnel->cells;

	*widest = 0;
	for (int64_t i = 0; i < cells->rows.count; i++)
	{
		for (int64_t s = 0; s < cells->series.count; s++)
		{
			SegSvg words = {.env = funnel->chart.env};

			write_behind_bar(funnel, i, s, said, &words);
			SEG_TRY(words.status);
			*widest = fmax(*widest, words_width(&words));
		}
	}
	return SEG_OK;
}

/*
 * Say as much behind the bars as leaves room for them, or nothing.
 */
static SegStatus
measure_behind(FunnelChart *funnel)
{
	double room = room_right_of_names(funnel);
	int least_said = funnel->is_grouped ? 0 : 1;

	for (funnel->said_behind = least_said; funnel->said_behind <= 3;
	     funnel->said_behind++)
	{
		double widest;

		SEG_TRY(widest_behind(funnel, funnel->said_behind, &widest));
		funnel->plot.width = room - widest - SEG_GAP;
		if (funnel->plot.width >= NARROWEST_BARS * room)
			return SEG_OK;
	}
	funnel->plot.width = room;
	return SEG_OK;
}

static SegStatus
measure_between(FunnelChart *funnel)
{
	for (funnel->said_between = 0; funnel->said_between < 2;
	     funnel->said_between++)
	{
		double widest = 0;

		for (int64_t i = 1; i < funnel->cells->rows.count; i++)
		{
			SegSvg words = {.env = funnel->chart.env};

			write_conversion(funnel, i, 0, funnel->said_between, &words);
			SEG_TRY(words.status);
			widest = fmax(widest, words_width(&words));
		}
		if (widest + SEG_GAP <= room_right_of_names(funnel))
			return SEG_OK;
	}
	return SEG_OK;
}

static void
measure_longest(FunnelChart *funnel)
{
	for (int64_t i = 0; i < funnel->cells->rows.count; i++)
	{
		for (int64_t s = 0; s < funnel->cells->series.count; s++)
			funnel->longest = fmax(funnel->longest, bar_length(funnel, i, s));
	}
}

static SegStatus
measure_funnel(FunnelChart *funnel)
{
	const SegChartOptions *options = funnel->chart.options;
	double steps = (double) funnel->cells->rows.count;
	double bars = funnel->is_grouped ? (double) funnel->cells->series.count : 1;
	double between = funnel->is_grouped ? SEG_GAP : BETWEEN_BARS;
	double above = funnel->chart.top + seg_chart_room_above(options->x_label);
	double below =
		seg_chart_room_below(options->y_label, funnel->cells->skipped);

	measure_step_names(funnel);
	measure_longest(funnel);
	SEG_TRY(measure_behind(funnel));
	if (!funnel->is_grouped)
		SEG_TRY(measure_between(funnel));
	funnel->bar = funnel->is_grouped ? GROUPED_BAR : SINGLE_BAR;
	if (options->height > 0)
		funnel->bar = fmax(THINNEST_BAR,
		                   (((double) options->height - above - below -
		                     SEG_GAP + between) /
		                        steps -
		                    between) /
		                       bars);
	funnel->step = funnel->bar * bars + between;
	funnel->plot.y = above;
	funnel->plot.height = funnel->step * steps - between + SEG_GAP;
	funnel->chart.height = above + funnel->plot.height + below;
	return SEG_OK;
}

/* ---------- drawing ---------- */

static double
bar_pixels(const FunnelChart *funnel, int64_t step, int64_t series)
{
	if (funnel->longest == 0)
		return 0;
	return bar_length(funnel, step, series) / funnel->longest *
	       funnel->plot.width;
}

static SegStatus
put_funnel_words(FunnelChart *funnel, const char *class, double x,
                 double middle, const SegSvg *words)
{
	SegText text = {words->bytes, words->length};

	SEG_TRY(words->status);
	SEG_TRY(seg_text_fit(funnel->chart.env,
	                     text,
	                     SEG_TEXT_SIZE,
	                     funnel->chart.width - SEG_MARGIN - x,
	                     &text));
	seg_svg_label(&funnel->chart.svg,
	              class,
	              x,
	              middle + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              text);
	return SEG_OK;
}

static SegStatus
put_step_bar(FunnelChart *funnel, int64_t step, int64_t series, double top)
{
	SegBox box = {funnel->plot.x,
	              top,
	              bar_pixels(funnel, step, series),
	              funnel->bar};
	SegSvg words = {.env = funnel->chart.env};

	seg_chart_series_rect(&funnel->chart, series, box);
	if (funnel->said_behind > 3)
		return SEG_OK;
	write_behind_bar(funnel, step, series, funnel->said_behind, &words);
	return put_funnel_words(funnel,
	                        "ink",
	                        box.x + box.width + SEG_GAP / 2,
	                        top + funnel->bar / 2,
	                        &words);
}

/*
 * From the bar before to this one, with what became of the users on the way.
 */
static SegStatus
put_way_to(FunnelChart *funnel, int64_t step, double top)
{
	SegSvg *svg = &funnel->chart.svg;
	SegSvg words = {.env = funnel->chart.env};
	double x = funnel->plot.x;
	char class[SEG_CLASS_ROOM];

	seg_series_class(funnel->chart.options, 0, class);
	seg_svg_put(svg, "<g fill-opacity=\"0.2\">");
	seg_svg_path(svg, class);
	seg_svg_move_to(svg, x, top - BETWEEN_BARS);
	seg_svg_line_to(svg,
	                x + bar_pixels(funnel, step - 1, 0),
	                top - BETWEEN_BARS);
	seg_svg_line_to(svg, x + bar_pixels(funnel, step, 0), top);
	seg_svg_line_to(svg, x, top);
	seg_svg_close_path(svg);
	seg_svg_path_end(svg);
	seg_svg_close(svg, "g");
	write_conversion(funnel, step, 0, funnel->said_between, &words);
	return put_funnel_words(funnel,
	                        "ink halo",
	                        x + SEG_GAP,
	                        top - BETWEEN_BARS / 2,
	                        &words);
}

static SegStatus
put_step(FunnelChart *funnel, int64_t step)
{
	int64_t bars = funnel->is_grouped ? funnel->cells->series.count : 1;
	double between = funnel->is_grouped ? SEG_GAP : BETWEEN_BARS;
	double top = funnel->plot.y + funnel->step * (double) step + SEG_GAP / 2;

	SEG_TRY(seg_chart_put_row_name(&funnel->chart,
	                               funnel->cells->rows.names[step],
	                               funnel->label,
	                               top + (funnel->step - between) / 2));
	if (!funnel->is_grouped && step > 0)
		SEG_TRY(put_way_to(funnel, step, top));
	for (int64_t s = 0; s < bars; s++)
		SEG_TRY(put_step_bar(funnel, step, s, top + funnel->bar * (double) s));
	return SEG_OK;
}

/*
 * "Funnel. visit 2,000; trial 1,240, 62% of the step before; and 2 more steps"
 */
static SegStatus
describe_funnel(const FunnelChart *funnel, SegText *description)
{
	const SegCells *cells = funnel->cells;
	double room = WIDEST_LABEL * funnel->chart.width;
	SegSvg words = {.env = funnel->chart.env};

	seg_svg_put(&words, "Funnel. ");
	for (int64_t i = 0; i < cells->rows.count && i < MOST_DESCRIBED; i++)
	{
		for (int64_t s = 0; s < cells->series.count; s++)
		{
			SEG_TRY(seg_words_name(&words, cells->rows.names[i], room));
			seg_svg_put(&words, funnel->is_grouped ? ", " : "");
			SEG_TRY(seg_words_name(&words, cells->series.names[s], room));
			seg_svg_put(&words, " ");
			write_behind_bar(funnel, i, s, 0, &words);
			seg_svg_put(&words, "; ");
		}
	}
	seg_words_end_list(&words, cells->rows.count - MOST_DESCRIBED);
	return seg_words_end(&words, description);
}

/*
 * Values of sums cannot be negative, but a state may come from another chart.
 */
static SegStatus
check_users(SegEnv *env, const SegCells *cells)
{
	int64_t n = cells->rows.count * cells->series.count;

	for (int64_t i = 0; i < n; i++)
	{
		if (cells->values[i] < 0)
			return seg_fail(env,
			                SEG_ARGUMENT_BELOW,
			                "value",
			                cells->values[i],
			                0);
	}
	return SEG_OK;
}

static SegStatus
draw_steps(SegEnv *env, const SegChartOptions *options, const SegCells *cells,
           bool is_grouped, SegText *svg)
{
	FunnelChart funnel = {.cells = cells,
	                      .is_grouped = is_grouped,
	                      .style = {.format = options->y_format,
	                                .unit = options->y_unit}};
	static const char *const used[] = {"x_label",
	                                   "y_label",
	                                   "y_unit",
	                                   "y_format",
	                                   "colors",
	                                   "label_order",
	                                   "sort",
	                                   "limit",
	                                   NULL};
	SegText description;

	SEG_TRY(
		seg_chart_check_used(env,
	                         options,
	                         is_grouped ? "grouped_funnel_svg" : "funnel_svg",
	                         used));
	SEG_TRY(check_users(env, cells));
	SEG_TRY(seg_cells_check_all(env, &cells->rows, "steps"));
	SEG_TRY(seg_chart_measure(env,
	                          options,
	                          cells->series.names,
	                          cells->series.count,
	                          &funnel.chart));
	funnel.chart.colors = is_grouped ? 0 : 1;
	SEG_TRY(measure_funnel(&funnel));
	SEG_TRY(describe_funnel(&funnel, &description));
	seg_chart_begin(&funnel.chart, funnel.chart.height, description);
	for (int64_t i = 0; i < cells->rows.count; i++)
		SEG_TRY(put_step(&funnel, i));
	SEG_TRY(seg_chart_put_names(&funnel.chart,
	                            options->x_label,
	                            options->y_label,
	                            funnel.plot.y,
	                            cells->skipped));
	return seg_chart_end(&funnel.chart, svg);
}

static SegStatus
draw_funnel(SegEnv *env, const SegChartOptions *options, const SegCells *cells,
            SegText *svg)
{
	return draw_steps(env, options, cells, false, svg);
}

static SegStatus
draw_grouped_funnel(SegEnv *env, const SegChartOptions *options,
                    const SegCells *cells, SegText *svg)
{
	return draw_steps(env, options, cells, true, svg);
}

const SegCellChart seg_funnel_chart = {.sort = SEG_SORT_DEFAULT,
                                       .has_colors = true,
                                       .is_amount = true,
                                       .draw = draw_funnel};
const SegCellChart seg_grouped_funnel_chart = {.sort = SEG_SORT_DEFAULT,
                                               .has_colors = true,
                                               .is_amount = true,
                                               .draw = draw_grouped_funnel};
