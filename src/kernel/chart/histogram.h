/*-------------------------------------------------------------------------
 *
 * histogram.h
 *	  Bars that say how many rows have values in a range.
 *
 * src/kernel/chart/histogram.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_HISTOGRAM_H
#define SEG_KERNEL_HISTOGRAM_H

#include "kernel/chart/bins.h"

/* There is a row at least. */
extern SegStatus seg_histogram_draw(SegEnv *env, const SegChartOptions *options,
                                    const SegBins *bins, SegText *svg);

#endif /* SEG_KERNEL_HISTOGRAM_H */
