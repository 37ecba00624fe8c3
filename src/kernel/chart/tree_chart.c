/*-------------------------------------------------------------------------
 *
 * tree_chart.c
 *	  A decision tree as an outline of rules.
 *
 * Each node is a row: the condition that leads to it, below that of the node it
 * comes from, and beside it how many rows it has and what they are like. A tree
 * whose boxes stand side by side needs a width that grows with its leaves; an
 * outline grows downwards, and reads well on a telephone.
 *
 * The bars of two branches are together as long as the bar of the node they come
 * from.
 *
 * src/kernel/chart/tree_chart.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/tree_chart.h"

#include <math.h>

#include "draw/chart_style.h"
#include "draw/lettering.h"
#include "draw/words.h"
#include "kernel/chart/tree_outline.h"

#define ROW_HEIGHT    24.0
#define SECOND_LINE   18.0 /* below the first, where a row has two */
#define WIDEST_INDENT 20.0
#define INDENTS \
	0.45 /* of the room beside the numbers, where these have a line */
#define EDGE          5.0 /* from the start of a text to the line below it */
#define BAR_HEIGHT    12.0
#define SHORTEST_BAR  48.0
#define LONGEST_BAR   0.35 /* of the chart */
#define WIDEST_CLASS  0.35 /* of the content */
#define WIDEST_NUMBER 0.5  /* which is not to be cut */
#define LEAST_NAME    24.0
#define PADDING       6.0
#define SWATCH        12.0
#define ROUNDING      1e-6 /* a mean this small beside the others is 0 */

/* The texts of a row. */
typedef struct RowTexts
{
	SegText name;
	SegText comparison;
	SegText share;
	SegText says;
	int64_t class; /* the most frequent one */
} RowTexts;

typedef struct TreeChart
{
	SegChart chart;
	const SegTreeOfModel *tree;
	const SegTree *model;
	SegOutline outline;
	RowTexts *texts;
	SegNumberStyle style;
	bool has_classes;
	int32_t *series; /* of each class */
	double low;      /* of the numbers of all rows */
	double high;
	SegText which_tree; /* empty: there is only one */
	SegText says_name;
	double indent;
	double rules; /* width of the rules */
	double share_width;
	double says_width;
	SegBox bar; /* of all rows: place and width */
	bool has_two_lines;
	double first; /* where the rows begin */
	double row_height;
} TreeChart;

static double
width_of(SegText text)
{
	return seg_text_width(text, SEG_TEXT_SIZE);
}

/*
 * To a tenth of a percent.
 */
static void
put_share(SegSvg *text, double share)
{
	static const SegNumberStyle percent = {.format = SEG_DIGITS_PERCENT};

	if (share > 0 && share < 0.0005)
		seg_svg_put(text, "< 0.1%");
	else
		seg_words_number(text, rint(share * 1000) / 1000, &percent);
}

/* ---------- classes ---------- */

/*
 * How many classes have a larger share of all rows, or the same and come first.
 */
static int64_t
rank_of_class(const double *shares, int64_t classes, int64_t class)
{
	int64_t rank = 0;

	for (int64_t k = 0; k < classes; k++)
		rank += shares[k] > shares[class] ||
		        (shares[k] == shares[class] && k < class);
	return rank;
}

/*
 * A series for each class; where there are too many, the largest have their own,
 * and the last is of all others.
 */
static SegStatus
make_class_series(SegEnv *env, TreeChart *t, SegText *names, int64_t *count)
{
	const SegTree *model = t->model;
	int64_t classes = model->class_count;
	int64_t own = seg_series_shown(classes);
	int64_t n = 0;
	double *shares;
	SegSvg others = {.env = env};

	SEG_ALLOC(env, shares, classes);
	SEG_ALLOC(env, t->series, classes);
	seg_outline_classes(t->tree, &t->outline.rows[0], shares);
	for (int64_t k = 0; k < classes; k++)
	{
		bool has_own = rank_of_class(shares, classes, k) < own;

		t->series[k] = (int32_t) (has_own ? n : own);
		if (has_own)
			names[n++] = seg_texts_get(&model->classes, k);
	}
	if (n < classes)
	{
		seg_words_count(&others, classes - n);
		seg_svg_put(&others, " others");
		SEG_TRY(seg_words_end(&others, &names[n++]));
	}
	*count = n;
	return SEG_OK;
}

