/* test_forest_plot.c: kernel/chart/forest_plot.c without a server */
#include "base/contingency.h"
#include "base/missing.h"
#include "chart_marks.h"
#include "kernel/chart/forest_plot.h"
#include "unit.h"

void test_forest_plot(void);

#define MOST_EFFECTS 40

typedef struct Labelled
{
	char label[64];
	SegEffect effect;
} Labelled;

static SegCountMap *
effects_of(SegEnv *env, const Labelled *rows, int n)
{
	SegCountMap *map;

	CHECK(seg_count_map_create(env, SEG_EFFECT_WIDTH, &map) == SEG_OK);
	for (int i = 0; i < n; i++)
	{
		SegText label = {rows[i].label, (int64_t) strlen(rows[i].label)};
		char key[128];
		int64_t at;

		seg_pair_key(label, (SegText){"", 0}, key);
		CHECK(seg_count_map_insert(env,
		                           &map,
		                           key,
		                           seg_pair_key_size(label, (SegText){"", 0}),
		                           &at) == SEG_OK);
		seg_effect_add(seg_count_map_words(map, at), &rows[i].effect);
	}
	return map;
}

static SegStatus
draw_effects(SegEnv *env, const SegChartOptions *options, const Labelled *rows,
             int n, SegText *svg)
{
	return seg_forest_plot_draw(env,
	                            options,
	                            effects_of(env, rows, n),
	                            n % 3,
	                            svg);
}

static Labelled
labelled(const char *label, double estimate, double low, double high)
{
	Labelled row = {.effect = {estimate, low, high, SEG_EFFECT_ONE}};

	strcpy(row.label, label);
	return row;
}

static SegChartOptions
usual_options(void)
{
	SegChartOptions options;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	return options;
}

/*
 * Is a text written in a drawing?
 */
static bool
says(SegText svg, const char *text)
{
	int64_t length = (int64_t) strlen(text);

	for (int64_t i = 0; i + length <= svg.length; i++)
	{
		if (memcmp(svg.bytes + i, text, (size_t) length) == 0)
			return true;
	}
	return false;
}

/* ---------- random charts ---------- */

static double
random_end(uint64_t *seed, double estimate, double size, int side)
{
	switch (unit_draw(seed, 8))
	{
		case 0:
			return seg_missing();
		case 1:
			return side * INFINITY;
		case 2:
			return estimate;
		default:
			return estimate + side * size * unit_draw(seed, 1000);
	}
}

static int
random_effects(uint64_t *seed, bool are_ratios, Labelled *rows)
{
	static const char *const texts[] =
		{"",
	     "b<i>",
	     "a label that is too long for its column",
	     "\xE7\x94\xA8\xE6\x88\xB7",
	     "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"};
	int n = 1 + unit_draw(seed, MOST_EFFECTS);
	double size = pow(10, unit_draw(seed, 40) - 20);

	for (int i = 0; i < n; i++)
	{
		double estimate = size * (unit_draw(seed, 2001) - 1000);
		double low = random_end(seed, estimate, size, -1);
		double high = random_end(seed, estimate, size, 1);

		rows[i] = labelled("", estimate, low, high);
		if (are_ratios)
		{
			double scale = 1000 * size;

			rows[i].effect.estimate = exp(estimate / scale);
			rows[i].effect.low = exp(low / scale);
			rows[i].effect.high = exp(high / scale);
		}
		snprintf(rows[i].label,
		         sizeof(rows[i].label),
		         "%d%s",
		         i,
		         texts[unit_draw(seed, 5)]);
	}
	return n;
}

static SegChartOptions
random_forest_options(uint64_t *seed, bool are_ratios)
{
	static const char title[] =
		"A title that is long enough for several lines of a narrow chart";
	SegChartOptions options = usual_options();

	options.y_scale = are_ratios ? SEG_SCALE_LOG : SEG_SCALE_LINEAR;
	options.sort = unit_draw(seed, 3);
	options.width = 240 + unit_draw(seed, 1000);
	options.height = unit_draw(seed, 2) * unit_draw(seed, 900);
	options.y_format = unit_draw(seed, 2);
	if (unit_draw(seed, 2))
		options.title = (SegText){title, sizeof(title) - 1};
	if (unit_draw(seed, 2))
		options.y_label = options.x_label = (SegText){"what is shown", 13};
	if (unit_draw(seed, 3) == 0)
		options.y_unit = (SegText){"days", 4};
	return options;
}

static void
mix(uint64_t *seed, Labelled *rows, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int j = unit_draw(seed, i + 1);
		Labelled swap = rows[i];

		rows[i] = rows[j];
		rows[j] = swap;
	}
}

/*
 * A square for each label, with its interval; all marks are on the paper.
 */
static void
marks_are_inside(const ChartMark *marks, int count, int n)
{
	bool are_inside = true;
	int squares = 0;

	for (int i = 1; i < count; i++)
	{
		SegBox box = marks[i].box;

		squares += marks[i].is_data && box.width == 9 && box.height == 9;
		are_inside = are_inside && box.x >= 0 && box.y >= 0 &&
		             box.x + box.width <= marks[0].box.width &&
		             box.y + box.height <= marks[0].box.height;
	}
	CHECK(squares == n);
	CHECK(are_inside);
}

