/*-------------------------------------------------------------------------
 *
 * forest_plot.c
 *	  Estimates with their intervals, one for each label.
 *
 * A square is the estimate, a line its interval, and a line through all rows the
 * value of no effect: 0, or 1 among ratios. An interval without bound ends in an
 * arrow.
 *
 * src/kernel/chart/forest_plot.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/forest_plot.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/contingency.h"
#include "base/label_order.h"
#include "base/sort.h"
#include "draw/axis.h"
#include "draw/chart_style.h"
#include "draw/lettering.h"
#include "draw/words.h"

#define WIDEST_LABEL   0.35 /* of the chart */
#define NARROWEST_PLOT 0.25 /* or else there are no numbers at the right */
#define ROW_HEIGHT     24.0
#define ROOM_FOR_TICKS 22.0
#define TICK           4.0
#define TICK_DISTANCE  14.0
#define INSET          10.0 /* beside the outermost ends */
#define ARROW_INSET    26.0 /* for arrows */
#define SQUARE         9.0
#define CAP            10.0
#define STROKE         2.0
#define ARROW          8.0
#define MOST_DESCRIBED 5
#define MOST_NUMBERS   (3 * SEG_MAX_DIGITS + 16)

typedef struct ForestRow
{
	SegText name;
	SegText numbers; /* "1.24 (1.05-1.46)" */
	SegEffect effect;
	int64_t listed; /* its place among the labels that come first */
} ForestRow;

typedef struct ForestPlot
{
	SegChart chart;
	ForestRow *rows;
	int64_t *order; /* from top to bottom */
	int64_t count;
	int64_t skipped; /* rows of the query with a NULL */
	SegAxis axis;
	const char *until; /* between the ends of an interval */
	int usual_digit;   /* a power of ten, the last that numbers have */
	bool has_numbers;
	double label; /* width of the labels */
	double numbers;
	double row_height;
	SegBox plot;
} ForestPlot;

/* ---------- rows of the query ---------- */

SegStatus
seg_effect_check(SegEnv *env, const SegEffect *effect)
{
	SEG_TRY(seg_check_finite(env, "estimate", effect->estimate));
	if (effect->low > effect->estimate)
		return seg_fail_facts(env,
		                      SEG_ABOVE,
		                      (SegDiag){.what = "low",
		                                .name = "the estimate",
		                                .got = effect->low,
		                                .want = effect->estimate});
	if (effect->high < effect->estimate)
		return seg_fail_facts(env,
		                      SEG_ABOVE,
		                      (SegDiag){.what = "estimate",
		                                .name = "high",
		                                .got = effect->estimate,
		                                .want = effect->high});
	return SEG_OK;
}

static bool
is_same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

void
seg_effect_add(SegEffect *into, const SegEffect *more)
{
	if (into->rows == SEG_EFFECT_NONE)
		*into = *more;
	else if (more->rows > into->rows)
		into->rows = more->rows;
	else if (!is_same(into->estimate, more->estimate) ||
	         !is_same(into->low, more->low) || !is_same(into->high, more->high))
		into->rows = SEG_EFFECT_DIFFERENT;
}

bool
seg_effects_differ(const SegCountMap *effects, int64_t i)
{
	SegEffect effect;

	memcpy(&effect, seg_count_map_words(effects, i), sizeof(effect));
	return effect.rows != SEG_EFFECT_NONE && effect.rows != SEG_EFFECT_ONE;
}

static SegStatus
refuse_too_many(ForestPlot *plot)
{
	int64_t limit = plot->chart.options->limit;

	if (plot->count <= limit)
		return SEG_OK;
	return seg_fail_facts(plot->chart.env,
	                      SEG_OPTION_LIMIT,
	                      (SegDiag){.what = "labels",
	                                .got = (double) plot->count,
	                                .want = (double) limit,
	                                .options = "\"limit\""});
}

/*
 * A ratio is positive; its interval without bound begins at 0.
 */
