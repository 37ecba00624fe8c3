/*-------------------------------------------------------------------------
 *
 * tree_rules.c
 *	  What is in a model of trees.
 *
 * src/kernel/tree/tree_rules.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_rules.h"

#include <math.h>
#include <string.h>

/*
 * The condition on an element, a new one if it has none yet.
 */
static SegTreeCondition *
condition_on(SegTreeRule *rule, int32_t element)
{
	for (int i = 0; i < rule->n; i++)
	{
		if (rule->conditions[i].element == element)
			return &rule->conditions[i];
	}
	rule->conditions[rule->n] =
		(SegTreeCondition){element, -INFINITY, INFINITY};
	return &rule->conditions[rule->n++];
}

static void
rules_below(const SegTree *model, int64_t node, SegTreeRule *rule,
            SegTreeRuleSeen seen, void *arg)
{
	int32_t element = model->features[node];
	SegTreeCondition *condition;
	SegTreeCondition before;
	int n = rule->n;

	if (element < 0)
	{
		rule->node = node;
		seen(arg, rule);
		rule->leaf++;
		return;
	}
	condition = condition_on(rule, element);
	before = *condition;
	condition->high = fmin(before.high, model->thresholds[node]);
	rules_below(model, model->links[node], rule, seen, arg);
	*condition = before;
	condition->low = fmax(before.low, model->thresholds[node]);
	rules_below(model, model->links[node] + 1, rule, seen, arg);
	*condition = before;
	rule->n = n;
}

void
seg_tree_each_rule(const SegTree *model, SegTreeRuleSeen seen, void *arg)
{
	int64_t root = 0;

	for (int64_t t = 0; t < model->trees; t++)
	{
		SegTreeRule rule = {.tree = t};

		rules_below(model, root, &rule, seen, arg);
		root = model->tree_ends[t];
	}
}

void
seg_tree_importance(const SegTree *model, int64_t *splits, double *gains)
{
	double total = 0.0;

	memset(splits, 0, (size_t) model->dim * sizeof(*splits));
	for (int64_t i = 0; i < model->nodes; i++)
	{
		if (model->features[i] >= 0)
			splits[model->features[i]]++;
	}
	for (int64_t j = 0; j < model->dim; j++)
		total += model->feature_gains[j];
	for (int64_t j = 0; j < model->dim; j++)
		gains[j] = total > 0.0 ? model->feature_gains[j] / total : 0.0;
}
