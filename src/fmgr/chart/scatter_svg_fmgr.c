/*-------------------------------------------------------------------------
 *
 * scatter_svg_fmgr.c
 *	  SQL face of scatter plots: scatter_svg.
 *
 * src/fmgr/chart/scatter_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/bin_state.h"
#include "kernel/chart/scatter.h"

PG_FUNCTION_INFO_V1(segment_scatter_svg_combine);
PG_FUNCTION_INFO_V1(segment_scatter_svg_final);
PG_FUNCTION_INFO_V1(segment_grouped_scatter_svg_combine);
PG_FUNCTION_INFO_V1(segment_grouped_scatter_svg_final);

/* clang-format off */
BIN_TRANSITION(scatter_svg, .kind = SEG_BINS_SCATTER, .numbers = 2)
BIN_TRANSITION(scatter_svg_text, .kind = SEG_BINS_GROUPS, .numbers = 2,
               .has_series = true, .series = LABEL_IS_TEXT)
BIN_TRANSITION(scatter_svg_bigint, .kind = SEG_BINS_GROUPS, .numbers = 2,
               .has_series = true, .series = LABEL_IS_BIGINT)
/* clang-format on */

Datum
segment_scatter_svg_combine(PG_FUNCTION_ARGS)
{
	return bin_state_combine(fcinfo, SEG_BINS_SCATTER);
}

Datum
segment_scatter_svg_final(PG_FUNCTION_ARGS)
{
	return bin_state_final(fcinfo, SEG_BINS_SCATTER, seg_scatter_draw);
}

Datum
segment_grouped_scatter_svg_combine(PG_FUNCTION_ARGS)
{
	return bin_state_combine(fcinfo, SEG_BINS_GROUPS);
}

Datum
segment_grouped_scatter_svg_final(PG_FUNCTION_ARGS)
{
	return bin_state_final(fcinfo, SEG_BINS_GROUPS, seg_scatter_draw);
}
