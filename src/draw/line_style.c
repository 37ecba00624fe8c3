/*-------------------------------------------------------------------------
 *
 * line_style.c
 *	  How lines of series look.
 *
 * src/draw/line_style.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/line_style.h"

#include <string.h>

#include "draw/chart_style.h"

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
