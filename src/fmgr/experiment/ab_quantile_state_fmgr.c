/*-------------------------------------------------------------------------
 *
 * ab_quantile_state_fmgr.c
 *	  SQL face of the outcomes of experiments: the aggregate ab_quantile_state,
 *	  and ab_winsorize.
 *
 * src/fmgr/experiment/ab_quantile_state_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/experiment/group_values_state.h"
#include "kernel/experiment/ab_quantile_state.h"
#include "pg/encoding.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_ab_quantile_state_final);
PG_FUNCTION_INFO_V1(segment_ab_winsorize);

/*
 * Final: the names of variants are ordered as the summary has them, in UTF-8.
 */
Datum
segment_ab_quantile_state_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegGroupValues values;
	SegAbQuantileState state;

	segment_check(&env,
	              seg_group_values_read(&env,
	                                    group_values_argument(fcinfo),
	                                    "variants",
	                                    SEG_AB_MAX_VARIANTS,
	                                    &values));
	for (int64 i = 0; i < values.groups; i++)
	{
		count_state_check_text(values.names[i]);
		values.names[i] = text_to_utf8(values.names[i]);
	}
	segment_check(&env, seg_group_values_order(&env, &values));
	segment_check(&env, seg_ab_quantile_state_make(&env, &values, &state));
	PG_RETURN_POINTER(
		summary_final(summary_make(&seg_ab_quantile_state_method, &state)));
}

/*
 * (state, quantile)
 */
Datum
segment_ab_winsorize(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAbQuantileState state;
	SegAbState result;

	summary_open(PG_GETARG_MODEL_P(0), &seg_ab_quantile_state_method, &state);
	segment_check(&env,
	              seg_ab_winsorize(&env, &state, PG_GETARG_FLOAT8(1), &result));
	PG_RETURN_POINTER(
		summary_final(summary_make(&seg_ab_state_method, &result)));
}
