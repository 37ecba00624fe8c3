/*-------------------------------------------------------------------------
 *
 * summary_fmgr.c
 *	  SQL face of merging: the aggregate rollup, and how an aggregate whose
 *	  state is a summary merges and ends.
 *
 * src/fmgr/model/summary_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "pg/rollup_state.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_summary_merge);
PG_FUNCTION_INFO_V1(segment_summary_final);
PG_FUNCTION_INFO_V1(segment_rollup_trans);
PG_FUNCTION_INFO_V1(segment_rollup_combine);
PG_FUNCTION_INFO_V1(segment_rollup_final);
PG_FUNCTION_INFO_V1(segment_rollup_subtract);

/*
 * Combine. The second argument may be packed, and may die with its row.
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

/* ---------- rollup ---------- */

Datum
segment_rollup_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	PG_RETURN_POINTER(rollup_state_add(rollup_state_argument(fcinfo, 0, true),
	                                   PG_GETARG_MODEL_P(1)));
}

Datum
segment_rollup_combine(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	PG_RETURN_POINTER(
		rollup_state_merge(rollup_state_argument(fcinfo, 0, true),
	                       rollup_state_argument(fcinfo, 1, false)));
}

Datum
segment_rollup_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(
		rollup_state_final(rollup_state_argument(fcinfo, 0, false)));
}

/*
 * NULL is the summary of no rows.
 */
Datum
segment_rollup_subtract(PG_FUNCTION_ARGS)
{
	ModelValue *rest;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(1))
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	rest = summary_subtract(PG_GETARG_MODEL_P(0), PG_GETARG_MODEL_P(1));
	if (rest == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(rest);
}