/* ---------- texts ---------- */

static SegStatus
say_class(TreeChart *t, const SegOutlineRow *row, RowTexts *texts)
{
	SegEnv *env = t->chart.env;
	int64_t classes = t->model->class_count;
	double room = WIDEST_CLASS * t->chart.width / 2;
	SegSvg text = {.env = env};
	double *shares;

	SEG_ALLOC(env, shares, classes);
	seg_outline_classes(t->tree, row, shares);
	texts->class = 0;
	for (int64_t k = 1; k < classes; k++)
		texts->class = shares[k] > shares[texts->class] ? k : texts->class;
	SEG_TRY(seg_words_name(&text,
	                       seg_texts_get(&t->model->classes, texts->class),
	                       room));
	seg_svg_put(&text, " ");
	put_share(&text, shares[texts->class]);
	return seg_words_end(&text, &texts->says);
}

static SegStatus
say_number(TreeChart *t, const SegOutlineRow *row, RowTexts *texts)
{
	SegSvg text = {.env = t->chart.env};
	double number = row->scores[0];

	if (fabs(number) < fmax(fabs(t->low), fabs(t->high)) * ROUNDING)
		number = 0;
	if (t->tree->adds_up && number > 0)
		seg_svg_put(&text, "+");
	seg_words_number(&text, number, &t->style);
	return seg_words_end(&text, &texts->says);
}

static void
find_score_range(TreeChart *t)
{
	t->low = INFINITY;
	t->high = -INFINITY;
	for (int64_t i = 0; i < t->outline.count; i++)
	{
		t->low = fmin(t->low, t->outline.rows[i].scores[0]);
		t->high = fmax(t->high, t->outline.rows[i].scores[0]);
	}
}

static SegStatus
make_row_texts(TreeChart *t)
{
	SegEnv *env = t->chart.env;

	SEG_ALLOC(env, t->texts, t->outline.count);
	find_score_range(t);
	for (int64_t i = 0; i < t->outline.count; i++)
	{
		const SegOutlineRow *row = &t->outline.rows[i];
		RowTexts *texts = &t->texts[i];
		SegSvg share = {.env = env};

		SEG_TRY(seg_outline_rule(env,
		                         t->tree,
		                         &t->outline,
		                         row,
		                         &texts->name,
		                         &texts->comparison));
		put_share(&share, row->share);
		SEG_TRY(seg_words_end(&share, &texts->share));
		SEG_TRY(t->has_classes ? say_class(t, row, texts)
		                       : say_number(t, row, texts));
	}
	return SEG_OK;
}

/*
 * "tree 3 of 100", and what is said of each row.
 */
static SegStatus
make_heads(TreeChart *t)
{
	const SegTree *model = t->model;
	SegSvg which = {.env = t->chart.env};
	SegSvg says = {.env = t->chart.env};

	if (model->trees > 1)
	{
		seg_svg_put(&which, "tree ");
		seg_words_count(&which, t->tree->tree + 1);
		seg_svg_put(&which, " of ");
		seg_words_count(&which, model->trees);
	}
	if (t->chart.options->y_label.length > 0)
		seg_svg_bytes(&says, t->chart.options->y_label);
	else
		seg_svg_put(&says,
		            t->has_classes     ? "most frequent"
		            : t->tree->adds_up ? "adds"
		                               : "mean");
	if (t->tree->adds_up && model->class_count > 0)
	{
		/* of two classes, the score is that of the second */
		int64_t class =
			model->class_count > 2 ? t->tree->tree % model->scores : 1;

		seg_svg_put(&which, model->trees > 1 ? ", score of " : "score of ");
		seg_svg_bytes(&which, seg_texts_get(&model->classes, class));
	}
	SEG_TRY(seg_words_end(&which, &t->which_tree));
	return seg_words_end(&says, &t->says_name);
}

/* ---------- measuring ---------- */

/*
 * The width of rules in full.
 */
static double
widest_rule(const TreeChart *t, double indent)
{
	double widest = 0;

	for (int64_t i = 0; i < t->outline.count; i++)
		widest = fmax(widest,
		              indent * t->outline.rows[i].depth +
		                  width_of(t->texts[i].name) +
		                  width_of(t->texts[i].comparison));
	return widest;
}

