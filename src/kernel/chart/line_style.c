/*-------------------------------------------------------------------------
 *
 * line_style.c
 *	  How lines of series look.
 *
 * src/kernel/chart/line_style.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/line_style.h"

#include <string.h>

#include "kernel/chart/chart_style.h"

static const char *const line_dashes[SEG_SERIES_COLORS] =
	{NULL, "8 4", "2 3", "10 3 2 3", "5 3", "14 4", "10 3 2 3 2 3", "1 5"};

const char *
seg_line_dashes(int64_t series)
{
	return line_dashes[series % SEG_SERIES_COLORS];
}

void
seg_stroke_class(const SegChartOptions *options, int64_t series,
                 char class[SEG_LINE_CLASS_ROOM])
{
	memset(class, 0, SEG_LINE_CLASS_ROOM);
	seg_series_class(options, series, class);
	class[0] = 'l'; /* l0, l-rrggbb: what s0, c-rrggbb is of areas */
}

void
seg_line_class(const SegChartOptions *options, int64_t series,
               char class[SEG_LINE_CLASS_ROOM])
{
	char color[SEG_LINE_CLASS_ROOM];
	char dash[] = " d0";

	seg_stroke_class(options, series, color);
	dash[2] = (char) ('0' + series % SEG_SERIES_COLORS);
	memset(class, 0, SEG_LINE_CLASS_ROOM);
	strcpy(class, "line ");
	strcat(class, color);
	strcat(class, dash);
}

void
seg_band_class(const SegChartOptions *options, int64_t series,
               char class[SEG_LINE_CLASS_ROOM])
{
	memset(class, 0, SEG_LINE_CLASS_ROOM);
	seg_series_class(options, series, class);
	strcat(class, " band");
}

/* ---------- markers ---------- */

/* Corners of a marker, in pixels from its middle. */
typedef struct MarkerShape
{
	int count;
	double x[12];
	double y[12];
} MarkerShape;

static const MarkerShape marker_shapes[SEG_SERIES_COLORS] =
	{{8,
      {3.5, 2.5, 0, -2.5, -3.5, -2.5, 0, 2.5}, /* a disk, nearly */
      {0, 2.5, 3.5, 2.5, 0, -2.5, -3.5, -2.5}},
     {4, {-3.2, 3.2, 3.2, -3.2}, {-3.2, -3.2, 3.2, 3.2}},
     {3, {0, 4.3, -4.3}, {-4.3, 3.2, 3.2}},
     {4, {0, 4.6, 0, -4.6}, {-4.6, 0, 4.6, 0}},
     {3, {0, 4.3, -4.3}, {4.3, -3.2, -3.2}},
     {12, /* a cross that stands, and one that leans */
      {-1.5, 1.5, 1.5, 4.6, 4.6, 1.5, 1.5, -1.5, -1.5, -4.6, -4.6, -1.5},
      {-4.6, -4.6, -1.5, -1.5, 1.5, 1.5, 4.6, 4.6, 1.5, 1.5, -1.5, -1.5}},
     {12,
      {0, 2.2, 4.3, 2.1, 4.3, 2.2, 0, -2.2, -4.3, -2.1, -4.3, -2.2},
      {-2.1, -4.3, -2.2, 0, 2.2, 4.3, 2.1, 4.3, 2.2, 0, -2.2, -4.3}},
     {4, {-4.2, 4.2, -4.2, 4.2}, {-4.2, -4.2, 4.2, 4.2}}};

void
seg_chart_put_marker(SegChart *chart, int64_t series, double x, double y)
{
	const MarkerShape *shape = &marker_shapes[series % SEG_SERIES_COLORS];
	char class[SEG_CLASS_ROOM];

	seg_series_class(chart->options, series, class);
	seg_svg_path(&chart->svg, class);
	seg_svg_move_to(&chart->svg, x + shape->x[0], y + shape->y[0]);
	for (int i = 1; i < shape->count; i++)
		seg_svg_line_to(&chart->svg, x + shape->x[i], y + shape->y[i]);
	seg_svg_close_path(&chart->svg);
	seg_svg_path_end(&chart->svg);
}
