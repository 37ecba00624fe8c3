/*-------------------------------------------------------------------------
 *
 * sankey_chart.h
 *	  Moves from sources to targets, as ribbons, in one step or in several.
 *
 * src/kernel/chart/sankey_chart.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SANKEY_CHART_H
#define SEG_KERNEL_SANKEY_CHART_H

#include "kernel/chart/cells.h"

extern const SegCellChart seg_sankey_chart;
extern const SegCellChart seg_path_sankey_chart;

#endif /* SEG_KERNEL_SANKEY_CHART_H */
