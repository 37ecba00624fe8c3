/*-------------------------------------------------------------------------
 *
 * dendrogram.c
 *	  The merges of a hierarchical clustering as a tree.
 *
 * The tree lies: a label may be long, and a line below another one has room for it.
 *
 * src/kernel/chart/dendrogram.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/dendrogram.h"

#include <math.h>

#include "draw/axis.h"
#include "draw/chart_style.h"
#include "draw/lettering.h"
#include "draw/words.h"
#include "kernel/chart/merge_tree.h"

#define LEAF_HEIGHT  20.0
#define WIDEST_LABEL 0.4 /* of the chart */
#define BAND         8.0 /* beside the leaves of a cluster */
#define BAND_GAP     3.0 /* between clusters */
#define LINE         2.0
#define THICK        8.0 /* merges that are taken together */
#define TICK         4.0
#define SMALLEST     1e-300 /* heights below are all alike */

typedef struct Dendrogram
{
	SegChart chart;
	const SegDendrogram *what;
	SegMergeTree tree;
	SegText *labels; /* of leaves */
	SegAxis axis;
	double number; /* width of the numbers of clusters; 0: none are shown */
	double label;  /* width of the labels */
	double leaf;   /* height of a leaf */
	SegBox plot;
} Dendrogram;

static const SegBranch *
root_of(const SegMergeTree *tree)
{
	return &tree->branches[tree->count - 1];
}

/* ---------- labels ---------- */

static SegStatus
id_of_row(SegEnv *env, const SegHierarchical *model, int64_t row,
          SegText *label)
{
	SegIds ids = seg_hierarchical_ids(model);
	char *digits;

	SEG_ALLOC(env, digits, SEG_ID_DIGITS);
	*label = seg_ids_text(&ids, row, digits);
	return SEG_OK;
}

/*
 * The label of a row, or how many rows there are.
 */
static SegStatus
label_of_leaf(SegEnv *env, const SegDendrogram *what, const SegBranch *leaf,
              SegText *label)
{
	SegSvg text = {.env = env};

	if (leaf->rows == 1 && what->labels == NULL)
		return id_of_row(env, what->model, leaf->row, label);
	if (leaf->rows == 1)
	{
		*label = what->labels[leaf->row];
		return SEG_OK;
	}
	seg_words_count(&text, leaf->rows);
	seg_svg_put(&text, " rows");
	return seg_words_end(&text, label);
}

static SegStatus
make_leaf_labels(Dendrogram *d)
{
	double widest = 0;
	double most = WIDEST_LABEL * d->chart.width;

	SEG_ALLOC(d->chart.env, d->labels, d->tree.leaves);
	for (int64_t i = 0; i < d->tree.leaves; i++)
	{
		SEG_TRY(label_of_leaf(d->chart.env,
		                      d->what,
		                      &d->tree.branches[i],
		                      &d->labels[i]));
		SEG_TRY(seg_text_fit(d->chart.env,
		                     d->labels[i],
		                     SEG_TEXT_SIZE,
		                     most,
		                     &d->labels[i]));
		widest = fmax(widest, seg_text_width(d->labels[i], SEG_TEXT_SIZE));
	}
	d->label = widest;
	return SEG_OK;
}

/* ---------- measuring ---------- */

static void
measure_axis(Dendrogram *d)
{
	double highest = root_of(&d->tree)->height;

	d->axis.kind = SEG_AXIS_NUMBERS;
	d->axis.style = (SegNumberStyle){.format = d->chart.options->y_format,
	                                 .unit = d->chart.options->y_unit};
	seg_axis_set_range(&d->axis, 0, highest > SMALLEST ? highest : 1);
	d->axis.scale.from = d->plot.x;
	d->axis.scale.to = d->plot.x + d->plot.width;
	seg_axis_set_ticks_across(&d->axis);
}

