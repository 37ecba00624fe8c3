/* test_bar_chart.c: kernel/chart/cells.c and bar_chart.c without a server */
#include "base/contingency.h"
#include "kernel/chart/bar_chart.h"
#include "kernel/chart/lettering.h"
#include "unit.h"

void test_bar_chart(void);

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
		CHECK(seg_count_map_insert(env, &map, key, seg_pair_key_size(row, series), &at) == SEG_OK);
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
draw(SegEnv *env, const SegChartOptions *options, const Cell *cells, int n,
     SegCells *read, SegText *svg)
{
	SEG_TRY(seg_cells_read(env, map_of(env, cells, n), options, read));
	read->skipped = n % 3;
	return seg_bar_chart(env, options, read, svg);
}

/* ---------- reading a chart back ---------- */

typedef struct Mark
{
	bool is_text;
	SegAnchor anchor;
	SegBox box; /* of a text: from its width */
	bool is_bar;
} Mark;

static double
attribute(const char *element, const char *name)
{
	char quoted[24];
	const char *at;

	snprintf(quoted, sizeof(quoted), " %s=\"", name);
	at = strstr(element, quoted);
	return at == NULL ? NAN : strtod(at + strlen(quoted), NULL);
}

/*
 * The width of a text as it is written, with characters as references.
 */
static double
written_width(const char *text, double size)
{
	char bytes[600];
	int64_t n = 0;

	for (; *text != '<' && n < 590; text++)
	{
		long c = (unsigned char) *text;

		if (*text == '&')
		{
			char *end;

			c = strtol(text + 2, &end, 10);
			text = end;
		}
		if (c < 0x80)
			bytes[n++] = (char) c;
		else if (c < 0x800)
		{
			bytes[n++] = (char) (0xC0 | c >> 6);
			bytes[n++] = (char) (0x80 | (c & 0x3F));
		}
		else
		{
			bytes[n++] = (char) (0xE0 | c >> 12);
			bytes[n++] = (char) (0x80 | (c >> 6 & 0x3F));
			bytes[n++] = (char) (0x80 | (c & 0x3F));
		}
	}
	return seg_text_width((SegText){bytes, n}, size);
}

static int
marks_of(SegText svg, Mark *marks, int most)
{
	char *text = malloc((size_t) svg.length + 1);
	int n = 0;

	memcpy(text, svg.bytes, (size_t) svg.length);
	text[svg.length] = '\0';
	for (char *at = strstr(text, "</style>"); at != NULL && n < most; at = strchr(at + 1, '<'))
	{
		char *end = strchr(at, '>');
		char saved;

		if (strncmp(at, "<rect", 5) != 0 && strncmp(at, "<text", 5) != 0)
			continue;
		saved = *end;
		*end = '\0';
		marks[n] = (Mark){.is_text = at[1] == 't'};
		marks[n].box.x = attribute(at, "x");
		marks[n].box.y = attribute(at, "y");
		marks[n].box.width = attribute(at, "width");
		marks[n].box.height = attribute(at, "height");
		marks[n].is_bar = strstr(at, "class=\"s") != NULL && marks[n].is_text == false;
		if (marks[n].is_text)
		{
			double size = strstr(at, "heading") != NULL ? SEG_TITLE_SIZE : SEG_TEXT_SIZE;
			double width = written_width(end + 1, size);

			marks[n].box.x -= strstr(at, "end\"") != NULL ? width : strstr(at, "middle\"") != NULL ? width / 2 : 0;
			marks[n].box.y -= 0.75 * size;
			marks[n].box.width = width;
			marks[n].box.height = 0.95 * size;
		}
		*end = saved;
		n++;
	}
	free(text);
	return n;
}

static bool
overlap(SegBox a, SegBox b)
{
	return a.x < b.x + b.width - 0.02 && b.x < a.x + a.width - 0.02 &&
	       a.y < b.y + b.height - 0.02 && b.y < a.y + a.height - 0.02;
}

/*
 * No text lies on another one or leaves the chart.
 */
static void
check_texts(const Mark *marks, int n)
{
	SegBox paper = marks[0].box;
	bool is_apart = true, is_inside = true;

	for (int i = 1; i < n; i++)
	{
		if (!marks[i].is_text)
			continue;
		is_inside = is_inside && marks[i].box.x >= 0 && marks[i].box.y >= 0 &&
		            marks[i].box.x + marks[i].box.width <= paper.width &&
		            marks[i].box.y + marks[i].box.height <= paper.height;
		for (int j = i + 1; j < n; j++)
			is_apart = is_apart && !(marks[j].is_text && overlap(marks[i].box, marks[j].box));
	}
	CHECK(is_inside);
	CHECK(is_apart);
}

/* ---------- tests ---------- */

