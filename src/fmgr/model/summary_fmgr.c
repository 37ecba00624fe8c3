/*-------------------------------------------------------------------------
 *
 * summary_fmgr.c
 *	  SQL face of merging: the aggregate rollup, and what every mergeable
 *	  aggregate ends with.
 *
 * src/fmgr/model/summary_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_summary_merge);
PG_FUNCTION_INFO_V1(segment_summary_final);

/*
 * Transition of rollup, and combine of every mergeable aggregate.  The second
 * argument may be packed, and may die with its row.
 */
Datum
segment_summary_merge(PG_FUNCTION_ARGS)
{
	ModelValue *state = SUMMARY_ARG_STATE(0);

	if (PG_ARGISNULL(1))
		SEGMENT_RETURN_STATE(state);
	(void) segment_agg_context(fcinfo); /* we change the first argument */
	PG_RETURN_POINTER(summary_merge(state, PG_GETARG_MODEL_P(1)));
}

Datum
segment_summary_final(PG_FUNCTION_ARGS)
{
	ModelValue *state = SUMMARY_ARG_STATE(0);

	if (state == NULL)
		PG_RETURN_NULL(); /* no row was seen */
	PG_RETURN_POINTER(summary_final(state));
}
