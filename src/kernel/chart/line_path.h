/*-------------------------------------------------------------------------
 *
 * line_path.h
 *	  A line of a chart, and the area of its intervals, as paths of no more points
 *	  than there are pixels to show them.
 *
 * src/kernel/chart/line_path.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINE_PATH_H
#define SEG_KERNEL_LINE_PATH_H

#include "kernel/chart/line_points.h"
#include "draw/plot.h"

/*
 * Steps: a value holds until the next point. Markers: signs at all points; one that
 * no line reaches has one anyway.
 */
extern SegStatus
seg_line_put(SegPlot *plot, int64_t series, const SegLine *line,
             bool is_stepped, bool has_markers);
extern SegStatus seg_line_put_band(SegPlot *plot, int64_t series,
                                   const SegLine *line, bool is_stepped);

/* Ticks across a line, at points that have marks. */
extern SegStatus
seg_line_put_marks(SegPlot *plot, int64_t series, const SegLine *line);

#endif /* SEG_KERNEL_LINE_PATH_H */
