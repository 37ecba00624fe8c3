/*-------------------------------------------------------------------------
 *
 * chart_style.h
 *	  Colours and hatches of charts, for light and dark paper.
 *
 * src/draw/chart_style.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_CHART_STYLE_H
#define SEG_DRAW_CHART_STYLE_H

#include "draw/chart.h"

/* The class of the whole chart, and a style sheet with what it uses. */
extern const char *seg_chart_class(const SegChartOptions *options);
extern void seg_chart_put_style(SegChart *chart);

/* The class of the colour of a series. */
#define SEG_CLASS_ROOM 16

extern void seg_series_class(const SegChartOptions *options, int64_t series,
                             char class[SEG_CLASS_ROOM]);

/* Hatches that tell series apart without colour; the first has none. */
extern void seg_chart_put_hatches(SegSvg *svg, int64_t series_count);
extern void seg_chart_put_hatch(SegSvg *svg, int64_t series, SegBox box);

#define SEG_RAMP_STEPS 9

/* The classes of a step of a ramp, and of the text that stands out against it. */
typedef struct SegRampClass
{
	char fill[SEG_CLASS_ROOM];
	char text[SEG_CLASS_ROOM];
} SegRampClass;

extern SegRampClass seg_ramp_class(SegChartRamp ramp, int step);

/*
 * The ramp for values of a range, which is widened to both sides of 0 if it has
 * some; and which step of it shows a value.
 */
extern SegChartRamp seg_ramp_for(double *low, double *high);
extern int seg_ramp_step(double low, double high, double value);

#endif /* SEG_DRAW_CHART_STYLE_H */
