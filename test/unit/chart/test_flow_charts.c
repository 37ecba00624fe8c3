/* test_flow_charts.c: funnels and Sankey diagrams (kernel/chart/funnel_chart.c, flows.c) */
#include "base/contingency.h"
#include "chart_marks.h"
#include "kernel/chart/flows.h"
#include "kernel/chart/funnel_chart.h"
#include "kernel/chart/sankey_chart.h"
#include "unit.h"

void test_flow_charts(void);

#define MOST_MOVES 300

/* step: of a path; NULL: there are no steps */
typedef struct Row
{
	const char *step;
	const char *source;
	const char *target;
	double value;
} Row;

static SegText
text_of(const char *text)
{
	return (SegText){text, (int64_t) strlen(text)};
}

static SegCountMap *
flow_map(SegEnv *env, const Row *rows, int n)
{
	SegCountMap *map;

	CHECK(seg_count_map_create(env, SEG_CELLS_WIDTH, &map) == SEG_OK);
	for (int i = 0; i < n; i++)
	{
		SegText source = text_of(rows[i].source);
		SegText target = text_of(rows[i].target);
		char pair[100], key[200];
		SegWide *sum;
		int64_t at;

		if (rows[i].step != NULL)
		{
			SegText step = text_of(rows[i].step);

			seg_pair_key(step, source, pair);
			source = (SegText){pair, seg_pair_key_size(step, source)};
		}
		seg_pair_key(source, target, key);
		CHECK(seg_count_map_insert(env,
		                           &map,
		                           key,
		                           seg_pair_key_size(source, target),
		                           &at) == SEG_OK);
		sum = seg_count_map_words(map, at);
		*sum = seg_wide_add(*sum, (SegWide){rows[i].value, 0});
	}
	return map;
}

static SegChartOptions
plain_options(void)
{
	SegChartOptions options;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	return options;
}

static SegStatus
draw_flow_chart(SegEnv *env, const SegCellChart *chart,
                const SegChartOptions *options, const Row *rows, int n,
                SegText *svg)
{
	return seg_cell_chart_draw(env,
	                           chart,
	                           options,
	                           flow_map(env, rows, n),
	                           n % 3,
	                           svg);
}

static bool
shows(SegText svg, const char *text)
{
	int64_t n = (int64_t) strlen(text);

	for (int64_t i = 0; i + n <= svg.length; i++)
	{
		if (memcmp(svg.bytes + i, text, (size_t) n) == 0)
			return true;
	}
	return false;
}

/* ---------- random charts ---------- */

static int
random_rows(uint64_t *seed, const SegCellChart *chart, Row *rows)
{
	static const char *const texts[] = {"",
	                                    "a",
	                                    "b<i>",
	                                    "a label that is rather long",
	                                    "\xE7\x94\xA8\xE6\x88\xB7",
	                                    "12",
	                                    "7",
	                                    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
	                                    "c",
	                                    "d",
	                                    "e",
	                                    "f",
	                                    "g",
	                                    "h"};
	static const char *const steps[] = {"-1", "0", "1", "2", "3", "4"};
	int names = 1 + unit_draw(seed, 14);
	int n = 1 + unit_draw(seed, MOST_MOVES);
	double scale = pow(10, unit_draw(seed, 40) - 20);

	for (int i = 0; i < n; i++)
	{
		rows[i].step =
			chart == &seg_path_sankey_chart ? steps[unit_draw(seed, 6)] : NULL;
		rows[i].source = texts[unit_draw(seed, names)];
		rows[i].target =
			chart == &seg_funnel_chart ? "" : texts[unit_draw(seed, names)];
		rows[i].value = scale * unit_draw(seed, 1000) * unit_draw(seed, 3);
	}
	return n;
}

static SegChartOptions
random_flow_options(uint64_t *seed)
{
	static const char title[] =
		"A title that is long enough for several lines of a narrow chart";
	SegChartOptions options = plain_options();

	options.sort = unit_draw(seed, 3);
	options.width = 240 + unit_draw(seed, 1000);
	options.height = unit_draw(seed, 2) * unit_draw(seed, 900);
	options.limit = 1 + unit_draw(seed, 16);
	options.y_format = unit_draw(seed, 2);
	if (unit_draw(seed, 2))
		options.title = (SegText){title, sizeof(title) - 1};
	if (unit_draw(seed, 2))
		options.y_label = options.x_label = text_of("what is shown");
	if (unit_draw(seed, 2))
		options.y_unit = text_of(" users");
	return options;
}

static void
reorder(uint64_t *seed, Row *rows, int n)
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
 * Texts stay apart and inside; the same rows in another order give the same bytes.
 */
