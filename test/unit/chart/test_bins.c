/* test_bins.c: rows counted in bins, and their charts, without a server */
#include <float.h>

#include "chart_marks.h"
#include "kernel/chart/bins.h"
#include "kernel/chart/histogram.h"
#include "kernel/chart/scatter.h"
#include "unit.h"

void test_bins(void);

#define MOST_ROWS 6000

typedef struct Row
{
	double at[2];
	char series[24];
} Row;

static Row rows[MOST_ROWS];

static SegText
text_from(const char *text)
{
	return (SegText){text, (int64_t) strlen(text)};
}

static void
add_rows(SegEnv *env, SegBins **bins, int from, int to)
{
	for (int i = from; i < to; i++)
		CHECK(seg_bins_add(env, bins, rows[i].at, text_from(rows[i].series)) ==
		      SEG_OK);
}

static SegBins *
new_bins(SegEnv *env, SegBinsKind kind, bool is_log)
{
	SegBins *bins;

	CHECK(seg_bins_create(env, kind, &bins) == SEG_OK);
	if (kind != SEG_BINS_HISTOGRAM)
		CHECK(seg_bins_set_ratio(bins, 0, is_log) &&
		      seg_bins_set_ratio(bins, 1, false));
	return bins;
}

static SegText
draw_bins(SegEnv *env, const SegBins *bins, SegBinsKind kind,
          const SegChartOptions *options)
{
	SegText svg = {"", 0};

	CHECK(seg_bins_check(env, bins, seg_bins_size(bins), kind) == SEG_OK);
	CHECK((kind == SEG_BINS_HISTOGRAM
	           ? seg_histogram_draw(env, options, bins, &svg)
	           : seg_scatter_draw(env, options, bins, &svg)) == SEG_OK);
	return svg;
}

static bool
same_text(SegText a, SegText b)
{
	return a.length == b.length &&
	       memcmp(a.bytes, b.bytes, (size_t) a.length) == 0;
}

/* Numbers of one kind: wide, tiny, whole, far from 0, or all equal. */
static double
random_number(uint64_t *seed, int sort, bool is_positive)
{
	double x = unit_draw(seed, 100001) - 50000;

	if (sort == 0)
		x = x * pow(10, unit_draw(seed, 600) - 305);
	else if (sort == 1)
		x = x * 5e-324;
	else if (sort == 2)
		x = floor(x / 2000);
	else if (sort == 3)
		x = 1e15 + x / 8;
	else if (sort == 4)
		x = -12.5;
	else
		x = x / 1000;
	return is_positive ? fabs(x) + DBL_MIN : x + 0.0;
}

static void
random_rows(uint64_t *seed, int n, bool is_log, int series)
{
	static const char *const names[] =
		{"", "gold", "<b>&", "a name of some length", "\xD7\xA9\xD7\x9C", "7"};
	int sort_x = unit_draw(seed, 6);
	int sort_y = unit_draw(seed, 6);

	for (int i = 0; i < n; i++)
	{
		rows[i].at[0] = random_number(seed, sort_x, is_log);
		rows[i].at[1] = random_number(seed, sort_y, false);
		snprintf(rows[i].series,
		         sizeof(rows[i].series),
		         "%s",
		         series == 1 ? "" : names[unit_draw(seed, 6)]);
		if (series > 8)
			snprintf(rows[i].series,
			         sizeof(rows[i].series),
			         "%d",
			         unit_draw(seed, series));
	}
}

static void
shuffle(uint64_t *seed, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int j = unit_draw(seed, i + 1);
		Row row = rows[i];

		rows[i] = rows[j];
		rows[j] = row;
	}
}

/* Counts that bars tell: ": 1,234</title>". */
static int64_t
told_by_bars(SegText svg)
{
	char *text = malloc((size_t) svg.length + 1);
	int64_t sum = 0;

	memcpy(text, svg.bytes, (size_t) svg.length);
	text[svg.length] = '\0';
	for (char *at = text; (at = strstr(at, "<g><title>")) != NULL; at++)
	{
		char *end = strstr(at, "</title>");
		int64_t count = 0;
		char *digit = end;

		while (digit[-1] != ' ')
			digit--;
		for (; digit < end; digit++)
			count = *digit == ',' ? count : count * 10 + (*digit - '0');
		sum += count;
	}
	free(text);
	return sum;
}

/*
 * However rows are ordered and cut, the picture is the same; texts keep apart, and
 * bars add up.
 */
static void
draws_the_same_in_any_order(void)
{
	static ChartMark marks[4096];
	uint64_t seed = 5;

	for (int round = 0; round < 150; round++)
	{
		SegEnv env = unit_env();
		bool is_log = round % 5 == 0;
		SegBinsKind kind = (SegBinsKind) (round % 3);
		int n = round % 2 ? 1 + unit_draw(&seed, 300)
		                  : 3000 + unit_draw(&seed, MOST_ROWS - 3000);
		int cut = unit_draw(&seed, n + 1);
		SegBins *whole = new_bins(&env, kind, is_log);
		SegBins *a = new_bins(&env, kind, is_log);
		SegBins *b = new_bins(&env, kind, is_log);
		SegChartOptions options;
		SegText svg;
		int found;

		seg_options_defaults(seg_chart_options, &options, sizeof(options));
		options.width = 240 + unit_draw(&seed, 700);
		options.title = text_from("A title that may need some lines");
		options.x_label = text_from("x");
		if (kind != SEG_BINS_HISTOGRAM)
			options.x_scale = is_log ? SEG_SCALE_LOG : SEG_SCALE_LINEAR;
		random_rows(&seed,
		            n,
		            is_log,
		            kind == SEG_BINS_SCATTER ? 1 : 1 + unit_draw(&seed, 12));
		add_rows(&env, &whole, 0, n);
		svg = draw_bins(&env, whole, kind, &options);
		shuffle(&seed, n);
		add_rows(&env, &a, 0, cut);
		add_rows(&env, &b, cut, n);
		CHECK(seg_bins_merge(&env, &a, b) == SEG_OK);
		CHECK(a->rows == n);
		CHECK(same_text(svg, draw_bins(&env, a, kind, &options)));
		if (kind == SEG_BINS_HISTOGRAM)
			CHECK(told_by_bars(svg) == n);
		found = chart_marks(svg, marks, 4096);
		CHECK(found > 3 && found < 4096);
		chart_check_texts(marks, found);
		unit_env_free(&env);
	}
}

