/*-------------------------------------------------------------------------
 *
 * scatter.c
 *	  Rows as points of a plane, or as cells that say how many there are.
 *
 * Up to SEG_BINS_MOST_ROWS rows are points; equal ones are one that is larger. More
 * of them would cover each other, so they are counted in cells, whose shade has
 * steps of equal ratios: what is rare stays visible. With groups, the color of a cell
 * is that of the group that most of its rows belong to.
 *
 * src/kernel/chart/scatter.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/scatter.h"

#include <float.h>
#include <math.h>

#include "base/sort.h"
#include "draw/chart_style.h"
#include "draw/lettering.h"
#include "draw/marker.h"
#include "draw/plot.h"
#include "draw/words.h"

#define SMALLEST_CELL 5.0 /* pixels */
#define FRAME         100 /* about what an axis and the margins take */
#define SHADES        7
#define FIRST_SHADE   2 /* of the ramp: lighter ones are hard to see alone */
#define KEY_STEP      16.0
#define KEY_HEIGHT    12.0
#define PADDING       0.04 /* of the range, around points */
#define LARGEST_POINT 4.0  /* times the radius, of equal rows */
#define CENTER        6.5  /* radius */
#define HALO          9.0
#define WIDEST_NAME   140.0
#define NAME_HEIGHT   16.0

/* Cells of all groups at one place. */
typedef struct Tile
{
	int64_t x;
	int64_t y;
	int64_t count;
	int64_t series; /* that most rows belong to */
	int64_t most;   /* and how many */
	int shade;
} Tile;

typedef struct Scatter
{
	SegPlot plot;
	SegBinned binned;
	Tile *tiles;
	int64_t tile_count;
	int64_t fullest; /* rows of a tile */
	int64_t rows;
	bool is_grouped;
	double (*centers)[2]; /* of each group */
	SegBox *taken;        /* by centers and their names */
	int64_t taken_count;
} Scatter;

/* ---------- cells ---------- */

static int
compare_tiles(const void *of, int64_t a, int64_t b)
{
	const SegBinnedCell *cells = of;
	const SegBinnedCell *p = &cells[a];
	const SegBinnedCell *q = &cells[b];

	if (p->y != q->y)
		return p->y < q->y ? -1 : 1;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return p->series < q->series ? -1 : p->series > q->series;
}

/*
 * Coarsen an axis until so many pixels have room for its cells; returns by how many
 * steps.
 */
static int64_t
coarsen_to_fit(SegBinAxis *axis, double pixels)
{
	int64_t steps = 0;

	while ((double) (axis->high - axis->low + 1) * SMALLEST_CELL > pixels)
	{
		axis->low = seg_bin_parent(axis, axis->low);
		axis->high = seg_bin_parent(axis, axis->high);
		axis->level++;
		steps++;
	}
	return steps;
}

static void
coarsen_cells(Scatter *s)
{
	const SegChartOptions *options = s->plot.chart.options;
	double width = s->plot.chart.width - FRAME;
	double height =
		options->height > 0 ? (double) options->height - FRAME : width / 2;
	int64_t steps_x = coarsen_to_fit(&s->binned.axes[0], fmax(width, FRAME));
	int64_t steps_y = coarsen_to_fit(&s->binned.axes[1], fmax(height, FRAME));

	for (int64_t i = 0; i < s->binned.count; i++)
	{
		SegBinnedCell *cell = &s->binned.cells[i];

		cell->x = seg_bin_ancestor(&s->binned.axes[0], cell->x, steps_x);
		cell->y = seg_bin_ancestor(&s->binned.axes[1], cell->y, steps_y);
	}
}

/*
 * Add a cell to the tile of its place, which is the last one or a new one. Cells of
 * a group at one place follow each other.
 */
static void
add_to_tile(Scatter *s, const SegBinnedCell *cell, int64_t of_series)
{
	Tile *tile = &s->tiles[s->tile_count - (s->tile_count > 0)];

	if (s->tile_count == 0 || tile->x != cell->x || tile->y != cell->y)
	{
		tile = &s->tiles[s->tile_count++];
		*tile = (Tile){.x = cell->x, .y = cell->y};
	}
	tile->count += cell->words.count;
	if (of_series > tile->most)
	{
		tile->most = of_series;
		tile->series = cell->series;
	}
	s->fullest = tile->count > s->fullest ? tile->count : s->fullest;
}

