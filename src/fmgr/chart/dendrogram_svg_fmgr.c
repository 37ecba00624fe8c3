/*-------------------------------------------------------------------------
 *
 * dendrogram_svg_fmgr.c
 *	  SQL face of dendrograms: dendrogram_svg.
 *
 * src/fmgr/chart/dendrogram_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/chart_options.h"
#include "fmgr/chart/chart_result.h"
#include "fmgr/chart/chart_texts.h"
#include "kernel/chart/dendrogram.h"
#include "pg/model.h"

PG_FUNCTION_INFO_V1(segment_dendrogram_svg);

/*
 * (model, options, k, labels)
 */
Datum
segment_dendrogram_svg(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegHierarchical *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_hierarchical_method);
	SegDendrogram dendrogram = {.model = model, .clusters = PG_GETARG_INT64(2)};
	SegChartOptions options;
	SegText svg;

	dendrogram.labels =
		chart_texts_argument(fcinfo, 3, "labels", model->rows_used);
	chart_options_from_jsonb(PG_GETARG_DATUM(1), &options);
	segment_check(&env, seg_dendrogram_draw(&env, &options, &dendrogram, &svg));
	return chart_result(svg);
}
