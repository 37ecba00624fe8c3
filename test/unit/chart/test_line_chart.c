/* test_line_chart.c: charts of lines (kernel/chart/line_chart.c) without a server */
#include "base/contingency.h"
#include "base/missing.h"
#include "kernel/chart/line_chart.h"
#include "chart_marks.h"
#include "unit.h"

void test_line_chart(void);

#define MOST_ROWS 400

typedef struct Row
{
	double x;
	char series[24];
	double y; /* missing: a gap */
	double low;
	double high;
	double marks;
} Row;

static SegCountMap *
points_of(SegEnv *env, const SegLineKind *chart, SegLineX kind, const Row *rows,
          int n)
{
	SegCountMap *map;

	CHECK(seg_count_map_create(env, SEG_LINE_WIDTH, &map) == SEG_OK);
	for (int i = 0; i < n; i++)
	{
		SegLineSum sum = {.y = rows[i].y,
		                  .low = chart->has_interval ? rows[i].low : 0,
		                  .high = rows[i].high,
		                  .marks = rows[i].marks,
		                  .rows = 1};
		SegText series = {rows[i].series, (int64_t) strlen(rows[i].series)};
		char x[SEG_LINE_X_BYTES];
		char key[64];
		int64_t at;

		seg_line_x_key(kind, rows[i].x, x);
		seg_pair_key((SegText){x, SEG_LINE_X_BYTES}, series, key);
		CHECK(seg_count_map_insert(env,
		                           &map,
		                           key,
		                           seg_pair_key_size((SegText){x, sizeof(x)},
		                                             series),
		                           &at) == SEG_OK);
		if (!isnan(rows[i].y))
			seg_line_merge(seg_count_map_words(map, at), &sum);
	}
	return map;
}

static double
clock_an_hour_ahead(double utc)
{
	return utc + 3600e6;
}

static SegChartOptions
line_options(void)
{
	SegChartOptions options;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	return options;
}

static SegStatus
draw_rows(SegEnv *env, const SegLineKind *kind, const SegChartOptions *options,
          SegLineX x, const Row *rows, int n, SegText *svg)
{
	return seg_line_chart_draw(env,
	                           kind,
	                           options,
	                           points_of(env, kind, x, rows, n),
	                           n % 3,
	                           clock_an_hour_ahead,
	                           svg);
}

/* ---------- reading a picture ---------- */

/* The numbers of a path: points, and where it begins anew. */
typedef struct Path
{
	double x[6000];
	double y[6000];
	bool is_start[6000];
	int n;
} Path;

/*
 * The next path with a class from a place in the text on; NULL: there is none.
 */
static const char *
next_path(const char *at, const char *class, Path *path)
{
	char opening[40];

	snprintf(opening, sizeof(opening), "<path class=\"%s", class);
	path->n = 0;
	at = strstr(at, opening);
	if (at == NULL)
		return NULL;
	at = strstr(at, " d=\"") + 4;
	while (*at != '"')
	{
		char *end;

		if (*at == 'Z' || *at == 'a') /* half of a disk, within a marker */
		{
			at += 1 + strcspn(at + 1, "MLaZ\"");
			continue;
		}
		path->is_start[path->n] = *at == 'M';
		path->x[path->n] = strtod(at + 1, &end);
		path->y[path->n++] = strtod(end, &end);
		at = end;
	}
	return at;
}

/*
 * A text that ends where C expects it, of a drawing.
 */
static const char *
text_of(SegText svg, char *room, int64_t size)
{
	int64_t n = svg.length < size - 1 ? svg.length : size - 1;

	memcpy(room, svg.bytes, (size_t) n);
	room[n] = '\0';
	return room;
}

static char page[1 << 20];

/* ---------- tests of random charts ---------- */

