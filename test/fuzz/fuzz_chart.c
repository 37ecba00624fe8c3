/* fuzz_chart.c: a chart of an untrusted state */
#include "fuzz.h"
#include "kernel/chart/bar_chart.h"
#include "kernel/chart/forest_plot.h"
#include "kernel/chart/funnel_chart.h"
#include "kernel/chart/heat_map.h"
#include "kernel/chart/histogram.h"
#include "kernel/chart/line_chart.h"
#include "kernel/chart/sankey_chart.h"
#include "kernel/chart/scatter.h"

/* Before the state: what is drawn, and options; 0: their defaults. */
typedef struct Head
{
	uint8_t chart;
	uint8_t layout;
	uint8_t sort;
	uint8_t x_scale;
	uint8_t y_scale;
	uint8_t steps;
	uint8_t limit;
	uint8_t bins;
} Head;

static const SegCellChart *const cell_charts[] = {&seg_bar_chart,
                                                  &seg_heat_map,
                                                  &seg_funnel_chart,
                                                  &seg_grouped_funnel_chart,
                                                  &seg_sankey_chart,
                                                  &seg_path_sankey_chart};
static const SegLineKind *const line_charts[] = {&seg_line_chart,
                                                 &seg_band_chart,
                                                 &seg_survival_chart};

#define CELL_CHARTS 6
#define LINE_CHARTS 3
#define FOREST      (CELL_CHARTS + LINE_CHARTS)
#define BINS        (FOREST + 1) /* and the kinds of bins behind it */
#define CHARTS      (BINS + SEG_BINS_GROUPS + 1)

static SegChartOptions
options_of(const Head *head)
{
	SegChartOptions options;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	options.layout = head->layout % 3;
	options.sort = head->sort % 3;
	options.x_scale = head->x_scale % 2;
	options.y_scale = head->y_scale % 2;
	options.steps = head->steps % 2;
	if (head->limit > 0)
		options.limit = head->limit;
	options.bins = head->bins % 200;
	return options;
}

static double
same_clock(double utc)
{
	return utc;
}

static int64_t
width_of(int chart)
{
	if (chart < CELL_CHARTS)
		return SEG_CELLS_WIDTH;
	return chart == FOREST ? SEG_EFFECT_WIDTH : SEG_LINE_WIDTH;
}

static SegStatus
draw_map(SegEnv *env, int chart, const SegChartOptions *options,
         const SegCountMap *map, size_t size, SegText *svg)
{
	SEG_TRY(seg_count_map_check(env, map, size, width_of(chart)));
	SEG_TRY(seg_count_map_validate(env, map));
	if (map->n == 0)
		return SEG_OK;
	if (chart < CELL_CHARTS)
		return seg_cell_chart_draw(env,
		                           cell_charts[chart],
		                           options,
		                           map,
		                           1,
		                           svg);
	if (chart < FOREST)
		return seg_line_chart_draw(env,
		                           line_charts[chart - CELL_CHARTS],
		                           options,
		                           map,
		                           1,
		                           same_clock,
		                           svg);
	for (int64_t i = 0; i < map->n; i++)
	{
		if (seg_effects_differ(map, i))
			return SEG_CORRUPT;
	}
	return seg_forest_plot_draw(env, options, map, 1, svg);
}

static SegStatus
draw_bins(SegEnv *env, SegBinsKind kind, const SegChartOptions *options,
          const SegBins *bins, size_t size, SegText *svg)
{
	static const double row[2] = {3, 4};
	SegBins *twice;

	SEG_TRY(seg_bins_check(env, bins, size, kind));
	SEG_TRY(seg_count_map_validate(env, &bins->map));
	SEG_TRY(seg_bins_create(env, kind, &twice));
	if (seg_bins_are_alike(twice, bins) || bins->rows == 0)
	{
		SEG_TRY(seg_bins_add(env, &twice, row, (SegText){"", 0}));
		SEG_TRY(seg_bins_merge(env, &twice, bins));
	}
	if (bins->rows == 0)
		return SEG_OK;
	return kind == SEG_BINS_HISTOGRAM
	           ? seg_histogram_draw(env, options, bins, svg)
	           : seg_scatter_draw(env, options, bins, svg);
}

/*
 * A drawing is whole, and in ASCII; numbers are numbers.
 */
static void
require_chart(SegText svg)
{
	REQUIRE(svg.length > 100 && memcmp(svg.bytes, "<svg ", 5) == 0);
	REQUIRE(memcmp(svg.bytes + svg.length - 7, "</svg>\n", 7) == 0);
	for (int64_t i = 0; i < svg.length; i++)
		REQUIRE((svg.bytes[i] >= 0x20 && svg.bytes[i] < 0x7f) ||
		        svg.bytes[i] == '\n');
	for (int64_t i = 0; i + 5 < svg.length; i++)
		REQUIRE(memcmp(svg.bytes + i, "\"nan\"", 5) != 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SegEnv env;
	SegChartOptions options;
	Head head;
	SegText svg = {NULL, 0};
	SegStatus status;
	void *state;
	int chart;

	if (size < sizeof(Head) + sizeof(SegBins))
	{
		fuzz_input_is(false);
		return 0;
	}
	memcpy(&head, data, sizeof(head));
	chart = head.chart % CHARTS;
	size -= sizeof(head);
	env = unit_env();
	state = env.alloc(env.host, size); /* aligned */
	memcpy(state, data + sizeof(head), size);
	options = options_of(&head);
	status = chart < BINS
	             ? draw_map(&env, chart, &options, state, size, &svg)
	             : draw_bins(&env, chart - BINS, &options, state, size, &svg);
	if (status == SEG_OK && svg.bytes != NULL)
		require_chart(svg);
	fuzz_input_is(status == SEG_OK && svg.bytes != NULL);
	unit_env_free(&env);
	return 0;
}
