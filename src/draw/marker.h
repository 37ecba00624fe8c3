/*-------------------------------------------------------------------------
 *
 * marker.h
 *	  Shapes that tell series of points apart without color.
 *
 * src/draw/marker.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_MARKER_H
#define SEG_DRAW_MARKER_H

#include "draw/chart.h"

/* Add the shape of a series to a path; all look about as large as a circle. */
extern void
seg_marker_add(SegSvg *svg, int64_t series, double x, double y, double radius);

/* One marker in the color of its series. */
extern void seg_marker_put(SegChart *chart, int64_t series, double x, double y,
                           double radius);

#endif /* SEG_DRAW_MARKER_H */
