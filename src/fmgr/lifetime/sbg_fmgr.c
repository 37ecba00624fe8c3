/*-------------------------------------------------------------------------
 *
 * sbg_fmgr.c
 *	  SQL face of the shifted-beta-geometric model.
 *
 * src/fmgr/lifetime/sbg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/sbg.h"
#include "fmgr/lifetime/lifetime.h"

PG_FUNCTION_INFO_V1(segment_sbg_train_trans);
PG_FUNCTION_INFO_V1(segment_sbg_train_contracts_trans);
PG_FUNCTION_INFO_V1(segment_sbg_train_final);
PG_FUNCTION_INFO_V1(segment_sbg_train_contracts_final);
PG_FUNCTION_INFO_V1(segment_sbg_retention);
PG_FUNCTION_INFO_V1(segment_sbg_survival);
PG_FUNCTION_INFO_V1(segment_sbg_ltv);

/* (state, period, alive_count) */
Datum
segment_sbg_train_trans(PG_FUNCTION_ARGS)
{
	static const LifetimeArguments arguments = {SEG_SBG_COLUMNS,
	                                            0,
	                                            0,
	                                            seg_sbg_check};

	return lifetime_trans(fcinfo, &arguments);
}

static bool
read_contract(FunctionCallInfo fcinfo, double *row)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return false;
	segment_check(&env,
	              seg_sbg_contract(&env,
	                               PG_GETARG_FLOAT8(1),
	                               PG_GETARG_BOOL(2),
	                               row));
	return true;
}

/* (state, duration, lost) */
Datum
segment_sbg_train_contracts_trans(PG_FUNCTION_ARGS)
{
	static const LifetimeArguments arguments = {.columns = SEG_CONTRACT_COLUMNS,
	                                            .read = read_contract};

	return lifetime_trans(fcinfo, &arguments);
}

typedef SegStatus (*Train)(SegEnv *env, SegRows *rows, SegSbg *model,
                           bool *is_known);

static Datum
train_final(FunctionCallInfo fcinfo, Train train)
{
	LifetimeState *state = SEGMENT_ARG_STATE(0, LifetimeState);
	SegSbg model = {0};
	TrainingWork work;
	bool is_known;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = training_begin(&state->training);
	segment_check(&work.env, train(&work.env, work.rows, &model, &is_known));
	if (!is_known)
	{
		training_end(&work);
		PG_RETURN_NULL();
	}
	lifetime_warn(fcinfo, &model.fit, seg_sbg_method.title);
	model.fit.rows_skipped = state->training.skipped;
	model.fit.version = training_version();
	PG_RETURN_POINTER(training_model(&work, &seg_sbg_method, &model));
}

Datum
segment_sbg_train_final(PG_FUNCTION_ARGS)
{
	return train_final(fcinfo, seg_sbg_train);
}

Datum
segment_sbg_train_contracts_final(PG_FUNCTION_ARGS)
{
	return train_final(fcinfo, seg_sbg_train_contracts);
}

static double
period_argument(FunctionCallInfo fcinfo, int argno, double low)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double n = PG_GETARG_FLOAT8(argno);

	segment_check(&env, seg_sbg_check_period(&env, n, low));
	return n;
}

Datum
segment_sbg_retention(PG_FUNCTION_ARGS)
{
	const SegSbg *model = model_open(fcinfo, 0, &seg_sbg_method, NULL);

	PG_RETURN_FLOAT8(seg_sbg_retention(model, period_argument(fcinfo, 1, 1.0)));
}

Datum
segment_sbg_survival(PG_FUNCTION_ARGS)
{
	const SegSbg *model = model_open(fcinfo, 0, &seg_sbg_method, NULL);

	PG_RETURN_FLOAT8(seg_sbg_survival(model, period_argument(fcinfo, 1, 0.0)));
}

/*
 * (model, arpu, margin, discount_rate); NULL if it is infinite.
 */
Datum
segment_sbg_ltv(PG_FUNCTION_ARGS)
{
	const SegSbg *model = model_open(fcinfo, 0, &seg_sbg_method, NULL);
	SegSbgTerms terms = {PG_GETARG_FLOAT8(1),
	                     PG_GETARG_FLOAT8(2),
	                     PG_GETARG_FLOAT8(3)};
	SegEnv env = segment_env(CurrentMemoryContext);
	double value;
	bool is_known;

	segment_check(&env, seg_sbg_ltv(&env, model, &terms, &value, &is_known));
	if (!is_known)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}
