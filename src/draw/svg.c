/*-------------------------------------------------------------------------
 *
 * svg.c
 *	  Writes SVG.
 *
 * src/draw/svg.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/svg.h"

#include <math.h>
#include <string.h>

#include "draw/lettering.h"

#define FIRST_ROOM 256 /* a chart may write thousands of short texts */
#define MOST_PIXEL 1e6 /* nothing is drawn so far out */

static SegStatus
svg_make_room(SegSvg *svg, int64_t more)
{
	int64_t room = svg->room > 0 ? svg->room : FIRST_ROOM;
	char *bytes;

	if (svg->length + more > SEG_SVG_MOST_BYTES)
		return seg_fail(svg->env,
		                SEG_CHART_LIMIT,
		                "chart",
		                (double) (svg->length + more),
		                (double) SEG_SVG_MOST_BYTES);
	while (room < svg->length + more)
		room *= 2;
	if (room == svg->room)
		return SEG_OK;
	SEG_ALLOC(svg->env, bytes, room);
	if (svg->length > 0)
		memcpy(bytes, svg->bytes, (size_t) svg->length);
	svg->bytes = bytes;
	svg->room = room;
	return SEG_OK;
}

static void
svg_put_bytes(SegSvg *svg, const char *bytes, int64_t n)
{
	if (svg->status == SEG_OK)
		svg->status = svg_make_room(svg, n);
	if (svg->status != SEG_OK || n == 0)
		return;
	memcpy(svg->bytes + svg->length, bytes, (size_t) n);
	svg->length += n;
}

void
seg_svg_put(SegSvg *svg, const char *markup)
{
	svg_put_bytes(svg, markup, (int64_t) strlen(markup));
}

void
seg_svg_bytes(SegSvg *svg, SegText bytes)
{
	svg_put_bytes(svg, bytes.bytes, bytes.length);
}

static void
put_whole(SegSvg *svg, uint32_t number)
{
	char digits[10];
	int n = 0;

	do
	{
		digits[sizeof(digits) - (size_t) ++n] = (char) ('0' + number % 10);
		number /= 10;
	} while (number > 0);
	svg_put_bytes(svg, digits + sizeof(digits) - n, n);
}

void
seg_svg_number(SegSvg *svg, double x)
{
	int64_t hundredths =
		(int64_t) rint(fmin(fmax(x, -MOST_PIXEL), MOST_PIXEL) * 100);
	uint32_t size = (uint32_t) (hundredths < 0 ? -hundredths : hundredths);

	if (hundredths < 0)
		seg_svg_put(svg, "-");
	put_whole(svg, size / 100);
	size %= 100;
	if (size == 0)
		return;
	seg_svg_put(svg, size < 10 ? ".0" : ".");
	put_whole(svg, size % 10 == 0 ? size / 10 : size);
}

/*
 * Letters and most signs stand for themselves; what has a meaning in markup or is
 * beyond ASCII is written by number.
 */
void
seg_svg_text(SegSvg *svg, SegText text)
{
	while (text.length > 0)
	{
		uint32_t c = seg_next_character(&text);
		char ascii = (char) c;

		if (!seg_is_drawable(c))
			continue;
		if (c < 0x7f && strchr("<>&\"'", ascii) == NULL)
		{
			svg_put_bytes(svg, &ascii, 1);
			continue;
		}
		seg_svg_put(svg, "&#");
		put_whole(svg, c);
		seg_svg_put(svg, ";");
	}
}

static void
put_class(SegSvg *svg, const char *class)
{
	if (class == NULL)
		return;
	seg_svg_put(svg, " class=\"");
	seg_svg_put(svg, class);
	seg_svg_put(svg, "\"");
}

static void
put_attribute(SegSvg *svg, const char *name, double x)
{
	seg_svg_put(svg, " ");
	seg_svg_put(svg, name);
	seg_svg_put(svg, "=\"");
	seg_svg_number(svg, x);
	seg_svg_put(svg, "\"");
}