static int
random_rows(uint64_t *seed, const SegLineKind *kind, SegLineX x, Row *rows)
{
	static const char *const names[] = {"",
	                                    "a",
	                                    "b<i>",
	                                    "a rather long name",
	                                    "\xE7\x94\xA8\xE6\x88\xB7",
	                                    "12",
	                                    "7",
	                                    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"};
	int series = 1 + unit_draw(seed, 11);
	int n = 1 + unit_draw(seed, MOST_ROWS);
	double size = pow(10, unit_draw(seed, 24) - 12);
	bool is_positive = unit_draw(seed, 2);
	double step = x == SEG_LINE_X_NUMBER ? size : pow(10, unit_draw(seed, 16));

	for (int i = 0; i < n; i++)
	{
		Row *row = &rows[i];
		int s = unit_draw(seed, series);

		row->x = step * (1 + i);
		snprintf(row->series,
		         sizeof(row->series),
		         "%s%s",
		         series == 1 ? "" : names[s % 8],
		         s >= 8 ? "+" : "");
		row->y =
			kind->is_survival
				? unit_draw(seed, 1001) / 1000.0
				: size * (unit_draw(seed, 1001) + (is_positive ? 1 : -500));
		row->low = row->y;
		row->high = kind->is_survival ? 1 : row->y + size * 20;
		row->marks = unit_draw(seed, 3);
		if (unit_draw(seed, 8) == 0)
			row->low = seg_missing();
		if (unit_draw(seed, 10) == 0)
			row->y = seg_missing();
	}
	return n;
}

static SegChartOptions
random_line_options(uint64_t *seed, const SegLineKind *kind, SegLineX x)
{
	static const char title[] =
		"A title that is long enough for several lines of a narrow chart";
	SegChartOptions options = line_options();

	options.width = 240 + unit_draw(seed, 1000);
	options.height = unit_draw(seed, 2) * unit_draw(seed, 900);
	if (unit_draw(seed, 2))
		options.title = (SegText){title, sizeof(title) - 1};
	if (unit_draw(seed, 2))
		options.y_label = options.x_label = (SegText){"what is shown", 13};
	if (kind->is_survival)
		return options;
	options.steps = unit_draw(seed, 2);
	options.y_format = unit_draw(seed, 2);
	options.y_scale = unit_draw(seed, 4) == 0;
	options.x_scale = x == SEG_LINE_X_NUMBER && unit_draw(seed, 4) == 0;
	return options;
}

static void
shuffle_rows(uint64_t *seed, Row *rows, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int j = unit_draw(seed, i + 1);
		Row swap = rows[i];

		rows[i] = rows[j];
		rows[j] = swap;
	}
}

/*
 * All numbers of paths lie on the paper, and none is missing.
 */
static void
check_paths(SegText svg, SegBox paper)
{
	static Path path;
	bool is_inside = true;

	CHECK(svg.length < (int64_t) sizeof(page));
	for (const char *at = text_of(svg, page, sizeof(page));
	     (at = next_path(at, "", &path)) != NULL;)
	{
		for (int i = 0; i < path.n; i++)
			is_inside = is_inside && path.x[i] >= 0 && path.y[i] >= 0 &&
			            path.x[i] <= paper.width && path.y[i] <= paper.height;
	}
	CHECK(is_inside);
	CHECK(strstr(page, "nan") == NULL && strstr(page, "inf") == NULL);
}

static void
random_charts_hold_their_promises(const SegLineKind *kind)
{
	static Row rows[MOST_ROWS];
	static ChartMark marks[5000];
	uint64_t seed = 17;
	int drawn = 0;

	for (int round = 0; round < 400; round++)
	{
		SegEnv env = unit_env();
		SegLineX x = kind->is_survival ? SEG_LINE_X_NUMBER
		                               : (SegLineX) unit_draw(&seed, 3);
		SegChartOptions options = random_line_options(&seed, kind, x);
		int n = random_rows(&seed, kind, x, rows);
		SegText svg, again;
		SegStatus status;

		status = draw_rows(&env, kind, &options, x, rows, n, &svg);
		CHECK(status == SEG_OK ||
		      (status == SEG_NOT_POSITIVE && options.y_scale == SEG_SCALE_LOG));
		if (status == SEG_OK && svg.bytes != NULL)
		{
			shuffle_rows(&seed, rows, n);
			CHECK(draw_rows(&env, kind, &options, x, rows, n, &again) ==
			      SEG_OK);
			CHECK(svg.length == again.length &&
			      memcmp(svg.bytes, again.bytes, (size_t) svg.length) == 0);
			chart_check_texts(marks, chart_marks(svg, marks, 5000));
			check_paths(svg, marks[0].box);
			drawn++;
		}
		unit_env_free(&env);
	}
	CHECK(drawn > 250);
}