static int
shade_of(const Scatter *s, int64_t count)
{
	double share =
		s->fullest > 1 ? log((double) count) / log((double) s->fullest) : 0;

	return (int) fmin(share * SHADES, SHADES - 1);
}

static SegStatus
make_tiles(SegEnv *env, Scatter *s)
{
	const SegBinnedCell *last = NULL;
	int64_t of_series = 0;
	int64_t *order;

	coarsen_cells(s);
	SEG_ALLOC(env, order, s->binned.count);
	SEG_ALLOC(env, s->tiles, s->binned.count);
	for (int64_t i = 0; i < s->binned.count; i++)
		order[i] = i;
	SEG_TRY(
		seg_sort(env, order, s->binned.count, compare_tiles, s->binned.cells));
	for (int64_t i = 0; i < s->binned.count; i++)
	{
		const SegBinnedCell *cell = &s->binned.cells[order[i]];
		bool is_same = last != NULL && last->x == cell->x &&
		               last->y == cell->y && last->series == cell->series;

		of_series = cell->words.count + (is_same ? of_series : 0);
		add_to_tile(s, cell, of_series);
		last = cell;
	}
	for (int64_t i = 0; i < s->tile_count; i++)
		s->tiles[i].shade = shade_of(s, s->tiles[i].count);
	return SEG_OK;
}

/* ---------- measuring ---------- */

/* The lowest and the highest value that a cell may have had. */
static void
range_of_cell(const Scatter *s, const SegBinnedCell *cell, int axis,
              double range[2])
{
	int64_t at = axis == 0 ? cell->x : cell->y;

	for (int i = 0; i < 2; i++)
		range[i] = s->binned.is_grid
		               ? seg_bin_edge(&s->binned.axes[axis], at + i)
		               : seg_double_of_bits(at);
}

/*
 * Means of all rows of a group. Numbers so small that their sums vanish, or so large
 * that these are rounded beyond a double, still have them within their range.
 */
static SegStatus
find_group_centers(SegEnv *env, Scatter *s)
{
	int64_t groups = s->binned.series.count;
	double(*ranges)[2][2];
	SegBinWords *totals;

	SEG_ALLOC(env, totals, groups);
	SEG_ALLOC(env, ranges, groups);
	SEG_ALLOC(env, s->centers, groups);
	SEG_ALLOC(env, s->taken, 2 * groups);
	for (int64_t i = 0; i < s->binned.count; i++)
	{
		const SegBinnedCell *cell = &s->binned.cells[i];
		SegBinWords *total = &totals[cell->series];
		bool is_first = total->count == 0;

		total->count += cell->words.count;
		s->rows += cell->words.count;
		for (int j = 0; j < 2; j++)
		{
			double *all = ranges[cell->series][j];
			double range[2];

			range_of_cell(s, cell, j, range);
			all[0] = is_first ? range[0] : fmin(all[0], range[0]);
			all[1] = is_first ? range[1] : fmax(all[1], range[1]);
			total->sums[j] = seg_wide_add(total->sums[j], cell->words.sums[j]);
		}
	}
	for (int64_t g = 0; g < groups; g++)
	{
		for (int j = 0; j < 2; j++)
		{
			double mean =
				totals[g].sums[j].hi / (double) totals[g].count * 0x1p64;

			s->centers[g][j] =
				fmin(fmax(mean, ranges[g][j][0]), ranges[g][j][1]);
		}
	}
	return SEG_OK;
}

/*
 * The range of points, with some room around it, within that of a double.
 */
static void
pad_range(bool is_log, double *low, double *high)
{
	double from = is_log ? log10(*low) : *low;
	double to = is_log ? log10(*high) : *high;
	double room = (to / 2 - from / 2) * 2 * PADDING;

	from -= room;
	to += room;
	*low =
		fmax(is_log ? pow(10, from) : from, is_log ? DBL_TRUE_MIN : -DBL_MAX);
	*high = fmin(is_log ? pow(10, to) : to, DBL_MAX);
}

static void
set_scatter_range(Scatter *s, int i, SegAxis *axis)
{
	const SegBinAxis *bins = &s->binned.axes[i];
	bool is_log = axis->kind == SEG_AXIS_LOG;
	double low = INFINITY, high = -INFINITY;

	if (s->binned.is_grid)
	{
		low = seg_bin_edge(bins, bins->low);
		high = seg_bin_edge(bins, bins->high + 1);
		seg_axis_set_range(axis, low, high);
		return;
	}
	for (int64_t c = 0; c < s->binned.count; c++)
	{
		const SegBinnedCell *cell = &s->binned.cells[c];
		double value = seg_double_of_bits(i == 0 ? cell->x : cell->y);

		low = fmin(low, value);
		high = fmax(high, value);
	}
	pad_range(is_log, &low, &high);
	seg_axis_set_range(axis, low, high);
}