static void
random_forests_hold_their_promises(void)
{
	static Labelled rows[MOST_EFFECTS];
	static ChartMark marks[1000];
	uint64_t seed = 12;
	int drawn = 0;

	for (int round = 0; round < 400; round++)
	{
		SegEnv env = unit_env();
		bool are_ratios = unit_draw(&seed, 2);
		SegChartOptions options = random_forest_options(&seed, are_ratios);
		int n = random_effects(&seed, are_ratios, rows);
		SegStatus status;
		SegText svg, again;
		int count;

		status = draw_effects(&env, &options, rows, n, &svg);
		CHECK(status == (n > options.limit ? SEG_OPTION_LIMIT : SEG_OK));
		if (status == SEG_OK)
		{
			mix(&seed, rows, n);
			CHECK(draw_effects(&env, &options, rows, n, &again) == SEG_OK);
			CHECK(svg.length == again.length &&
			      memcmp(svg.bytes, again.bytes, (size_t) svg.length) == 0);
			count = chart_marks(svg, marks, 1000);
			chart_check_texts(marks, count);
			marks_are_inside(marks, count, n);
			CHECK(!says(svg, "nan") && !says(svg, "NaN"));
			drawn++;
		}
		unit_env_free(&env);
	}
	CHECK(drawn > 200);
}

/* ---------- numbers and places ---------- */

static SegText
draw_well(SegEnv *env, const SegChartOptions *options, const Labelled *rows,
          int n)
{
	SegText svg = {"", 0};

	CHECK(draw_effects(env, options, rows, n, &svg) == SEG_OK);
	return svg;
}

static void
numbers_suit_their_interval(void)
{
	SegChartOptions options = usual_options();
	SegEnv env = unit_env();
	Labelled rows[3] = {labelled("a", 1.2391, 1.0512, 1.4599),
	                    labelled("b", 0.8799, 0.8502, 0.9201),
	                    labelled("c", 1.3, seg_missing(), seg_missing())};
	SegText svg = draw_well(&env, &options, rows, 3);

	CHECK(says(svg, ">1.24 (1.05&#8211;1.46)<"));
	CHECK(says(svg, ">0.88 (0.85&#8211;0.92)<"));
	CHECK(says(svg, ">1.30<"));
	rows[0] = labelled("a", 1.2391, -1.0512, INFINITY);
	rows[1] = labelled("b", 12345, seg_missing(), 12500);
	svg = draw_well(&env, &options, rows, 2);
	CHECK(says(svg, ">1.2 (&#8722;1.1 to &#8734;)<"));
	CHECK(says(svg, ">12,345 (? to 12,500)<"));
	rows[0] = labelled("a", 1e300, -1.7e308, 1.7e308);
	rows[1] = labelled("b", 1e-300, 0, 2e-300);
	CHECK(draw_effects(&env, &options, rows, 2, &svg) == SEG_OK);
	options.y_format = SEG_DIGITS_PERCENT;
	options.y_unit = (SegText){"p", 1};
	rows[0] = labelled("a", 0.059, 0.0331, 0.0852);
	svg = draw_well(&env, &options, rows, 1);
	CHECK(says(svg, ">5.9%&#8239;p (3.3%&#8211;8.5%)<"));
	unit_env_free(&env);
}

/*
 * The marks of one row: the line to the left and its cap, the line to the right and
 * its cap, the square.
 */
static void
marks_are_where_the_numbers_are(void)
{
	SegChartOptions options = usual_options();
	SegEnv env = unit_env();
	ChartMark marks[100];
	SegBox box[5];
	Labelled row = labelled("a", 4, 2, 8);
	int n = 0, count;

	count = chart_marks(draw_well(&env, &options, &row, 1), marks, 100);
	for (int i = 1; i < count; i++)
	{
		if (marks[i].is_data && n < 5)
			box[n++] = marks[i].box;
	}
	CHECK(n == 5);
	CHECK_NEAR(box[0].width * 2, box[2].width, 0.05);
	CHECK_NEAR(box[1].x + 1, box[0].x, 0.02);
	CHECK_NEAR(box[4].x + 4.5, box[0].x + box[0].width, 0.02);
	CHECK_NEAR(box[3].x + 1, box[2].x + box[2].width, 0.02);
	options.y_scale = SEG_SCALE_LOG;
	count = chart_marks(draw_well(&env, &options, &row, 1), marks, 100);
	n = 0;
	for (int i = 1; i < count; i++)
	{
		if (marks[i].is_data && n < 5)
			box[n++] = marks[i].box;
	}
	CHECK_NEAR(box[0].width, box[2].width, 0.05);
	unit_env_free(&env);
}

/*
 * Readers look for the value of no effect, whichever ticks fit.
 */