static SegStatus
check_ratio(SegEnv *env, const SegEffect *effect)
{
	if (effect->estimate <= 0)
		return seg_fail(env,
		                SEG_NOT_POSITIVE,
		                "estimate with y_scale log",
		                effect->estimate,
		                0);
	if (effect->low < 0)
		return seg_fail(env,
		                SEG_NOT_POSITIVE,
		                "low with y_scale log",
		                effect->low,
		                0);
	return SEG_OK;
}

static SegStatus
collect_rows(ForestPlot *plot, const SegCountMap *effects)
{
	SegEnv *env = plot->chart.env;
	int64_t steps = 0;

	SEG_TRY(seg_count_map_validate(env, effects));
	SEG_ALLOC(env, plot->rows, (int64_t) effects->n + 1);
	for (int64_t i = 0; i < effects->n; i++)
	{
		SegText key = seg_count_map_key(effects, i);
		ForestRow *row = &plot->rows[plot->count];
		SegText pair[2];

		SEG_TRY(seg_count_steps(env, &steps, 50));
		if (!seg_cells_is_pair(key))
			continue;
		SEG_TRY(seg_pair_split(env, key, pair));
		row->name = pair[0];
		memcpy(&row->effect,
		       seg_count_map_words(effects, i),
		       sizeof(row->effect));
		SEG_TRY(seg_effect_check(env, &row->effect));
		plot->count++;
	}
	return refuse_too_many(plot);
}

/* ---------- order ---------- */

static int
compare_forest_rows(const void *of, int64_t a, int64_t b)
{
	const ForestPlot *plot = of;
	const ForestRow *x = &plot->rows[a];
	const ForestRow *y = &plot->rows[b];

	if (x->listed != y->listed)
		return x->listed < y->listed ? -1 : 1;
	if (plot->chart.options->sort != SEG_SORT_LABEL &&
	    x->effect.estimate != y->effect.estimate)
		return x->effect.estimate > y->effect.estimate ? -1 : 1;
	return seg_label_compare(x->name, y->name);
}

static SegStatus
order_rows(ForestPlot *plot)
{
	SegEnv *env = plot->chart.env;
	SegCountMap *listed;

	SEG_TRY(seg_listed_labels(env, &plot->chart.options->order, &listed));
	SEG_ALLOC(env, plot->order, plot->count + 1);
	for (int64_t i = 0; i < plot->count; i++)
	{
		plot->order[i] = i;
		plot->rows[i].listed = seg_listed_place(listed, plot->rows[i].name);
	}
	return seg_sort(env, plot->order, plot->count, compare_forest_rows, plot);
}

/* ---------- numbers ---------- */

static bool
is_ratio(const ForestPlot *plot)
{
	return plot->axis.kind == SEG_AXIS_LOG;
}

/* Is an end without bound? */
static bool
is_open_end(const ForestPlot *plot, double end)
{
	return isinf(end) || (end == 0 && is_ratio(plot));
}

/* An end that can be placed on the axis; elsewhere the estimate. */
static double
end_or_estimate(const ForestPlot *plot, const SegEffect *effect, double end)
{
	return isnan(end) || is_open_end(plot, end) ? effect->estimate : end;
}

/* Half of what is known of an interval; the whole may be beyond a double. */
static double
half_interval(const ForestPlot *plot, const SegEffect *effect)
{
	return end_or_estimate(plot, effect, effect->high) / 2 -
	       end_or_estimate(plot, effect, effect->low) / 2;
}

/*
 * The power of ten of the last digit that a row would like: its interval has ten
 * steps of it at least, and the numbers at most 15 digits.
 */
static int
finest_digit(const ForestPlot *plot, const SegEffect *effect)
{
	double low = end_or_estimate(plot, effect, effect->low);
	double high = end_or_estimate(plot, effect, effect->high);
	double size = fmax(fabs(low), fabs(high));

	return (int) fmax(floor(log10(half_interval(plot, effect) / 5)),
	                  floor(log10(size)) - 14);
}

