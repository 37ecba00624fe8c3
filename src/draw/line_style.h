/*-------------------------------------------------------------------------
 *
 * line_style.h
 *	  How lines of series look: color, dashes and markers.
 *
 * src/draw/line_style.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_LINE_STYLE_H
#define SEG_DRAW_LINE_STYLE_H

#include "draw/chart.h"

#define SEG_LINE_CLASS_ROOM 32
#define SEG_LINE_MARKER     3.5 /* radius of the marker of a point */

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

#endif /* SEG_DRAW_LINE_STYLE_H */