static SegStatus
measure_dendrogram(Dendrogram *d)
{
	const SegChartOptions *options = d->chart.options;
	double above =
		d->chart.top + SEG_GAP / 2 + seg_chart_room_above(options->x_label);
	double below = TICK + 2 * SEG_TEXT_LINE + SEG_MARGIN;
	double leaves = (double) d->tree.leaves;
	char digits[SEG_MAX_DIGITS];
	double before = SEG_MARGIN;
	int64_t length;

	SEG_TRY(make_leaf_labels(d));
	if (d->what->clusters > 1)
	{
		length = seg_print_rounded((double) d->what->clusters,
		                           &seg_plain_numbers,
		                           digits);
		d->number = seg_text_width((SegText){digits, length}, SEG_TEXT_SIZE);
		before += d->number + SEG_GAP / 2 + BAND + SEG_GAP;
	}
	d->leaf =
		fmax(LEAF_HEIGHT, ((double) options->height - above - below) / leaves);
	d->plot.x = before + d->label + SEG_GAP;
	d->plot.width = d->chart.width - 2 * SEG_MARGIN - d->plot.x;
	d->plot.y = above;
	d->plot.height = d->leaf * leaves;
	measure_axis(d);
	d->chart.height = above + d->plot.height + below;
	return SEG_OK;
}

/* ---------- drawing ---------- */

static double
height_at(const Dendrogram *d, double height)
{
	double x = seg_axis_place(&d->axis, height);

	return fmin(fmax(x, d->plot.x), d->plot.x + d->plot.width);
}

static double
branch_at(const Dendrogram *d, const SegBranch *branch)
{
	return d->plot.y + d->leaf * branch->place;
}

static void
put_heights(Dendrogram *d)
{
	double bottom = d->plot.y + d->plot.height;

	for (int64_t i = 0; i < d->axis.count; i++)
	{
		const SegAxisTick *tick = &d->axis.ticks[i];
		SegText text = {tick->text, tick->length};
		double x = height_at(d, tick->value);
		double half = seg_text_width(text, SEG_TEXT_SIZE) / 2;

		seg_svg_line(&d->chart.svg, "grid", x, d->plot.y, x, bottom + TICK);
		if (x - half >= 0 && x + half <= d->chart.width)
			seg_svg_label(&d->chart.svg,
			              "soft",
			              x,
			              bottom + TICK + SEG_TEXT_SIZE,
			              SEG_ANCHOR_MIDDLE,
			              text);
	}
}

/*
 * The color of its cluster, or that of the axis above all clusters.
 */
static void
put_branch_line(Dendrogram *d, const SegBranch *branch, SegBox box)
{
	char class[SEG_CLASS_ROOM];

	seg_series_class(d->chart.options,
	                 branch->group < 0 ? 0 : branch->group,
	                 class);
	seg_svg_rect(&d->chart.svg, branch->group < 0 ? "soft" : class, box);
}

/*
 * From where it was made to where it is merged, thick below where its own merges are
 * not shown.
 */
static void
put_branch(Dendrogram *d, const SegBranch *branch, double to)
{
	double y = branch_at(d, branch);
	double made = height_at(d, branch->height);
	double from = branch->first < 0 ? d->plot.x : made;

	if (branch->rows > 1 && branch->first < 0)
		put_branch_line(d,
		                branch,
		                (SegBox){from, y - THICK / 2, made - from, THICK});
	put_branch_line(d,
	                branch,
	                (SegBox){from - LINE / 2,
	                         y - LINE / 2,
	                         to - from + LINE,
	                         LINE});
}

static void
put_merge(Dendrogram *d, const SegBranch *merge)
{
	const SegBranch *first = &d->tree.branches[merge->first];
	const SegBranch *second = &d->tree.branches[merge->second];
	double x = height_at(d, merge->height);
	double top = branch_at(d, first);
	double bottom = branch_at(d, second);

	put_branch(d, first, x);
	put_branch(d, second, x);
	put_branch_line(d, merge, (SegBox){x - LINE / 2, top, LINE, bottom - top});
}

static void
put_cut(Dendrogram *d)
{
	double x = height_at(d, d->tree.cut);

	if (d->tree.cut < 0)
		return;
	seg_svg_put(&d->chart.svg, "<g stroke-dasharray=\"5 4\">");
	seg_svg_line(&d->chart.svg,
	             "axis",
	             x,
	             d->plot.y,
	             x,
	             d->plot.y + d->plot.height);
	seg_svg_close(&d->chart.svg, "g");
}

/*
 * From the top, as they are read.
 */
static SegStatus
put_leaf_labels(Dendrogram *d)
{
	int64_t *order;

	SEG_ALLOC(d->chart.env, order, d->tree.leaves);
	for (int64_t i = 0; i < d->tree.leaves; i++)
		order[(int64_t) d->tree.branches[i].start] = i;
	for (int64_t i = 0; i < d->tree.leaves; i++)
		seg_svg_label(&d->chart.svg,
		              "ink",
		              d->plot.x - SEG_GAP,
		              branch_at(d, &d->tree.branches[order[i]]) +
		                  SEG_TEXT_MIDDLE,
		              SEG_ANCHOR_END,
		              d->labels[order[i]]);
	return SEG_OK;
}

