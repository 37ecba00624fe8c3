/*-------------------------------------------------------------------------
 *
 * chart.c
 *	  What charts have in common.
 *
 * src/draw/chart.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/chart.h"

#include <stddef.h>
#include <string.h>

#include "draw/lettering.h"
#include "draw/chart_style.h"
#include "draw/line_style.h"
#include "draw/marker.h"
#include "draw/words.h"

#define MOST_TITLE_LINES 4
#define MARKER           5.0  /* radius, in the legend */
#define SWATCH           12.0 /* of a series in the legend */
#define LINE_SAMPLE      28.0 /* long enough for dashes */
#define LEGEND_GAP       16.0
#define TICK             4.0

#define OPTION(member) offsetof(SegChartOptions, member)

static const char *const formats[] = {"number", "percent", NULL};
static const char *const sorts[] = {"default", "value", "label", NULL};
static const char *const layouts[] = {"grouped", "stacked", "share", NULL};
static const char *const scales[] = {"linear", "log", NULL};
static const char *const themes[] = {"auto", "light", "dark", NULL};

const SegOption seg_chart_options[] =
	{{"title",
      SEG_OPTION_TEXT,
      OPTION(title),
      0,
      0,
      1000,
      NULL,
      "above the chart, and its name for screen readers"},
     {"description",
      SEG_OPTION_TEXT,
      OPTION(description),
      0,
      0,
      10000,
      NULL,
      "for those who cannot see the chart; otherwise its main numbers"},
     {"x_label",
      SEG_OPTION_TEXT,
      OPTION(x_label),
      0,
      0,
      1000,
      NULL,
      "what the labels are"},
     {"y_label",
      SEG_OPTION_TEXT,
      OPTION(y_label),
      0,
      0,
      1000,
      NULL,
      "what the values are"},
     {"x_unit",
      SEG_OPTION_TEXT,
      OPTION(x_unit),
      0,
      0,
      SEG_MAX_UNIT,
      NULL,
      "written after each number of x, such as days"},
     {"y_unit",
      SEG_OPTION_TEXT,
      OPTION(y_unit),
      0,
      0,
      SEG_MAX_UNIT,
      NULL,
      "written after each value, such as €"},
     {"x_format",
      SEG_OPTION_ENUM,
      OPTION(x_format),
      SEG_DIGITS_NUMBER,
      0,
      0,
      formats,
      "number, percent"},
     {"y_format",
      SEG_OPTION_ENUM,
      OPTION(y_format),
      SEG_DIGITS_NUMBER,
      0,
      0,
      formats,
      "number, percent"},
     {"x_scale",
      SEG_OPTION_ENUM,
      OPTION(x_scale),
      SEG_SCALE_LINEAR,
      0,
      0,
      scales,
      "linear, log"},
     {"y_scale",
      SEG_OPTION_ENUM,
      OPTION(y_scale),
      SEG_SCALE_LINEAR,
      0,
      0,
      scales,
      "linear, log"},
     {"width",
      SEG_OPTION_INT,
      OPTION(width),
      640,
      240,
      4000,
      NULL,
      "pixels from left to right"},
     {"height",
      SEG_OPTION_INT,
      OPTION(height),
      0,
      0,
      10000,
      NULL,
      "pixels from top to bottom; 0: as the content needs"},
     {"colors",
      SEG_OPTION_TEXTS,
      OPTION(colors),
      0,
      0,
      0,
      NULL,
      "of the series, as #rrggbb"},
     {"label_order",
      SEG_OPTION_TEXTS,
      OPTION(order),
      0,
      0,
      0,
      NULL,
      "labels that come first, in this order"},
     {"sort",
      SEG_OPTION_ENUM,
      OPTION(sort),
      SEG_SORT_DEFAULT,
      0,
      0,
      sorts,
      "default, value, label"},
     {"layout",
      SEG_OPTION_ENUM,
      OPTION(layout),
      SEG_LAYOUT_GROUPED,
      0,
      0,
      layouts,
      "grouped, stacked, share"},
     {"theme",
      SEG_OPTION_ENUM,
      OPTION(theme),
      SEG_THEME_AUTO,
      0,
      0,
      themes,
      "auto, light, dark"},
     {"limit",
      SEG_OPTION_INT,
      OPTION(limit),
      30,
      1,
      1000,
      NULL,
      "labels shown; the smallest others are taken together"},
     {"bins",
      SEG_OPTION_INT,
      OPTION(bins),
      0,
      0,
      200,
      NULL,
      "bars of a histogram, about so many; 0: as suits the rows"},
     {"steps",
      SEG_OPTION_BOOL,
      OPTION(steps),
      false,
      0,
      0,
      NULL,
      "whether a line keeps its value until the next point"},
     SEG_OPTION_END};

