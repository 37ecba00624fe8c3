/*-------------------------------------------------------------------------
 *
 * heatmap_svg_fmgr.c
 *	  SQL face of heat maps: heatmap_svg.
 *
 * src/fmgr/chart/heatmap_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/cell_state.h"
#include "kernel/chart/heat_map.h"

PG_FUNCTION_INFO_V1(segment_heatmap_svg_final);

Datum
segment_heatmap_svg_final(PG_FUNCTION_ARGS)
{
	return cell_state_final(fcinfo, &seg_heat_map);
}