/*
 * That of the average row.
 */
static void
set_usual_digit(ForestPlot *plot)
{
	double sum = 0;
	double rows = 0;

	for (int64_t i = 0; i < plot->count; i++)
	{
		const SegEffect *effect = &plot->rows[i].effect;

		if (half_interval(plot, effect) == 0)
			continue;
		sum += finest_digit(plot, effect);
		rows++;
	}
	plot->usual_digit = rows > 0 ? (int) rint(sum / rows) : SEG_NO_DIGIT;
}

/*
 * Rows have as many digits as the average one, but each interval some steps of the
 * last one, and no more than a hundred.
 */
static int
last_digit(const ForestPlot *plot, const SegEffect *effect)
{
	int whole = plot->axis.style.format == SEG_DIGITS_PERCENT ? -2 : 0;
	double size = fabs(effect->estimate);
	int digit = plot->usual_digit;
	int finest;

	if (half_interval(plot, effect) == 0)
		return digit <= whole && size >= seg_scale_by_tens(1, digit + 1) &&
		               size < seg_scale_by_tens(1, digit + 15)
		           ? digit
		           : SEG_NO_DIGIT;
	finest = finest_digit(plot, effect);
	size = fmax(size, fabs(end_or_estimate(plot, effect, effect->low)));
	size = fmax(size, fabs(end_or_estimate(plot, effect, effect->high)));
	digit = digit < finest - 1 ? finest - 1 : digit;
	digit = (int) fmin(digit,
	                   floor(log10(fmax(half_interval(plot, effect) / 2,
	                                    DBL_TRUE_MIN))));
	digit = (int) fmax(digit, floor(log10(size)) - 14);
	return size < 1e13 && digit > whole ? whole : digit;
}

static char *
put_literal(char *to, const char *text)
{
	memcpy(to, text, strlen(text));
	return to + strlen(text);
}

static char *
put_value_to_digit(char *to, double value, int digit,
                   const SegNumberStyle *style)
{
	if (isnan(value))
		return put_literal(to, "?");
	if (isinf(value))
		return put_literal(to,
		                   value < 0 ? "\xE2\x88\x92\xE2\x88\x9E"
		                             : "\xE2\x88\x9E");
	return to + seg_print_to_digit(value, digit, style, to);
}

/*
 * "1.24 (1.05-1.46)", with the unit once.
 */
static SegStatus
write_effect(ForestPlot *plot, ForestRow *row)
{
	const SegEffect *effect = &row->effect;
	int digit = last_digit(plot, effect);
	SegNumberStyle bare = {.format = plot->axis.style.format};
	char text[MOST_NUMBERS];
	char *bytes;
	char *to =
		put_value_to_digit(text, effect->estimate, digit, &plot->axis.style);

	if (!isnan(effect->low) || !isnan(effect->high))
	{
		to = put_literal(to, " (");
		to = put_value_to_digit(to, effect->low, digit, &bare);
		to = put_literal(to, plot->until);
		to = put_value_to_digit(to, effect->high, digit, &bare);
		to = put_literal(to, ")");
	}
	SEG_ALLOC(plot->chart.env, bytes, to - text);
	memcpy(bytes, text, (size_t) (to - text));
	row->numbers = (SegText){bytes, to - text};
	return SEG_OK;
}

/*
 * A dash between the ends would read as a sign before a negative number.
 */
static SegStatus
write_all_numbers(ForestPlot *plot)
{
	plot->until = "\xE2\x80\x93";
	for (int64_t i = 0; i < plot->count; i++)
	{
		const SegEffect *effect = &plot->rows[i].effect;

		if (effect->low < 0 || effect->high < 0)
			plot->until = " to ";
	}
	set_usual_digit(plot);
	for (int64_t i = 0; i < plot->count; i++)
		SEG_TRY(write_effect(plot, &plot->rows[i]));
	return SEG_OK;
}