static bool
is_color(SegText text)
{
	if (text.length != 7 || text.bytes[0] != '#')
		return false;
	for (int i = 1; i < 7; i++)
	{
		if (memchr("0123456789abcdefABCDEF", text.bytes[i], 22) == NULL)
			return false;
	}
	return true;
}

SegStatus
seg_chart_options_check(SegEnv *env, const SegChartOptions *options)
{
	for (int64_t i = 0; i < options->colors.count; i++)
	{
		if (!is_color(seg_texts_get(&options->colors, i)))
			return seg_fail_name(env,
			                     SEG_OPTION_TYPE,
			                     "colors",
			                     "an array of colors such as #0072b2");
	}
	return SEG_OK;
}

static bool
is_listed(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
	{
		if (strcmp(name, *list) == 0)
			return true;
	}
	return false;
}

SegStatus
seg_chart_check_used(SegEnv *env, const SegChartOptions *options,
                     const char *chart, const char *const *used)
{
	static const char *const always[] =
		{"title", "description", "width", "height", "theme", NULL};

	for (const SegOption *o = seg_chart_options; o->name != NULL; o++)
	{
		if (!seg_option_is_initial(o, options) && !is_listed(o->name, always) &&
		    !is_listed(o->name, used))
			return seg_fail_name(env, SEG_OPTION_UNUSED, o->name, chart);
	}
	return SEG_OK;
}

/* ---------- title and legend ---------- */

/* A place in the legend, from the left, line by line. */
typedef struct Item
{
	SegText name;
	double x;
	double y;
} Item;

static double
sample_width(const SegChart *chart)
{
	return seg_legend_has_lines(chart->legend) ? LINE_SAMPLE : SWATCH;
}

/*
 * The item after this one; its name is cut if it is longer than a line.
 */
static SegStatus
next_item(const SegChart *chart, int64_t series, Item *item)
{
	double right = chart->width - SEG_MARGIN;
	double sample = sample_width(chart);
	double room = right - SEG_MARGIN - sample - SEG_GAP;
	double width;

	if (series > 0)
		item->x += sample + SEG_GAP +
		           seg_text_width(item->name, SEG_TEXT_SIZE) + LEGEND_GAP;
	SEG_TRY(seg_text_fit(chart->env,
	                     chart->series[series],
	                     SEG_TEXT_SIZE,
	                     room,
	                     &item->name));
	width = sample + SEG_GAP + seg_text_width(item->name, SEG_TEXT_SIZE);
	if (item->x + width > right)
	{
		item->x = SEG_MARGIN;
		item->y += SEG_TEXT_LINE;
	}
	return SEG_OK;
}

static bool
has_legend(const SegChart *chart)
{
	return chart->series_count > 1 && chart->series != NULL &&
	       chart->legend != SEG_LEGEND_BESIDE;
}

static double
title_bottom(const SegChart *chart)
{
	SegText rest = chart->options->title;
	double room = chart->width - 2 * SEG_MARGIN;
	double y = SEG_MARGIN;

	for (int i = 0; i < MOST_TITLE_LINES && rest.length > 0; i++)
	{
		(void) seg_next_line(&rest, SEG_TITLE_SIZE, room);
		y += SEG_TITLE_LINE;
	}
	return y;
}

SegStatus
seg_chart_measure(SegEnv *env, const SegChartOptions *options,
                  const SegText *series, int64_t series_count, SegChart *chart)
{
	return seg_chart_measure_as(env,
	                            options,
	                            series,
	                            series_count,
	                            SEG_LEGEND_BOXES,
	                            chart);
}

SegStatus
seg_chart_measure_as(SegEnv *env, const SegChartOptions *options,
                     const SegText *series, int64_t series_count,
                     SegChartLegend legend, SegChart *chart)
{
	Item item = {.x = SEG_MARGIN};

	*chart = (SegChart){.env = env,
	                    .options = options,
	                    .svg = {.env = env},
	                    .series = series,
	                    .series_count = series_count,
	                    .legend = legend,
	                    .width = (double) options->width};
	chart->top = title_bottom(chart);
	if (!has_legend(chart))
		return SEG_OK;
	for (int64_t i = 0; i < series_count; i++)
		SEG_TRY(next_item(chart, i, &item));
	chart->top += item.y + SEG_TEXT_LINE + SEG_GAP;
	return SEG_OK;
}

