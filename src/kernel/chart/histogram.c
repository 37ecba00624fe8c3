/*-------------------------------------------------------------------------
 *
 * histogram.c
 *	  Bars that say how many rows have values in a range.
 *
 * Rows arrive counted in cells that are 10^level wide, of which the range of all has
 * 1,000 to 10,000. A bar takes 1, 2 or 5 times a power of ten of them, so its edges
 * are round and its count is exact. Without the option "bins" its width is near that
 * of NumPy's rule "auto": the smaller one of Sturges' and of Freedman and
 * Diaconis'.
 *
 * H. A. Sturges, "The choice of a class interval", JASA 21, 1926; D. Freedman and
 * P. Diaconis, "On the histogram as a density estimator", 1981.
 *
 * Series are panels above each other, with shares of their rows on one scale: so
 * large and small ones compare, and none hides another.
 *
 * src/kernel/chart/histogram.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/histogram.h"

#include <math.h>

#include "base/gregorian.h"
#include "draw/lettering.h"
#include "draw/plot.h"
#include "draw/words.h"

#define MOST_BARS   80 /* unless the option says more */
#define MOST_VALUES 40 /* whole numbers and such that have a bar each */
#define BAR_GAP     1.0
#define LEAST_GAP   4.0 /* thinner bars have none between them */

typedef struct Histogram
{
	SegPlot plot;
	SegBinned binned;
	SegBinAxis axis;
	int64_t *cells;  /* counts of all cells from axis.low */
	int64_t grain;   /* a power of ten that divides all cells with rows */
	int64_t step;    /* cells of a bar */
	bool is_centred; /* a bar stands for one value, in its middle */
	bool is_share;
	int64_t first; /* bar i takes the cells from i * step */
	int64_t bars;
	int64_t *counts; /* of each series and bar */
	int64_t *rows;   /* of each series */
	int64_t all;
} Histogram;

/* ---------- how wide a bar is ---------- */

static SegStatus
count_cells(SegEnv *env, Histogram *h)
{
	int64_t n = h->axis.high - h->axis.low + 1;

	SEG_ALLOC(env, h->cells, n);
	for (int64_t i = 0; i < h->binned.count; i++)
	{
		const SegBinnedCell *cell = &h->binned.cells[i];

		h->cells[cell->x - h->axis.low] += cell->words.count;
		h->all += cell->words.count;
	}
	return SEG_OK;
}

static bool
divides_all(const Histogram *h, int64_t grain)
{
	for (int64_t i = h->axis.low; i <= h->axis.high; i++)
	{
		if (h->cells[i - h->axis.low] > 0 && i % grain != 0)
			return false;
	}
	return true;
}

/*
 * Whole numbers, and others that are all round, are told from the rest; if cells hold
 * more than the number that they begin with, nothing is known of it.
 */
static void
find_grain(Histogram *h)
{
	int64_t range = h->axis.high - h->axis.low;

	h->grain = 1;
	if (h->binned.is_rough)
		return;
	if (range == 0 && h->axis.low == 0)
	{
		h->axis.level = 0; /* 0 is the same cell at each level */
		return;
	}
	while ((range == 0 || 10 * h->grain <= range) &&
	       divides_all(h, 10 * h->grain))
		h->grain *= 10;
}

/*
 * The first cell up to which there is this share of the rows.
 */
static double
cell_quantile(const Histogram *h, double share)
{
	double seen = 0;
	int64_t i = 0;

	for (;; i++)
	{
		seen += (double) h->cells[i];
		if (seen >= share * (double) h->all || i == h->axis.high - h->axis.low)
			return (double) i;
	}
}

static double
width_wanted(const Histogram *h, int64_t bins)
{
	double range = (double) (h->axis.high - h->axis.low + 1);
	double rows = (double) h->all;
	double sturges = range / (log2(rows) + 1);
	double spread = cell_quantile(h, 0.75) - cell_quantile(h, 0.25);
	double freedman_diaconis = 2 * spread / cbrt(rows);

	if (bins > 0)
		return range / (double) bins;
	return fmax(spread > 0 ? fmin(sturges, freedman_diaconis) : sturges,
	            range / MOST_BARS);
}

/*
 * The next of 1, 2, 5, 10, 20 …
 */
static int64_t
next_round(int64_t step)
{
	int64_t ten = 1;

	while (step % (10 * ten) == 0)
		ten *= 10;
	return step / ten == 2 ? 5 * ten : 2 * step;
}

