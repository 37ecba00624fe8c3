/*-------------------------------------------------------------------------
 *
 * bandit_fmgr.c
 *	  SQL face of bandits: thompson_sample, ucb1 and bandit_allocate.
 *
 * src/fmgr/policy/bandit_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/policy/bandit.h"
#include "pg/float_array.h"
#include "pg/label.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_thompson_sample);
PG_FUNCTION_INFO_V1(segment_ucb1);
PG_FUNCTION_INFO_V1(segment_bandit_allocate);

/*
 * (successes, failures, seed, key)
 */
Datum
segment_thompson_sample(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	LabelView key;
	double share;

	(void) label_argument(fcinfo, 3, LABEL_IS_TEXT, &key);
	segment_check(&env,
	              seg_thompson_sample(&env,
	                                  PG_GETARG_FLOAT8(0),
	                                  PG_GETARG_FLOAT8(1),
	                                  PG_GETARG_INT64(2),
	                                  key.text,
	                                  &share));
	PG_RETURN_FLOAT8(share);
}

/*
 * (successes, trials, total)
 */
Datum
segment_ucb1(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double bound;

	segment_check(&env,
	              seg_ucb1(&env,
	                       PG_GETARG_FLOAT8(0),
	                       PG_GETARG_INT64(1),
	                       PG_GETARG_INT64(2),
	                       &bound));
	PG_RETURN_FLOAT8(bound);
}

/*
 * (successes, trials)
 */
Datum
segment_bandit_allocate(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FloatArray successes = float_array_argument(fcinfo, 0, "successes");
	FloatArray trials = float_array_argument(fcinfo, 1, "trials");
	double shares[SEG_MAX_CONTESTANTS];

	if (successes.n != trials.n)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_BAD_DIM,
		                       "successes and trials",
		                       trials.n,
		                       successes.n));
	if (trials.n < 1 || trials.n > SEG_MAX_CONTESTANTS)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "number of variants",
		                             trials.n,
		                             1,
		                             SEG_MAX_CONTESTANTS));
	segment_check(&env,
	              seg_bandit_allocate(&env,
	                                  successes.x,
	                                  trials.x,
	                                  trials.n,
	                                  shares));
	return result_float8_array(shares, trials.n);
}