/* A cell holds what is between its edges, at every level. */
static void
cells_hold_what_is_between_their_edges(void)
{
	uint64_t seed = 9;

	for (int round = 0; round < 60; round++)
	{
		SegEnv env = unit_env();
		SegBinsKind kind = round % 2 ? SEG_BINS_HISTOGRAM : SEG_BINS_SCATTER;
		SegBins *bins = new_bins(&env, kind, false);
		SegChartOptions options;
		SegBinned binned;
		SegBins *grid;
		bool is_sound = true;

		seg_options_defaults(seg_chart_options, &options, sizeof(options));
		random_rows(&seed, 500, false, 1);
		for (int i = 0; i < 100; i++)
			rows[i].at[0] = i * 0.1; /* on edges */
		add_rows(&env, &bins, 0, 500);
		CHECK(seg_bins_to_grid(&env, bins, &grid) == SEG_OK);
		CHECK(seg_bins_read(&env, grid, &options, &binned) == SEG_OK);
		for (int64_t c = 0; c < binned.count; c++)
		{
			const SegBinnedCell *cell = &binned.cells[c];
			double low = seg_bin_edge(&binned.axes[0], cell->x);
			double high = seg_bin_edge(&binned.axes[0], cell->x + 1);
			int64_t count = 0;

			for (int64_t d = 0; d < binned.count; d++)
				count += binned.cells[d].x == cell->x
				             ? binned.cells[d].words.count
				             : 0;
			for (int i = 0; i < 500; i++)
				count -= rows[i].at[0] >= low && rows[i].at[0] < high;
			is_sound = is_sound && count == 0;
		}
		CHECK(is_sound);
		unit_env_free(&env);
	}
}

/* Damaged bytes are refused, or give a picture or a status, never a crash. */
static void
refuses_damaged_bytes(void)
{
	SegEnv env = unit_env();
	SegBins *bins = new_bins(&env, SEG_BINS_GROUPS, false);
	SegChartOptions options;
	uint64_t seed = 3;
	size_t size;
	char *bytes;
	SegText svg;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	random_rows(&seed, 5000, false, 3);
	add_rows(&env, &bins, 0, 5000);
	size = seg_bins_size(bins);
	CHECK(seg_bins_check(&env, bins, size, SEG_BINS_GROUPS) == SEG_OK);
	CHECK(seg_bins_check(&env, bins, size - 1, SEG_BINS_GROUPS) == SEG_CORRUPT);
	CHECK(seg_bins_check(&env, bins, 8, SEG_BINS_GROUPS) == SEG_CORRUPT);
	CHECK(seg_bins_check(&env, bins, size, SEG_BINS_SCATTER) == SEG_CORRUPT);
	bytes = malloc(size);
	for (int i = 0; i < 600; i++)
	{
		SegBins *damaged = (SegBins *) bytes;
		size_t at = (size_t) unit_draw(&seed, i % 2 ? 100 : (int) size);

		memcpy(bytes, bins, size);
		bytes[at] = (char) unit_draw(&seed, 256);
		if (seg_bins_check(&env, damaged, size, SEG_BINS_GROUPS) != SEG_OK)
			continue;
		(void) seg_scatter_draw(&env, &options, damaged, &svg);
		if (seg_count_map_validate(&env, &damaged->map) == SEG_OK)
		{
			SegBins *into = new_bins(&env, SEG_BINS_GROUPS, false);

			add_rows(&env, &into, 0, 10);
			if (seg_bins_are_alike(into, damaged))
				(void) seg_bins_merge(&env, &into, damaged);
		}
	}
	free(bytes);
	unit_env_free(&env);
}

/* When memory runs out, at any point, that is the status. */
static void
runs_out_of_memory(void)
{
	bool is_done = false;

	for (int i = 0; i < 400 && !is_done; i++)
	{
		SegEnv env = unit_env();
		SegBins *bins = new_bins(&env, SEG_BINS_GROUPS, false);
		SegChartOptions options;
		uint64_t seed = 3;
		SegStatus status;
		SegText svg;

		seg_options_defaults(seg_chart_options, &options, sizeof(options));
		random_rows(&seed, 4100, false, 3);
		add_rows(&env, &bins, 0, 4100);
		unit_env_fail_after(&env, i);
		status = seg_scatter_draw(&env, &options, bins, &svg);
		CHECK(status == SEG_OK || status == SEG_NO_MEMORY);
		is_done = status == SEG_OK;
		unit_env_free(&env);
	}
	CHECK(is_done);
}

void
test_bins(void)
{
	draws_the_same_in_any_order();
	cells_hold_what_is_between_their_edges();
	refuses_damaged_bytes();
	runs_out_of_memory();
}
