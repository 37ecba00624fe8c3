/*-------------------------------------------------------------------------
 *
 * chart_memory.h
 *	  How large the state of a chart may be.
 *
 * src/fmgr/chart/chart_memory.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_CHART_MEMORY_H
#define SEGMENT_FMGR_CHART_MEMORY_H

#include "pg/segment_pg.h"

/* Refuse a state, a varlena, that takes more than segment.training_memory. */
static inline void
chart_memory_check(const void *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double got = (double) VARSIZE(state);
	double want = segment_training_memory * 1024.0;

	if (unlikely(got > want))
		segment_check(&env,
		              seg_fail(&env, SEG_CHART_MEMORY, "the chart", got, want));
}

#endif /* SEGMENT_FMGR_CHART_MEMORY_H */
