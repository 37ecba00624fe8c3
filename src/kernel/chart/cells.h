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
#include "draw/chart.h"

/*
 * Sums are a count map with a SegWide for each pair of labels, a row and a series.
 * A key that starts with SEG_CELLS_OTHER_KEY is something else that the host keeps.
 */
#define SEG_CELLS_OTHER_KEY UINT32_MAX
#define SEG_CELLS_WIDTH     ((int64_t) (sizeof(SegWide) / sizeof(int64_t)))

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

extern bool seg_cells_is_pair(SegText key);

static inline double
seg_cell(const SegCells *cells, int64_t row, int64_t series)
{
	return cells->values[row * cells->series.count + series];
}

/*
 * The labels of a list, and the place of a label there; one that is not in it comes
 * behind all that are.
 */
extern SegStatus
seg_listed_labels(SegEnv *env, const SegTexts *list, SegCountMap **listed);
extern int64_t seg_listed_place(const SegCountMap *listed, SegText label);

/*
 * The place of each of these labels, which have a SegWide each, in a chart: the
 * largest ones, in order, and one for the others.
 */
extern SegStatus
seg_cell_labels_place(SegEnv *env, SegCountMap *totals, const SegTexts *first,
                      int64_t limit, SegCellLabels *labels, int64_t **place);

/* Refuse labels that are too many, where others cannot be added up. */
extern SegStatus
seg_cells_check_all(SegEnv *env, const SegCellLabels *labels, const char *what);

/*
 * A chart of cells. sort: of rows, unless the options have another one; the default
 * is whole numbers by value, and other labels the largest first.
 */
typedef struct SegCellChart
{
	SegChartSort sort;
	bool has_colors; /* of series, which are few then */
	bool is_amount;  /* no value is negative */
	SegStatus (*draw)(SegEnv *env, const SegChartOptions *options,
	                  const SegCells *cells, SegText *svg);
	/* instead, of a chart that reads the sums in its own way */
	SegStatus (*draw_sums)(SegEnv *env, const SegChartOptions *options,
	                       const SegCountMap *sums, int64_t skipped,
	                       SegText *svg);
} SegCellChart;

/* "7 others, added up" */
extern SegStatus
seg_cells_others_name(SegEnv *env, int64_t others, SegText *name);

/*
 * Draw the largest rows and series of the sums; there is a pair at least. skipped:
 * rows of the query with a NULL.
 */
extern SegStatus
seg_cell_chart_draw(SegEnv *env, const SegCellChart *chart,
                    const SegChartOptions *options, const SegCountMap *sums,
                    int64_t skipped, SegText *svg);

#endif /* SEG_KERNEL_CELLS_H */
