/*-------------------------------------------------------------------------
 *
 * sankey_chart.c
 *	  Moves from sources to targets, as ribbons.
 *
 * Each node has a slot of its own that is high enough for its label, so labels never
 * meet. Those of the first and last column stand beside it, the others, and in a
 * narrow chart all of them, above their nodes.
 *
 * src/kernel/chart/sankey_chart.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/sankey_chart.h"

#include <math.h>

#include "base/sort.h"
#include "draw/chart_style.h"
#include "kernel/chart/flows.h"
#include "draw/lettering.h"
#include "draw/words.h"

#define SEPARATOR      " \xC2\xB7 " /* of the name of a node and its number */
#define NODE_WIDTH     12.0
#define SLOT_GAP       7.0
#define WIDEST_LABEL   0.28  /* beside a node, of the chart */
#define NARROWEST_GAP  130.0 /* between columns, if labels stand beside nodes */
#define SHORTEST_LABEL 24.0
#define LEAST_NAME     30.0 /* that is left before a number is left out */
#define WIDEST_TITLE   240.0
#define LEAST_HEIGHT   240.0
#define HEIGHT_OF_NODE 34.0 /* on average, unless there is an option */
#define THINNEST       0.5  /* ribbon */
#define MOST_DESCRIBED 8    /* flows */
#define SCALE_STEPS    60   /* halvings */

typedef struct SankeyChart
{
	SegChart chart;
	SegFlows flows;
	SegNumberStyle style;
	int64_t skipped;
	bool is_beside; /* labels of the first and last column */
	double left;    /* room for labels */
	double right;
	double pitch; /* from one column to the next */
	double scale; /* pixels of 1 */
	SegBox plot;
	double *top; /* of each node */
	double *used_out;
	double *used_in;
} SankeyChart;

static const SegFlowNode *
node_of(const SankeyChart *sankey, int64_t node)
{
	return &sankey->flows.nodes[node];
}

static SegText
print_amount(const SankeyChart *sankey, double value, char *text)
{
	return (SegText){text, seg_print_rounded(value, &sankey->style, text)};
}

/* ---------- measuring across ---------- */

static double
separator_width(void)
{
	return seg_text_width((SegText){SEPARATOR, sizeof(SEPARATOR) - 1},
	                      SEG_TEXT_SIZE);
}

static double
label_width(const SankeyChart *sankey, int64_t node)
{
	char text[SEG_MAX_DIGITS];
	double value = seg_flow_node_value(node_of(sankey, node));

	return seg_text_width(node_of(sankey, node)->name, SEG_TEXT_SIZE) +
	       separator_width() +
	       seg_text_width(print_amount(sankey, value, text), SEG_TEXT_SIZE);
}

static double
widest_label(const SankeyChart *sankey, int64_t column)
{
	const SegFlows *flows = &sankey->flows;
	double widest = 0;

	for (int64_t i = flows->first_node[column];
	     i < flows->first_node[column + 1];
	     i++)
		widest = fmax(widest, label_width(sankey, i));
	return ceil(fmin(widest, WIDEST_LABEL * sankey->chart.width) + SEG_GAP);
}

static void
place_columns(SankeyChart *sankey)
{
	double gaps = (double) (sankey->flows.columns - 1);

	sankey->plot.x = SEG_MARGIN + sankey->left;
	sankey->plot.width =
		sankey->chart.width - SEG_MARGIN - sankey->right - sankey->plot.x;
	sankey->pitch = (sankey->plot.width - NODE_WIDTH) / gaps;
}

static void
measure_across(SankeyChart *sankey)
{
	sankey->left = widest_label(sankey, 0);
	sankey->right = widest_label(sankey, sankey->flows.columns - 1);
	place_columns(sankey);
	sankey->is_beside = sankey->pitch >= NARROWEST_GAP;
	if (sankey->is_beside)
		return;
	sankey->left = sankey->right = 0;
	place_columns(sankey);
}

static bool
is_last_column(const SankeyChart *sankey, int64_t column)
{
	return column == sankey->flows.columns - 1;
}

static bool
has_label_above(const SankeyChart *sankey, int64_t column)
{
	return !sankey->is_beside ||
	       (column > 0 && !is_last_column(sankey, column));
}