void
seg_svg_open(SegSvg *svg, const char *element, const char *class)
{
	seg_svg_put(svg, "<");
	seg_svg_put(svg, element);
	put_class(svg, class);
	seg_svg_put(svg, ">");
}

void
seg_svg_close(SegSvg *svg, const char *element)
{
	seg_svg_put(svg, "</");
	seg_svg_put(svg, element);
	seg_svg_put(svg, ">\n");
}

void
seg_svg_element(SegSvg *svg, const char *element, SegText text)
{
	seg_svg_open(svg, element, NULL);
	seg_svg_text(svg, text);
	seg_svg_close(svg, element);
}

void
seg_svg_rect(SegSvg *svg, const char *class, SegBox box)
{
	seg_svg_put(svg, "<rect");
	put_class(svg, class);
	put_attribute(svg, "x", box.x);
	put_attribute(svg, "y", box.y);
	put_attribute(svg, "width", box.width);
	put_attribute(svg, "height", box.height);
	seg_svg_put(svg, "/>\n");
}

void
seg_svg_line(SegSvg *svg, const char *class, double x1, double y1, double x2,
             double y2)
{
	seg_svg_put(svg, "<line");
	put_class(svg, class);
	put_attribute(svg, "x1", x1);
	put_attribute(svg, "y1", y1);
	put_attribute(svg, "x2", x2);
	put_attribute(svg, "y2", y2);
	seg_svg_put(svg, "/>\n");
}

void
seg_svg_path(SegSvg *svg, const char *class)
{
	seg_svg_put(svg, "<path");
	put_class(svg, class);
	seg_svg_put(svg, " d=\"");
}

/* A letter and a point of a path. */
static void
put_point(SegSvg *svg, const char *letter, double x, double y)
{
	seg_svg_put(svg, letter);
	seg_svg_number(svg, x);
	seg_svg_put(svg, " ");
	seg_svg_number(svg, y);
}

void
seg_svg_move_to(SegSvg *svg, double x, double y)
{
	put_point(svg, "M", x, y);
}

void
seg_svg_line_to(SegSvg *svg, double x, double y)
{
	put_point(svg, "L", x, y);
}

void
seg_svg_curve_to(SegSvg *svg, double x1, double y1, double x2, double y2,
                 double x, double y)
{
	put_point(svg, "C", x1, y1);
	put_point(svg, " ", x2, y2);
	put_point(svg, " ", x, y);
}

void
seg_svg_close_path(SegSvg *svg)
{
	seg_svg_put(svg, "Z");
}

void
seg_svg_path_end(SegSvg *svg)
{
	seg_svg_put(svg, "\"/>\n");
}

/*
 * The rest of a text element whose place is given.
 */
static void
finish_label(SegSvg *svg, const char *class, SegAnchor anchor, SegText text)
{
	static const char *const anchors[] = {[SEG_ANCHOR_START] = "",
	                                      [SEG_ANCHOR_MIDDLE] =
	                                          " text-anchor=\"middle\"",
	                                      [SEG_ANCHOR_END] =
	                                          " text-anchor=\"end\""};

	put_class(svg, class);
	seg_svg_put(svg, anchors[anchor]);
	seg_svg_put(svg, ">");
	seg_svg_text(svg, text);
	seg_svg_close(svg, "text");
}

void
seg_svg_label(SegSvg *svg, const char *class, double x, double y,
              SegAnchor anchor, SegText text)
{
	seg_svg_put(svg, "<text");
	put_attribute(svg, "x", x);
	put_attribute(svg, "y", y);
	finish_label(svg, class, anchor, text);
}

void
seg_svg_label_upwards(SegSvg *svg, const char *class, double x, double y,
                      SegAnchor anchor, SegText text)
{
	seg_svg_put(svg, "<text transform=\"translate(");
	seg_svg_number(svg, x);
	seg_svg_put(svg, " ");
	seg_svg_number(svg, y);
	seg_svg_put(svg, ") rotate(-90)\"");
	finish_label(svg, class, anchor, text);
}