static void
choose_bar_width(Histogram *h, int64_t bins)
{
	double wanted = width_wanted(h, bins);
	int64_t values = (h->axis.high - h->axis.low) / h->grain + 1;

	h->step = h->grain;
	if (bins > 0 || values > MOST_VALUES || h->grain == 1)
	{
		/* until the next one is further away, in ratio */
		while (wanted * wanted >
		       (double) h->step * (double) next_round(h->step))
			h->step = next_round(h->step);
	}
	h->is_centred = !h->binned.is_rough && h->step == h->grain &&
	                (h->grain > 1 || h->axis.low == h->axis.high);
	h->first = seg_floor_divide(h->axis.low, h->step);
	h->bars = seg_floor_divide(h->axis.high, h->step) - h->first + 1;
}

static SegStatus
count_bars(SegEnv *env, Histogram *h)
{
	SEG_ALLOC(env, h->counts, h->binned.series.count * h->bars);
	SEG_ALLOC(env, h->rows, h->binned.series.count);
	for (int64_t i = 0; i < h->binned.count; i++)
	{
		const SegBinnedCell *cell = &h->binned.cells[i];
		int64_t bar = seg_floor_divide(cell->x, h->step) - h->first;

		h->counts[cell->series * h->bars + bar] += cell->words.count;
		h->rows[cell->series] += cell->words.count;
	}
	return SEG_OK;
}

/* ---------- measuring ---------- */

static double
bar_start(const Histogram *h, int64_t bar)
{
	double edge = seg_bin_edge(&h->axis, (h->first + bar) * h->step);
	double before = seg_bin_edge(&h->axis, (h->first + bar - 1) * h->step);

	return h->is_centred ? edge / 2 + before / 2 : edge;
}

static double
bar_height(const Histogram *h, int64_t series, int64_t bar)
{
	double count = (double) h->counts[series * h->bars + bar];

	return h->is_share ? count / (double) h->rows[series] : count;
}

static double
highest_bar(const Histogram *h)
{
	double highest = 0;

	for (int64_t s = 0; s < h->binned.series.count; s++)
	{
		for (int64_t i = 0; i < h->bars; i++)
			highest = fmax(highest, bar_height(h, s, i));
	}
	return highest;
}

/*
 * There are no halves of rows.
 */
static void
leave_whole_ticks(SegAxis *axis)
{
	int64_t n = 0;

	for (int64_t i = 0; i < axis->count; i++)
	{
		if (axis->ticks[i].value == floor(axis->ticks[i].value))
			axis->ticks[n++] = axis->ticks[i];
	}
	axis->count = n;
}

static SegStatus
measure_histogram(SegEnv *env, const SegChartOptions *options, Histogram *h)
{
	int64_t alone = h->bars == 1;
	SegPlot *plot = &h->plot;

	SEG_TRY(seg_chart_measure(env, options, NULL, 1, &plot->chart));
	seg_plot_init(plot, false);
	if (h->is_share)
		plot->y.style = (SegNumberStyle){.format = SEG_DIGITS_PERCENT};
	plot->skipped = h->binned.skipped;
	plot->panels = h->binned.series.count;
	/* a single bar has room beside it, or it would not look like one */
	seg_axis_set_range(&plot->x,
	                   bar_start(h, 0 - alone),
	                   bar_start(h, h->bars + alone));
	seg_axis_set_range(&plot->y, 0, highest_bar(h));
	seg_plot_measure(plot);
	if (!h->is_share)
		leave_whole_ticks(&plot->y);
	return SEG_OK;
}

/* ---------- drawing ---------- */

/* Where a cell begins, in full. */
static void
put_bar_edge(SegSvg *words, const Histogram *h, int64_t cell)
{
	int level = h->axis.level;
	char text[SEG_MAX_DIGITS];
	int64_t length;

	while (level < 0 && cell % 10 == 0)
	{
		cell /= 10;
		level++;
	}
	length = seg_print_decimal(cell, level, &h->plot.x.style, text);
	seg_svg_bytes(words, (SegText){text, length});
}

/*
 * "10 up to 20: 1,234", or "10: 1,234" of a bar that stands for one value.
 */
static SegStatus
name_bar(const Histogram *h, int64_t series, int64_t bar, SegText *name)
{
	int64_t cell = (h->first + bar) * h->step;
	SegSvg words = {.env = h->plot.chart.env};

	put_bar_edge(&words, h, cell);
	if (!h->is_centred)
	{
		seg_svg_put(&words, " up to ");
		put_bar_edge(&words, h, cell + h->step);
	}
	seg_svg_put(&words, ": ");
	seg_words_count(&words, h->counts[series * h->bars + bar]);
	return seg_words_end(&words, name);
}

/*
 * A bar tells its range and its count when it is pointed at.
 */