static SegStatus
measure_scatter(SegEnv *env, const SegChartOptions *options, Scatter *s)
{
	SegPlot *plot = &s->plot;

	SEG_TRY(seg_chart_measure_as(env,
	                             options,
	                             s->binned.series.names,
	                             s->binned.series.count,
	                             SEG_LEGEND_MARKERS,
	                             &plot->chart));
	SEG_TRY(find_group_centers(env, s));
	if (s->binned.is_grid)
	{
		plot->chart.top += SEG_TEXT_LINE + SEG_GAP;
		plot->chart.ramp = s->is_grouped ? SEG_RAMP_NONE : SEG_RAMP_ONE_SIDE;
		SEG_TRY(make_tiles(env, s));
	}
	seg_plot_init(plot, false);
	plot->skipped = s->binned.skipped;
	set_scatter_range(s, 0, &plot->x);
	set_scatter_range(s, 1, &plot->y);
	seg_plot_measure(plot);
	return SEG_OK;
}

/* ---------- drawing ---------- */

/*
 * Smaller points where there are more of them.
 */
static double
point_radius(const Scatter *s)
{
	return s->binned.count <= 300 ? 3.5 : s->binned.count <= 1200 ? 2.5 : 1.8;
}

static void
put_points(Scatter *s)
{
	SegSvg *svg = &s->plot.chart.svg;
	double radius = point_radius(s);

	seg_svg_put(svg, "<g fill-opacity=\"0.75\">\n");
	for (int64_t i = 0; i < s->binned.count; i++)
	{
		const SegBinnedCell *cell = &s->binned.cells[i];
		bool is_first = i == 0 || cell[-1].series != cell->series;
		bool is_last =
			i + 1 == s->binned.count || cell[1].series != cell->series;
		char class[SEG_CLASS_ROOM];

		seg_series_class(s->plot.chart.options, cell->series, class);
		if (is_first)
			seg_svg_path(svg, class);
		seg_marker_add(svg,
		               cell->series,
		               seg_plot_x(&s->plot, seg_double_of_bits(cell->x)),
		               seg_plot_y(&s->plot, seg_double_of_bits(cell->y)),
		               radius * fmin(sqrt((double) cell->words.count),
		                             LARGEST_POINT));
		if (is_last)
			seg_svg_path_end(svg);
	}
	seg_svg_close(svg, "g");
}

/* A path of what has a shade, and of a group if there are some. */
static void
begin_shade(Scatter *s, int shade, const char *class)
{
	SegSvg *svg = &s->plot.chart.svg;

	if (s->is_grouped)
	{
		seg_svg_put(svg, "<g fill-opacity=\"");
		seg_svg_number(svg, (double) (shade + 2) / (SHADES + 1));
		seg_svg_put(svg, "\">");
	}
	seg_svg_path(svg,
	             s->is_grouped
	                 ? class
	                 : seg_ramp_class(SEG_RAMP_ONE_SIDE, FIRST_SHADE + shade)
	                       .fill);
}

static void
end_shade(Scatter *s)
{
	seg_svg_path_end(&s->plot.chart.svg);
	if (s->is_grouped)
		seg_svg_close(&s->plot.chart.svg, "g");
}

static void
add_box(SegSvg *svg, double left, double top, double right, double bottom)
{
	seg_svg_move_to(svg, left, top);
	seg_svg_line_to(svg, right, top);
	seg_svg_line_to(svg, right, bottom);
	seg_svg_line_to(svg, left, bottom);
	seg_svg_close_path(svg);
}

static void
add_tile(Scatter *s, const Tile *tile)
{
	const SegBinAxis *axes = s->binned.axes;
	const SegPlot *plot = &s->plot;

	add_box(&s->plot.chart.svg,
	        seg_plot_x(plot, seg_bin_edge(&axes[0], tile->x)),
	        seg_plot_y(plot, seg_bin_edge(&axes[1], tile->y + 1)),
	        seg_plot_x(plot, seg_bin_edge(&axes[0], tile->x + 1)),
	        seg_plot_y(plot, seg_bin_edge(&axes[1], tile->y)));
}

