/*-------------------------------------------------------------------------
 *
 * tree_outline.c
 *	  The nodes of a decision tree that a picture has room for, and what each says.
 *
 * src/kernel/chart/tree_outline.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/tree_outline.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "draw/words.h"

/* Digits of a threshold: most have fewer, and all that count before the point. */
#define FEW_DIGITS  7
#define MOST_DIGITS 15

typedef struct Outlining
{
	SegEnv *env;
	const SegTreeOfModel *tree;
	int64_t root;
	bool *is_open; /* by node, from the root */
	int64_t steps;
	SegOutline *outline;
} Outlining;

static bool
is_leaf(const SegTree *model, int64_t node)
{
	return model->features[node] < 0;
}

/* ---------- what is below a node ---------- */

/*
 * Add the leaves below a node to the mean of those below another one, "of".
 */
static SegStatus
add_leaves_of(Outlining *o, int64_t node, int64_t of, double *scores,
              int64_t *leaves)
{
	const SegTree *model = o->tree->model;
	int64_t width = model->leaf_width;
	int64_t child = model->links[node];
	double weight;

	if (!is_leaf(model, node))
	{
		SEG_TRY(add_leaves_of(o, child, of, scores, leaves));
		return add_leaves_of(o, child + 1, of, scores, leaves);
	}
	weight = fmin(model->covers[node] / model->covers[of], 1);
	for (int64_t k = 0; k < width; k++)
		scores[k] += weight * model->values[model->links[node] * width + k];
	++*leaves;
	return seg_count_steps(o->env, &o->steps, width);
}

/*
 * The mean of the leaves below a node, and how many there are. A tree of a forest
 * holds its part of the mean of all trees.
 */
static SegStatus
mean_of_leaves(Outlining *o, int64_t node, double *scores, int64_t *leaves)
{
	const SegTree *model = o->tree->model;
	double trees = o->tree->adds_up ? 1 : (double) model->trees;

	memset(scores, 0, (size_t) model->leaf_width * sizeof(*scores));
	*leaves = 0;
	SEG_TRY(add_leaves_of(o, node, node, scores, leaves));
	for (int64_t k = 0; k < model->leaf_width; k++)
	{
		scores[k] *= trees;
		if (!isfinite(scores[k]))
			return seg_fail(o->env, SEG_NOT_FINITE, "mean of leaves", 0, 0);
	}
	return SEG_OK;
}

/* ---------- which nodes ---------- */

/* A split that is not open. */
typedef struct Closed
{
	int64_t node;
	double gain; /* what opening it takes away from the squared error */
} Closed;

typedef struct ClosedList
{
	Closed *splits;
	int64_t n;
	double *low; /* means of the two branches of a split */
	double *high;
} ClosedList;

static SegStatus
add_closed(Outlining *o, ClosedList *list, int64_t node)
{
	const SegTree *model = o->tree->model;
	int64_t child = model->links[node];
	double left, right, squares = 0;
	int64_t leaves;

	if (is_leaf(model, node))
		return SEG_OK;
	SEG_TRY(mean_of_leaves(o, child, list->low, &leaves));
	SEG_TRY(mean_of_leaves(o, child + 1, list->high, &leaves));
	for (int64_t k = 0; k < model->leaf_width; k++)
		squares +=
			(list->low[k] - list->high[k]) * (list->low[k] - list->high[k]);
	left = model->covers[child] / model->covers[o->root];
	right = model->covers[child + 1] / model->covers[o->root];
	list->splits[list->n++] =
		(Closed){node, left / (left + right) * right * squares};
	return SEG_OK;
}

/*
 * Take out the split that gains most; ties go to the lower node.
 */
static int64_t
take_best_split(ClosedList *list)
{
	int64_t best = 0;
	int64_t node;

	for (int64_t i = 1; i < list->n; i++)
	{
		const Closed *split = &list->splits[i];
		const Closed *other = &list->splits[best];

		if (split->gain > other->gain ||
		    (split->gain == other->gain && split->node < other->node))
			best = i;
	}
	node = list->splits[best].node;
	list->splits[best] = list->splits[--list->n];
	return node;
}

/*
 * Open the split that tells most, again and again, until so many nodes are shown
 * that are not open.
 */
static SegStatus
open_nodes(Outlining *o, int64_t most)
{
	const SegTree *model = o->tree->model;
	ClosedList list = {.n = 0};

	SEG_ALLOC(o->env, list.splits, most + 1);
	SEG_ALLOC(o->env, list.low, model->leaf_width);
	SEG_ALLOC(o->env, list.high, model->leaf_width);
	SEG_TRY(add_closed(o, &list, o->root));
	for (int64_t shown = 1; list.n > 0 && shown < most; shown++)
	{
		int64_t node;

		SEG_TRY(seg_count_steps(o->env, &o->steps, list.n));
		node = take_best_split(&list);
		o->is_open[node - o->root] = true;
		SEG_TRY(add_closed(o, &list, model->links[node]));
		SEG_TRY(add_closed(o, &list, model->links[node] + 1));
	}
	return SEG_OK;
}

/* ---------- rows ---------- */

static SegStatus
fill_row(Outlining *o, SegOutlineRow *row)
{
	const SegTree *model = o->tree->model;

	SEG_ALLOC(o->env, row->scores, model->leaf_width);
	row->share = fmin(model->covers[row->node] / model->covers[o->root], 1);
	return mean_of_leaves(o, row->node, row->scores, &row->leaves);
}

