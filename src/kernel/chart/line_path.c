/*-------------------------------------------------------------------------
 *
 * line_path.c
 *	  A line of a chart, and the area of its intervals, as paths.
 *
 * Of the points in a column of pixels, the first, the lowest, the highest and the
 * last are drawn: a line through all of them would look the same.
 *
 * src/kernel/chart/line_path.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/line_path.h"

#include <math.h>

#include "draw/line_style.h"
#include "draw/marker.h"

#define MARK_SIZE 4.0 /* of a tick, to either side */
#define NARROW    2.0 /* half of the interval of one point */

/* ---------- lines ---------- */

/* What is drawn of a line: numbers of points. */
typedef struct Vertices
{
	int64_t *at;
	bool *is_start; /* behind a gap */
	int64_t n;
} Vertices;

/* Points in one column of pixels. */
typedef struct PixelColumn
{
	double pixel;
	int64_t first;
	int64_t lowest;
	int64_t highest;
	int64_t last;
	bool is_start;
} PixelColumn;

static double
column_of(const SegPlot *plot, const SegLinePoint *point)
{
	return floor(seg_plot_x(plot, point->x));
}

/*
 * Add its points, each once, in order.
 */
static void
add_column(const PixelColumn *column, Vertices *vertices)
{
	int64_t middle[2] = {column->lowest < column->highest ? column->lowest
	                                                      : column->highest,
	                     column->lowest < column->highest ? column->highest
	                                                      : column->lowest};
	const int64_t at[4] = {column->first, middle[0], middle[1], column->last};

	for (int i = 0; i < 4; i++)
	{
		if (i > 0 && at[i] == at[i - 1])
			continue;
		vertices->is_start[vertices->n] = i == 0 && column->is_start;
		vertices->at[vertices->n++] = at[i];
	}
}

static void
see_point(const SegLine *line, int64_t i, PixelColumn *column)
{
	if (line->points[i].y < line->points[column->lowest].y)
		column->lowest = i;
	if (line->points[i].y > line->points[column->highest].y)
		column->highest = i;
	column->last = i;
}

/*
 * A gap within a column of pixels cannot be seen.
 */
static SegStatus
choose_vertices(const SegPlot *plot, const SegLine *line, Vertices *vertices)
{
	SegEnv *env = plot->chart.env;
	PixelColumn column = {.pixel = -1};
	bool is_start = true;
	int64_t steps = 0;

	SEG_ALLOC(env, vertices->at, line->n + 4);
	SEG_ALLOC(env, vertices->is_start, line->n + 4);
	vertices->n = 0;
	for (int64_t i = 0; i < line->n; i++)
	{
		double pixel;

		SEG_TRY(seg_count_steps(env, &steps, 10));
		if (isnan(line->points[i].y))
		{
			is_start = true;
			continue;
		}
		pixel = column_of(plot, &line->points[i]);
		if (pixel == column.pixel)
			see_point(line, i, &column);
		else
		{
			if (column.pixel >= 0)
				add_column(&column, vertices);
			column = (PixelColumn){pixel, i, i, i, i, is_start};
		}
		is_start = false;
	}
	if (column.pixel >= 0)
		add_column(&column, vertices);
	return SEG_OK;
}

static bool
is_alone(const Vertices *vertices, int64_t i)
{
	return vertices->is_start[i] &&
	       (i + 1 == vertices->n || vertices->is_start[i + 1]);
}

static void
put_line_marker(SegPlot *plot, int64_t series, const SegLinePoint *point)
{
	seg_marker_put(&plot->chart,
	               series,
	               seg_plot_x(plot, point->x),
	               seg_plot_y(plot, point->y),
	               SEG_LINE_MARKER);
}

SegStatus
seg_line_put(SegPlot *plot, int64_t series, const SegLine *line,
             bool is_stepped, bool has_markers)
{
	SegSvg *svg = &plot->chart.svg;
	char class[SEG_LINE_CLASS_ROOM];
	Vertices vertices;
	double before = 0;

	SEG_TRY(choose_vertices(plot, line, &vertices));
	seg_line_class(plot->chart.options, series, class);
	seg_svg_path(svg, class);
	for (int64_t i = 0; i < vertices.n; i++)
	{
		const SegLinePoint *point = &line->points[vertices.at[i]];
		double x = seg_plot_x(plot, point->x);
		double y = seg_plot_y(plot, point->y);

		if (vertices.is_start[i])
			seg_svg_move_to(svg, x, y);
		else
		{
			if (is_stepped && y != before)
				seg_svg_line_to(svg, x, before);
			seg_svg_line_to(svg, x, y);
		}
		before = y;
	}
	seg_svg_path_end(svg);
	for (int64_t i = 0; i < vertices.n; i++)
	{
		if (!has_markers && is_alone(&vertices, i))
			put_line_marker(plot, series, &line->points[vertices.at[i]]);
	}
	for (int64_t i = 0; i < line->n && has_markers; i++)
	{
		if (!isnan(line->points[i].y))
			put_line_marker(plot, series, &line->points[i]);
	}
	return SEG_OK;
}

/* ---------- marks ---------- */

/*
 * One tick for each column of pixels, across all its points with marks.
 */