static void
measure_outline(TreeChart *t)
{
	double content = t->chart.width - 2 * SEG_MARGIN;
	double beside = t->has_classes ? SWATCH + PADDING : 2 * PADDING;
	double rest, most;

	t->says_width = fmin(width_of(t->says_name), WIDEST_CLASS * content);
	for (int64_t i = 0; i < t->outline.count; i++)
	{
		t->says_width =
			fmax(t->says_width, beside + width_of(t->texts[i].says));
		t->share_width = fmax(t->share_width, width_of(t->texts[i].share));
	}
	t->says_width =
		fmin(t->says_width,
	         (t->has_classes ? WIDEST_CLASS : WIDEST_NUMBER) * content);
	rest = content - t->says_width - t->share_width - 3 * SEG_GAP;
	most = LONGEST_BAR * t->chart.width;
	t->indent = WIDEST_INDENT;
	t->rules = widest_rule(t, t->indent);
	t->has_two_lines = rest - t->rules < SHORTEST_BAR;
	t->bar.width = fmin(rest - t->rules, most);
	if (t->has_two_lines)
	{
		int levels = t->outline.deepest > 1 ? t->outline.deepest : 1;

		t->indent = fmin(WIDEST_INDENT, INDENTS * rest / levels);
		t->rules = content;
		t->bar.width = fmin(rest - t->indent * levels, most);
	}
	t->bar.x = t->chart.width - SEG_MARGIN - t->says_width - SEG_GAP -
	           t->share_width - SEG_GAP - t->bar.width;
	if (!t->has_two_lines)
		t->rules = t->bar.x - SEG_GAP - SEG_MARGIN;
}

static void
measure_rows(TreeChart *t)
{
	double rows = (double) t->outline.count;
	double least = ROW_HEIGHT + (t->has_two_lines ? SECOND_LINE : 0);

	t->first = t->chart.top + SEG_TEXT_LINE + SEG_GAP / 2 +
	           (t->which_tree.length > 0 ? SEG_TEXT_LINE : 0);
	t->row_height =
		fmax(least,
	         ((double) t->chart.options->height - t->first - SEG_MARGIN) /
	             rows);
	t->chart.height = t->first + t->row_height * rows + SEG_MARGIN;
}

/* ---------- drawing ---------- */

static double
rule_start(const TreeChart *t, const SegOutlineRow *row)
{
	return SEG_MARGIN + t->indent * row->depth;
}

/*
 * The middle of the first line of a row, and of the line with its numbers.
 */
static double
rule_line(const TreeChart *t, int64_t row)
{
	return t->first + t->row_height * (double) row + ROW_HEIGHT / 2;
}

static double
number_line(const TreeChart *t, int64_t row)
{
	return rule_line(t, row) + (t->has_two_lines ? SECOND_LINE : 0);
}

/*
 * The line from a node down, as far as its second branch, and to each branch.
 */
static void
put_edge(TreeChart *t, int64_t at)
{
	const SegOutlineRow *row = &t->outline.rows[at];
	bool is_second = row->parent >= 0 && row->parent != at - 1;
	double x, y = rule_line(t, at);

	if (row->parent < 0)
		return;
	x = rule_start(t, &t->outline.rows[row->parent]) +
	    fmin(EDGE, t->indent / 2);
	if (is_second)
		seg_svg_line(&t->chart.svg,
		             "axis",
		             x,
		             rule_line(t, row->parent) + SEG_TEXT_LINE / 2,
		             x,
		             y);
	seg_svg_line(&t->chart.svg,
	             "axis",
	             x,
	             y,
	             fmax(rule_start(t, row) - SEG_GAP / 2, x),
	             y);
}

/*
 * A name is cut before what is compared, which tells more.
 */
