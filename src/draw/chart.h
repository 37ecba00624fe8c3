/*-------------------------------------------------------------------------
 *
 * chart.h
 *	  What charts have in common: options, colours, title, legend and axes.
 *
 * A chart is measured first, from the widths of its texts, and then written from
 * top to bottom. See docs/design/charts.md.
 *
 * src/draw/chart.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_CHART_H
#define SEG_DRAW_CHART_H

#include "base/options.h"
#include "draw/svg.h"
#include "draw/ticks.h"

/* Sizes of fonts, the height of a line, and distances, in pixels. */
#define SEG_TITLE_SIZE  16.0
#define SEG_TEXT_SIZE   12.0
#define SEG_TITLE_LINE  22.0
#define SEG_TEXT_LINE   17.0
#define SEG_TEXT_MIDDLE 4.2 /* from the middle of a line down to its base */
#define SEG_GAP         8.0
#define SEG_MARGIN      16.0

#define SEG_SERIES_COLORS 8
#define SEG_SERIES_MOST   8

/* How many of n series have a color of their own; the others share the last one. */
static inline int64_t
seg_series_shown(int64_t n)
{
	return n > SEG_SERIES_MOST ? SEG_SERIES_MOST - 1 : n;
}

typedef enum SegChartTheme
{
	SEG_THEME_AUTO,
	SEG_THEME_LIGHT,
	SEG_THEME_DARK
} SegChartTheme;

typedef enum SegChartLayout
{
	SEG_LAYOUT_GROUPED,
	SEG_LAYOUT_STACKED,
	SEG_LAYOUT_SHARE
} SegChartLayout;

typedef enum SegChartSort
{
	SEG_SORT_DEFAULT, /* as suits the chart */
	SEG_SORT_VALUE,
	SEG_SORT_LABEL
} SegChartSort;

typedef enum SegChartScale
{
	SEG_SCALE_LINEAR,
	SEG_SCALE_LOG
} SegChartScale;

/* Texts are in UTF-8. */
typedef struct SegChartOptions
{
	SegText title;
	SegText description; /* for those who cannot see it */
	SegText x_label;
	SegText y_label;
	SegText x_unit;
	SegText y_unit;
	int x_format; /* SegDigitsFormat */
	int y_format;
	int x_scale; /* SegChartScale */
	int y_scale;
	int64_t width;
	int64_t height; /* 0: as the content needs */
	SegTexts colors;
	SegTexts order; /* of labels; others follow */
	int sort;       /* SegChartSort */
	int layout;     /* SegChartLayout */
	int theme;      /* SegChartTheme */
	int64_t limit;  /* most labels; the smallest others are taken together */
	int64_t bins;   /* of a histogram; 0: as suits the rows */
	bool steps;     /* a line keeps its value until the next point */
} SegChartOptions;

extern const SegOption seg_chart_options[];

/* What the table of options cannot check. */
extern SegStatus
seg_chart_options_check(SegEnv *env, const SegChartOptions *options);

/*
 * Refuse an option that a chart does not use. used: names, NULL at the end, beside
 * those of every chart.
 */
extern SegStatus
seg_chart_check_used(SegEnv *env, const SegChartOptions *options,
                     const char *chart, const char *const *used);

/* Steps of color from low to high; on both sides of 0, which is in the middle. */
typedef enum SegChartRamp
{
	SEG_RAMP_NONE,
	SEG_RAMP_ONE_SIDE,
	SEG_RAMP_TWO_SIDES
} SegChartRamp;

/* What the legend shows of each series; beside: labels stand beside the lines. */
typedef enum SegChartLegend
{
	SEG_LEGEND_BOXES,
	SEG_LEGEND_MARKERS,
	SEG_LEGEND_LINES,
	SEG_LEGEND_MARKED_LINES,
	SEG_LEGEND_BESIDE
} SegChartLegend;

static inline bool
seg_legend_has_lines(SegChartLegend legend)
{
	return legend >= SEG_LEGEND_LINES;
}

/* What a reader sees of a label. */
static inline SegText
seg_shown_label(SegText label)
{
	return label.length > 0 ? label : (SegText){"(empty)", 7};
}

/* A chart that is being drawn. */
typedef struct SegChart
{
	SegEnv *env;
	const SegChartOptions *options;
	SegSvg svg;
	const SegText *series; /* names in the legend; NULL: there is none */
	int64_t series_count;  /* 0 or 1: no legend */
	int64_t colors;        /* of series without a legend, and text on them */
	SegChartLegend legend;
	SegChartRamp ramp;
	double top; /* where the content begins, below title and legend */
	double width;
	double height;
} SegChart;

/* Measure title and legend. */
extern SegStatus
seg_chart_measure(SegEnv *env, const SegChartOptions *options,
                  const SegText *series, int64_t series_count, SegChart *chart);

/* The same for series that are no boxes. */
extern SegStatus
seg_chart_measure_as(SegEnv *env, const SegChartOptions *options,
                     const SegText *series, int64_t series_count,
                     SegChartLegend legend, SegChart *chart);

/* Write all that is above the content, for a chart of this height. */
extern void
seg_chart_begin(SegChart *chart, double height, SegText description);
extern SegStatus seg_chart_end(SegChart *chart, SegText *result);

/* A box in the colour of a series, with its hatch if there are several. */
extern void seg_chart_series_rect(SegChart *chart, int64_t series, SegBox box);

/* The name of a row, cut to a width, left of the content. */
extern SegStatus seg_chart_put_row_name(SegChart *chart, SegText name,
                                        double width, double middle);

/* A horizontal axis of numbers, with lines through the plot. */
extern void
seg_chart_x_axis(SegChart *chart, const SegScale *scale, const SegTicks *ticks,
                 const SegNumberStyle *style, SegBox plot);

/* The name of an axis at the left or right edge, cut to the width of the chart. */
extern SegStatus
seg_chart_put_label(SegChart *chart, SegText label, SegAnchor anchor, double y);

/* Say at the bottom how many rows are not shown, if there are any. */
extern SegStatus seg_chart_put_skipped(SegChart *chart, int64_t rows);

/*
 * A name above the content, which begins at top, one below it at the right, and at
 * the bottom how many rows are not shown; and the room for what is below.
 */
extern SegStatus
seg_chart_put_names(SegChart *chart, SegText above, SegText below, double top,
                    int64_t skipped);
extern double seg_chart_room_above(SegText above);
extern double seg_chart_room_below(SegText below, int64_t skipped);

#endif /* SEG_DRAW_CHART_H */