/* ---------- tests of what is drawn ---------- */

/*
 * Heights on paper are in proportion to the values, and a peak in the midst of a
 * hundred thousand points stays.
 */
static void
lines_show_their_data(void)
{
	static const Row rows[] = {{1, "", 10}, {2, "", 40}, {4, "", 25}};
	SegEnv env = unit_env();
	SegChartOptions options = line_options();
	static Path path;
	SegText svg;

	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                3,
	                &svg) == SEG_OK);
	CHECK(next_path(text_of(svg, page, sizeof(page)), "line l0", &path) !=
	      NULL);
	CHECK(path.n == 3 && path.is_start[0] && !path.is_start[1]);
	CHECK_NEAR((path.x[1] - path.x[0]) * 2, path.x[2] - path.x[1], 0.03);
	CHECK_NEAR((path.y[0] - path.y[1]) / 30,
	           (path.y[2] - path.y[1]) / 15,
	           0.01);
	options.steps = true;
	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                3,
	                &svg) == SEG_OK);
	CHECK(next_path(text_of(svg, page, sizeof(page)), "line l0", &path) !=
	      NULL);
	CHECK(path.n == 5);
	CHECK(path.x[1] == path.x[2] && path.y[1] == path.y[0]);
	CHECK(path.x[3] == path.x[4] && path.y[3] == path.y[2]);
	unit_env_free(&env);
}

static void
peaks_stay(void)
{
	enum
	{
		N = 100000,
		PEAK = 61803,
		PIT = 27183
	};
	Row *rows = calloc(N, sizeof(Row));
	SegEnv env = unit_env();
	SegChartOptions options = line_options();
	double top = INFINITY, bottom = -INFINITY;
	static Path path;
	SegText svg;

	for (int i = 0; i < N; i++)
	{
		rows[i].x = i;
		rows[i].y = i == PEAK ? 1000 : i == PIT ? 0 : 500;
	}
	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                N,
	                &svg) == SEG_OK);
	CHECK(next_path(text_of(svg, page, sizeof(page)), "line l0", &path) !=
	      NULL);
	CHECK(path.n < 4 * options.width);
	for (int i = 0; i < path.n; i++)
	{
		top = fmin(top, path.y[i]);
		bottom = fmax(bottom, path.y[i]);
	}
	CHECK_NEAR((bottom - top) / 2, bottom - path.y[0], 0.02);
	CHECK(bottom - top > 100);
	unit_env_free(&env);
	free(rows);
}

static void
gaps_break_lines(void)
{
	const double none = seg_missing();
	const Row rows[] = {{0, "", none},
	                    {1, "", 10},
	                    {2, "", 40},
	                    {3, "", none},
	                    {4, "", 25},
	                    {5, "", none},
	                    {6, "", 30},
	                    {7, "", 31},
	                    {8, "", none}};
	SegEnv env = unit_env();
	SegChartOptions options = line_options();
	static Path path;
	int starts = 0;
	SegText svg;

	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                9,
	                &svg) == SEG_OK);
	CHECK(next_path(text_of(svg, page, sizeof(page)), "line l0", &path) !=
	      NULL);
	for (int i = 0; i < path.n; i++)
		starts += path.is_start[i];
	CHECK(path.n == 5 && starts == 3);
	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                1,
	                &svg) == SEG_OK);
	CHECK(svg.bytes == NULL);
	unit_env_free(&env);
}

/*
 * The area goes along the upper ends and back along the lower ones; where there is
 * no interval, there is no area.
 */
