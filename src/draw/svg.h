/*-------------------------------------------------------------------------
 *
 * svg.h
 *	  Writes SVG.
 *
 * The text is plain ASCII: a character beyond it becomes a reference by number, so
 * that a chart is the same in every encoding. Text from data is escaped, and
 * characters that XML forbids, or that turn the direction of what follows, are left
 * out.
 *
 * A write that fails leaves its status in the writer, and later ones do nothing; so
 * only the end of a drawing asks.
 *
 * src/draw/svg.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_SVG_H
#define SEG_DRAW_SVG_H

#include "base/env.h"

#define SEG_SVG_MOST_BYTES (INT64_C(16) << 20)

typedef struct SegSvg
{
	SegEnv *env;
	SegStatus status;
	char *bytes;
	int64_t length;
	int64_t room;
} SegSvg;

typedef struct SegBox
{
	double x;
	double y;
	double width;
	double height;
} SegBox;

/* Where the point of a label is: at its start, middle or end. */
typedef enum SegAnchor
{
	SEG_ANCHOR_START,
	SEG_ANCHOR_MIDDLE,
	SEG_ANCHOR_END
} SegAnchor;

/* Markup; a number, to a hundredth; a text of data. */
extern void seg_svg_put(SegSvg *svg, const char *markup);
extern void seg_svg_bytes(SegSvg *svg, SegText bytes); /* as they are */
extern void seg_svg_number(SegSvg *svg, double x);
extern void seg_svg_text(SegSvg *svg, SegText text);

/* An element until seg_svg_close; class: may be NULL. */
extern void seg_svg_open(SegSvg *svg, const char *element, const char *class);
extern void seg_svg_close(SegSvg *svg, const char *element);

/* <title>, <desc> and such. */
extern void seg_svg_element(SegSvg *svg, const char *element, SegText text);

extern void seg_svg_rect(SegSvg *svg, const char *class, SegBox box);
extern void seg_svg_line(SegSvg *svg, const char *class, double x1, double y1,
                         double x2, double y2);

/* A path of lines and curves, from seg_svg_path to seg_svg_path_end. */
extern void seg_svg_path(SegSvg *svg, const char *class);
extern void seg_svg_move_to(SegSvg *svg, double x, double y);
extern void seg_svg_line_to(SegSvg *svg, double x, double y);
extern void seg_svg_curve_to(SegSvg *svg, double x1, double y1, double x2,
                             double y2, double x, double y);
extern void seg_svg_close_path(SegSvg *svg); /* back to where it began */
extern void seg_svg_path_end(SegSvg *svg);

extern void seg_svg_label(SegSvg *svg, const char *class, double x, double y,
                          SegAnchor anchor, SegText text);

/* A text that is read from below. */
extern void seg_svg_label_upwards(SegSvg *svg, const char *class, double x,
                                  double y, SegAnchor anchor, SegText text);

#endif /* SEG_DRAW_SVG_H */
