/*-------------------------------------------------------------------------
 *
 * plot.c
 *	  The frame of a chart with an axis of x below and one of y at the left.
 *
 * src/draw/plot.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/plot.h"

#include <math.h>

#include "draw/lettering.h"

#define HEIGHT_SHARE    0.5 /* of the width, unless it is given */
#define LEAST_HEIGHT    160.0
#define MOST_HEIGHT     360.0
#define ROOM_FOR_TICKS  22.0
#define TICK            4.0
#define EDGE            1.0 /* free of text */
#define MOST_OF_NUMBERS 0.5 /* of the width, for the numbers of y … */
#define ROOM_FOR_NUMBERS \
	150.0 /* … or what the longest one without a unit takes */
#define MOST_OVERHANG 0.25 /* of the box */
#define MOST_MOVES \
	4 /* of the right end: each leaves a part of a text outside */
#define PANEL_HEIGHT 120.0
#define PANEL_HEAD   (SEG_TEXT_LINE + 2 * SEG_GAP) /* with its name */

void
seg_plot_init(SegPlot *plot, bool x_is_time)
{
	const SegChartOptions *options = plot->chart.options;

	plot->x.style =
		(SegNumberStyle){.format = options->x_format, .unit = options->x_unit};
	plot->y.style =
		(SegNumberStyle){.format = options->y_format, .unit = options->y_unit};
	plot->x.kind = x_is_time                           ? SEG_AXIS_TIME
	               : options->x_scale == SEG_SCALE_LOG ? SEG_AXIS_LOG
	                                                   : SEG_AXIS_NUMBERS;
	plot->y.kind =
		options->y_scale == SEG_SCALE_LOG ? SEG_AXIS_LOG : SEG_AXIS_NUMBERS;
}

static double
room_for_notes(const SegPlot *plot)
{
	return (plot->skipped > 0 ? SEG_TEXT_LINE : 0) +
	       (plot->note.length > 0 ? SEG_TEXT_LINE : 0);
}

static double
room_below(const SegPlot *plot)
{
	return ROOM_FOR_TICKS + SEG_MARGIN +
	       (plot->chart.options->x_label.length > 0 ? SEG_TEXT_LINE : 0) +
	       room_for_notes(plot);
}

static double
height_of_box(const SegPlot *plot)
{
	const SegChartOptions *options = plot->chart.options;
	double panels = PANEL_HEIGHT * (double) plot->panels;

	if (options->height > 0)
		return fmax(fmax(LEAST_HEIGHT, panels),
		            (double) options->height - plot->box.y - room_below(plot));
	if (plot->panels > 1)
		return panels;
	return fmin(fmax(HEIGHT_SHARE * plot->chart.width, LEAST_HEIGHT),
	            MOST_HEIGHT);
}

/*
 * How far the text of the last tick of x would leave the paper.
 */
static double
overhang(const SegPlot *plot)
{
	const SegAxisTick *last;
	double half;

	if (plot->x.count == 0)
		return 0;
	last = &plot->x.ticks[plot->x.count - 1];
	half =
		seg_text_width((SegText){last->text, last->length}, SEG_TEXT_SIZE) / 2;
	return fmax(0,
	            seg_plot_x(plot, last->value) + half + EDGE -
	                plot->chart.width);
}

static void
measure_box_across(SegPlot *plot)
{
	plot->box.width =
		plot->chart.width - SEG_MARGIN - plot->right - plot->box.x;
	plot->x.scale.from = plot->box.x;
	plot->x.scale.to = plot->box.x + plot->box.width;
	plot->x.most_width = plot->box.width;
	seg_axis_set_ticks_across(&plot->x);
}

SegBox
seg_plot_panel(SegPlot *plot, int64_t panel)
{
	SegBox box = plot->box;

	if (plot->panels > 1)
	{
		double each = plot->box.height / (double) plot->panels;

		box.y += each * (double) panel + PANEL_HEAD;
		box.height = each - PANEL_HEAD;
	}
	plot->y.scale.from = box.y + box.height;
	plot->y.scale.to = box.y;
	return box;
}