static void
bands_show_intervals(void)
{
	const double none = seg_missing();
	const Row rows[] = {{0, "", 10, 8, 14},
	                    {1, "", 20, 18, 21},
	                    {2, "", 20, none, none},
	                    {3, "", 20, 10, 30}};
	SegEnv env = unit_env();
	SegChartOptions options = line_options();
	static Path area, line;
	double unit;
	SegText svg;

	CHECK(draw_rows(&env,
	                &seg_band_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                4,
	                &svg) == SEG_OK);
	CHECK(next_path(text_of(svg, page, sizeof(page)), "s0 band", &area) !=
	      NULL);
	CHECK(next_path(page, "line l0", &line) != NULL);
	CHECK(area.n == 8 && area.is_start[4] && line.n == 4);
	unit = (line.y[0] - line.y[1]) / 10;
	CHECK_NEAR(line.y[0] - area.y[0], 4 * unit, 0.02);
	CHECK_NEAR(line.y[1] - area.y[1], 1 * unit, 0.02);
	CHECK_NEAR(area.y[2] - line.y[1], 2 * unit, 0.02);
	CHECK_NEAR(area.y[3] - line.y[0], 2 * unit, 0.02);
	unit_env_free(&env);
}

static void
survival_begins_at_one(void)
{
	static const Row rows[] = {{2, "", 0.5, 0.3, 0.7, 0},
	                           {3, "", 0.5, 0.3, 0.7, 2},
	                           {4, "", 0.25, 0.1, 0.4, 0}};
	SegEnv env = unit_env();
	SegChartOptions options = line_options();
	static Path line;
	SegText svg;

	CHECK(draw_rows(&env,
	                &seg_survival_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                3,
	                &svg) == SEG_OK);
	CHECK(next_path(text_of(svg, page, sizeof(page)), "line l0", &line) !=
	      NULL);
	CHECK(line.n == 6); /* (0, 1) (2, 1) (2, 0.5) (3, 0.5) (4, 0.5) (4, 0.25) */
	CHECK(line.y[0] == line.y[1] && line.x[1] == line.x[2]);
	CHECK_NEAR((line.y[2] - line.y[0]) * 1.5, line.y[5] - line.y[0], 0.03);
	CHECK_NEAR((line.x[1] - line.x[0]) * 2, line.x[5] - line.x[0], 0.03);
	CHECK(strstr(page, "<line class=\"l0\"") != NULL);
	CHECK(strstr(strstr(page, "<line class=\"l0\"") + 1,
	             "<line class=\"l0\"") == NULL);
	CHECK(strstr(page, ">100%<") != NULL && strstr(page, ">0%<") != NULL);
	unit_env_free(&env);
}

static void
largest_series_are_shown(void)
{
	Row rows[22];
	SegEnv env = unit_env();
	SegChartOptions options = line_options();
	static const int64_t ends[] = {2};
	SegText svg;

	for (int i = 0; i < 22; i++)
	{
		rows[i] = (Row){i % 2, "", (i / 2 + 1) * (i % 4 < 2 ? 1 : -1)};
		snprintf(rows[i].series, sizeof(rows[i].series), "s%d", i / 2 + 1);
	}
	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                22,
	                &svg) == SEG_OK);
	text_of(svg, page, sizeof(page));
	CHECK(strstr(page, ">3 more series are not shown<") != NULL);
	CHECK(strstr(page, ">s3<") == NULL && strstr(page, ">s4<") != NULL);
	CHECK(strstr(page, ">s10<") < strstr(page, ">s11<"));
	options.order = (SegTexts){ends, "s1", 1};
	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_NUMBER,
	                rows,
	                22,
	                &svg) == SEG_OK);
	text_of(svg, page, sizeof(page));
	CHECK(strstr(page, ">s1<") != NULL && strstr(page, ">s4<") == NULL);
	CHECK(strstr(page, ">s1<") < strstr(page, ">s10<"));
	unit_env_free(&env);
}

/* ---------- failures ---------- */

