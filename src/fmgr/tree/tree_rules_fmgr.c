/*-------------------------------------------------------------------------
 *
 * tree_rules_fmgr.c
 *	  SQL face of models of trees: feature_importance and tree_rules, which list
 *	  what is in them.
 *
 * src/fmgr/tree/tree_rules_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>

#include "utils/builtins.h"

#include "fmgr/tree/rule_text.h"
#include "fmgr/tree/tree_models.h"
#include "kernel/tree/tree_rules.h"
#include "pg/encoding.h"
#include "pg/model.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_feature_importance);
PG_FUNCTION_INFO_V1(segment_tree_rules);

static SegText
element_name(const SegTree *model, int64 i)
{
	if (model->names == 0)
		return (SegText){NULL, 0};
	return seg_texts_get(&model->feature_names, i);
}

/*
 * One row per element: feature, gain, splits.
 */
Datum
segment_feature_importance(PG_FUNCTION_ARGS)
{
	const SegTree *model = tree_models_open(PG_GETARG_MODEL_P(0));
	int64 *splits = palloc(model->dim * sizeof(int64));
	double *gains = palloc(model->dim * sizeof(double));

	seg_tree_importance(model, splits, gains);
	result_begin(fcinfo);
	for (int64 j = 0; j < model->dim; j++)
	{
		Datum values[3] = {result_feature(element_name(model, j), j),
		                   Float8GetDatum(gains[j]),
		                   Int64GetDatum(splits[j])};

		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}

/* ---------- rules ---------- */

typedef struct RulesCall
{
	RowWriter writer;
	const SegTree *model;
	bool is_boosting;
	double cover; /* of the tree at hand */
	int64 tree;
	StringInfoData text;
} RulesCall;

static void
append_bound(RulesCall *call, int64 element, const char *comparison,
             double bound)
{
	const SegTexts *names = &call->model->feature_names;

	if (bound == DBL_MAX) /* all numbers are up to it */
		rule_append(&call->text,
		            names,
		            element,
		            *comparison == '>' ? "is missing" : "is not missing");
	else
		rule_append_bound(&call->text, names, element, comparison, bound);
}

/*
 * What a leaf predicts: of a boosted model what it adds to a score, otherwise a
 * number, or the most frequent class and its share.
 */
static double
leaf_prediction(const RulesCall *call, int64 node, int64 *class)
{
	const SegTree *model = call->model;
	const double *values =
		model->values + model->links[node] * model->leaf_width;
	double trees = (double) model->trees;
	int64 best = 0;

	*class = -1;
	if (call->is_boosting)
	{
		if (model->class_count > 2)
			*class = call->tree % model->scores;
		return values[0];
	}
	if (model->class_count == 0)
		return values[0] * trees;
	if (model->class_count == 2)
	{
		double share = Min(values[0] * trees, 1.0);

		*class = share > 0.5;
		return share > 0.5 ? share : 1.0 - share;
	}
	for (int64 k = 1; k < model->leaf_width; k++)
		best = values[k] > values[best] ? k : best;
	*class = best;
	return values[best] * trees;
}

static void
write_leaf(void *arg, const SegTreeRule *rule)
{
	RulesCall *call = arg;
	const SegTree *model = call->model;
	Datum values[6];
	bool nulls[6] = {false};
	int64 class;

	if (rule->leaf == 0)
	{
		int64 root = rule->tree > 0 ? model->tree_ends[rule->tree - 1] : 0;

		call->cover = model->covers[root];
	}
	call->tree = rule->tree;
	row_writer_begin(&call->writer);
	resetStringInfo(&call->text);
	for (int i = 0; i < rule->n; i++)
	{
		const SegTreeCondition *c = &rule->conditions[i];

		append_bound(call, c->element, ">", c->low);
		append_bound(call, c->element, "<=", c->high);
	}
	if (call->text.len == 0)
		appendStringInfoString(&call->text, "all");
	values[0] = Int64GetDatum(rule->tree + 1);
	values[1] = Int64GetDatum(rule->leaf + 1);
	values[2] = result_text((SegText){call->text.data, (int64) call->text.len});
	values[3] = Float8GetDatum(model->covers[rule->node] / call->cover);
	values[4] = Float8GetDatum(leaf_prediction(call, rule->node, &class));
	nulls[5] = class < 0;
	if (class >= 0)
		values[5] =
			result_text(text_from_utf8(seg_texts_get(&model->classes, class)));
	row_writer_end(&call->writer, values, nulls);
}

/*
 * One row per leaf: tree, leaf, rule, share, prediction, class.
 */
Datum
segment_tree_rules(PG_FUNCTION_ARGS)
{
	const ModelValue *value = PG_GETARG_MODEL_P(0);
	RulesCall call = {.model = tree_models_open(value),
	                  .is_boosting =
	                      model_method(value) == &seg_boosting_method};

	initStringInfo(&call.text);
	result_begin(fcinfo);
	call.writer = row_writer_open(fcinfo);
	seg_tree_each_rule(call.model, write_leaf, &call);
	row_writer_close(&call.writer);
	return (Datum) 0;
}