void
seg_plot_measure(SegPlot *plot)
{
	const SegChartOptions *options = plot->chart.options;
	double farthest;

	/* the number of the highest tick may reach above the box */
	plot->box.y = plot->chart.top + SEG_TEXT_LINE / 2 +
	              (options->y_label.length > 0 ? SEG_TEXT_LINE : 0);
	plot->box.height = height_of_box(plot);
	(void) seg_plot_panel(plot, 0);
	plot->y.most_width =
		fmax(MOST_OF_NUMBERS * plot->chart.width, ROOM_FOR_NUMBERS);
	seg_axis_set_ticks_up(&plot->y);

	plot->box.x = SEG_MARGIN + seg_axis_widest(&plot->y) + SEG_GAP;
	measure_box_across(plot);
	farthest = plot->right + MOST_OVERHANG * plot->box.width;
	for (int i = 0; i < MOST_MOVES && overhang(plot) > EDGE / 2; i++)
	{
		plot->right = fmin(plot->right + overhang(plot), farthest);
		measure_box_across(plot);
	}
	plot->chart.height = plot->box.y + plot->box.height + room_below(plot);
}

double
seg_plot_x(const SegPlot *plot, double value)
{
	return seg_axis_place(&plot->x, value);
}

double
seg_plot_y(const SegPlot *plot, double value)
{
	return seg_axis_place(&plot->y, value);
}

/* ---------- drawing ---------- */

static void
put_x_axis(SegPlot *plot)
{
	double bottom = plot->box.y + plot->box.height;
	SegSvg *svg = &plot->chart.svg;

	for (int64_t i = 0; i < plot->x.count; i++)
	{
		const SegAxisTick *tick = &plot->x.ticks[i];
		SegText text = {tick->text, tick->length};
		double half = seg_text_width(text, SEG_TEXT_SIZE) / 2;
		double x = seg_plot_x(plot, tick->value);

		seg_svg_line(svg, "axis", x, bottom, x, bottom + TICK);
		if (x - half >= EDGE / 2 && x + half <= plot->chart.width - EDGE / 2)
			seg_svg_label(svg,
			              "soft",
			              x,
			              bottom + TICK + SEG_TEXT_SIZE,
			              SEG_ANCHOR_MIDDLE,
			              text);
	}
	seg_svg_line(svg,
	             "axis",
	             plot->box.x,
	             bottom,
	             plot->box.x + plot->box.width,
	             bottom);
}

static void
put_y_axis(SegPlot *plot)
{
	SegSvg *svg = &plot->chart.svg;

	for (int64_t i = 0; i < plot->y.count; i++)
	{
		const SegAxisTick *tick = &plot->y.ticks[i];
		double y = seg_plot_y(plot, tick->value);

		seg_svg_line(svg,
		             "grid",
		             plot->box.x,
		             y,
		             plot->box.x + plot->box.width,
		             y);
		seg_svg_label(svg,
		              "soft",
		              plot->box.x - SEG_GAP,
		              y + SEG_TEXT_MIDDLE,
		              SEG_ANCHOR_END,
		              (SegText){tick->text, tick->length});
	}
}

SegStatus
seg_plot_begin(SegPlot *plot, SegText description)
{
	SegChart *chart = &plot->chart;

	seg_chart_begin(chart, chart->height, description);
	for (int64_t i = 0; i < plot->panels || i == 0; i++)
	{
		(void) seg_plot_panel(plot, i);
		put_y_axis(plot);
	}
	put_x_axis(plot);
	SEG_TRY(seg_chart_put_label(chart,
	                            chart->options->y_label,
	                            SEG_ANCHOR_START,
	                            plot->box.y - SEG_TEXT_LINE / 2 - SEG_GAP / 2));
	return seg_chart_put_label(chart,
	                           chart->options->x_label,
	                           SEG_ANCHOR_END,
	                           chart->height - SEG_MARGIN -
	                               room_for_notes(plot));
}

SegStatus
seg_plot_end(SegPlot *plot, SegText *svg)
{
	SEG_TRY(seg_chart_put_label(&plot->chart,
	                            plot->note,
	                            SEG_ANCHOR_START,
	                            plot->chart.height - SEG_MARGIN -
	                                (plot->skipped > 0 ? SEG_TEXT_LINE : 0)));
	SEG_TRY(seg_chart_put_skipped(&plot->chart, plot->skipped));
	return seg_chart_end(&plot->chart, svg);
}
