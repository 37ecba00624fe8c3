/*-------------------------------------------------------------------------
 *
 * bar_svg_fmgr.c
 *	  SQL face of bar charts: bar_svg.
 *
 * src/fmgr/chart/bar_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/cell_state.h"
#include "kernel/chart/bar_chart.h"

PG_FUNCTION_INFO_V1(segment_bar_svg_final);

Datum
segment_bar_svg_final(PG_FUNCTION_ARGS)
{
	return cell_state_final(fcinfo, &seg_bar_chart);
}
