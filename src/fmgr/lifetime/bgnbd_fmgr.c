/*-------------------------------------------------------------------------
 *
 * bgnbd_fmgr.c
 *	  SQL face of the BG/NBD model.
 *
 * src/fmgr/lifetime/bgnbd_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/bgnbd.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(bgnbd_train, seg_bgnbd_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_bgnbd_p_alive);
PG_FUNCTION_INFO_V1(segment_bgnbd_expected_purchases);

Datum
segment_bgnbd_p_alive(PG_FUNCTION_ARGS)
{
	const SegBgnbd *model = model_open(fcinfo, 0, &seg_bgnbd_method, NULL);
	double customer[SEG_PURCHASE_COLUMNS];

	scoring_numbers(fcinfo,
	                1,
	                SEG_PURCHASE_COLUMNS,
	                seg_purchases_check,
	                customer);
	PG_RETURN_FLOAT8(seg_bgnbd_p_alive(model, customer));
}

Datum
segment_bgnbd_expected_purchases(PG_FUNCTION_ARGS)
{
	const SegBgnbd *model = model_open(fcinfo, 0, &seg_bgnbd_method, NULL);
	double customer[SEG_PURCHASE_COLUMNS];
	double horizon = PG_GETARG_FLOAT8(4);
	SegEnv env = segment_env(CurrentMemoryContext);

	scoring_numbers(fcinfo,
	                1,
	                SEG_PURCHASE_COLUMNS,
	                seg_purchases_check,
	                customer);
	segment_check(&env, seg_check_input(&env, "horizon", horizon));
	PG_RETURN_FLOAT8(seg_bgnbd_p_alive(model, customer) *
	                 seg_bgnbd_purchases_if_alive(model, customer, horizon));
}