/* ---------- measuring ---------- */

static double
no_effect(const ForestPlot *plot)
{
	return is_ratio(plot) ? 1 : 0;
}

/*
 * The axis shows the value of no effect, all estimates, and all ends with a bound.
 */
static void
set_forest_range(ForestPlot *plot)
{
	double low = no_effect(plot);
	double high = low;

	for (int64_t i = 0; i < plot->count; i++)
	{
		const SegEffect *effect = &plot->rows[i].effect;

		low = fmin(low, end_or_estimate(plot, effect, effect->low));
		high = fmax(high, end_or_estimate(plot, effect, effect->high));
	}
	if (low == high && !is_ratio(plot))
	{
		low = -1;
		high = 1;
	}
	seg_axis_set_range(&plot->axis, low, high);
}

/*
 * Room at the left, side -1, or right of the outermost ends.
 */
static double
inset(const ForestPlot *plot, int side)
{
	for (int64_t i = 0; i < plot->count; i++)
	{
		const SegEffect *effect = &plot->rows[i].effect;

		if (is_open_end(plot, side < 0 ? effect->low : effect->high))
			return ARROW_INSET;
	}
	return INSET;
}

static double
forest_tick_width(const SegAxisTick *tick)
{
	return seg_text_width((SegText){tick->text, tick->length}, SEG_TEXT_SIZE);
}

/*
 * Ticks of ratios may leave out 1, which readers look for: it replaces what is too
 * close to it.
 */
static void
add_tick_of_no_effect(ForestPlot *plot)
{
	SegAxis *axis = &plot->axis;
	SegAxisTick one = {.value = no_effect(plot)};
	double place = seg_axis_place(axis, one.value);
	int64_t kept = 0;

	one.length = seg_axis_print(axis, one.value, one.text);
	for (int64_t i = 0; i < axis->count; i++)
	{
		const SegAxisTick *tick = &axis->ticks[i];
		double needed = TICK_DISTANCE + forest_tick_width(tick) / 2 +
		                forest_tick_width(&one) / 2;

		if (tick->value == one.value)
			return;
		if (fabs(seg_axis_place(axis, tick->value) - place) >= needed)
			axis->ticks[kept++] = *tick;
	}
	axis->count = kept;
	if (kept < SEG_AXIS_MOST_TICKS)
		axis->ticks[axis->count++] = one;
}

static void
place_forest(ForestPlot *plot)
{
	double numbers = plot->has_numbers ? plot->numbers + SEG_GAP : 0;

	plot->plot.x = SEG_MARGIN + plot->label + SEG_GAP;
	plot->plot.width = plot->chart.width - SEG_MARGIN - numbers - plot->plot.x;
}

static void
measure_forest_columns(ForestPlot *plot)
{
	for (int64_t i = 0; i < plot->count; i++)
	{
		const ForestRow *row = &plot->rows[i];

		plot->label =
			fmax(plot->label, seg_text_width(row->name, SEG_TEXT_SIZE));
		plot->numbers =
			fmax(plot->numbers, seg_text_width(row->numbers, SEG_TEXT_SIZE));
	}
	plot->label = fmin(plot->label, WIDEST_LABEL * plot->chart.width);
	plot->has_numbers = true;
	place_forest(plot);
	if (plot->plot.width >= NARROWEST_PLOT * plot->chart.width)
		return;
	plot->has_numbers = false;
	place_forest(plot);
}

