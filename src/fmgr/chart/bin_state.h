/*-------------------------------------------------------------------------
 *
 * bin_state.h
 *	  The state of charts whose rows are counted in bins.
 *
 * src/fmgr/chart/bin_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_BIN_STATE_H
#define SEGMENT_FMGR_BIN_STATE_H

#include "kernel/chart/bins.h"
#include "pg/label.h"
#include "pg/segment_pg.h"

/* How a row is read: (state, x, [y,] [series,] [options]). */
typedef struct BinRow
{
	SegBinsKind kind;
	int numbers; /* 1, x, or 2 */
	bool has_series;
	LabelArgument series; /* its type */
} BinRow;

extern Datum bin_state_transit(FunctionCallInfo fcinfo, const BinRow *row);
extern Datum bin_state_combine(FunctionCallInfo fcinfo, SegBinsKind kind);

/* Draw the rows of the state, argument 0; NULL if there is none. */
typedef SegStatus (*BinsDraw)(SegEnv *env, const SegChartOptions *options,
                              const SegBins *bins, SegText *svg);
extern Datum
bin_state_final(FunctionCallInfo fcinfo, SegBinsKind kind, BinsDraw draw);

#define BIN_TRANSITION(name, ...) \
	PG_FUNCTION_INFO_V1(segment_##name##_trans); \
	Datum segment_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		static const BinRow row = {__VA_ARGS__}; \
		return bin_state_transit(fcinfo, &row); \
	}

#endif /* SEGMENT_FMGR_BIN_STATE_H */