/*
 * A band beside the leaves of a cluster, with its number.
 */
static void
put_cluster_band(Dendrogram *d, const SegBranch *branch, double from)
{
	double y = d->plot.y + d->leaf * from;
	double height = d->leaf * (double) branch->leaves;
	char digits[SEG_MAX_DIGITS];
	int64_t length = seg_print_rounded((double) branch->group + 1,
	                                   &seg_plain_numbers,
	                                   digits);

	seg_svg_label(&d->chart.svg,
	              "soft",
	              SEG_MARGIN + d->number,
	              y + height / 2 + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_END,
	              (SegText){digits, length});
	seg_chart_series_rect(&d->chart,
	                      branch->group,
	                      (SegBox){SEG_MARGIN + d->number + SEG_GAP / 2,
	                               y + BAND_GAP / 2,
	                               BAND,
	                               height - BAND_GAP});
}

/*
 * The clusters: branches of one cluster that are merged into one of several.
 */
static void
put_cluster_bands(Dendrogram *d)
{
	const SegBranch *branches = d->tree.branches;

	if (d->what->clusters < 2)
		return;
	for (int64_t i = d->tree.leaves; i < d->tree.count; i++)
	{
		const int64_t parts[] = {branches[i].first, branches[i].second};

		for (int p = 0; p < 2 && branches[i].group < 0; p++)
		{
			const SegBranch *part = &branches[parts[p]];

			if (part->group >= 0)
				put_cluster_band(d, part, part->start);
		}
	}
}

/*
 * "Dendrogram of 1,200 rows in 3 clusters. The last merge is at a height of 6.107"
 */
static SegStatus
describe_dendrogram(const Dendrogram *d, SegText *description)
{
	int64_t rows = d->what->model->rows_used;
	SegSvg text = {.env = d->chart.env};

	seg_svg_put(&text, "Dendrogram of ");
	seg_words_count(&text, rows);
	seg_svg_put(&text, rows == 1 ? " row" : " rows");
	if (d->what->clusters > 1)
	{
		seg_svg_put(&text, " in ");
		seg_words_count(&text, d->what->clusters);
		seg_svg_put(&text, " clusters");
	}
	if (rows > 1)
	{
		seg_svg_put(&text, ". The last merge is at a height of ");
		seg_words_number(&text, root_of(&d->tree)->height, &d->axis.style);
	}
	return seg_words_end(&text, description);
}

SegStatus
seg_dendrogram_draw(SegEnv *env, const SegChartOptions *options,
                    const SegDendrogram *dendrogram, SegText *svg)
{
	static const char *const used[] =
		{"x_label", "y_label", "y_unit", "y_format", "colors", "limit", NULL};
	Dendrogram d = {.what = dendrogram};
	SegText heights = options->y_label;
	SegText description;

	if (heights.length == 0)
		heights = (SegText){"distance at which they join", 27};
	SEG_TRY(seg_chart_check_used(env, options, "dendrogram_svg", used));
	SEG_TRY(seg_merge_tree(env, dendrogram, options->limit, &d.tree));
	SEG_TRY(
		seg_chart_measure(env, options, NULL, dendrogram->clusters, &d.chart));
	SEG_TRY(measure_dendrogram(&d));
	SEG_TRY(describe_dendrogram(&d, &description));
	seg_chart_begin(&d.chart, d.chart.height, description);
	put_heights(&d);
	put_cut(&d);
	for (int64_t i = d.tree.leaves; i < d.tree.count; i++)
		put_merge(&d, &d.tree.branches[i]);
	if (d.tree.leaves == 1)
		put_branch(&d,
		           root_of(&d.tree),
		           height_at(&d, root_of(&d.tree)->height));
	put_cluster_bands(&d);
	SEG_TRY(put_leaf_labels(&d));
	SEG_TRY(seg_chart_put_names(&d.chart,
	                            options->x_label,
	                            heights,
	                            d.chart.top + SEG_TEXT_SIZE + SEG_GAP / 2,
	                            0));
	return seg_chart_end(&d.chart, svg);
}
