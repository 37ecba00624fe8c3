/*-------------------------------------------------------------------------
 *
 * heat_map.c
 *	  A table of cells whose color says how large their value is.
 *
 * Colors come in steps, so that style sheets can hold them, and the text in a cell
 * can have the color that stands out against it. Values of both signs have a color
 * for each side of 0, others go from light to dark, or on dark paper the other way.
 *
 * src/kernel/chart/heat_map.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/heat_map.h"

#include <math.h>

#include "draw/chart_style.h"
#include "draw/lettering.h"
#include "draw/words.h"

#define WIDEST_LABEL   0.35 /* of the chart */
#define LONGEST_COLUMN 120.0
#define CELL_HEIGHT    24.0
#define CELL_PADDING   6.0
#define KEY_STEP       22.0 /* a step of color in the key, at most */

typedef struct HeatMap
{
	SegChart chart;
	const SegCells *cells;
	SegNumberStyle style;
	double low; /* of all values, or on both sides of 0 */
	double high;
	int digit;     /* the last one of values */
	double widest; /* value */
	double label;  /* width of the names of rows */
	double column; /* width of the names of columns */
	double cell_width;
	double cell_height;
	SegBox plot;
} HeatMap;

static int64_t
columns_of(const HeatMap *map)
{
	return map->cells->rows.count;
}

static int64_t
rows_of(const HeatMap *map)
{
	return map->cells->series.count;
}

/* ---------- measuring ---------- */

static double
printed_width(const HeatMap *map, double value)
{
	char text[SEG_MAX_DIGITS];
	int64_t length = seg_print_to_digit(value, map->digit, &map->style, text);

	return seg_text_width((SegText){text, length}, SEG_TEXT_SIZE);
}

static void
measure_values(HeatMap *map)
{
	int64_t n = columns_of(map) * rows_of(map);

	map->low = INFINITY;
	map->high = -INFINITY;
	map->digit = seg_common_digit(map->cells->values, n, &map->style);
	for (int64_t i = 0; i < n; i++)
	{
		double value = map->cells->values[i];

		if (isnan(value))
			continue;
		map->low = fmin(map->low, value);
		map->high = fmax(map->high, value);
		map->widest = fmax(map->widest, printed_width(map, value));
	}
	map->chart.ramp = seg_ramp_for(&map->low, &map->high);
}

static double
widest_name(const SegCellLabels *labels)
{
	double widest = 0;

	for (int64_t i = 0; i < labels->count; i++)
		widest = fmax(widest, seg_text_width(labels->names[i], SEG_TEXT_SIZE));
	return widest;
}

static bool
columns_lie(const HeatMap *map)
{
	return map->column + CELL_PADDING <= map->cell_width;
}

static void
measure_map(HeatMap *map)
{
	const SegChartOptions *options = map->chart.options;
	double above, below;

	measure_values(map);
	map->label =
		fmin(widest_name(&map->cells->series), WIDEST_LABEL * map->chart.width);
	map->column = fmin(widest_name(&map->cells->rows), LONGEST_COLUMN);
	map->plot.x = SEG_MARGIN + map->label + SEG_GAP;
	map->plot.width = map->chart.width - SEG_MARGIN - map->plot.x;
	map->cell_width = map->plot.width / (double) columns_of(map);

	/* the key, the names of the rows and the columns */
	above = map->chart.top + SEG_TEXT_LINE + SEG_GAP +
	        seg_chart_room_above(options->y_label);
	below = SEG_GAP + (columns_lie(map) ? SEG_TEXT_LINE : map->column) +
	        seg_chart_room_below(options->x_label, map->cells->skipped);
	map->cell_height = CELL_HEIGHT;
	if (options->height > 0)
		map->cell_height = fmax(CELL_HEIGHT,
		                        ((double) options->height - above - below) /
		                            (double) rows_of(map));
	map->plot.y = above;
	map->plot.height = map->cell_height * (double) rows_of(map);
	map->chart.height = above + map->plot.height + below;
}

/* ---------- drawing ---------- */

static void
put_cell(HeatMap *map, int64_t column, int64_t row)
{
	double value = seg_cell(map->cells, column, row);
	SegBox box = {map->plot.x + map->cell_width * (double) column,
	              map->plot.y + map->cell_height * (double) row,
	              map->cell_width,
	              map->cell_height};
	SegRampClass classes;
	char text[SEG_MAX_DIGITS];
	int64_t length;

	if (isnan(value))
		return;
	classes = seg_ramp_class(map->chart.ramp,
	                         seg_ramp_step(map->low, map->high, value));
	length = seg_print_to_digit(value, map->digit, &map->style, text);
	seg_svg_rect(&map->chart.svg, classes.fill, box);
	if (map->widest + CELL_PADDING <= map->cell_width)
		seg_svg_label(&map->chart.svg,
		              classes.text,
		              box.x + box.width / 2,
		              box.y + box.height / 2 + SEG_TEXT_MIDDLE,
		              SEG_ANCHOR_MIDDLE,
		              (SegText){text, length});
}

static SegStatus
put_row_names(HeatMap *map)
{
	for (int64_t i = 0; i < rows_of(map); i++)
	{
		double middle = map->plot.y + map->cell_height * ((double) i + 0.5);

		SEG_TRY(seg_chart_put_row_name(&map->chart,
		                               map->cells->series.names[i],
		                               map->label,
		                               middle));
	}
	return SEG_OK;
}