static SegStatus
put_title(SegChart *chart)
{
	SegText rest = chart->options->title;
	double room = chart->width - 2 * SEG_MARGIN;
	double y = SEG_MARGIN + SEG_TITLE_SIZE;

	for (int i = 0; i < MOST_TITLE_LINES && rest.length > 0; i++)
	{
		SegText whole = rest;
		SegText line = seg_next_line(&rest, SEG_TITLE_SIZE, room);

		if (i == MOST_TITLE_LINES - 1)
			SEG_TRY(
				seg_text_fit(chart->env, whole, SEG_TITLE_SIZE, room, &line));
		seg_svg_label(&chart->svg,
		              "ink heading",
		              SEG_MARGIN,
		              y,
		              SEG_ANCHOR_START,
		              line);
		y += SEG_TITLE_LINE;
	}
	return SEG_OK;
}

/*
 * A piece of what a series looks like, in a line of text that begins at y.
 */
static void
put_sample(SegChart *chart, int64_t series, double x, double y)
{
	double middle = y + SEG_TEXT_LINE / 2;
	char class[SEG_LINE_CLASS_ROOM];

	if (chart->legend == SEG_LEGEND_BOXES)
	{
		seg_chart_series_rect(chart,
		                      series,
		                      (SegBox){x, y + 2, SWATCH, SWATCH});
		return;
	}
	if (chart->legend == SEG_LEGEND_MARKERS)
	{
		seg_marker_put(chart, series, x + SWATCH / 2, middle, MARKER);
		return;
	}
	seg_line_class(chart->options, series, class);
	seg_svg_line(&chart->svg, class, x, middle, x + LINE_SAMPLE, middle);
	if (chart->legend == SEG_LEGEND_MARKED_LINES)
		seg_marker_put(chart,
		               series,
		               x + LINE_SAMPLE / 2,
		               middle,
		               SEG_LINE_MARKER);
}

static SegStatus
put_legend(SegChart *chart)
{
	Item item = {.x = SEG_MARGIN, .y = title_bottom(chart)};

	if (!has_legend(chart))
		return SEG_OK;
	for (int64_t i = 0; i < chart->series_count; i++)
	{
		SEG_TRY(next_item(chart, i, &item));
		put_sample(chart, i, item.x, item.y);
		seg_svg_label(&chart->svg,
		              "ink",
		              item.x + sample_width(chart) + SEG_GAP,
		              item.y + SEG_TEXT_LINE / 2 + SEG_TEXT_MIDDLE,
		              SEG_ANCHOR_START,
		              item.name);
	}
	return SEG_OK;
}

/*
 * Screen readers need a name: without a title, what kind of chart it is, which its
 * description says first.
 */
static SegText
chart_name(const SegChart *chart, SegText description)
{
	SegText name = description;

	if (!seg_text_is_blank(chart->options->title))
		return chart->options->title;
	for (int64_t i = 0; i + 1 < description.length; i++)
	{
		if (memcmp(description.bytes + i, ". ", 2) == 0)
		{
			name.length = i;
			break;
		}
	}
	return name;
}

void
seg_chart_begin(SegChart *chart, double height, SegText description)
{
	const SegChartOptions *options = chart->options;
	SegSvg *svg = &chart->svg;
	SegBox paper = {0, 0, chart->width, height};

	chart->height = height;
	seg_svg_put(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"");
	seg_svg_put(svg, seg_chart_class(options));
	seg_svg_put(svg, "\" role=\"img\" viewBox=\"0 0 ");
	seg_svg_number(svg, chart->width);
	seg_svg_put(svg, " ");
	seg_svg_number(svg, height);
	seg_svg_put(svg, "\" width=\"");
	seg_svg_number(svg, chart->width);
	seg_svg_put(svg, "\" height=\"");
	seg_svg_number(svg, height);
	seg_svg_put(svg, "\" style=\"max-width:100%;height:auto\">\n");
	seg_svg_element(svg, "title", chart_name(chart, description));
	seg_svg_element(svg,
	                "desc",
	                seg_text_is_blank(options->description)
	                    ? description
	                    : options->description);
	seg_chart_put_style(chart);
	if (chart->legend == SEG_LEGEND_BOXES)
		seg_chart_put_hatches(svg, chart->series_count);
	seg_svg_rect(svg, "paper", paper);
	if (svg->status == SEG_OK)
		svg->status = put_title(chart);
	if (svg->status == SEG_OK)
		svg->status = put_legend(chart);
}

