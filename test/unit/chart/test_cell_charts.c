/* test_cell_charts.c: charts of sums by label (kernel/chart/cells.c) without a server */
#include "base/contingency.h"
#include "kernel/chart/bar_chart.h"
#include "kernel/chart/heat_map.h"
#include "chart_marks.h"
#include "unit.h"

void test_cell_charts(void);

#define MOST_CELLS 200

typedef struct Cell
{
	char row[12];
	char series[12];
	double value;
} Cell;

static SegCountMap *
map_of(SegEnv *env, const Cell *cells, int n)
{
	SegCountMap *map;

	CHECK(seg_count_map_create(env, SEG_CELLS_WIDTH, &map) == SEG_OK);
	for (int i = 0; i < n; i++)
	{
		SegText row = {cells[i].row, (int64_t) strlen(cells[i].row)};
		SegText series = {cells[i].series, (int64_t) strlen(cells[i].series)};
		SegWide *sum;
		char key[64];
		int64_t at;

		seg_pair_key(row, series, key);
		CHECK(seg_count_map_insert(env,
		                           &map,
		                           key,
		                           seg_pair_key_size(row, series),
		                           &at) == SEG_OK);
		sum = seg_count_map_words(map, at);
		*sum = seg_wide_add(*sum, (SegWide){cells[i].value, 0});
	}
	return map;
}

static SegChartOptions
default_options(void)
{
	SegChartOptions options;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	return options;
}

static SegStatus
draw(SegEnv *env, const SegCellChart *chart, const SegChartOptions *options,
     const Cell *cells, int n, SegText *svg)
{
	return seg_cell_chart_draw(env,
	                           chart,
	                           options,
	                           map_of(env, cells, n),
	                           n % 3,
	                           svg);
}

/* ---------- tests ---------- */

static int
random_cells(uint64_t *seed, Cell *cells)
{
	static const char *const texts[] = {"",
	                                    "a",
	                                    "b<i>",
	                                    "long label",
	                                    "\xE7\x94\xA8\xE6\x88\xB7",
	                                    "12",
	                                    "7",
	                                    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"};
	int rows = 1 + unit_draw(seed, 12);
	int series = 1 + unit_draw(seed, 10);
	int n = 1 + unit_draw(seed, MOST_CELLS);
	double scale = pow(10, unit_draw(seed, 40) - 20);
	bool is_negative = unit_draw(seed, 2);

	for (int i = 0; i < n; i++)
	{
		int row = unit_draw(seed, rows);

		snprintf(cells[i].row,
		         sizeof(cells[i].row),
		         "%s%d",
		         texts[row % 3 == 0 ? 1 : 6],
		         row);
		if (row == 0)
			strcpy(cells[i].row, texts[4]);
		snprintf(cells[i].series,
		         sizeof(cells[i].series),
		         "%s",
		         series == 1 ? "" : texts[unit_draw(seed, 8)]);
		cells[i].value =
			scale * (unit_draw(seed, 1001) - (is_negative ? 500 : 0));
	}
	return n;
}

static SegChartOptions
random_options(uint64_t *seed, bool is_grouped)
{
	static const char title[] =
		"A title that is long enough for several lines of a narrow chart";
	SegChartOptions options = default_options();

	options.layout = is_grouped ? SEG_LAYOUT_GROUPED : unit_draw(seed, 3);
	options.sort = unit_draw(seed, 3);
	options.width = 240 + unit_draw(seed, 1000);
	options.height = unit_draw(seed, 2) * unit_draw(seed, 900);
	options.limit = 1 + unit_draw(seed, 14);
	options.y_format = unit_draw(seed, 2);
	if (unit_draw(seed, 2))
		options.title = (SegText){title, sizeof(title) - 1};
	if (unit_draw(seed, 2))
		options.y_label = options.x_label = (SegText){"what is shown", 13};
	return options;
}

static void
shuffle(uint64_t *seed, Cell *cells, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int j = unit_draw(seed, i + 1);
		Cell swap = cells[i];

		cells[i] = cells[j];
		cells[j] = swap;
	}
}

/*
 * The same cells in another order give the same bytes; texts stay apart and inside;
 * something is drawn.
 */
static void
charts_hold_their_promises(const SegCellChart *chart)
{
	static Cell cells[MOST_CELLS];
	static ChartMark marks[5000];
	uint64_t seed = 11;
	int drawn = 0;

	for (int round = 0; round < 400; round++)
	{
		SegEnv env = unit_env();
		SegChartOptions options = random_options(&seed, chart == &seg_heat_map);
		int n = random_cells(&seed, cells);
		SegStatus status;
		SegText svg, again;
		int data = 0, count;

		status = draw(&env, chart, &options, cells, n, &svg);
		CHECK(status == SEG_OK ||
		      ((chart == &seg_heat_map || options.sort == SEG_SORT_LABEL) &&
		       status == SEG_OPTION_LIMIT));
		if (status == SEG_OK)
		{
			shuffle(&seed, cells, n);
			CHECK(draw(&env, chart, &options, cells, n, &again) == SEG_OK);
			CHECK(svg.length == again.length &&
			      memcmp(svg.bytes, again.bytes, (size_t) svg.length) == 0);
			count = chart_marks(svg, marks, 5000);
			chart_check_texts(marks, count);
			for (int i = 0; i < count; i++)
				data += marks[i].is_data;
			CHECK(data >= 1);
			drawn++;
		}
		unit_env_free(&env);
	}
	CHECK(drawn > 100);
}

/*
 * Where a text is in a drawing, from 0; -1: it is not there.
 */
static int64_t
place_of(SegText svg, const char *text)
{
	for (int64_t i = 0; i + (int64_t) strlen(text) <= svg.length; i++)
	{
		if (memcmp(svg.bytes + i, text, strlen(text)) == 0)
			return i;
	}
	return -1;
}