static SegStatus
put_histogram_bar(Histogram *h, int64_t series, int64_t bar)
{
	SegSvg *svg = &h->plot.chart.svg;
	double from = seg_plot_x(&h->plot, bar_start(h, bar));
	double to = seg_plot_x(&h->plot, bar_start(h, bar + 1));
	double gap = to - from >= LEAST_GAP ? BAR_GAP : 0;
	double top = seg_plot_y(&h->plot, bar_height(h, series, bar));
	SegBox box = {from + gap / 2, top, to - from - gap, 0};
	SegText name;

	if (h->counts[series * h->bars + bar] == 0)
		return SEG_OK;
	box.height = seg_plot_y(&h->plot, 0) - top;
	SEG_TRY(name_bar(h, series, bar, &name));
	seg_svg_open(svg, "g", NULL);
	seg_svg_element(svg, "title", name);
	seg_chart_series_rect(&h->plot.chart, 0, box);
	seg_svg_close(svg, "g");
	return SEG_OK;
}

/*
 * "gold, 1,234 rows", with a long name cut.
 */
static SegStatus
put_panel_name(Histogram *h, int64_t series, SegBox box)
{
	SegChart *chart = &h->plot.chart;
	SegSvg rows = {.env = chart->env};
	SegSvg words = {.env = chart->env};
	SegText behind, name;
	double room;

	seg_svg_put(&rows, ", ");
	seg_words_count(&rows, h->rows[series]);
	seg_svg_put(&rows, h->rows[series] == 1 ? " row" : " rows");
	SEG_TRY(seg_words_end(&rows, &behind));
	room = chart->width - SEG_MARGIN - box.x -
	       seg_text_width(behind, SEG_TEXT_SIZE);
	SEG_TRY(seg_words_name(&words, h->binned.series.names[series], room));
	seg_svg_bytes(&words, behind);
	SEG_TRY(seg_words_end(&words, &name));
	seg_svg_label(&chart->svg,
	              "ink",
	              box.x,
	              box.y - SEG_GAP,
	              SEG_ANCHOR_START,
	              name);
	return SEG_OK;
}

static SegStatus
put_panels(Histogram *h)
{
	for (int64_t s = 0; s < h->binned.series.count; s++)
	{
		SegBox box = seg_plot_panel(&h->plot, s);

		if (h->plot.panels > 1)
			SEG_TRY(put_panel_name(h, s, box));
		for (int64_t i = 0; i < h->bars; i++)
			SEG_TRY(put_histogram_bar(h, s, i));
	}
	return SEG_OK;
}

/*
 * "Histogram of 1,234 rows in 8 bars; the largest is 10 up to 20: 321"
 */
static SegStatus
describe_histogram(const Histogram *h, SegText *description)
{
	SegSvg words = {.env = h->plot.chart.env};
	int64_t most = 0;
	SegText name;

	for (int64_t i = 0; i < h->bars * h->binned.series.count; i++)
		most = h->counts[i] > h->counts[most] ? i : most;
	seg_svg_put(&words, "Histogram of ");
	seg_words_count(&words, h->all);
	seg_svg_put(&words, h->all == 1 ? " row in " : " rows in ");
	seg_words_count(&words, h->bars);
	seg_svg_put(&words, h->bars == 1 ? " bar" : " bars");
	if (h->binned.series.count > 1)
	{
		seg_svg_put(&words, " for each of ");
		seg_words_count(&words, h->binned.series.count);
		seg_svg_put(&words, " groups");
	}
	seg_svg_put(&words, "; the largest is ");
	SEG_TRY(name_bar(h, most / h->bars, most % h->bars, &name));
	seg_svg_bytes(&words, name);
	return seg_words_end(&words, description);
}

static const char *const histogram_options[] = {"x_label",
                                                "y_label",
                                                "x_unit",
                                                "x_format",
                                                "y_unit",
                                                "y_format",
                                                "colors",
                                                "label_order",
                                                "bins",
                                                NULL};

SegStatus
seg_histogram_draw(SegEnv *env, const SegChartOptions *options,
                   const SegBins *bins, SegText *svg)
{
	Histogram h = {0};
	SegText description;
	SegBins *grid;

	SEG_TRY(
		seg_chart_check_used(env, options, "histogram_svg", histogram_options));
	SEG_TRY(seg_bins_to_grid(env, bins, &grid));
	SEG_TRY(seg_bins_read(env, grid, options, &h.binned));
	h.axis = h.binned.axes[0];
	h.is_share =
		h.binned.series.count > 1 || options->y_format == SEG_DIGITS_PERCENT;
	SEG_TRY(count_cells(env, &h));
	find_grain(&h);
	choose_bar_width(&h, options->bins);
	SEG_TRY(count_bars(env, &h));
	SEG_TRY(measure_histogram(env, options, &h));
	SEG_TRY(describe_histogram(&h, &description));
	SEG_TRY(seg_plot_begin(&h.plot, description));
	SEG_TRY(put_panels(&h));
	return seg_plot_end(&h.plot, svg);
}