SegStatus
seg_line_put_marks(SegPlot *plot, int64_t series, const SegLine *line)
{
	SegSvg *svg = &plot->chart.svg;
	char class[SEG_LINE_CLASS_ROOM];
	int64_t steps = 0;
	double x = -1, top = 0, bottom = 0;

	seg_stroke_class(plot->chart.options, series, class);
	for (int64_t i = 0; i <= line->n; i++)
	{
		const SegLinePoint *point = &line->points[i];
		double y;

		SEG_TRY(seg_count_steps(plot->chart.env, &steps, 10));
		if (i < line->n && (isnan(point->y) || point->marks == 0))
			continue;
		y = i < line->n ? seg_plot_y(plot, point->y) : 0;
		if (i < line->n && x >= 0 && column_of(plot, point) == floor(x))
		{
			top = fmin(top, y);
			bottom = fmax(bottom, y);
			continue;
		}
		if (x >= 0)
			seg_svg_line(svg, class, x, top - MARK_SIZE, x, bottom + MARK_SIZE);
		x = i < line->n ? seg_plot_x(plot, point->x) : -1;
		top = bottom = y;
	}
	return SEG_OK;
}

/* ---------- bands ---------- */

/* Where the area of the intervals turns, in pixels. */
typedef struct BandEdge
{
	double x;
	double low;
	double high;
} BandEdge;

typedef struct Band
{
	BandEdge *edges;
	int64_t n;
	bool is_stepped;
} Band;

static bool
has_band(const SegLinePoint *point)
{
	return !isnan(point->y) && !isnan(point->low);
}

/*
 * The edges of one column of pixels: where it begins and, if it has several points,
 * ends.
 */
static void
add_edge(Band *band, BandEdge edge)
{
	BandEdge *last = band->n > 0 ? &band->edges[band->n - 1] : NULL;
	BandEdge *first = band->n > 1 ? last - 1 : NULL;

	if (first != NULL && floor(first->x) == floor(edge.x))
	{
		first->low = last->low = fmax(last->low, edge.low);
		first->high = last->high = fmin(last->high, edge.high);
		last->x = edge.x;
		return;
	}
	if (last != NULL && floor(last->x) == floor(edge.x))
	{
		edge.low = last->low = fmax(last->low, edge.low);
		edge.high = last->high = fmin(last->high, edge.high);
	}
	band->edges[band->n++] = edge;
}

/*
 * One side of the area: from its start to its end, or back.
 */
static void
put_band_side(SegSvg *svg, const Band *band, bool is_back)
{
	for (int64_t k = 0; k < band->n; k++)
	{
		int64_t i = is_back ? band->n - 1 - k : k;
		const BandEdge *edge = &band->edges[i];
		double y = is_back ? edge->low : edge->high;

		if (k == 0 && !is_back)
			seg_svg_move_to(svg, edge->x, y);
		else
		{
			if (band->is_stepped && k > 0)
				seg_svg_line_to(svg,
				                is_back ? edge[1].x : edge->x,
				                is_back ? y : edge[-1].high);
			seg_svg_line_to(svg, edge->x, y);
		}
	}
}

static void
put_area(SegSvg *svg, Band *band)
{
	BandEdge *only = band->edges;

	if (band->n == 1)
	{
		band->edges[band->n++] =
			(BandEdge){only->x + NARROW, only->low, only->high};
		only->x -= NARROW;
	}
	if (band->n > 0)
	{
		put_band_side(svg, band, false);
		put_band_side(svg, band, true);
		seg_svg_close_path(svg);
	}
	band->n = 0;
}

static bool
has_any_band(const SegLine *line)
{
	for (int64_t i = 0; i < line->n; i++)
	{
		if (has_band(&line->points[i]))
			return true;
	}
	return false;
}

static BandEdge
band_edge(const SegPlot *plot, const SegLinePoint *point)
{
	return (BandEdge){seg_plot_x(plot, point->x),
	                  seg_plot_y(plot, point->low),
	                  seg_plot_y(plot, point->high)};
}

SegStatus
seg_line_put_band(SegPlot *plot, int64_t series, const SegLine *line,
                  bool is_stepped)
{
	SegEnv *env = plot->chart.env;
	Band band = {.is_stepped = is_stepped};
	char class[SEG_LINE_CLASS_ROOM];
	int64_t steps = 0;

	if (!has_any_band(line)) /* a path without a point is no SVG */
		return SEG_OK;
	SEG_ALLOC(env, band.edges, line->n + 2);
	seg_band_class(plot->chart.options, series, class);
	seg_svg_path(&plot->chart.svg, class);
	for (int64_t i = 0; i < line->n; i++)
	{
		const SegLinePoint *point = &line->points[i];
		double x = seg_plot_x(plot, point->x);

		SEG_TRY(seg_count_steps(env, &steps, 10));
		if (has_band(point))
		{
			add_edge(&band, band_edge(plot, point));
			continue;
		}
		if (band.n == 0 || floor(x) == floor(band.edges[band.n - 1].x))
			continue;
		/* a value that holds until here has its interval until here */
		if (is_stepped && !isnan(point->y))
			add_edge(&band,
			         (BandEdge){x,
			                    band.edges[band.n - 1].low,
			                    band.edges[band.n - 1].high});
		put_area(&plot->chart.svg, &band);
	}
	put_area(&plot->chart.svg, &band);
	seg_svg_path_end(&plot->chart.svg);
	return SEG_OK;
}
