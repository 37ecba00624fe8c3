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

/* The final function of such a chart: the state is argument 0. */
extern Datum
cell_state_final(FunctionCallInfo fcinfo, const SegCellChart *chart);

#endif /* SEGMENT_FMGR_CELL_STATE_H */