static void
wrong_rows_are_refused(void)
{
	static const Row rows[] = {{0, "a", 1, 0, 2}, {1, "a", -2, -3, 3}};
	static const Row curve[] = {{0, "a", 1, 0, 1}, {1, "a", 0.5, 0, 1}};
	static const Row twice[] = {{1, "a", 1, 0, 2}, {1, "a", 1, 0, 2}};
	static const Row large[] = {{1, "a", 1e308}, {1, "a", 1e308}};
	SegEnv env = unit_env();
	SegChartOptions options = line_options();
	SegText svg;

#define STATUS(kind, x, rows) \
	draw_rows(&env, &(kind), &options, (x), (rows), 2, &svg)
	CHECK(STATUS(seg_band_chart, SEG_LINE_X_NUMBER, twice) ==
	      SEG_REPEATED_PAIR);
	CHECK(STATUS(seg_line_chart, SEG_LINE_X_NUMBER, twice) == SEG_OK);
	CHECK(STATUS(seg_line_chart, SEG_LINE_X_NUMBER, large) == SEG_NOT_FINITE);
	options.x_scale = SEG_SCALE_LOG;
	CHECK(STATUS(seg_line_chart, SEG_LINE_X_NUMBER, rows) == SEG_NOT_POSITIVE);
	CHECK(env.diag.got == 0);
	CHECK(STATUS(seg_line_chart, SEG_LINE_X_CLOCK, rows) == SEG_OPTION_CLASH);
	CHECK(STATUS(seg_survival_chart, SEG_LINE_X_NUMBER, curve) ==
	      SEG_OPTION_UNUSED);
	CHECK(STATUS(seg_survival_chart, SEG_LINE_X_NUMBER, rows) == SEG_CORRUPT);
	options = line_options();
	options.y_scale = SEG_SCALE_LOG;
	CHECK(STATUS(seg_line_chart, SEG_LINE_X_NUMBER, rows) == SEG_NOT_POSITIVE);
	CHECK(env.diag.got == -2);
	CHECK(STATUS(seg_band_chart, SEG_LINE_X_NUMBER, rows) == SEG_NOT_POSITIVE);
	CHECK(env.diag.got == -3);
#undef STATUS
	unit_env_free(&env);
}