static SegStatus
put_rule_of_row(TreeChart *t, int64_t at)
{
	const SegOutlineRow *row = &t->outline.rows[at];
	const RowTexts *texts = &t->texts[at];
	double room = t->rules - t->indent * row->depth;
	double left = room - width_of(texts->comparison);
	SegSvg rule = {.env = t->chart.env};
	SegText text = texts->name;

	if (left >= LEAST_NAME)
		SEG_TRY(seg_text_fit(t->chart.env, text, SEG_TEXT_SIZE, left, &text));
	seg_svg_bytes(&rule, text);
	seg_svg_bytes(&rule, texts->comparison);
	SEG_TRY(seg_words_end(&rule, &text));
	SEG_TRY(seg_text_fit(t->chart.env, text, SEG_TEXT_SIZE, room, &text));
	seg_svg_label(&t->chart.svg,
	              "ink",
	              rule_start(t, row),
	              rule_line(t, at) + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              text);
	return SEG_OK;
}

/*
 * As long as the share of rows, with a part for each series of classes.
 */
static SegStatus
put_class_bar(TreeChart *t, const SegOutlineRow *row, SegBox box)
{
	int64_t classes = t->model->class_count;
	double parts[SEG_SERIES_MOST] = {0};
	double *shares;
	double all = 0;

	SEG_ALLOC(t->chart.env, shares, classes);
	seg_outline_classes(t->tree, row, shares);
	for (int64_t k = 0; k < classes; k++)
	{
		parts[t->series[k]] += shares[k];
		all += shares[k];
	}
	for (int64_t s = 0; s < t->chart.series_count; s++)
	{
		SegBox part = box;

		part.width = all > 0 ? box.width * (parts[s] / all) : 0;
		if (part.width > 0)
			seg_chart_series_rect(&t->chart, s, part);
		box.x += part.width;
	}
	return SEG_OK;
}

static SegRampClass
color_of_number(const TreeChart *t, double number)
{
	return seg_ramp_class(t->chart.ramp,
	                      seg_ramp_step(t->low, t->high, number));
}

static SegStatus
put_row_bar(TreeChart *t, int64_t at)
{
	const SegOutlineRow *row = &t->outline.rows[at];
	SegBox box = {t->bar.x,
	              number_line(t, at) - BAR_HEIGHT / 2,
	              t->bar.width * row->share,
	              BAR_HEIGHT};

	if (t->has_classes)
		return put_class_bar(t, row, box);
	seg_svg_rect(&t->chart.svg, color_of_number(t, row->scores[0]).fill, box);
	return SEG_OK;
}

/*
 * What the rows are like: in color where the tree goes no further.
 */
static SegStatus
put_says_of_row(TreeChart *t, int64_t at)
{
	const SegOutlineRow *row = &t->outline.rows[at];
	const RowTexts *texts = &t->texts[at];
	double y = number_line(t, at);
	double beside = t->has_classes ? SWATCH + PADDING : PADDING;
	double x = t->chart.width - SEG_MARGIN - t->says_width;
	const char *class = row->is_open ? "soft" : "ink";
	SegRampClass color;
	SegText says;

	if (t->has_classes && !row->is_open)
		seg_chart_series_rect(&t->chart,
		                      t->series[texts->class],
		                      (SegBox){x, y - SWATCH / 2, SWATCH, SWATCH});
	if (!t->has_classes && !row->is_open)
	{
		color = color_of_number(t, row->scores[0]);
		class = color.text;
		seg_svg_rect(&t->chart.svg,
		             color.fill,
		             (SegBox){x,
		                      y - SEG_TEXT_LINE / 2,
		                      t->says_width,
		                      SEG_TEXT_LINE});
	}
	SEG_TRY(seg_text_fit(t->chart.env,
	                     texts->says,
	                     SEG_TEXT_SIZE,
	                     t->says_width - beside,
	                     &says));
	seg_svg_label(&t->chart.svg,
	              class,
	              x + beside,
	              y + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_START,
	              says);
	return SEG_OK;
}

static SegStatus
put_tree_row(TreeChart *t, int64_t at)
{
	put_edge(t, at);
	SEG_TRY(put_rule_of_row(t, at));
	SEG_TRY(put_row_bar(t, at));
	seg_svg_label(&t->chart.svg,
	              "soft",
	              t->bar.x + t->bar.width + SEG_GAP + t->share_width,
	              number_line(t, at) + SEG_TEXT_MIDDLE,
	              SEG_ANCHOR_END,
	              t->texts[at].share);
	return put_says_of_row(t, at);
}

