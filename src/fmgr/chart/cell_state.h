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
 * For a state of another kind whose keys are pairs of labels as well: keep the
 * options, argument argno; merge, with the numbers of rows that were skipped; find
 * the options of all rows, bytes NULL: there are none.
 */
extern void
cell_state_keep_options(FunctionCallInfo fcinfo, int argno, CountState **state);
extern Datum cell_state_combine(FunctionCallInfo fcinfo, uint32 kind,
                                int64 width, CountStateMerge merge);
extern SegText cell_state_options(const SegCountMap *map);

/* The final function of such a chart: the state is argument 0. */
extern Datum
cell_state_final(FunctionCallInfo fcinfo, const SegCellChart *chart);

#endif /* SEGMENT_FMGR_CELL_STATE_H */