static void
no_effect_has_a_tick(void)
{
	SegChartOptions options = usual_options();
	SegEnv env = unit_env();

	options.y_scale = SEG_SCALE_LOG;
	for (int width = 240; width < 900; width += 20)
	{
		for (double high = 1.5; high < 1e6; high *= 2)
		{
			Labelled row = labelled("a", high / 1.2, 0.9, high);
			SegText svg;

			options.width = width;
			svg = draw_well(&env, &options, &row, 1);
			CHECK(says(svg, ">1<") || says(svg, ">1.0<"));
		}
	}
	unit_env_free(&env);
}

/* ---------- order and errors ---------- */

static int64_t
where(SegText svg, const char *text)
{
	for (int64_t i = 0; i + (int64_t) strlen(text) <= svg.length; i++)
	{
		if (memcmp(svg.bytes + i, text, strlen(text)) == 0)
			return i;
	}
	return -1;
}

static void
forest_rows_are_ordered(void)
{
	static const int64_t ends[] = {4, 5};
	SegChartOptions options = usual_options();
	SegEnv env = unit_env();
	Labelled rows[3] = {labelled("10", 1, 0, 2),
	                    labelled("9", 3, 2, 4),
	                    labelled("a", 2, 1, 3)};
	SegText svg = draw_well(&env, &options, rows, 3);

	CHECK(where(svg, ">9<") < where(svg, ">a<"));
	CHECK(where(svg, ">a<") < where(svg, ">10<"));
	options.sort = SEG_SORT_LABEL;
	svg = draw_well(&env, &options, rows, 3);
	CHECK(where(svg, ">9<") < where(svg, ">10<"));
	CHECK(where(svg, ">10<") < where(svg, ">a<"));
	options.order = (SegTexts){ends, "gonea", 2};
	svg = draw_well(&env, &options, rows, 3);
	CHECK(where(svg, ">a<") < where(svg, ">9<"));
	unit_env_free(&env);
}

static void
bad_effects_are_refused(void)
{
	SegChartOptions options = usual_options();
	SegEnv env = unit_env();
	Labelled row = labelled("a", 1, 2, 3);
	SegCountMap *map;
	SegText svg;

	CHECK(seg_effect_check(&env, &row.effect) == SEG_ABOVE);
	CHECK(draw_effects(&env, &options, &row, 1, &svg) == SEG_ABOVE);
	row = labelled("a", 1, 0, 0.5);
	CHECK(seg_effect_check(&env, &row.effect) == SEG_ABOVE);
	row = labelled("a", INFINITY, 0, INFINITY);
	CHECK(seg_effect_check(&env, &row.effect) == SEG_INFINITE);
	options.y_scale = SEG_SCALE_LOG;
	row = labelled("a", 0, 0, 1);
	CHECK(draw_effects(&env, &options, &row, 1, &svg) == SEG_NOT_POSITIVE);
	row = labelled("a", 1, -0.1, 1);
	CHECK(draw_effects(&env, &options, &row, 1, &svg) == SEG_NOT_POSITIVE);
	row = labelled("a", 1, 0, 1);
	CHECK(draw_effects(&env, &options, &row, 1, &svg) == SEG_OK);
	options.steps = true;
	CHECK(draw_effects(&env, &options, &row, 1, &svg) == SEG_OPTION_UNUSED);
	map = effects_of(&env, &row, 1);
	CHECK(!seg_effects_differ(map, 0));
	seg_effect_add(seg_count_map_words(map, 0), &row.effect);
	CHECK(!seg_effects_differ(map, 0));
	row.effect.high = 2;
	seg_effect_add(seg_count_map_words(map, 0), &row.effect);
	CHECK(seg_effects_differ(map, 0));
	row.effect.high = 1;
	seg_effect_add(seg_count_map_words(map, 0), &row.effect);
	CHECK(seg_effects_differ(map, 0));
	unit_env_free(&env);
}

static void
forests_report_failures(void)
{
	SegChartOptions options = usual_options();
	Labelled rows[2] = {labelled("a", 1, 0, 2), labelled("b", 3, 2, INFINITY)};
	SegEnv env = unit_env();
	int before, allocations;
	SegText svg;

	(void) effects_of(&env, rows, 2);
	before = unit_env_allocations(&env);
	unit_env_free(&env);
	env = unit_env();
	CHECK(draw_effects(&env, &options, rows, 2, &svg) == SEG_OK);
	allocations = unit_env_allocations(&env) - before;
	unit_env_free(&env);
	CHECK(allocations > 0);
	for (int i = 0; i < allocations; i++)
	{
		SegCountMap *map;

		env = unit_env();
		map = effects_of(&env, rows, 2);
		unit_env_fail_after(&env, i);
		CHECK(seg_forest_plot_draw(&env, &options, map, 2, &svg) ==
		      SEG_NO_MEMORY);
		unit_env_free(&env);
	}
}

void
test_forest_plot(void)
{
	numbers_suit_their_interval();
	marks_are_where_the_numbers_are();
	no_effect_has_a_tick();
	forest_rows_are_ordered();
	bad_effects_are_refused();
	forests_report_failures();
	random_forests_hold_their_promises();
}
