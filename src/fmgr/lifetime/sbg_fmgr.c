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
#include "pg/trainer_pg.h"

TRAINER(sbg_train, seg_sbg_trainer, trainer_rows);
TRAINER(sbg_train_contracts, seg_sbg_contracts_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_sbg_retention);
PG_FUNCTION_INFO_V1(segment_sbg_survival);
PG_FUNCTION_INFO_V1(segment_sbg_ltv);

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
 * (model, arpu, margin, discount_rate, horizon); NULL if it is infinite.
 */
Datum
segment_sbg_ltv(PG_FUNCTION_ARGS)
{
	const SegSbg *model = model_open(fcinfo, 0, &seg_sbg_method, NULL);
	SegSbgTerms terms = {PG_GETARG_FLOAT8(1),
	                     PG_GETARG_FLOAT8(2),
	                     PG_GETARG_FLOAT8(3),
	                     PG_GETARG_FLOAT8(4)};
	SegEnv env = segment_env(CurrentMemoryContext);
	double value;
	bool is_known;

	segment_check(&env, seg_sbg_ltv(&env, model, &terms, &value, &is_known));
	if (!is_known)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}