static SegStatus
list_outline(Outlining *o, int64_t node, int64_t parent, int depth)
{
	const SegTree *model = o->tree->model;
	SegOutline *outline = o->outline;
	int64_t at = outline->count++;
	SegOutlineRow *row = &outline->rows[at];

	*row = (SegOutlineRow){.node = node,
	                       .parent = parent,
	                       .depth = depth,
	                       .is_open = o->is_open[node - o->root]};
	SEG_TRY(fill_row(o, row));
	outline->deepest = depth > outline->deepest ? depth : outline->deepest;
	if (!row->is_open)
		return SEG_OK;
	SEG_TRY(list_outline(o, model->links[node], at, depth + 1));
	return list_outline(o, model->links[node] + 1, at, depth + 1);
}

SegStatus
seg_tree_outline(SegEnv *env, const SegTreeOfModel *tree, int64_t most,
                 SegOutline *outline)
{
	const SegTree *model = tree->model;
	Outlining o = {.env = env, .tree = tree, .outline = outline};

	o.root = tree->tree > 0 ? model->tree_ends[tree->tree - 1] : 0;
	*outline = (SegOutline){.count = 0};
	SEG_ALLOC(env, o.is_open, model->tree_ends[tree->tree] - o.root);
	SEG_ALLOC(env, outline->rows, 2 * most);
	SEG_TRY(open_nodes(&o, most));
	SEG_TRY(list_outline(&o, o.root, -1, 0));
	outline->leaves = outline->rows[0].leaves;
	return SEG_OK;
}

/* ---------- what a row says ---------- */

void
seg_outline_classes(const SegTreeOfModel *tree, const SegOutlineRow *row,
                    double *shares)
{
	int64_t classes = tree->model->class_count;

	if (classes == 2)
	{
		shares[1] = fmin(fmax(row->scores[0], 0), 1);
		shares[0] = 1 - shares[1];
		return;
	}
	for (int64_t k = 0; k < classes; k++)
		shares[k] = fmin(fmax(row->scores[k], 0), 1);
}

/*
 * A number in the fewest digits that are exactly it. A threshold lies between
 * numbers of rows, mostly in the middle, so few digits do; where they do not, it is
 * rounded behind the digit that tells whole numbers apart.
 */
static int64_t
print_threshold(double x, char *text)
{
	int whole = x == 0 ? 1 : (int) floor(log10(fabs(x))) + 1;
	int most = whole + 1 > FEW_DIGITS ? whole + 1 : FEW_DIGITS;
	int exponent;
	double mantissa;

	most = most < MOST_DIGITS ? most : MOST_DIGITS;
	for (int digits = 1;; digits++)
	{
		exponent = whole - digits;
		mantissa = rint(seg_scale_by_tens(x, -exponent));
		if (digits == most || seg_scale_by_tens(mantissa, exponent) == x)
			break;
	}
	while (exponent < 0 && fmod(mantissa, 10) == 0)
	{
		mantissa /= 10;
		exponent++;
	}
	return seg_print_decimal((int64_t) mantissa,
	                         exponent,
	                         &seg_plain_numbers,
	                         text);
}

static bool
may_be_missing(const SegTree *model, int32_t element)
{
	if (model->preparation.dim > 0 && !isnan(model->preparation.fills[element]))
		return false;
	return model->training_rows.dim > 0 &&
	       model->training_rows.missing[element] > 0;
}

/*
 * All numbers are up to the largest one, so such a split tells missing from there.
 */
static void
put_comparison(SegSvg *text, const SegTree *model, int64_t node, bool is_low)
{
	double threshold = model->thresholds[node];
	bool takes_missing = (model->missing_left[node] != 0) == is_low;
	char number[SEG_MAX_DIGITS];

	if (threshold == DBL_MAX)
	{
		seg_svg_put(text, takes_missing ? " is missing" : " is not missing");
		return;
	}
	seg_svg_put(text, is_low ? " \xE2\x89\xA4 " : " > ");
	seg_svg_bytes(text, (SegText){number, print_threshold(threshold, number)});
	if (takes_missing && may_be_missing(model, model->features[node]))
		seg_svg_put(text, " or missing");
}

static SegStatus
outline_name(SegEnv *env, const SegTreeOfModel *tree, int32_t element,
             SegText *name)
{
	SegSvg text = {.env = env};

	if (tree->names != NULL)
	{
		*name = tree->names[element];
		return SEG_OK;
	}
	seg_svg_put(&text, "v[");
	seg_words_count(&text, element + 1);
	seg_svg_put(&text, "]");
	return seg_words_end(&text, name);
}

SegStatus
seg_outline_rule(SegEnv *env, const SegTreeOfModel *tree,
                 const SegOutline *outline, const SegOutlineRow *row,
                 SegText *name, SegText *comparison)
{
	const SegTree *model = tree->model;
	SegSvg text = {.env = env};

	if (row->parent < 0)
		*name = (SegText){"all rows", 8};
	else
	{
		int64_t parent = outline->rows[row->parent].node;

		SEG_TRY(outline_name(env, tree, model->features[parent], name));
		put_comparison(&text, model, parent, row->node == model->links[parent]);
	}
	if (!row->is_open && row->leaves > 1)
	{
		seg_svg_put(&text, " \xE2\x80\xA6 ");
		seg_words_count(&text, row->leaves);
		seg_svg_put(&text, " leaves");
	}
	return seg_words_end(&text, comparison);
}
