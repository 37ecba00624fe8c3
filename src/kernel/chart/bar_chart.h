/*-------------------------------------------------------------------------
 *
 * bar_chart.h
 *	  Bars, one for each label, or one for each label and series.
 *
 * src/kernel/chart/bar_chart.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_BAR_CHART_H
#define SEG_KERNEL_BAR_CHART_H

#include "kernel/chart/cells.h"

extern const SegCellChart seg_bar_chart;

#endif /* SEG_KERNEL_BAR_CHART_H */