static void
line_failures_are_reported(void)
{
	static const Row rows[] = {{0, "a", 0.5, 0.3, 2, 1}, {1, "b", 0.7, 0.1, 1}};
	SegChartOptions options = line_options();
	SegEnv env = unit_env();
	int before, allocations;
	SegText svg;

	(void) points_of(&env, &seg_band_chart, SEG_LINE_X_UTC, rows, 2);
	before = unit_env_allocations(&env);
	unit_env_free(&env);
	env = unit_env();
	CHECK(draw_rows(&env,
	                &seg_band_chart,
	                &options,
	                SEG_LINE_X_UTC,
	                rows,
	                2,
	                &svg) == SEG_OK);
	allocations = unit_env_allocations(&env) - before;
	unit_env_free(&env);
	CHECK(allocations > 10);
	for (int i = 0; i < allocations; i++)
	{
		SegCountMap *map;

		env = unit_env();
		map = points_of(&env, &seg_band_chart, SEG_LINE_X_UTC, rows, 2);
		unit_env_fail_after(&env, i);
		CHECK(seg_line_chart_draw(&env,
		                          &seg_band_chart,
		                          &options,
		                          map,
		                          2,
		                          clock_an_hour_ahead,
		                          &svg) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
}

/*
 * However long it takes, drawing can be stopped at each question.
 */
static void
drawing_can_be_stopped(void)
{
	enum
	{
		N = 60000
	};
	Row *rows = calloc(N, sizeof(Row));
	SegChartOptions options = line_options();
	SegEnv env = unit_env();
	int questions, before;
	SegCountMap *map;
	SegText svg;

	for (int i = 0; i < N; i++)
	{
		rows[i] = (Row){(i * 7919) % N, "", 5, 4, 6, 1};
		snprintf(rows[i].series, sizeof(rows[i].series), "%d", i % 9000);
	}
	map = points_of(&env, &seg_band_chart, SEG_LINE_X_NUMBER, rows, N);
	before = unit_env_questions(&env);
	CHECK(seg_line_chart_draw(&env,
	                          &seg_band_chart,
	                          &options,
	                          map,
	                          0,
	                          clock_an_hour_ahead,
	                          &svg) == SEG_OK);
	questions = unit_env_questions(&env) - before;
	CHECK(questions > 20);
	for (int i = 0; i < questions; i++)
	{
		unit_env_stop_after(&env, i);
		CHECK(seg_line_chart_draw(&env,
		                          &seg_band_chart,
		                          &options,
		                          map,
		                          0,
		                          clock_an_hour_ahead,
		                          &svg) == SEG_STOPPED);
	}
	unit_env_free(&env);
	free(rows);
}

/*
 * A state from anywhere: keys that are no points, and two kinds of x.
 */
static void
damaged_points_are_refused(void)
{
	static const Row rows[] = {{1, "", 1}};
	static const Row late[] = {{1e19, "", 1}};
	SegChartOptions options = line_options();
	SegEnv env = unit_env();
	SegCountMap *map =
		points_of(&env, &seg_line_chart, SEG_LINE_X_NUMBER, rows, 1);
	SegLineSum *sum;
	char key[64];
	char x[SEG_LINE_X_BYTES];
	int64_t at;
	SegText svg;

	seg_line_x_key(SEG_LINE_X_CLOCK, 1, x);
	seg_pair_key((SegText){x, SEG_LINE_X_BYTES}, (SegText){"", 0}, key);
	CHECK(seg_count_map_insert(&env, &map, key, 4 + SEG_LINE_X_BYTES, &at) ==
	      SEG_OK);
	CHECK(seg_line_chart_draw(&env,
	                          &seg_line_chart,
	                          &options,
	                          map,
	                          0,
	                          clock_an_hour_ahead,
	                          &svg) == SEG_CORRUPT);
	map = points_of(&env, &seg_line_chart, SEG_LINE_X_NUMBER, rows, 1);
	CHECK(seg_count_map_insert(&env, &map, "\1\0\0\0xyz", 7, &at) == SEG_OK);
	CHECK(seg_line_chart_draw(&env,
	                          &seg_line_chart,
	                          &options,
	                          map,
	                          0,
	                          clock_an_hour_ahead,
	                          &svg) == SEG_CORRUPT);
	map = points_of(&env, &seg_band_chart, SEG_LINE_X_NUMBER, rows, 1);
	sum = seg_count_map_words(map, 0);
	sum->low = -INFINITY;
	CHECK(seg_line_chart_draw(&env,
	                          &seg_band_chart,
	                          &options,
	                          map,
	                          0,
	                          clock_an_hour_ahead,
	                          &svg) == SEG_CORRUPT);
	CHECK(draw_rows(&env,
	                &seg_line_chart,
	                &options,
	                SEG_LINE_X_UTC,
	                late,
	                1,
	                &svg) == SEG_CORRUPT);
	unit_env_free(&env);
}

/*
 * Names stand beside lines that end apart, else in a legend, which has samples.
 */
static void
names_stand_where_they_are_clear(void)
{
	static const Row apart[] = {{0, "a", 1},
	                            {1, "a", 5},
	                            {0, "b", 5},
	                            {1, "b", 1}};
	static const Row meeting[] = {{0, "a", 1},
	                              {1, "a", 5},
	                              {0, "b", 2},
	                              {1, "b", 5}};
	static const Row shorter[] = {{0, "a", 1},
	                              {1, "a", 5},
	                              {0, "b", 5},
	                              {0.5, "b", 1}};
	const Row *const rows[] = {apart, meeting, shorter};
	SegChartOptions options = line_options();

	for (int i = 0; i < 3; i++)
	{
		SegEnv env = unit_env();
		SegText svg;

		CHECK(draw_rows(&env,
		                &seg_line_chart,
		                &options,
		                SEG_LINE_X_NUMBER,
		                rows[i],
		                4,
		                &svg) == SEG_OK);
		text_of(svg, page, sizeof(page));
		CHECK((strstr(page, "<line class=\"line l1 d1\"") != NULL) == (i > 0));
		CHECK(strstr(page, ">a<") != NULL && strstr(page, ">b<") != NULL);
		unit_env_free(&env);
	}
}

void
test_line_chart(void)
{
	lines_show_their_data();
	peaks_stay();
	gaps_break_lines();
	bands_show_intervals();
	survival_begins_at_one();
	largest_series_are_shown();
	names_stand_where_they_are_clear();
	wrong_rows_are_refused();
	line_failures_are_reported();
	drawing_can_be_stopped();
	damaged_points_are_refused();
	random_charts_hold_their_promises(&seg_line_chart);
	random_charts_hold_their_promises(&seg_band_chart);
	random_charts_hold_their_promises(&seg_survival_chart);
}
