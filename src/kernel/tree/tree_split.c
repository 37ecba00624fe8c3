/*-------------------------------------------------------------------------
 *
 * tree_split.c
 *	  The best way to divide the rows of a node in two.
 *
 * A leaf with value w changes the loss of its rows by G w + (H + l2) w^2 / 2,
 * G and H being sums of first and second derivatives, so the best w is
 * -G / (H + l2), and takes G^2 / (H + l2) away (twice the loss, in truth) [1].
 * For squared error that is the reduction of the sum of squares; for shares of
 * classes, summed over them, that of Gini's impurity.
 *
 * Where the bins next to a split hold no rows of the node, it goes through the
 * middle of them.
 *
 * Missing elements are tried on both sides. Where a node has none, they go to
 * the child with more rows.
 *
 * A monotone element needs the left value on the right side of the right one,
 * and values within the range that splits above leave; then the gain is that of
 * the values after clipping.
 *
 * [1] T. Chen and C. Guestrin, "XGBoost: a scalable tree boosting system"
 * (2016).
 *
 * src/kernel/tree/tree_split.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_split.h"

#include <string.h>

/* A gain below this share of its terms is rounding. */
#define ROUNDING 1e-14

#define ALWAYS_INLINE inline __attribute__((always_inline))

static ALWAYS_INLINE double
value_of_sum(const SegTreeData *data, const SegSplitRules *rules,
             const SegSum *sum, SegRange range)
{
	double total = seg_sum_h(data, sum) + rules->l2;
	double value = total > 0.0 ? -seg_sum_g(data, sum, 0) / total : 0.0;

	if (value < range.low)
		return range.low;
	return value > range.high ? range.high : value;
}

double
seg_split_value(const SegTreeData *data, const SegSplitRules *rules,
                const SegSum *sum, SegRange range)
{
	return value_of_sum(data, rules, sum, range);
}

/*
 * What a node with some sum takes away from the loss.
 */
static ALWAYS_INLINE double
reduction_of(const SegTreeData *data, const SegSplitRules *rules,
             const SegSum *sum, SegRange range)
{
	double total = seg_sum_h(data, sum) + rules->l2;
	double squares = 0.0;

	if (rules->monotone != NULL)
	{
		double value = value_of_sum(data, rules, sum, range);

		return -value * (2.0 * seg_sum_g(data, sum, 0) + total * value);
	}
	for (int64_t k = 0; k < data->outputs; k++)
	{
		double g = seg_sum_g(data, sum, k);

		squares += g * g;
	}
	return squares / total;
}

/* A way to divide a node, with what does not change between bins. */
typedef struct Trial
{
	const SegTreeData *data;
	const SegSplitRules *rules;
	const SegSum *node;
	SegRange range;
	double reduction; /* of the node as it is */
	int direction;    /* of the element, if it is monotone */
	SegSum *left;
	SegSum *right;
	SegSplit split; /* the one tried */
} Trial;

/*
 * Try left against the rest of the node.
 */
static ALWAYS_INLINE void
try_split(Trial *t, const SegSum *left, SegSplit *best)
{
	const SegTreeData *data = t->data;
	const SegSplitRules *rules = t->rules;
	int64_t left_rows = seg_sum_rows(data, left);
	double l, r;

	for (int64_t k = 0; k <= data->outputs; k++)
		t->right[k] = t->node[k] - left[k];
	if (left_rows < rules->min_leaf_rows ||
	    seg_sum_rows(data, t->right) < rules->min_leaf_rows ||
	    seg_sum_h(data, left) < rules->min_leaf_hessian ||
	    seg_sum_h(data, t->right) < rules->min_leaf_hessian)
		return;
	l = reduction_of(data, rules, left, t->range);
	r = reduction_of(data, rules, t->right, t->range);
	t->split.gain = l + r - t->reduction;
	if (!(t->split.gain > best->gain) ||
	    t->split.gain <= ROUNDING * (l + r + t->reduction))
		return;
	if (data->outputs == 1)
	{
		t->split.left_value = value_of_sum(data, rules, left, t->range);
		t->split.right_value = value_of_sum(data, rules, t->right, t->range);
	}
	if (t->direction == 0 ||
	    (t->split.right_value - t->split.left_value) * t->direction >= 0.0)
		*best = t->split;
}

/*
 * Where a node has no missing elements, the larger child gets those to come.
 */
static ALWAYS_INLINE bool
larger_is_left(const Trial *t)
{
	int64_t left_rows = seg_sum_rows(t->data, t->left);

	return 2 * left_rows >= seg_sum_rows(t->data, t->node);
}

static ALWAYS_INLINE void
split_element(const SegTreeData *data, const SegSplitRules *rules,
              int32_t element, const SegSum *sums, const SegSum *node,
              SegRange range, SegSum *scratch, SegSplit *best)
{
	int64_t width = data->outputs + 1;
	int32_t numbers = data->bins->numbers[element];
	const SegSum *missing = sums + numbers * width;
	bool any_missing =
		data->bins->missing[element] && seg_sum_rows(data, missing) > 0;
	SegSum *both = scratch + 2 * width;
	int32_t newest = -1; /* the best split so far, if the last bin made it */
	Trial t = {.data = data,
	           .rules = rules,
	           .node = node,
	           .range = range,
	           .left = scratch,
	           .right = scratch + width,
	           .split = {.element = element}};

	if (rules->monotone != NULL)
		t.direction = rules->monotone[element];
	t.reduction = reduction_of(data, rules, node, range);
	memset(t.left, 0, (size_t) width * sizeof(SegSum));
	for (int32_t b = 0; b < numbers; b++)
	{
		const SegSum *sum = sums + b * width;

		if (sum[data->outputs] == 0)
			continue;
		if (newest >= 0)
			best->bin = (newest + b - 1) / 2;
		newest = -1;
		if (b == numbers - 1 && !any_missing)
			break;
		for (int64_t k = 0; k < width; k++)
			t.left[k] += sum[k];
		t.split.bin = b;
		t.split.missing_left = !any_missing && larger_is_left(&t);
		try_split(&t, t.left, best);
		if (any_missing && b < numbers - 1)
		{
			for (int64_t k = 0; k < width; k++)
				both[k] = t.left[k] + missing[k];
			t.split.missing_left = true;
			try_split(&t, both, best);
		}
		if (best->gain > 0.0 && best->element == element && best->bin == b)
			newest = b;
	}
}

/*
 * Most trees have one output and no monotone element: where the compiler knows
 * that, a bin takes half the time.
 */
void
seg_split_element(const SegTreeData *data, const SegSplitRules *rules,
                  int32_t element, const SegSum *sums, const SegSum *node,
                  SegRange range, SegSum *scratch, SegSplit *best)
{
	if (data->outputs == 1 && rules->monotone == NULL)
	{
		SegTreeData one = *data;
		SegSplitRules plain = *rules;
		SegSum known[6];

		one.outputs = 1;
		plain.monotone = NULL;
		split_element(&one, &plain, element, sums, node, range, known, best);
	}
	else
		split_element(data, rules, element, sums, node, range, scratch, best);
}
