/*-------------------------------------------------------------------------
 *
 * cells.h
 *	  Sums of values by two labels, as a chart shows them: in order, and no more
 *	  than a reader can take in.
 *
 * src/kernel/chart/cells.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CELLS_H
#define SEG_KERNEL_CELLS_H

#include "base/count_map.h"
#include "base/wide.h"
#include "kernel/chart/chart.h"

/*
 * Sums are a count map with a SegWide for each pair of labels, a row and a series.
 * A key that starts with SEG_CELLS_OTHER_KEY is something else that the host keeps.
 */
#define SEG_CELLS_OTHER_KEY UINT32_MAX
#define SEG_CELLS_WIDTH ((int64_t) (sizeof(SegWide) / sizeof(int64_t)))

/* Labels of one side; the last one stands for the others, if there are any. */
typedef struct SegCellLabels
{
	int64_t count;
	SegText *names;
	int64_t others;
} SegCellLabels;

typedef struct SegCells
{
	SegCellLabels rows;
	SegCellLabels series;
	double *values;  /* rows * series; missing: there is none */
	int64_t skipped; /* rows of the query with a NULL */
} SegCells;

static inline double
seg_cell(const SegCells *cells, int64_t row, int64_t series)
{
	return cells->values[row * cells->series.count + series];
}

/*
 * The largest rows, options->limit of them, in the order that the options want,
 * and the SEG_SERIES_MOST largest series, in the order of labels.
 */
extern bool seg_cells_is_pair(SegText key);
extern SegStatus
seg_cells_read(SegEnv *env, const SegCountMap *sums,
               const SegChartOptions *options, SegCells *cells);

#endif /* SEG_KERNEL_CELLS_H */