static void
flow_charts_hold_their_promises(const SegCellChart *chart)
{
	static Row rows[MOST_MOVES];
	static ChartMark marks[5000];
	bool is_funnel = chart->draw_sums == NULL;
	uint64_t seed = 5;
	int drawn = 0;

	for (int round = 0; round < 300; round++)
	{
		SegEnv env = unit_env();
		SegChartOptions options = random_flow_options(&seed);
		int n = random_rows(&seed, chart, rows);
		SegText svg, again;
		SegStatus status;

		status = draw_flow_chart(&env, chart, &options, rows, n, &svg);
		CHECK(status == SEG_OK || (is_funnel && status == SEG_OPTION_LIMIT));
		if (status == SEG_OK)
		{
			int count = chart_marks(svg, marks, 5000);

			chart_check_texts(marks, count);
			CHECK(count > 2 && !shows(svg, "nan") && !shows(svg, "inf"));
			reorder(&seed, rows, n);
			CHECK(draw_flow_chart(&env, chart, &options, rows, n, &again) ==
			      SEG_OK);
			CHECK(svg.length == again.length &&
			      memcmp(svg.bytes, again.bytes, (size_t) svg.length) == 0);
			drawn++;
		}
		unit_env_free(&env);
	}
	CHECK(drawn > 100);
}

/* ---------- nodes and flows ---------- */

static SegStatus
read_flows(SegEnv *env, const SegChartOptions *options, const Row *rows, int n,
           SegFlows *flows)
{
	SEG_TRY(seg_flows_read(env,
	                       options,
	                       flow_map(env, rows, n),
	                       rows[0].step != NULL,
	                       flows));
	return seg_flows_untangle(env, options, flows);
}

/*
 * Pairs of flows that cross, by their values, counted one by one.
 */
static double
count_all_crossings(const SegFlows *flows)
{
	double sum = 0;

	for (int64_t i = 0; i < flows->flow_count; i++)
	{
		for (int64_t j = 0; j < i; j++)
		{
			const SegFlow *a = &flows->flows[i];
			const SegFlow *b = &flows->flows[j];

			if (flows->nodes[a->from].column == flows->nodes[b->from].column &&
			    (flows->place[a->from] - flows->place[b->from]) *
			            (flows->place[a->to] - flows->place[b->to]) <
			        0)
				sum += a->value * b->value;
		}
	}
	return sum;
}

/*
 * Whatever the limit is, nodes and flows add up to the rows; sweeps never make an
 * order worse.
 */
static void
flows_add_up(void)
{
	static Row rows[MOST_MOVES];
	uint64_t seed = 77;
	double tangled = 0, untangled = 0;

	for (int round = 0; round < 200; round++)
	{
		SegEnv env = unit_env();
		SegChartOptions options = plain_options();
		int n = random_rows(&seed, &seg_sankey_chart, rows);
		double all = 0, in = 0, out = 0, flow = 0;
		double crossings[2];
		SegFlows flows;

		options.limit = 1 + unit_draw(&seed, 10);
		for (int i = 0; i < n; i++)
		{
			rows[i].value = unit_draw(&seed, 20);
			all += rows[i].value;
		}
		for (int i = 0; i < 2; i++)
		{
			options.sort = i == 0 ? SEG_SORT_VALUE : SEG_SORT_DEFAULT;
			CHECK(read_flows(&env, &options, rows, n, &flows) == SEG_OK);
			crossings[i] = count_all_crossings(&flows);
		}
		for (int64_t i = 0; i < flows.node_count; i++)
		{
			in += flows.nodes[i].in;
			out += flows.nodes[i].out;
			CHECK(flows.nodes[i].column == 0 || flows.nodes[i].out == 0);
		}
		for (int64_t i = 0; i < flows.flow_count; i++)
		{
			CHECK(flows.flows[i].value > 0);
			flow += flows.flows[i].value;
		}
		CHECK(in == all && out == all && flow == all);
		CHECK(all == 0 ||
		      (flows.first_node[1] <= options.limit + 1 &&
		       flows.node_count - flows.first_node[1] <= options.limit + 1));
		CHECK(crossings[1] <= crossings[0]);
		tangled += crossings[0];
		untangled += crossings[1];
		unit_env_free(&env);
	}
	CHECK(untangled < 0.95 * tangled);
}

/*
 * What can be drawn without crossings is.
 */
