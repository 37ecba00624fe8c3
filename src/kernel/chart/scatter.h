/*-------------------------------------------------------------------------
 *
 * scatter.h
 *	  Rows as points of a plane, or as cells that say how many there are.
 *
 * src/kernel/chart/scatter.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SCATTER_H
#define SEG_KERNEL_SCATTER_H

#include "kernel/chart/bins.h"

/* There is a row at least. */
extern SegStatus seg_scatter_draw(SegEnv *env, const SegChartOptions *options,
                                  const SegBins *bins, SegText *svg);

#endif /* SEG_KERNEL_SCATTER_H */
