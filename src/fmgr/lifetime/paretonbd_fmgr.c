/*-------------------------------------------------------------------------
 *
 * paretonbd_fmgr.c
 *	  SQL face of the Pareto/NBD model; purchases_fmgr.c collects its rows.
 *
 * src/fmgr/lifetime/paretonbd_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/paretonbd.h"
#include "fmgr/lifetime/lifetime.h"
#include "pg/options_pg.h"

PG_FUNCTION_INFO_V1(segment_paretonbd_train_final);
PG_FUNCTION_INFO_V1(segment_paretonbd_p_alive);
PG_FUNCTION_INFO_V1(segment_paretonbd_expected_purchases);

Datum
segment_paretonbd_train_final(PG_FUNCTION_ARGS)
{
	LifetimeState *state = SEGMENT_ARG_STATE(0, LifetimeState);
	SegParetonbd model = {0};
	TrainingWork work;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = training_begin(&state->training);
	segment_check(&work.env,
	              seg_paretonbd_train(&work.env,
	                                  work.rows,
	                                  state->options,
	                                  &model));
	lifetime_warn(fcinfo, &model.fit, seg_paretonbd_method.title);
	model.fit.rows_skipped = state->training.skipped;
	model.fit.version = training_version();
	model.options = options_to_text(seg_fit_options, state->options);
	PG_RETURN_POINTER(training_model(&work, &seg_paretonbd_method, &model));
}

Datum
segment_paretonbd_p_alive(PG_FUNCTION_ARGS)
{
	const SegParetonbd *model =
		model_open(fcinfo, 0, &seg_paretonbd_method, NULL);
	double customer[SEG_PURCHASE_COLUMNS];

	lifetime_arguments(fcinfo,
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

	lifetime_arguments(fcinfo,
	                   1,
	                   SEG_PURCHASE_COLUMNS,
	                   seg_purchases_check,
	                   customer);
	segment_check(&env, seg_check_input(&env, "horizon", horizon));
	PG_RETURN_FLOAT8(
		seg_paretonbd_p_alive(model, customer) *
		seg_paretonbd_purchases_if_alive(model, customer, horizon));
}
