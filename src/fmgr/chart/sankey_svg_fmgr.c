/*-------------------------------------------------------------------------
 *
 * sankey_svg_fmgr.c
 *	  SQL face of diagrams of moves: sankey_svg, path_sankey_svg.
 *
 * src/fmgr/chart/sankey_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/cell_state.h"
#include "kernel/chart/sankey_chart.h"

PG_FUNCTION_INFO_V1(segment_sankey_svg_final);
PG_FUNCTION_INFO_V1(segment_path_sankey_svg_final);

Datum
segment_sankey_svg_final(PG_FUNCTION_ARGS)
{
	return cell_state_final(fcinfo, &seg_sankey_chart);
}

Datum
segment_path_sankey_svg_final(PG_FUNCTION_ARGS)
{
	return cell_state_final(fcinfo, &seg_path_sankey_chart);
}