static double
column_x(const SankeyChart *sankey, int64_t column)
{
	return sankey->plot.x + sankey->pitch * (double) column;
}

/*
 * How wide a label may be. Above nodes, those of the last two columns share what is
 * between them.
 */
static double
label_room(const SankeyChart *sankey, int64_t column)
{
	if (!has_label_above(sankey, column))
		return (column == 0 ? sankey->left : sankey->right) - SEG_GAP;
	if (!sankey->is_beside && column >= sankey->flows.columns - 2)
		return (sankey->pitch + NODE_WIDTH - SEG_GAP) / 2;
	return sankey->pitch - SEG_GAP;
}

/* ---------- measuring downwards ---------- */

static double
node_height(const SankeyChart *sankey, int64_t node, double scale)
{
	return fmax(seg_flow_node_value(node_of(sankey, node)) * scale, 1);
}

static double
slot_height(const SankeyChart *sankey, int64_t node, double scale)
{
	double height = node_height(sankey, node, scale);

	return has_label_above(sankey, node_of(sankey, node)->column)
	           ? SEG_TEXT_LINE + height
	           : fmax(SEG_TEXT_LINE, height);
}

static double
column_height(const SankeyChart *sankey, int64_t column, double scale)
{
	const SegFlows *flows = &sankey->flows;
	double height = 0;

	for (int64_t i = flows->first_node[column];
	     i < flows->first_node[column + 1];
	     i++)
		height += slot_height(sankey, i, scale) + SLOT_GAP;
	return fmax(height - SLOT_GAP, 0);
}

static double
tallest_column(const SankeyChart *sankey, double scale)
{
	double tallest = 0;

	for (int64_t c = 0; c < sankey->flows.columns; c++)
		tallest = fmax(tallest, column_height(sankey, c, scale));
	return tallest;
}

/*
 * The largest scale with which all columns are no higher than that.
 */
