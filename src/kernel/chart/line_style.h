/*-------------------------------------------------------------------------
 *
 * line_style.h
 *	  How lines of series look: color, dashes and markers.
 *
 * src/kernel/chart/line_style.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINE_STYLE_H
#define SEG_KERNEL_LINE_STYLE_H

#include "kernel/chart/chart.h"

#define SEG_LINE_CLASS_ROOM 32

/* The classes of a line, and of an area in its color. */
extern void seg_line_class(const SegChartOptions *options, int64_t series,
                           char class[SEG_LINE_CLASS_ROOM]);
extern void seg_band_class(const SegChartOptions *options, int64_t series,
                           char class[SEG_LINE_CLASS_ROOM]);

/* The class of the color of a line alone. */
extern void seg_stroke_class(const SegChartOptions *options, int64_t series,
                             char class[SEG_LINE_CLASS_ROOM]);

/* Dashes of a series, for a style sheet; NULL: a full line. */
extern const char *seg_line_dashes(int64_t series);

/* A sign that differs between series, around a point. */
extern void
seg_chart_put_marker(SegChart *chart, int64_t series, double x, double y);

#endif /* SEG_KERNEL_LINE_STYLE_H */