static void
crossings_are_avoided(void)
{
	static const Row rows[] = {{"1", "a", "3", 10},
	                           {"1", "b", "2", 9},
	                           {"1", "c", "1", 8},
	                           {"2", "3", "x", 2},
	                           {"2", "2", "y", 3},
	                           {"2", "1", "z", 4},
	                           {"2", "3", "y", 5}};
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	SegFlows flows;

	options.sort = SEG_SORT_VALUE;
	CHECK(read_flows(&env, &options, rows, 7, &flows) == SEG_OK);
	CHECK(flows.columns == 3 && flows.node_count == 9);
	CHECK(count_all_crossings(&flows) > 0);
	options.sort = SEG_SORT_DEFAULT;
	CHECK(read_flows(&env, &options, rows, 7, &flows) == SEG_OK);
	CHECK(count_all_crossings(&flows) == 0);
	unit_env_free(&env);
}

/*
 * The names of a column from top to bottom, each with a comma.
 */
static const char *
column_names(const SegFlows *flows, int64_t column)
{
	static char names[200];
	int length = 0;

	for (int64_t i = flows->first_node[column];
	     i < flows->first_node[column + 1];
	     i++)
	{
		SegText name = flows->nodes[flows->order[i]].name;

		length += snprintf(names + length,
		                   sizeof(names) - (size_t) length,
		                   "%.*s,",
		                   (int) name.length,
		                   name.bytes);
	}
	return names;
}

static void
nodes_are_ordered(void)
{
	static const Row rows[] = {{NULL, "10", "x", 1},
	                           {NULL, "9", "x", 7},
	                           {NULL, "b", "y", 3},
	                           {NULL, "a", "y", 3},
	                           {NULL, "zero", "x", 0}};
	static const char bytes[] = "bnonea";
	int64_t ends[] = {1, 5, 6};
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	SegFlows flows;

	options.sort = SEG_SORT_VALUE;
	CHECK(read_flows(&env, &options, rows, 5, &flows) == SEG_OK);
	CHECK(strcmp(column_names(&flows, 0), "9,a,b,10,") == 0);
	CHECK(strcmp(column_names(&flows, 1), "x,y,") == 0);
	options.sort = SEG_SORT_LABEL;
	CHECK(read_flows(&env, &options, rows, 5, &flows) == SEG_OK);
	CHECK(strcmp(column_names(&flows, 0), "9,10,a,b,") == 0);
	options.limit = 2;
	CHECK(read_flows(&env, &options, rows, 5, &flows) == SEG_OK);
	CHECK(strcmp(column_names(&flows, 0), "9,a,2 others, added up,") == 0);
	options.order = (SegTexts){ends, bytes, 3};
	options.sort = SEG_SORT_DEFAULT;
	CHECK(read_flows(&env, &options, rows, 5, &flows) == SEG_OK);
	CHECK(strcmp(column_names(&flows, 0), "b,a,2 others, added up,") == 0);
	options.limit = 30;
	CHECK(read_flows(&env, &options, rows, 5, &flows) == SEG_OK);
	CHECK(strncmp(column_names(&flows, 0), "b,a,", 4) == 0);
	unit_env_free(&env);
}

/* ---------- what is drawn ---------- */

/* Where a ribbon leaves and where it arrives. */
typedef struct Ribbon
{
	SegBox ends[2]; /* without width */
} Ribbon;

static int
ribbons_of(SegText svg, Ribbon *ribbons, int most)
{
	char *text = calloc((size_t) svg.length + 1, 1);
	int n = 0;

	memcpy(text, svg.bytes, (size_t) svg.length);
	for (char *at = strstr(text, " d=\"M"); at != NULL && n < most;
	     at = strstr(at + 1, " d=\"M"))
	{
		char *down = strchr(at, 'L');
		char *y = down;
		char *x, *end;
		double height;

		while (*--y != ' ')
			;
		x = y;
		while (*--x != ' ')
			;
		height = strtod(strchr(down, ' '), NULL) - strtod(y, NULL);
		ribbons[n].ends[0] =
			(SegBox){strtod(at + 5, &end), strtod(end, NULL), 0, height};
		ribbons[n].ends[1] =
			(SegBox){strtod(x, NULL), strtod(y, NULL), 0, height};
		n++;
	}
	free(text);
	return n;
}

/*
 * What leaves a node, or arrives at it, fills it from top to bottom.
 */
static void
check_filled(SegBox node, const Ribbon *ribbons, int n, int end)
{
	double edge = end == 0 ? node.x + node.width : node.x;
	double y = node.y;

	for (int i = 0; i < n; i++)
	{
		SegBox box = ribbons[i].ends[end];

		if (fabs(box.x - edge) > 0.02 || box.y < node.y - 0.02 ||
		    box.y > node.y + node.height)
			continue;
		CHECK_NEAR(box.y, y, 1e-4);
		y += box.height;
	}
	CHECK_NEAR(y, node.y + node.height, 1e-4);
}