static SegStatus
put_head(TreeChart *t, SegText text, double x, double room, double y)
{
	SEG_TRY(seg_text_fit(t->chart.env, text, SEG_TEXT_SIZE, room, &text));
	if (text.length > 0)
		seg_svg_label(&t->chart.svg, "soft", x, y, SEG_ANCHOR_START, text);
	return SEG_OK;
}

static SegStatus
put_heads(TreeChart *t)
{
	double y = t->first - SEG_GAP;
	double right = t->chart.width - SEG_MARGIN;
	double room = t->bar.width + SEG_GAP + t->share_width;
	SegText shares = {"share of rows", 13};

	if (width_of(shares) > room)
		shares = (SegText){"rows", 4};

	SEG_TRY(put_head(t,
	                 t->which_tree,
	                 SEG_MARGIN,
	                 right - SEG_MARGIN,
	                 y - SEG_TEXT_LINE));
	SEG_TRY(put_head(t, shares, t->bar.x, room, y));
	return put_head(t, t->says_name, right - t->says_width, t->says_width, y);
}

/*
 * "Decision tree with 7 leaves. Split first by days_away."
 */
static SegStatus
describe_tree(const TreeChart *t, SegText *description)
{
	SegSvg text = {.env = t->chart.env};

	seg_svg_put(&text, "Decision tree with ");
	seg_words_count(&text, t->outline.leaves);
	seg_svg_put(&text, t->outline.leaves == 1 ? " leaf" : " leaves");
	if (t->outline.count > 1)
	{
		seg_svg_put(&text, ". Split first by ");
		seg_svg_bytes(&text, t->texts[1].name);
	}
	return seg_words_end(&text, description);
}

/* ---------- the whole ---------- */

/*
 * Colors are of classes, the unit is of numbers that the model predicts.
 */
static SegStatus
check_tree_options(SegEnv *env, const SegChartOptions *options,
                   const TreeChart *t)
{
	static const char *const of_classes[] = {"y_label", "colors", "limit", NULL};
	static const char *const of_scores[] = {"y_label", "limit", NULL};
	static const char *const of_numbers[] = {"y_label",
	                                         "y_unit",
	                                         "y_format",
	                                         "limit",
	                                         NULL};

	if (t->has_classes)
		return seg_chart_check_used(env,
		                            options,
		                            "tree_svg of classes",
		                            of_classes);
	if (t->model->class_count > 0 || t->model->link != SEG_LINK_IDENTITY)
		return seg_chart_check_used(env,
		                            options,
		                            "tree_svg of scores",
		                            of_scores);
	return seg_chart_check_used(env, options, "tree_svg of numbers", of_numbers);
}

static SegStatus
measure_tree(SegEnv *env, const SegChartOptions *options, TreeChart *t)
{
	SegText *names;
	int64_t count = 0;

	SEG_TRY(seg_tree_outline(env, t->tree, options->limit, &t->outline));
	SEG_ALLOC(env, names, SEG_SERIES_MOST);
	if (t->has_classes)
		SEG_TRY(make_class_series(env, t, names, &count));
	SEG_TRY(seg_chart_measure(env, options, names, count, &t->chart));
	SEG_TRY(make_row_texts(t));
	SEG_TRY(make_heads(t));
	if (!t->has_classes)
		t->chart.ramp = seg_ramp_for(&t->low, &t->high);
	measure_outline(t);
	measure_rows(t);
	return SEG_OK;
}

SegStatus
seg_tree_chart_draw(SegEnv *env, const SegChartOptions *options,
                    const SegTreeOfModel *tree, SegText *svg)
{
	TreeChart t = {.tree = tree,
	               .model = tree->model,
	               .has_classes =
	                   tree->model->class_count > 0 && !tree->adds_up,
	               .style = {.format = options->y_format,
	                         .unit = options->y_unit}};
	SegText description;

	SEG_TRY(check_tree_options(env, options, &t));
	SEG_TRY(measure_tree(env, options, &t));
	SEG_TRY(describe_tree(&t, &description));
	seg_chart_begin(&t.chart, t.chart.height, description);
	SEG_TRY(put_heads(&t));
	for (int64_t i = 0; i < t.outline.count; i++)
		SEG_TRY(put_tree_row(&t, i));
	return seg_chart_end(&t.chart, svg);
}