SegStatus
seg_chart_end(SegChart *chart, SegText *result)
{
	SegSvg *svg = &chart->svg;

	seg_svg_close(svg, "svg");
	*result = (SegText){svg->bytes, svg->length};
	return svg->status;
}

/* ---------- marks and axes ---------- */

void
seg_chart_series_rect(SegChart *chart, int64_t series, SegBox box)
{
	char class[SEG_CLASS_ROOM];

	seg_series_class(chart->options, series, class);
	seg_svg_rect(&chart->svg, class, box);
	if (chart->series_count > 1)
		seg_chart_put_hatch(&chart->svg, series, box);
}

SegStatus
seg_chart_put_row_name(SegChart *chart, SegText name, double width,
                       double middle)
{
	SegText text;

	SEG_TRY(seg_text_fit(chart->env, name, SEG_TEXT_SIZE, width, &text));
	seg_svg_label(&chart->svg,
	              "ink",
	              SEG_MARGIN + width,
	              middle + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_END,
	              text);
	return SEG_OK;
}

static bool
label_is_inside(const SegChart *chart, double middle, SegText text)
{
	double half = seg_text_width(text, SEG_TEXT_SIZE) / 2;

	return middle - half >= 0 && middle + half <= chart->width;
}

void
seg_chart_x_axis(SegChart *chart, const SegScale *scale, const SegTicks *ticks,
                 const SegNumberStyle *style, SegBox plot)
{
	double bottom = plot.y + plot.height;

	for (int64_t i = ticks->first; i <= ticks->last; i++)
	{
		double x = seg_scale_place(scale, seg_tick_value(ticks, i));
		char text[SEG_MAX_DIGITS];
		int64_t length = seg_tick_print(ticks, i, style, text);

		seg_svg_line(&chart->svg,
		             i == 0 ? "axis" : "grid",
		             x,
		             plot.y,
		             x,
		             bottom + TICK);
		if (label_is_inside(chart, x, (SegText){text, length}))
			seg_svg_label(&chart->svg,
			              "soft",
			              x,
			              bottom + TICK + SEG_TEXT_SIZE,
			              SEG_ANCHOR_MIDDLE,
			              (SegText){text, length});
	}
}

SegStatus
seg_chart_put_label(SegChart *chart, SegText label, SegAnchor anchor, double y)
{
	double room = chart->width - 2 * SEG_MARGIN;
	SegText text;

	if (label.length == 0)
		return SEG_OK;
	SEG_TRY(seg_text_fit(chart->env, label, SEG_TEXT_SIZE, room, &text));
	seg_svg_label(&chart->svg,
	              "soft",
	              anchor == SEG_ANCHOR_END ? chart->width - SEG_MARGIN
	                                       : SEG_MARGIN,
	              y,
	              anchor,
	              text);
	return SEG_OK;
}

SegStatus
seg_chart_put_skipped(SegChart *chart, int64_t rows)
{
	SegSvg words = {.env = chart->env};
	SegText text;

	if (rows == 0)
		return SEG_OK;
	seg_words_count(&words, rows);
	seg_svg_put(&words,
	            rows == 1 ? " row with NULL is not shown"
	                      : " rows with NULL are not shown");
	SEG_TRY(seg_words_end(&words, &text));
	return seg_chart_put_label(chart,
	                           text,
	                           SEG_ANCHOR_START,
	                           chart->height - SEG_MARGIN);
}

double
seg_chart_room_above(SegText above)
{
	return above.length > 0 ? SEG_TEXT_LINE : 0;
}

double
seg_chart_room_below(SegText below, int64_t skipped)
{
	return SEG_MARGIN + (below.length > 0 ? SEG_TEXT_LINE : 0) +
	       (skipped > 0 ? SEG_TEXT_LINE : 0);
}

SegStatus
seg_chart_put_names(SegChart *chart, SegText above, SegText below, double top,
                    int64_t skipped)
{
	SEG_TRY(
		seg_chart_put_label(chart, above, SEG_ANCHOR_START, top - SEG_GAP / 2));
	SEG_TRY(seg_chart_put_label(chart,
	                            below,
	                            SEG_ANCHOR_END,
	                            chart->height - SEG_MARGIN -
	                                (skipped > 0 ? SEG_TEXT_LINE : 0)));
	return seg_chart_put_skipped(chart, skipped);
}
