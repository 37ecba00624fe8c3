/*-------------------------------------------------------------------------
 *
 * stability_fmgr.c
 *	  SQL face of population_stability, whose rows are collected as those of
 *	  lift_table.
 *
 * src/fmgr/evaluate/stability_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/evaluate/score_rows.h"
#include "kernel/evaluate/lift.h"
#include "kernel/evaluate/stability.h"

PG_FUNCTION_INFO_V1(segment_population_stability_trans);
PG_FUNCTION_INFO_V1(segment_population_stability_final);

/*
 * Transition: (state, is_current, value, n).
 */
Datum
segment_population_stability_trans(PG_FUNCTION_ARGS)
{
	RowSettings settings = {1, {"n"}, {0}};
	SegEnv env = segment_env(CurrentMemoryContext);
	double value;

	if (score_row_is_skipped(fcinfo))
		RETURN_STATE_UNCHANGED();
	value = PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_check_finite(&env, "value", value));
	settings.value[0] = argument_int32(fcinfo, 3, "n");
	segment_check(&env, seg_check_bins(&env, settings.value[0]));
	return score_rows_add(fcinfo, value, &settings);
}

Datum
segment_population_stability_final(PG_FUNCTION_ARGS)
{
	ScoreWork work;
	SegStatus status;
	double result;

	if (!score_work_begin(fcinfo, "population_stability", &work))
		PG_RETURN_NULL();
	status = seg_population_stability(&work.work.env,
	                                  &work.scores,
	                                  (int64) work.settings[0],
	                                  &result);
	if (status != SEG_UNDEFINED)
		segment_check(&work.work.env, status);
	score_work_end(&work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
