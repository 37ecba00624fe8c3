/*-------------------------------------------------------------------------
 *
 * funnel_chart.h
 *	  Steps of a funnel, of all users or by series.
 *
 * src/kernel/chart/funnel_chart.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FUNNEL_CHART_H
#define SEG_KERNEL_FUNNEL_CHART_H

#include "kernel/chart/cells.h"

extern const SegCellChart seg_funnel_chart;
extern const SegCellChart seg_grouped_funnel_chart;

#endif /* SEG_KERNEL_FUNNEL_CHART_H */
