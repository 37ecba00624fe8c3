/*-------------------------------------------------------------------------
 *
 * line_chart.h
 *	  Lines over numbers or time, with intervals or steps.
 *
 * src/kernel/chart/line_chart.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINE_CHART_H
#define SEG_KERNEL_LINE_CHART_H

#include "kernel/chart/line_points.h"

extern const SegLineKind seg_line_chart;
extern const SegLineKind seg_band_chart;
extern const SegLineKind seg_survival_chart;

/*
 * Draw sums of points; svg->bytes NULL: none of them has a value. skipped: rows of
 * the query with a NULL.
 */
extern SegStatus
seg_line_chart_draw(SegEnv *env, const SegLineKind *kind,
                    const SegChartOptions *options, const SegCountMap *sums,
                    int64_t skipped, SegLineClock clock, SegText *svg);

#endif /* SEG_KERNEL_LINE_CHART_H */
