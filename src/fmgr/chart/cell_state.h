/*-------------------------------------------------------------------------
 *
 * cell_state.h
 *	  The state of charts that show sums of a value by one or two labels.
 *
 * src/fmgr/chart/cell_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_CELL_STATE_H
#define SEGMENT_FMGR_CELL_STATE_H

#include "kernel/chart/cells.h"
#include "pg/count_state.h"

/*
 * For a state of another kind whose keys are pairs of texts as well: keep the
 * options, argument argno; find the words of a pair, which is added if it is new;
 * merge, with the numbers of rows that were skipped; read argument 0 with the options
 * of all rows, NULL if no row is shown.
 */
extern void
cell_state_keep_options(FunctionCallInfo fcinfo, int argno, CountState **state);
extern void *cell_state_add_pair(CountState **state, SegText a, SegText b);
extern Datum cell_state_combine(FunctionCallInfo fcinfo, uint32 kind,
                                int64 width, CountStateMerge merge);
extern const CountState *cell_state_read(FunctionCallInfo fcinfo, uint32 kind,
                                         int64 width, SegChartOptions *options);

/* The final function of such a chart; NULL if no row is shown. */
extern Datum
cell_state_final(FunctionCallInfo fcinfo, const SegCellChart *chart);

#endif /* SEGMENT_FMGR_CELL_STATE_H */