/*
 * One path for all tiles of a shade and a group.
 */
static SegStatus
put_tiles(Scatter *s)
{
	int64_t groups = s->is_grouped ? s->binned.series.count : 1;
	int64_t steps = 0;

	for (int64_t i = 0; i < groups * SHADES; i++)
	{
		int shade = (int) (i % SHADES);
		char class[SEG_CLASS_ROOM];
		bool is_open = false;

		seg_series_class(s->plot.chart.options, i / SHADES, class);
		for (int64_t t = 0; t < s->tile_count; t++)
		{
			const Tile *tile = &s->tiles[t];

			SEG_TRY(seg_count_steps(s->plot.chart.env, &steps, 1));
			if (tile->shade != shade ||
			    (s->is_grouped && tile->series != i / SHADES))
				continue;
			if (!is_open)
				begin_shade(s, shade, class);
			is_open = true;
			add_tile(s, tile);
		}
		if (is_open)
			end_shade(s);
	}
	return SEG_OK;
}

/*
 * The shades from one row to as many as the fullest cell has.
 */
static SegStatus
put_shade_key(Scatter *s)
{
	double y = s->plot.chart.top - SEG_GAP - SEG_TEXT_LINE / 2;
	SegSvg words = {.env = s->plot.chart.env};
	SegSvg *svg = &s->plot.chart.svg;
	double x = SEG_MARGIN + seg_text_width((SegText){"1", 1}, SEG_TEXT_SIZE) +
	           SEG_GAP / 2;
	double step;
	SegText text;

	seg_words_count(&words, s->fullest);
	seg_svg_put(&words, s->fullest == 1 ? " row in a cell" : " rows in a cell");
	SEG_TRY(seg_words_end(&words, &text));
	step = (s->plot.chart.width - SEG_MARGIN - SEG_GAP - x -
	        seg_text_width(text, SEG_TEXT_SIZE)) /
	       SHADES;
	step = fmax(fmin(step, KEY_STEP), 0);
	seg_svg_label(svg,
	              "soft",
	              SEG_MARGIN,
	              y + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              (SegText){"1", 1});
	for (int i = 0; i < SHADES; i++, x += step)
	{
		begin_shade(s, i, "soft");
		add_box(svg, x, y - KEY_HEIGHT / 2, x + step, y + KEY_HEIGHT / 2);
		end_shade(s);
	}
	seg_svg_label(svg,
	              "soft",
	              x + SEG_GAP / 2,
	              y + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              text);
	return SEG_OK;
}

/* ---------- centers ---------- */

static bool
is_free(const Scatter *s, SegBox box)
{
	for (int64_t i = 0; i < s->taken_count; i++)
	{
		const SegBox *other = &s->taken[i];

		if (box.x < other->x + other->width && other->x < box.x + box.width &&
		    box.y < other->y + other->height && other->y < box.y + box.height)
			return false;
	}
	return box.x >= s->plot.box.x &&
	       box.x + box.width <= s->plot.box.x + s->plot.box.width &&
	       box.y >= s->plot.box.y &&
	       box.y + box.height <= s->plot.box.y + s->plot.box.height;
}

/*
 * Write the name of a group beside its center, on the side where there is room, or
 * leave it to the legend.
 */
static SegStatus
put_center_name(Scatter *s, int64_t group, double x, double y)
{
	SegSvg *svg = &s->plot.chart.svg;
	SegText name;
	double width;

	SEG_TRY(seg_text_fit(s->plot.chart.env,
	                     s->binned.series.names[group],
	                     SEG_TEXT_SIZE,
	                     WIDEST_NAME,
	                     &name));
	width = seg_text_width(name, SEG_TEXT_SIZE);
	for (int side = 0; side < 2 && name.length > 0; side++)
	{
		SegBox box = {side == 0 ? x + HALO + 1 : x - HALO - 1 - SEG_GAP - width,
		              y - NAME_HEIGHT / 2,
		              width + SEG_GAP,
		              NAME_HEIGHT};

		if (!is_free(s, box))
			continue;
		s->taken[s->taken_count++] = box;
		seg_svg_put(svg, "<g fill-opacity=\"0.85\">");
		seg_svg_rect(svg, "paper", box);
		seg_svg_close(svg, "g");
		seg_svg_label(svg,
		              "ink",
		              box.x + SEG_GAP / 2,
		              y + SEG_TEXT_MIDDLE,
		              SEG_ANCHOR_START,
		              name);
		return SEG_OK;
	}
	return SEG_OK;
}