static int
random_cells(uint64_t *seed, Cell *cells)
{
	static const char *const texts[] = {"", "a", "b<i>", "long label", "\xE7\x94\xA8\xE6\x88\xB7", "12", "7", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"};
	int rows = 1 + unit_draw(seed, 12);
	int series = 1 + unit_draw(seed, 10);
	int n = 1 + unit_draw(seed, MOST_CELLS);
	double scale = pow(10, unit_draw(seed, 40) - 20);
	bool is_negative = unit_draw(seed, 2);

	for (int i = 0; i < n; i++)
	{
		int row = unit_draw(seed, rows);

		snprintf(cells[i].row, sizeof(cells[i].row), "%s%d", texts[row % 3 == 0 ? 1 : 6], row);
		if (row == 0)
			strcpy(cells[i].row, texts[4]);
		snprintf(cells[i].series, sizeof(cells[i].series), "%s", series == 1 ? "" : texts[unit_draw(seed, 8)]);
		cells[i].value = scale * (unit_draw(seed, 1001) - (is_negative ? 500 : 0));
	}
	return n;
}

/*
 * The same cells in another order give the same bytes; texts stay apart and inside;
 * bars are as long as their values.
 */
static void
charts_hold_their_promises(void)
{
	static Cell cells[MOST_CELLS];
	static Mark marks[5000];
	uint64_t seed = 11;

	for (int round = 0; round < 400; round++)
	{
		SegEnv env = unit_env();
		SegChartOptions options = default_options();
		SegText svg, again;
		SegCells read;
		int n = random_cells(&seed, cells);
		int bars = 0, count;

		options.layout = unit_draw(&seed, 3);
		options.sort = unit_draw(&seed, 2);
		options.width = 240 + unit_draw(&seed, 1000);
		options.height = unit_draw(&seed, 2) * unit_draw(&seed, 900);
		options.limit = 1 + unit_draw(&seed, 14);
		options.y_format = unit_draw(&seed, 2);
		if (unit_draw(&seed, 2))
			options.title = (SegText){"A title that is long enough for several lines of a narrow chart", 63};
		if (unit_draw(&seed, 2))
			options.y_label = options.x_label = (SegText){"what the bars are", 17};
		CHECK(draw(&env, &options, cells, n, &read, &svg) == SEG_OK);
		for (int i = n - 1; i > 0; i--)
		{
			int j = unit_draw(&seed, i + 1);
			Cell swap = cells[i];

			cells[i] = cells[j];
			cells[j] = swap;
		}
		CHECK(draw(&env, &options, cells, n, &read, &again) == SEG_OK);
		CHECK(svg.length == again.length && memcmp(svg.bytes, again.bytes, (size_t) svg.length) == 0);
		count = marks_of(svg, marks, 5000);
		check_texts(marks, count);
		for (int i = 0; i < count; i++)
			bars += marks[i].is_bar;
		CHECK(bars >= 1);
		unit_env_free(&env);
	}
}

static void
cells_are_ordered(void)
{
	static const Cell cells[] = {{"10", "", 1}, {"9", "", 5}, {"b", "", 3}, {"a", "", 3}, {"9", "", -1}};
	SegEnv env = unit_env();
	SegChartOptions options = default_options();
	SegCells read;

	CHECK(seg_cells_read(&env, map_of(&env, cells, 5), &options, &read) == SEG_OK);
	CHECK(read.rows.count == 4 && read.series.count == 1 && read.rows.others == 0);
	CHECK(memcmp(read.rows.names[0].bytes, "9", 1) == 0 && seg_cell(&read, 0, 0) == 4);
	CHECK(memcmp(read.rows.names[1].bytes, "a", 1) == 0);
	CHECK(memcmp(read.rows.names[3].bytes, "10", 2) == 0);
	options.sort = SEG_SORT_LABEL;
	CHECK(seg_cells_read(&env, map_of(&env, cells, 5), &options, &read) == SEG_OK);
	CHECK(memcmp(read.rows.names[0].bytes, "9", 1) == 0);
	CHECK(memcmp(read.rows.names[1].bytes, "10", 2) == 0);
	options.limit = 1;
	CHECK(seg_cells_read(&env, map_of(&env, cells, 5), &options, &read) == SEG_OK);
	CHECK(read.rows.count == 2 && read.rows.others == 3);
	CHECK(seg_cell(&read, 0, 0) == 4 && seg_cell(&read, 1, 0) == 7);
	unit_env_free(&env);
}

static void
failures_are_reported(void)
{
	static const Cell cells[] = {{"a", "x", 1e308}, {"a", "y", 1e308}, {"b", "x", 1}};
	SegChartOptions options = default_options();
	SegCells read;
	SegText svg;
	int allocations;
	SegEnv env = unit_env();

	CHECK(draw(&env, &options, cells, 3, &read, &svg) == SEG_OK);
	allocations = unit_env_allocations(&env);
	options.layout = SEG_LAYOUT_STACKED;
	CHECK(draw(&env, &options, cells, 3, &read, &svg) == SEG_NOT_FINITE);
	unit_env_free(&env);
	options.layout = SEG_LAYOUT_GROUPED;
	for (int i = 8; i < allocations; i++)
	{
		SegCountMap *map;

		env = unit_env();
		map = map_of(&env, cells, 3);
		unit_env_fail_after(&env, i - 8);
		if (seg_cells_read(&env, map, &options, &read) == SEG_OK)
			(void) seg_bar_chart(&env, &options, &read, &svg);
		unit_env_free(&env);
	}
}

void
test_bar_chart(void)
{
	cells_are_ordered();
	charts_hold_their_promises();
	failures_are_reported();
}
