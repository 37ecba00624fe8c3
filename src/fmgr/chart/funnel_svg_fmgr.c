/*-------------------------------------------------------------------------
 *
 * funnel_svg_fmgr.c
 *	  SQL face of funnels: funnel_svg, grouped_funnel_svg.
 *
 * src/fmgr/chart/funnel_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/cell_state.h"
#include "kernel/chart/funnel_chart.h"

PG_FUNCTION_INFO_V1(segment_funnel_svg_final);
PG_FUNCTION_INFO_V1(segment_grouped_funnel_svg_final);

Datum
segment_funnel_svg_final(PG_FUNCTION_ARGS)
{
	return cell_state_final(fcinfo, &seg_funnel_chart);
}

Datum
segment_grouped_funnel_svg_final(PG_FUNCTION_ARGS)
{
	return cell_state_final(fcinfo, &seg_grouped_funnel_chart);
}