static void
measure_forest(ForestPlot *plot)
{
	const SegChartOptions *options = plot->chart.options;
	double above = plot->chart.top + seg_chart_room_above(options->x_label);
	double below =
		ROOM_FOR_TICKS + seg_chart_room_below(options->y_label, plot->skipped);

	measure_forest_columns(plot);
	plot->row_height = ROW_HEIGHT;
	if (options->height > 0)
		plot->row_height = fmax(ROW_HEIGHT,
		                        ((double) options->height - above - below) /
		                            (double) plot->count);
	plot->plot.y = above;
	plot->plot.height = plot->row_height * (double) plot->count;
	plot->chart.height = above + plot->plot.height + below;
	set_forest_range(plot);
	plot->axis.scale.from = plot->plot.x + inset(plot, -1);
	plot->axis.scale.to = plot->plot.x + plot->plot.width - inset(plot, 1);
	seg_axis_set_ticks_across(&plot->axis);
	add_tick_of_no_effect(plot);
}

/* ---------- drawing ---------- */

/*
 * "Forest plot. coupon 0.059 (0.033-0.085); and 3 more"
 */
static SegStatus
describe_forest(const ForestPlot *plot, SegText *description)
{
	int64_t n = plot->count < MOST_DESCRIBED ? plot->count : MOST_DESCRIBED;
	SegSvg text = {.env = plot->chart.env};

	seg_svg_put(&text, "Forest plot. ");
	for (int64_t i = 0; i < n; i++)
	{
		const ForestRow *row = &plot->rows[plot->order[i]];

		SEG_TRY(
			seg_words_name(&text, row->name, WIDEST_LABEL * plot->chart.width));
		seg_svg_put(&text, " ");
		seg_svg_bytes(&text, row->numbers);
		seg_svg_put(&text, "; ");
	}
	seg_words_end_list(&text, plot->count - n);
	return seg_words_end(&text, description);
}

static void
put_forest_axis(ForestPlot *plot)
{
	SegSvg *svg = &plot->chart.svg;
	double bottom = plot->plot.y + plot->plot.height;

	for (int64_t i = 0; i < plot->axis.count; i++)
	{
		const SegAxisTick *tick = &plot->axis.ticks[i];
		double half = forest_tick_width(tick) / 2;
		double x = seg_axis_place(&plot->axis, tick->value);

		seg_svg_line(svg,
		             tick->value == no_effect(plot) ? "axis" : "grid",
		             x,
		             plot->plot.y,
		             x,
		             bottom + TICK);
		if (x - half >= 0 && x + half <= plot->chart.width)
			seg_svg_label(svg,
			              "soft",
			              x,
			              bottom + TICK + SEG_TEXT_SIZE,
			              SEG_ANCHOR_MIDDLE,
			              (SegText){tick->text, tick->length});
	}
	seg_svg_line(svg,
	             "axis",
	             plot->plot.x,
	             bottom,
	             plot->plot.x + plot->plot.width,
	             bottom);
}

/*
 * An arrow whose tip is at the edge of the plot; side: -1 at the left, 1 at the
 * right.
 */
static void
put_arrow(ForestPlot *plot, int side, double middle)
{
	SegSvg *svg = &plot->chart.svg;
	double tip = plot->plot.x + (side > 0 ? plot->plot.width : 0);
	char class[SEG_CLASS_ROOM];

	seg_series_class(plot->chart.options, 0, class);
	seg_svg_path(svg, class);
	seg_svg_move_to(svg, tip, middle);
	seg_svg_line_to(svg, tip - side * ARROW, middle - CAP / 2);
	seg_svg_line_to(svg, tip - side * ARROW, middle + CAP / 2);
	seg_svg_close_path(svg);
	seg_svg_path_end(svg);
}

/*
 * From the estimate to one end of its interval, if that is known.
 */
static void
put_half_interval(ForestPlot *plot, double estimate, double end, int side,
                  double middle)
{
	double from = seg_axis_place(&plot->axis, estimate);
	double edge = plot->plot.x + (side > 0 ? plot->plot.width : 0);
	double to;

	if (isnan(end))
		return;
	to = is_open_end(plot, end) ? edge - side * ARROW
	                            : seg_axis_place(&plot->axis, end);
	seg_chart_series_rect(&plot->chart,
	                      0,
	                      (SegBox){fmin(from, to),
	                               middle - STROKE / 2,
	                               fabs(to - from),
	                               STROKE});
	if (is_open_end(plot, end))
		put_arrow(plot, side, middle);
	else
		seg_chart_series_rect(&plot->chart,
		                      0,
		                      (SegBox){to - STROKE / 2,
		                               middle - CAP / 2,
		                               STROKE,
		                               CAP});
}