/*
 * The mean of each group, as a large marker with a margin.
 */
static SegStatus
put_centers(Scatter *s)
{
	SegSvg *svg = &s->plot.chart.svg;

	for (int64_t g = 0; g < s->binned.series.count; g++)
	{
		double x = seg_plot_x(&s->plot, s->centers[g][0]);
		double y = seg_plot_y(&s->plot, s->centers[g][1]);

		seg_svg_path(svg, "paper");
		seg_marker_add(svg, g, x, y, HALO);
		seg_svg_path_end(svg);
		seg_marker_put(&s->plot.chart, g, x, y, CENTER);
		s->taken[s->taken_count++] =
			(SegBox){x - HALO, y - HALO, 2 * HALO, 2 * HALO};
	}
	for (int64_t g = 0; g < s->binned.series.count; g++)
		SEG_TRY(put_center_name(s,
		                        g,
		                        seg_plot_x(&s->plot, s->centers[g][0]),
		                        seg_plot_y(&s->plot, s->centers[g][1])));
	return SEG_OK;
}

/* ---------- the whole ---------- */

/*
 * "Scatter plot of 1,234 rows in 3 groups. Means of x and y: gold 4.5, 12; silver 3, 8"
 */
static SegStatus
describe_scatter(const Scatter *s, SegText *description)
{
	SegSvg words = {.env = s->plot.chart.env};

	seg_svg_put(&words, "Scatter plot of ");
	seg_words_count(&words, s->rows);
	seg_svg_put(&words, s->rows == 1 ? " row" : " rows");
	if (s->is_grouped)
	{
		seg_svg_put(&words, " in ");
		seg_words_count(&words, s->binned.series.count);
		seg_svg_put(&words, " groups");
	}
	seg_svg_put(&words, s->is_grouped ? ". Means of x and y: " : "");
	for (int64_t g = 0; s->is_grouped && g < s->binned.series.count; g++)
	{
		SegText name = s->binned.series.names[g];

		seg_svg_put(&words, g > 0 ? "; " : "");
		SEG_TRY(seg_words_name(&words, name, WIDEST_NAME));
		seg_svg_put(&words, name.length > 0 ? " " : "");
		seg_words_number(&words, s->centers[g][0], &s->plot.x.style);
		seg_svg_put(&words, ", ");
		seg_words_number(&words, s->centers[g][1], &s->plot.y.style);
	}
	return seg_words_end(&words, description);
}

static const char *const scatter_options[] = {"x_label",
                                              "y_label",
                                              "x_unit",
                                              "y_unit",
                                              "x_format",
                                              "y_format",
                                              "x_scale",
                                              "y_scale",
                                              "colors",
                                              "label_order",
                                              NULL};

/*
 * Cells are collected for the scales that the options ask for.
 */
static SegStatus
check_scales(SegEnv *env, const SegChartOptions *options, const SegBins *bins)
{
	const int scales[2] = {options->x_scale, options->y_scale};

	for (int i = 0; i < 2; i++)
	{
		if ((scales[i] == SEG_SCALE_LOG) !=
		    (bins->axes[i].kind == SEG_BIN_RATIO))
			return seg_fail_name(env,
			                     SEG_CORRUPT,
			                     "state of the aggregate",
			                     "axes");
	}
	return SEG_OK;
}

SegStatus
seg_scatter_draw(SegEnv *env, const SegChartOptions *options,
                 const SegBins *bins, SegText *svg)
{
	Scatter s = {0};
	SegText description;

	SEG_TRY(seg_chart_check_used(env, options, "scatter_svg", scatter_options));
	SEG_TRY(check_scales(env, options, bins));
	SEG_TRY(seg_bins_read(env, bins, options, &s.binned));
	s.is_grouped = s.binned.series.count > 1;
	SEG_TRY(measure_scatter(env, options, &s));
	SEG_TRY(describe_scatter(&s, &description));
	SEG_TRY(seg_plot_begin(&s.plot, description));
	if (s.binned.is_grid)
	{
		SEG_TRY(put_shade_key(&s));
		SEG_TRY(put_tiles(&s));
	}
	else
		put_points(&s);
	if (s.is_grouped)
		SEG_TRY(put_centers(&s));
	return seg_plot_end(&s.plot, svg);
}
