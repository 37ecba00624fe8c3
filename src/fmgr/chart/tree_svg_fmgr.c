/*-------------------------------------------------------------------------
 *
 * tree_svg_fmgr.c
 *	  SQL face of pictures of decision trees: tree_svg.
 *
 * src/fmgr/chart/tree_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/chart_options.h"
#include "fmgr/chart/chart_result.h"
#include "fmgr/chart/chart_texts.h"
#include "fmgr/tree/tree_models.h"
#include "kernel/chart/tree_chart.h"
#include "pg/model.h"

PG_FUNCTION_INFO_V1(segment_tree_svg);

/*
 * The number of a tree, from 0.
 */
static int64
tree_argument(FunctionCallInfo fcinfo, int argno, const SegTree *model)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int64 tree = PG_GETARG_INT64(argno);

	if (tree < 1 || tree > model->trees)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "number of the tree",
		                             (double) tree,
		                             1,
		                             (double) model->trees));
	return tree - 1;
}

/*
 * (model, options, tree, feature_names)
 */
Datum
segment_tree_svg(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const ModelValue *value = PG_GETARG_MODEL_P(0);
	const SegTree *model = tree_models_open(value);
	SegTreeOfModel tree = {.model = model,
	                       .adds_up =
	                           model_method(value) == &seg_boosting_method,
	                       .tree = tree_argument(fcinfo, 2, model)};
	SegChartOptions options;
	SegText svg;

	tree.names = chart_texts_argument(fcinfo, 3, "feature_names", model->dim);
	if (tree.names == NULL)
		tree.names = chart_texts_of_model(&model->feature_names);
	chart_options_from_jsonb(PG_GETARG_DATUM(1), &options);
	segment_check(&env, seg_tree_chart_draw(&env, &options, &tree, &svg));
	return chart_result(svg);
}
