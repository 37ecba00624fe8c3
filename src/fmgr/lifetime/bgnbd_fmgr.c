/*-------------------------------------------------------------------------
 *
 * bgnbd_fmgr.c
 *	  SQL face of the BG/NBD model; purchases_fmgr.c collects its rows.
 *
 * src/fmgr/lifetime/bgnbd_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/bgnbd.h"
#include "fmgr/lifetime/lifetime.h"
#include "pg/options_pg.h"

PG_FUNCTION_INFO_V1(segment_bgnbd_train_final);
PG_FUNCTION_INFO_V1(segment_bgnbd_p_alive);
PG_FUNCTION_INFO_V1(segment_bgnbd_expected_purchases);

Datum
segment_bgnbd_train_final(PG_FUNCTION_ARGS)
{
	LifetimeState *state = SEGMENT_ARG_STATE(0, LifetimeState);
	SegBgnbd model = {0};
	TrainingWork work;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = training_begin(&state->training);
	segment_check(&work.env,
	              seg_bgnbd_train(&work.env, work.rows, state->options, &model));
	lifetime_warn(fcinfo, &model.fit, seg_bgnbd_method.title);
	model.fit.rows_skipped = state->training.skipped;
	model.fit.version = training_version();
	model.options = options_to_text(seg_fit_options, state->options);
	PG_RETURN_POINTER(training_model(&work, &seg_bgnbd_method, &model));
}

Datum
segment_bgnbd_p_alive(PG_FUNCTION_ARGS)
{
	const SegBgnbd *model = model_open(fcinfo, 0, &seg_bgnbd_method, NULL);
	double customer[SEG_PURCHASE_COLUMNS];

	lifetime_arguments(fcinfo,
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

	lifetime_arguments(fcinfo,
	                   1,
	                   SEG_PURCHASE_COLUMNS,
	                   seg_purchases_check,
	                   customer);
	segment_check(&env, seg_check_input(&env, "horizon", horizon));
	PG_RETURN_FLOAT8(seg_bgnbd_p_alive(model, customer) *
	                 seg_bgnbd_purchases_if_alive(model, customer, horizon));
}