/*
 * Names of columns lie if all of them fit, or else stand, as many as there is room
 * for.
 */
static SegStatus
put_column_names(HeatMap *map)
{
	double top = map->plot.y + map->plot.height + SEG_GAP / 2;
	int64_t each = (int64_t) ceil(SEG_TEXT_LINE / map->cell_width);

	for (int64_t i = 0; i < columns_of(map); i++)
	{
		double middle = map->plot.x + map->cell_width * ((double) i + 0.5);
		SegText name = map->cells->rows.names[i];

		SEG_TRY(seg_text_fit(map->chart.env,
		                     name,
		                     SEG_TEXT_SIZE,
		                     map->column,
		                     &name));
		if (columns_lie(map))
			seg_svg_label(&map->chart.svg,
			              "ink",
			              middle,
			              top + SEG_TEXT_SIZE,
			              SEG_ANCHOR_MIDDLE,
			              name);
		else if (i % each == 0)
			seg_svg_label_upwards(&map->chart.svg,
			                      "ink",
			                      middle + SEG_TEXT_MIDDLE,
			                      top,
			                      SEG_ANCHOR_END,
			                      name);
	}
	return SEG_OK;
}

/*
 * A value that takes no more than this room; a unit may be long.
 */
static int64_t
print_for_key(const HeatMap *map, double value, double room, char *text)
{
	return seg_text_cut(text,
	                    seg_print_to_digit(value, map->digit, &map->style, text),
	                    SEG_TEXT_SIZE,
	                    room);
}

/*
 * The colors from the lowest value to the highest.
 */
static void
put_key(HeatMap *map)
{
	double y = map->chart.top + SEG_TEXT_LINE / 2;
	double x = SEG_MARGIN;
	double room = map->chart.width - 2 * SEG_MARGIN - SEG_GAP;
	char text[SEG_MAX_DIGITS];
	int64_t length = print_for_key(map, map->low, room / 2, text);
	double low = seg_text_width((SegText){text, length}, SEG_TEXT_SIZE);
	double high = fmin(printed_width(map, map->high), room / 2);
	double step = fmax(fmin(KEY_STEP, (room - low - high) / SEG_RAMP_STEPS), 0);

	seg_svg_label(&map->chart.svg,
	              "soft",
	              x,
	              y + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              (SegText){text, length});
	x += low + SEG_GAP / 2;
	for (int i = 0; i < SEG_RAMP_STEPS; i++)
	{
		seg_svg_rect(&map->chart.svg,
		             seg_ramp_class(map->chart.ramp, i).fill,
		             (SegBox){x, y - 6, step, 12});
		x += step;
	}
	length = print_for_key(map, map->high, room / 2, text);
	seg_svg_label(&map->chart.svg,
	              "soft",
	              x + SEG_GAP / 2,
	              y + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              (SegText){text, length});
}

/*
 * "Heat map of 3 columns and 12 rows, values from 0.1 to 1"
 */
static SegStatus
describe_map(const HeatMap *map, SegText *description)
{
	SegSvg words = {.env = map->chart.env};

	seg_svg_put(&words, "Heat map of ");
	seg_words_count(&words, columns_of(map));
	seg_svg_put(&words,
	            columns_of(map) == 1 ? " column and " : " columns and ");
	seg_words_count(&words, rows_of(map));
	seg_svg_put(&words, rows_of(map) == 1 ? " row" : " rows");
	seg_svg_put(&words, ", values from ");
	seg_words_number(&words, map->low, &map->style);
	seg_svg_put(&words, " to ");
	seg_words_number(&words, map->high, &map->style);
	return seg_words_end(&words, description);
}

static SegStatus
draw_map(SegEnv *env, const SegChartOptions *options, const SegCells *cells,
         SegText *svg)
{
	HeatMap map = {.cells = cells,
	               .style = {.format = options->y_format,
	                         .unit = options->y_unit}};
	static const char *const used[] = {"x_label",
	                                   "y_label",
	                                   "y_unit",
	                                   "y_format",
	                                   "label_order",
	                                   "sort",
	                                   "limit",
	                                   NULL};
	SegText description;

	SEG_TRY(seg_chart_check_used(env, options, "heatmap_svg", used));
	SEG_TRY(seg_cells_check_all(env, &cells->rows, "labels of x"));
	SEG_TRY(seg_cells_check_all(env, &cells->series, "labels of y"));
	SEG_TRY(seg_chart_measure(env, options, NULL, 0, &map.chart));
	measure_map(&map);
	SEG_TRY(describe_map(&map, &description));
	seg_chart_begin(&map.chart, map.chart.height, description);
	put_key(&map);
	for (int64_t row = 0; row < rows_of(&map); row++)
	{
		for (int64_t column = 0; column < columns_of(&map); column++)
			put_cell(&map, column, row);
	}
	SEG_TRY(put_row_names(&map));
	SEG_TRY(put_column_names(&map));
	SEG_TRY(seg_chart_put_names(&map.chart,
	                            options->y_label,
	                            options->x_label,
	                            map.plot.y,
	                            cells->skipped));
	return seg_chart_end(&map.chart, svg);
}

const SegCellChart seg_heat_map = {.sort = SEG_SORT_LABEL, .draw = draw_map};