static SegStatus
put_forest_row(ForestPlot *plot, const ForestRow *row, double middle)
{
	const SegEffect *effect = &row->effect;
	double x = seg_axis_place(&plot->axis, effect->estimate);
	SegSvg *svg = &plot->chart.svg;
	SegText name;

	SEG_TRY(seg_text_fit(plot->chart.env,
	                     row->name,
	                     SEG_TEXT_SIZE,
	                     plot->label,
	                     &name));
	seg_svg_label(svg,
	              "ink",
	              SEG_MARGIN,
	              middle + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              name);
	put_half_interval(plot, effect->estimate, effect->low, -1, middle);
	put_half_interval(plot, effect->estimate, effect->high, 1, middle);
	seg_chart_series_rect(&plot->chart,
	                      0,
	                      (SegBox){x - SQUARE / 2,
	                               middle - SQUARE / 2,
	                               SQUARE,
	                               SQUARE});
	if (plot->has_numbers)
		seg_svg_label(svg,
		              "ink",
		              plot->plot.x + plot->plot.width + SEG_GAP,
		              middle + SEG_TEXT_MIDDLE,
		              SEG_ANCHOR_START,
		              row->numbers);
	return SEG_OK;
}

static SegStatus
read_forest(ForestPlot *plot, const SegCountMap *effects)
{
	SEG_TRY(collect_rows(plot, effects));
	for (int64_t i = 0; i < plot->count && is_ratio(plot); i++)
		SEG_TRY(check_ratio(plot->chart.env, &plot->rows[i].effect));
	SEG_TRY(order_rows(plot));
	for (int64_t i = 0; i < plot->count; i++)
		plot->rows[i].name = seg_shown_label(plot->rows[i].name);
	return write_all_numbers(plot);
}

SegStatus
seg_forest_plot_draw(SegEnv *env, const SegChartOptions *options,
                     const SegCountMap *effects, int64_t skipped, SegText *svg)
{
	static const char *const used[] = {"x_label",
	                                   "y_label",
	                                   "y_unit",
	                                   "y_format",
	                                   "y_scale",
	                                   "colors",
	                                   "label_order",
	                                   "sort",
	                                   "limit",
	                                   NULL};
	const SegText series[] = {{"", 0}};
	ForestPlot plot = {.skipped = skipped,
	                   .axis = {.kind = options->y_scale == SEG_SCALE_LOG
	                                        ? SEG_AXIS_LOG
	                                        : SEG_AXIS_NUMBERS,
	                            .style = {.format = options->y_format,
	                                      .unit = options->y_unit}}};
	SegText description;

	SEG_TRY(seg_chart_check_used(env, options, "forest_svg", used));
	SEG_TRY(seg_chart_measure(env, options, series, 1, &plot.chart));
	SEG_TRY(read_forest(&plot, effects));
	measure_forest(&plot);
	SEG_TRY(describe_forest(&plot, &description));
	seg_chart_begin(&plot.chart, plot.chart.height, description);
	put_forest_axis(&plot);
	for (int64_t i = 0; i < plot.count; i++)
		SEG_TRY(
			put_forest_row(&plot,
		                   &plot.rows[plot.order[i]],
		                   plot.plot.y + plot.row_height * ((double) i + 0.5)));
	SEG_TRY(seg_chart_put_names(&plot.chart,
	                            options->x_label,
	                            options->y_label,
	                            plot.plot.y,
	                            skipped));
	return seg_chart_end(&plot.chart, svg);
}
