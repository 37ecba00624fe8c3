/*-------------------------------------------------------------------------
 *
 * paretonbd_fmgr.c
 *	  SQL face of the Pareto/NBD model.
 *
 * src/fmgr/lifetime/paretonbd_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/paretonbd.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(paretonbd_train, seg_paretonbd_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_paretonbd_p_alive);
PG_FUNCTION_INFO_V1(segment_paretonbd_expected_purchases);

Datum
segment_paretonbd_p_alive(PG_FUNCTION_ARGS)
{
	const SegParetonbd *model =
		model_open(fcinfo, 0, &seg_paretonbd_method, NULL);
	double customer[SEG_PURCHASE_COLUMNS];

	scoring_numbers(fcinfo,
	                1,
	                SEG_PURCHASE_COLUMNS,
	                seg_purchases_check,
	                customer);
	PG_RETURN_FLOAT8(seg_paretonbd_p_alive(model, customer));
}

Datum
segment_paretonbd_expected_purchases(PG_FUNCTION_ARGS)
{
	const SegParetonbd *model =
		model_open(fcinfo, 0, &seg_paretonbd_method, NULL);
	double customer[SEG_PURCHASE_COLUMNS];
	double horizon = PG_GETARG_FLOAT8(4);
	SegEnv env = segment_env(CurrentMemoryContext);

	scoring_numbers(fcinfo,
	                1,
	                SEG_PURCHASE_COLUMNS,
	                seg_purchases_check,
	                customer);
	segment_check(&env, seg_check_input(&env, "horizon", horizon));
	PG_RETURN_FLOAT8(
		seg_paretonbd_p_alive(model, customer) *
		seg_paretonbd_purchases_if_alive(model, customer, horizon));
}
