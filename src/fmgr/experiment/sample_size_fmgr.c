/*-------------------------------------------------------------------------
 *
 * sample_size_fmgr.c
 *	  SQL face of sample sizes and power.
 *
 * src/fmgr/experiment/sample_size_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/experiment/sample_size.h"
#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_sample_size_proportion);
PG_FUNCTION_INFO_V1(segment_sample_size_mean);
PG_FUNCTION_INFO_V1(segment_sample_size_ratio);
PG_FUNCTION_INFO_V1(segment_power_proportion);
PG_FUNCTION_INFO_V1(segment_power_mean);

/*
 * (baseline, effect, ...)
 */
static SegEffect
share_arguments(FunctionCallInfo fcinfo, SegEnv *env)
{
	SegEffect effect;

	segment_check(env,
	              seg_effect_on_share(env,
	                                  PG_GETARG_FLOAT8(0),
	                                  PG_GETARG_FLOAT8(1),
	                                  &effect));
	return effect;
}

/*
 * (deviation, effect, ..., ..., correlation)
 */
static SegEffect
mean_arguments(FunctionCallInfo fcinfo, SegEnv *env)
{
	SegEffect effect;

	segment_check(env,
	              seg_effect_on_mean(env,
	                                 PG_GETARG_FLOAT8(0),
	                                 PG_GETARG_FLOAT8(1),
	                                 PG_GETARG_FLOAT8(4),
	                                 &effect));
	return effect;
}

static Datum
users_for(SegEnv *env, const SegEffect *effect, double power,
          double significance)
{
	int64_t users;

	segment_check(env,
	              seg_sample_size(env, effect, power, significance, &users));
	PG_RETURN_INT64(users);
}

static Datum
chance_of(SegEnv *env, const SegEffect *effect, int64 users,
          double significance)
{
	double power;

	segment_check(env, seg_power(env, effect, users, significance, &power));
	PG_RETURN_FLOAT8(power);
}

/*
 * (baseline, effect, power, significance)
 */
Datum
segment_sample_size_proportion(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegEffect effect = share_arguments(fcinfo, &env);

	return users_for(&env, &effect, PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3));
}

/*
 * (deviation, effect, power, significance, correlation)
 */
Datum
segment_sample_size_mean(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegEffect effect = mean_arguments(fcinfo, &env);

	return users_for(&env, &effect, PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3));
}

/*
 * (numerator_mean, numerator_deviation, denominator_mean, denominator_deviation,
 * correlation, effect, power, significance)
 */
Datum
segment_sample_size_ratio(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegRatioColumns columns = {PG_GETARG_FLOAT8(0),
	                           PG_GETARG_FLOAT8(1),
	                           PG_GETARG_FLOAT8(2),
	                           PG_GETARG_FLOAT8(3),
	                           PG_GETARG_FLOAT8(4)};
	SegEffect effect;

	segment_check(&env,
	              seg_effect_on_ratio(&env,
	                                  &columns,
	                                  PG_GETARG_FLOAT8(5),
	                                  &effect));
	return users_for(&env, &effect, PG_GETARG_FLOAT8(6), PG_GETARG_FLOAT8(7));
}

/*
 * (baseline, effect, users, significance)
 */
Datum
segment_power_proportion(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegEffect effect = share_arguments(fcinfo, &env);

	return chance_of(&env, &effect, PG_GETARG_INT64(2), PG_GETARG_FLOAT8(3));
}

/*
 * (deviation, effect, users, significance, correlation)
 */
Datum
segment_power_mean(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegEffect effect = mean_arguments(fcinfo, &env);

	return chance_of(&env, &effect, PG_GETARG_INT64(2), PG_GETARG_FLOAT8(3));
}
