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

/* There is a cell at least. */
extern SegStatus seg_bar_chart(SegEnv *env, const SegChartOptions *options,
                               const SegCells *cells, SegText *svg);

#endif /* SEG_KERNEL_BAR_CHART_H */