static void
ribbons_fill_nodes(void)
{
	static const Row rows[] = {{NULL, "a", "x", 30},
	                           {NULL, "a", "y", 20},
	                           {NULL, "b", "x", 10},
	                           {NULL, "b", "a", 40}};
	static ChartMark marks[100];
	static Ribbon ribbons[10];
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	SegText svg;
	int count, n, nodes = 0;
	double heights = 0;

	CHECK(draw_flow_chart(&env, &seg_sankey_chart, &options, rows, 4, &svg) ==
	      SEG_OK);
	count = chart_marks(svg, marks, 100);
	n = ribbons_of(svg, ribbons, 10);
	CHECK(n == 4);
	for (int i = 0; i < count; i++)
	{
		if (!marks[i].is_data)
			continue;
		check_filled(marks[i].box, ribbons, n, nodes < 2 ? 0 : 1);
		heights += marks[i].box.height;
		nodes++;
	}
	CHECK(nodes == 5);
	CHECK(heights > 2 * 180);
	CHECK_NEAR(ribbons[0].ends[0].height + ribbons[1].ends[0].height,
	           heights / 4,
	           1e-3);
	unit_env_free(&env);
}

static void
conversion_is_said(void)
{
	static const Row steps[] = {{NULL, "10", "", 62},
	                            {NULL, "9", "", 100},
	                            {NULL, "11", "", 93},
	                            {NULL, "12", "", 92.99}};
	static const Row words[] = {{NULL, "pay", "", 1},
	                            {NULL, "view", "", 3000},
	                            {NULL, "try", "", 3000}};
	static const Row nothing[] = {{NULL, "1", "", 0}, {NULL, "2", "", 5}};
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	SegText svg;

	CHECK(draw_flow_chart(&env, &seg_funnel_chart, &options, steps, 4, &svg) ==
	      SEG_OK);
	CHECK(shows(svg, ">62% of the step before, 38 lost<"));
	CHECK(shows(svg, ">150% of the step before, 31 more<"));
	CHECK(shows(svg, ">99.99% of the step before, 0.01 lost<"));
	CHECK(shows(svg, ">93, 93% of the first<"));
	CHECK(draw_flow_chart(&env, &seg_funnel_chart, &options, words, 3, &svg) ==
	      SEG_OK);
	CHECK(shows(svg, "Funnel. try 3,000; view 3,000, 100% of the first"));
	CHECK(shows(svg, ">0.03333% of the step before, 2,999 lost<"));
	CHECK(shows(svg, ">100% of the step before<"));
	CHECK(
		draw_flow_chart(&env, &seg_funnel_chart, &options, nothing, 2, &svg) ==
		SEG_OK);
	CHECK(shows(svg, ">the step before has 0<"));
	CHECK(shows(svg, ">5, the first has 0<"));
	unit_env_free(&env);
}

/*
 * Bars of series are shares of their first steps.
 */
static void
funnels_stand_side_by_side(void)
{
	static const Row rows[] = {{NULL, "1", "ads", 1000},
	                           {NULL, "2", "ads", 500},
	                           {NULL, "1", "mail", 10},
	                           {NULL, "2", "mail", 5},
	                           {NULL, "3", "mail", 2}};
	static ChartMark marks[100];
	double widths[6];
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	SegText svg;
	int n, bars = 0;

	CHECK(draw_flow_chart(&env,
	                      &seg_grouped_funnel_chart,
	                      &options,
	                      rows,
	                      5,
	                      &svg) == SEG_OK);
	n = chart_marks(svg, marks, 100);
	for (int i = 0; i < n && bars < 6; i++)
	{
		if (marks[i].is_data && marks[i].box.height > 13)
			widths[bars++] = marks[i].box.width;
	}
	CHECK(bars == 6);
	CHECK(widths[0] == widths[1] && widths[2] == widths[3]);
	CHECK_NEAR(widths[2], widths[0] / 2, 1e-3);
	CHECK(widths[4] == 0);
	CHECK_NEAR(widths[5], widths[0] / 5, 1e-3);
	CHECK(shows(svg, ">0, 0% of the first, 0% of the step before<"));
	CHECK(shows(svg, ">2, 20% of the first, 40% of the step before<"));
	unit_env_free(&env);
}

/* ---------- failures ---------- */