static double
scale_for(const SankeyChart *sankey, double height)
{
	double largest = 0;
	double low = 0;
	double high;

	for (int64_t i = 0; i < sankey->flows.node_count; i++)
		largest = fmax(largest, seg_flow_node_value(node_of(sankey, i)));
	high = fmin(height / largest, 1e300);
	for (int i = 0; i < SCALE_STEPS; i++)
	{
		double middle = low + (high - low) / 2;

		if (tallest_column(sankey, middle) <= height)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static int64_t
most_nodes(const SegFlows *flows)
{
	int64_t most = 0;

	for (int64_t c = 0; c < flows->columns; c++)
	{
		int64_t n = flows->first_node[c + 1] - flows->first_node[c];

		most = n > most ? n : most;
	}
	return most;
}

static void
place_nodes(SankeyChart *sankey)
{
	const SegFlows *flows = &sankey->flows;

	for (int64_t c = 0; c < flows->columns; c++)
	{
		double y =
			sankey->plot.y +
			(sankey->plot.height - column_height(sankey, c, sankey->scale)) / 2;

		for (int64_t i = flows->first_node[c]; i < flows->first_node[c + 1];
		     i++)
		{
			int64_t node = flows->order[i];
			double slot = slot_height(sankey, node, sankey->scale);
			double height = node_height(sankey, node, sankey->scale);

			sankey->top[node] =
				y + (has_label_above(sankey, c) ? slot - height
			                                    : (slot - height) / 2);
			y += slot + SLOT_GAP;
		}
	}
}

static SegStatus
measure_sankey(SankeyChart *sankey)
{
	SegEnv *env = sankey->chart.env;
	const SegChartOptions *options = sankey->chart.options;
	double above =
		sankey->chart.top + SEG_GAP + seg_chart_room_above(options->x_label);
	double below = seg_chart_room_below(options->y_label, sankey->skipped);
	double height = fmax(LEAST_HEIGHT,
	                     HEIGHT_OF_NODE * (double) most_nodes(&sankey->flows));

	SEG_ALLOC(env, sankey->top, sankey->flows.node_count + 1);
	SEG_ALLOC(env, sankey->used_in, sankey->flows.node_count + 1);
	SEG_ALLOC(env, sankey->used_out, sankey->flows.node_count + 1);
	measure_across(sankey);
	if (options->height > 0)
		height = fmax((double) options->height - above - below,
		              tallest_column(sankey, 0) * 1.2);
	sankey->plot.y = above;
	sankey->plot.height = height;
	sankey->scale = scale_for(sankey, height);
	sankey->chart.height = above + height + below;
	place_nodes(sankey);
	return SEG_OK;
}

/* ---------- drawing ---------- */

/*
 * "gold → silver 120", with long names cut.
 */
static SegStatus
write_flow(const SankeyChart *sankey, const SegFlow *flow, const char *arrow,
           SegSvg *words)
{
	SEG_TRY(
		seg_words_name(words, node_of(sankey, flow->from)->name, WIDEST_TITLE));
	seg_svg_put(words, arrow);
	SEG_TRY(
		seg_words_name(words, node_of(sankey, flow->to)->name, WIDEST_TITLE));
	seg_svg_put(words, " ");
	seg_words_number(words, flow->value, &sankey->style);
	return words->status;
}

/*
 * A ribbon as high at both ends, which leaves and arrives level.
 */
static void
put_ribbon_path(SegSvg *svg, double x1, double y1, double x2, double y2,
                double height)
{
	double middle = (x1 + x2) / 2;

	seg_svg_move_to(svg, x1, y1);
	seg_svg_curve_to(svg, middle, y1, middle, y2, x2, y2);
	seg_svg_line_to(svg, x2, y2 + height);
	seg_svg_curve_to(svg,
	                 middle,
	                 y2 + height,
	                 middle,
	                 y1 + height,
	                 x1,
	                 y1 + height);
	seg_svg_close_path(svg);
}

static SegStatus
put_ribbon(SankeyChart *sankey, const SegFlow *flow)
{
	SegSvg *svg = &sankey->chart.svg;
	SegSvg words = {.env = sankey->chart.env};
	int64_t column = node_of(sankey, flow->from)->column;
	double height = flow->value * sankey->scale;
	char class[SEG_CLASS_ROOM];

	SEG_TRY(write_flow(sankey, flow, " \xE2\x86\x92 ", &words));
	seg_series_class(sankey->chart.options,
	                 node_of(sankey, flow->from)->color,
	                 class);
	seg_svg_path(svg, class);
	put_ribbon_path(svg,
	                column_x(sankey, column) + NODE_WIDTH,
	                sankey->top[flow->from] + sankey->used_out[flow->from],
	                column_x(sankey, column + 1),
	                sankey->top[flow->to] + sankey->used_in[flow->to],
	                fmax(height, THINNEST));
	seg_svg_put(svg, "\">");
	seg_svg_element(svg, "title", (SegText){words.bytes, words.length});
	seg_svg_close(svg, "path");
	sankey->used_out[flow->from] += height;
	sankey->used_in[flow->to] += height;
	return svg->status;
}

/*
 * From top to bottom at both ends, so that those of one node do not cross.
 */
static int
compare_ribbons(const void *of, int64_t a, int64_t b)
{
	const SegFlows *flows = of;
	const SegFlow *x = &flows->flows[a];
	const SegFlow *y = &flows->flows[b];
	int64_t columns =
		flows->nodes[x->from].column - flows->nodes[y->from].column;
	int64_t from = flows->place[x->from] - flows->place[y->from];
	int64_t to = flows->place[x->to] - flows->place[y->to];

	if (columns != 0)
		return columns < 0 ? -1 : 1;
	if (from != 0)
		return from < 0 ? -1 : 1;
	return to < 0 ? -1 : to > 0;
}

static SegStatus
put_ribbons(SankeyChart *sankey)
{
	SegSvg *svg = &sankey->chart.svg;
	int64_t n = sankey->flows.flow_count;
	int64_t *order;

	SEG_ALLOC(sankey->chart.env, order, n + 1);
	for (int64_t i = 0; i < n; i++)
		order[i] = i;
	SEG_TRY(
		seg_sort(sankey->chart.env, order, n, compare_ribbons, &sankey->flows));
	seg_svg_put(svg, "<g fill-opacity=\"0.35\">\n");
	for (int64_t i = 0; i < n; i++)
		SEG_TRY(put_ribbon(sankey, &sankey->flows.flows[order[i]]));
	seg_svg_close(svg, "g");
	return SEG_OK;
}

/*
 * "gold · 4,500". The name is cut if it is long, or the number is left out.
 */
static SegStatus
write_node_label(const SankeyChart *sankey, int64_t node, double room,
                 SegSvg *words)
{
	SegText name = node_of(sankey, node)->name;
	char text[SEG_MAX_DIGITS];
	SegText number =
		print_amount(sankey, seg_flow_node_value(node_of(sankey, node)), text);
	double width = seg_text_width(number, SEG_TEXT_SIZE) + separator_width();
	bool has_number =
		width + fmin(LEAST_NAME, seg_text_width(name, SEG_TEXT_SIZE)) <= room;

	SEG_TRY(seg_words_name(words, name, has_number ? room - width : room));
	if (has_number)
	{
		seg_svg_put(words, SEPARATOR);
		seg_svg_bytes(words, number);
	}
	return words->status;
}

static SegStatus
put_node_label(SankeyChart *sankey, int64_t node, SegAnchor anchor, double x,
               double y)
{
	double room = label_room(sankey, node_of(sankey, node)->column);
	SegSvg words = {.env = sankey->chart.env};

	if (room < SHORTEST_LABEL)
		return SEG_OK;
	SEG_TRY(write_node_label(sankey, node, room, &words));
	seg_svg_label(&sankey->chart.svg,
	              "ink halo",
	              x,
	              y,
	              anchor,
	              (SegText){words.bytes, words.length});
	return SEG_OK;
}

static SegStatus
put_flow_node(SankeyChart *sankey, int64_t node)
{
	int64_t column = node_of(sankey, node)->column;
	double height = node_height(sankey, node, sankey->scale);
	SegBox box = {column_x(sankey, column),
	              sankey->top[node],
	              NODE_WIDTH,
	              height};
	char class[SEG_CLASS_ROOM];
	bool is_end;

	seg_series_class(sankey->chart.options,
	                 node_of(sankey, node)->color,
	                 class);
	seg_svg_rect(&sankey->chart.svg, class, box);
	is_end = has_label_above(sankey, column)
	             ? !sankey->is_beside && is_last_column(sankey, column)
	             : column == 0;
	if (has_label_above(sankey, column))
		return put_node_label(sankey,
		                      node,
		                      is_end ? SEG_ANCHOR_END : SEG_ANCHOR_START,
		                      is_end ? box.x + NODE_WIDTH : box.x,
		                      box.y - SEG_GAP / 2);
	return put_node_label(sankey,
	                      node,
	                      is_end ? SEG_ANCHOR_END : SEG_ANCHOR_START,
	                      is_end ? box.x - SEG_GAP
	                             : box.x + NODE_WIDTH + SEG_GAP,
	                      box.y + height / 2 + SEG_TEXT_MIDDLE);
}

static int
compare_flow_values(const void *of, int64_t a, int64_t b)
{
	const SegFlows *flows = of;
	double x = flows->flows[a].value;
	double y = flows->flows[b].value;

	return x > y ? -1 : x < y;
}

/*
 * "Sankey diagram. gold to silver 120; silver to gold 80; and 3 more"
 */
static SegStatus
describe_flows(const SankeyChart *sankey, SegText *description)
{
	const SegFlows *flows = &sankey->flows;
	int64_t n = flows->flow_count;
	SegSvg words = {.env = sankey->chart.env};
	int64_t *order;

	SEG_ALLOC(sankey->chart.env, order, n + 1);
	for (int64_t i = 0; i < n; i++)
		order[i] = i;
	SEG_TRY(seg_sort(sankey->chart.env, order, n, compare_flow_values, flows));
	seg_svg_put(&words, "Sankey diagram. ");
	for (int64_t i = 0; i < n && i < MOST_DESCRIBED; i++)
	{
		SEG_TRY(write_flow(sankey, &flows->flows[order[i]], " to ", &words));
		seg_svg_put(&words, "; ");
	}
	seg_words_end_list(&words, n - MOST_DESCRIBED);
	return seg_words_end(&words, description);
}

/*
 * Colors from left to right and from top to bottom, one for each name.
 */
static SegStatus
color_nodes(SankeyChart *sankey)
{
	SegEnv *env = sankey->chart.env;
	SegFlows *flows = &sankey->flows;
	SegCountMap *names;

	SEG_TRY(seg_count_map_create(env, 1, &names));
	for (int64_t i = 0; i < flows->node_count; i++)
	{
		SegFlowNode *node = &flows->nodes[flows->order[i]];

		SEG_TRY(seg_count_map_insert(env,
		                             &names,
		                             node->name.bytes,
		                             node->name.length,
		                             &node->color));
	}
	sankey->chart.colors = names->n;
	return SEG_OK;
}

/*
 * There is nothing to see but that.
 */
static SegStatus
draw_no_flows(SankeyChart *sankey, SegText *svg)
{
	static const char words[] = "Nothing moves: all values are 0";
	const SegText text = {words, sizeof(words) - 1};

	sankey->plot.y = sankey->chart.top + SEG_TEXT_LINE;
	seg_chart_begin(&sankey->chart,
	                sankey->plot.y + 4 * SEG_TEXT_LINE + SEG_MARGIN,
	                text);
	SEG_TRY(seg_chart_put_label(&sankey->chart,
	                            text,
	                            SEG_ANCHOR_START,
	                            sankey->plot.y + SEG_TEXT_LINE));
	SEG_TRY(seg_chart_put_names(&sankey->chart,
	                            sankey->chart.options->x_label,
	                            sankey->chart.options->y_label,
	                            sankey->plot.y,
	                            sankey->skipped));
	return seg_chart_end(&sankey->chart, svg);
}

static SegStatus
draw_flows(SegEnv *env, const SegChartOptions *options, const SegCountMap *sums,
           int64_t skipped, bool has_steps, SegText *svg)
{
	SankeyChart sankey = {.skipped = skipped,
	                      .style = {.format = options->y_format,
	                                .unit = options->y_unit}};
	static const char *const used[] = {"x_label",
	                                   "y_label",
	                                   "y_unit",
	                                   "y_format",
	                                   "colors",
	                                   "label_order",
	                                   "sort",
	                                   "limit",
	                                   NULL};
	SegText description;

	SEG_TRY(seg_chart_check_used(env,
	                             options,
	                             has_steps ? "path_sankey_svg" : "sankey_svg",
	                             used));
	SEG_TRY(seg_chart_measure(env, options, NULL, 0, &sankey.chart));
	SEG_TRY(seg_flows_read(env, options, sums, has_steps, &sankey.flows));
	if (sankey.flows.flow_count == 0)
		return draw_no_flows(&sankey, svg);
	SEG_TRY(seg_flows_untangle(env, options, &sankey.flows));
	SEG_TRY(color_nodes(&sankey));
	SEG_TRY(measure_sankey(&sankey));
	SEG_TRY(describe_flows(&sankey, &description));
	seg_chart_begin(&sankey.chart, sankey.chart.height, description);
	SEG_TRY(put_ribbons(&sankey));
	for (int64_t i = 0; i < sankey.flows.node_count; i++)
		SEG_TRY(put_flow_node(&sankey, sankey.flows.order[i]));
	SEG_TRY(seg_chart_put_names(&sankey.chart,
	                            options->x_label,
	                            options->y_label,
	                            sankey.plot.y,
	                            sankey.skipped));
	return seg_chart_end(&sankey.chart, svg);
}

static SegStatus
draw_sankey(SegEnv *env, const SegChartOptions *options,
            const SegCountMap *sums, int64_t skipped, SegText *svg)
{
	return draw_flows(env, options, sums, skipped, false, svg);
}

static SegStatus
draw_path_sankey(SegEnv *env, const SegChartOptions *options,
                 const SegCountMap *sums, int64_t skipped, SegText *svg)
{
	return draw_flows(env, options, sums, skipped, true, svg);
}

const SegCellChart seg_sankey_chart = {.is_amount = true,
                                       .draw_sums = draw_sankey};
const SegCellChart seg_path_sankey_chart = {.is_amount = true,
                                            .draw_sums = draw_path_sankey};
