/*-------------------------------------------------------------------------
 *
 * marker.c
 *	  Shapes that tell series of points apart without color.
 *
 * src/draw/marker.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/marker.h"

#include "draw/chart_style.h"

#define MOST_CORNERS 12

typedef struct Shape
{
	int corners; /* 0: a circle */
	double at[MOST_CORNERS][2];
} Shape;

static const Shape shapes[] =
	{{0, {{0}}},
     {4, {{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}}},
     {3, {{0, -1.25}, {1.2, 0.9}, {-1.2, 0.9}}},
     {4, {{0, -1.3}, {1.3, 0}, {0, 1.3}, {-1.3, 0}}},
     {3, {{0, 1.25}, {-1.2, -0.9}, {1.2, -0.9}}},
     {12,
      {{-0.4, -1.2},
       {0.4, -1.2},
       {0.4, -0.4},
       {1.2, -0.4},
       {1.2, 0.4},
       {0.4, 0.4},
       {0.4, 1.2},
       {-0.4, 1.2},
       {-0.4, 0.4},
       {-1.2, 0.4},
       {-1.2, -0.4},
       {-0.4, -0.4}}},
     {12,
      {{0, -0.57},
       {0.57, -1.14},
       {1.14, -0.57},
       {0.57, 0},
       {1.14, 0.57},
       {0.57, 1.14},
       {0, 0.57},
       {-0.57, 1.14},
       {-1.14, 0.57},
       {-0.57, 0},
       {-1.14, -0.57},
       {-0.57, -1.14}}},
     {4, {{-1.3, -0.55}, {1.3, -0.55}, {1.3, 0.55}, {-1.3, 0.55}}}};

#define SHAPES ((int64_t) (sizeof(shapes) / sizeof(shapes[0])))

static void
add_half_circle(SegSvg *svg, double radius, double across)
{
	seg_svg_put(svg, "a");
	seg_svg_number(svg, radius);
	seg_svg_put(svg, " ");
	seg_svg_number(svg, radius);
	seg_svg_put(svg, " 0 1 0 ");
	seg_svg_number(svg, across);
	seg_svg_put(svg, " 0");
}

void
seg_marker_add(SegSvg *svg, int64_t series, double x, double y, double radius)
{
	const Shape *shape = &shapes[series % SHAPES];

	if (shape->corners == 0)
	{
		seg_svg_move_to(svg, x - radius, y);
		add_half_circle(svg, radius, 2 * radius);
		add_half_circle(svg, radius, -2 * radius);
	}
	for (int i = 0; i < shape->corners; i++)
	{
		double at_x = x + radius * shape->at[i][0];
		double at_y = y + radius * shape->at[i][1];

		if (i == 0)
			seg_svg_move_to(svg, at_x, at_y);
		else
			seg_svg_line_to(svg, at_x, at_y);
	}
	seg_svg_close_path(svg);
}

void
seg_marker_put(SegChart *chart, int64_t series, double x, double y,
               double radius)
{
	char class[SEG_CLASS_ROOM];

	seg_series_class(chart->options, series, class);
	seg_svg_path(&chart->svg, class);
	seg_marker_add(&chart->svg, series, x, y, radius);
	seg_svg_path_end(&chart->svg);
}