static void
flow_failures_are_reported(const SegCellChart *chart, const char *step)
{
	const Row rows[] = {{step, "a", "x", 1},
	                    {step, "a", "y", 2},
	                    {step, "b", "x", 1}};
	const Row negative[] = {{step, "a", "x", -1}};
	const Row endless[] = {{step, "a", "x", 1.7e308},
	                       {step, "a", "y", 1.7e308}};
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	int before, allocations;
	SegText svg;

	(void) flow_map(&env, rows, 3);
	before = unit_env_allocations(&env);
	unit_env_free(&env);
	env = unit_env();
	CHECK(draw_flow_chart(&env, chart, &options, rows, 3, &svg) == SEG_OK);
	allocations = unit_env_allocations(&env) - before;
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		SegCountMap *map;

		env = unit_env();
		map = flow_map(&env, rows, 3);
		unit_env_fail_after(&env, i);
		CHECK(seg_cell_chart_draw(&env, chart, &options, map, 0, &svg) ==
		      SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	env = unit_env();
	CHECK(draw_flow_chart(&env, chart, &options, negative, 1, &svg) ==
	      SEG_ARGUMENT_BELOW);
	if (chart->draw_sums != NULL)
		CHECK(draw_flow_chart(&env, chart, &options, endless, 2, &svg) ==
		      SEG_NOT_FINITE);
	options.layout = SEG_LAYOUT_SHARE;
	CHECK(draw_flow_chart(&env, chart, &options, rows, 3, &svg) ==
	      SEG_OPTION_UNUSED);
	unit_env_free(&env);
}

static void
steps_have_a_limit(void)
{
	static const char *const last[] = {"18", "19", "9223372036854775807"};
	SegChartOptions options = plain_options();

	for (int i = 0; i < 3; i++)
	{
		const Row rows[] = {{i == 2 ? "-9223372036854775808" : "0", "a", "a", 1},
		                    {last[i], "a", "b", 1}};
		SegEnv env = unit_env();
		SegText svg;

		CHECK(draw_flow_chart(&env,
		                      &seg_path_sankey_chart,
		                      &options,
		                      rows,
		                      2,
		                      &svg) == (i == 0 ? SEG_OK : SEG_LIMIT));
		unit_env_free(&env);
	}
}

/*
 * Many moves ask whether to go on.
 */
static void
drawing_can_be_stopped(const SegCellChart *chart, const char *step)
{
	enum
	{
		N = 40000
	};
	static Row rows[N];
	static char names[N][16];
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	SegCountMap *map;
	SegText svg;
	int asked;

	for (int i = 0; i < N; i++)
	{
		snprintf(names[i], sizeof(names[i]), "n%d", i);
		rows[i] = (Row){step, names[i], names[N - 1 - i], 1};
	}
	map = flow_map(&env, rows, N);
	asked = unit_env_questions(&env);
	CHECK(seg_cell_chart_draw(&env, chart, &options, map, 0, &svg) == SEG_OK);
	asked = unit_env_questions(&env) - asked;
	CHECK(asked > 5);
	for (int i = 0; i < asked; i++)
	{
		unit_env_stop_after(&env, i);
		CHECK(seg_cell_chart_draw(&env, chart, &options, map, 0, &svg) ==
		      SEG_STOPPED);
	}
	unit_env_free(&env);
}

static void
zero_is_said(void)
{
	static const Row rows[] = {{NULL, "a", "b", 0}};
	SegChartOptions options = plain_options();
	SegEnv env = unit_env();
	SegText svg;

	CHECK(draw_flow_chart(&env, &seg_sankey_chart, &options, rows, 1, &svg) ==
	      SEG_OK);
	CHECK(shows(svg, ">Nothing moves: all values are 0<"));
	unit_env_free(&env);
}

void
test_flow_charts(void)
{
	flow_charts_hold_their_promises(&seg_funnel_chart);
	flow_charts_hold_their_promises(&seg_grouped_funnel_chart);
	flow_charts_hold_their_promises(&seg_sankey_chart);
	flow_charts_hold_their_promises(&seg_path_sankey_chart);
	flows_add_up();
	crossings_are_avoided();
	nodes_are_ordered();
	ribbons_fill_nodes();
	conversion_is_said();
	funnels_stand_side_by_side();
	flow_failures_are_reported(&seg_funnel_chart, NULL);
	flow_failures_are_reported(&seg_grouped_funnel_chart, NULL);
	flow_failures_are_reported(&seg_sankey_chart, NULL);
	flow_failures_are_reported(&seg_path_sankey_chart, "1");
	steps_have_a_limit();
	drawing_can_be_stopped(&seg_sankey_chart, NULL);
	drawing_can_be_stopped(&seg_path_sankey_chart, "7");
	zero_is_said();
}