static void
bars_are_ordered(void)
{
	static const Cell cells[] = {{"10", "", 1},
	                             {"9", "", 5},
	                             {"b", "", 3},
	                             {"a", "", 3},
	                             {"9", "", -1}};
	SegEnv env = unit_env();
	SegChartOptions options = default_options();
	SegText svg;

	CHECK(draw(&env, &seg_bar_chart, &options, cells, 5, &svg) == SEG_OK);
	CHECK(place_of(svg, ">9<") < place_of(svg, ">a<"));
	CHECK(place_of(svg, ">a<") < place_of(svg, ">b<"));
	CHECK(place_of(svg, ">b<") < place_of(svg, ">10<"));
	CHECK(draw(&env, &seg_heat_map, &options, cells, 5, &svg) == SEG_OK);
	CHECK(place_of(svg, ">9<") < place_of(svg, ">10<"));
	CHECK(place_of(svg, ">10<") < place_of(svg, ">a<"));
	options.sort = SEG_SORT_LABEL;
	CHECK(draw(&env, &seg_bar_chart, &options, cells, 5, &svg) == SEG_OK);
	CHECK(place_of(svg, ">9<") < place_of(svg, ">10<"));
	CHECK(place_of(svg, ">10<") < place_of(svg, ">a<"));
	options.limit = 1;
	CHECK(draw(&env, &seg_bar_chart, &options, cells, 5, &svg) ==
	      SEG_OPTION_LIMIT);
	options.sort = SEG_SORT_DEFAULT;
	CHECK(draw(&env, &seg_bar_chart, &options, cells, 5, &svg) == SEG_OK);
	CHECK(place_of(svg, ">3 others, added up<") > place_of(svg, ">9<"));
	CHECK(place_of(svg, ">7<") > 0 && place_of(svg, ">10<") < 0);
	unit_env_free(&env);
}

static void
failures_are_reported(const SegCellChart *chart)
{
	static const Cell cells[] = {{"a", "x", 1e308},
	                             {"a", "y", 1e308},
	                             {"b", "x", 1}};
	SegChartOptions options = default_options();
	SegEnv env = unit_env();
	int before, allocations;
	SegText svg;

	(void) map_of(&env, cells, 3);
	before = unit_env_allocations(&env);
	unit_env_free(&env);
	env = unit_env();
	CHECK(draw(&env, chart, &options, cells, 3, &svg) == SEG_OK);
	allocations = unit_env_allocations(&env) - before;
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		SegCountMap *map;

		env = unit_env();
		map = map_of(&env, cells, 3);
		unit_env_fail_after(&env, i);
		CHECK(seg_cell_chart_draw(&env, chart, &options, map, 0, &svg) ==
		      SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	env = unit_env();
	options.layout = SEG_LAYOUT_STACKED;
	CHECK(draw(&env, &seg_heat_map, &options, cells, 3, &svg) ==
	      SEG_OPTION_UNUSED);
	CHECK(draw(&env, &seg_bar_chart, &options, cells, 3, &svg) ==
	      SEG_NOT_FINITE);
	unit_env_free(&env);
}

/* ---------- colors ---------- */

static double
brightness(
	const char *color) /* "#rrggbb": relative luminance as WCAG 2 has it */
{
	static const double share[3] = {0.2126, 0.7152, 0.0722};
	double sum = 0;

	for (int i = 0; i < 3; i++)
	{
		char hex[3] = {color[1 + 2 * i], color[2 + 2 * i]};
		double c = (double) strtol(hex, NULL, 16) / 255;

		sum += share[i] *
		       (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

/*
 * The color of a class in the part of a style sheet from here on.
 */
static const char *
color_of(const char *style, const char *class)
{
	char rule[40];
	const char *at;

	snprintf(rule, sizeof(rule), " .%s{fill:", class);
	at = strstr(style, rule);
	CHECK(at != NULL);
	return at + strlen(rule);
}

static double
contrast(const char *style, const char *a, const char *b)
{
	double x = brightness(color_of(style, a));
	double y = brightness(color_of(style, b));

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/*
 * Text is easy to read on whatever is behind it, on light and on dark paper.
 */
static void
text_stands_out(void)
{
	static const Cell one_side[] = {{"a", "", 1}, {"b", "", 2}};
	static const Cell two_sides[] = {{"a", "", -1}, {"b", "", 2}};
	const Cell *const cells[] = {one_side, two_sides};
	SegChartOptions options = default_options();

	for (int ramp = 0; ramp < 2; ramp++)
	{
		SegEnv env = unit_env();
		const char *style;
		SegText svg;

		CHECK(draw(&env, &seg_heat_map, &options, cells[ramp], 2, &svg) ==
		      SEG_OK);
		style = svg.bytes;
		for (int paper = 0; paper < 2; paper++)
		{
			CHECK(contrast(style, "paper", "ink") >= 4.5);
			CHECK(contrast(style, "paper", "soft") >= 4.5);
			for (int i = 0; i < 9; i++)
			{
				char fill[3] = {"rv"[ramp], (char) ('0' + i)};
				char text[4] = {'t', "rv"[ramp], (char) ('0' + i)};

				CHECK(contrast(style, fill, text) >= 4.5);
			}
			style = strstr(style, "@media");
			CHECK(paper == 1 || style != NULL);
		}
		unit_env_free(&env);
	}
}

void
test_cell_charts(void)
{
	bars_are_ordered();
	charts_hold_their_promises(&seg_bar_chart);
	charts_hold_their_promises(&seg_heat_map);
	failures_are_reported(&seg_bar_chart);
	failures_are_reported(&seg_heat_map);
	text_stands_out();
}
