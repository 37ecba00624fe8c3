/*-------------------------------------------------------------------------
 *
 * gamma_gamma_fmgr.c
 *	  SQL face of the gamma-gamma model.
 *
 * src/fmgr/lifetime/gamma_gamma_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/gamma_gamma.h"
#include "fmgr/lifetime/lifetime.h"

PG_FUNCTION_INFO_V1(segment_gamma_gamma_train_trans);
PG_FUNCTION_INFO_V1(segment_gamma_gamma_train_final);
PG_FUNCTION_INFO_V1(segment_gamma_gamma_expected_spend);

/* (state, frequency, monetary) */
Datum
segment_gamma_gamma_train_trans(PG_FUNCTION_ARGS)
{
	static const LifetimeArguments plain = {SEG_SPEND_COLUMNS,
	                                        0,
	                                        0,
	                                        seg_gamma_gamma_check};
	static const LifetimeArguments weighted = {SEG_SPEND_COLUMNS,
	                                           3,
	                                           0,
	                                           seg_gamma_gamma_check};

	return lifetime_trans(fcinfo, PG_NARGS() > 3 ? &weighted : &plain);
}

static void
warn_of_correlation(FunctionCallInfo fcinfo, const SegGammaGamma *model)
{
	if (fabs(model->correlation) > SEG_SPEND_CORRELATION &&
	    lifetime_is_first(fcinfo, LIFETIME_CORRELATED))
		ereport(WARNING,
		        errmsg("frequency and monetary value are correlated: %.2f",
		               model->correlation),
		        errdetail(
					"The gamma-gamma model assumes that spend per purchase "
					"does not depend on the number of purchases."));
}

Datum
segment_gamma_gamma_train_final(PG_FUNCTION_ARGS)
{
	LifetimeState *state = SEGMENT_ARG_STATE(0, LifetimeState);
	SegGammaGamma model = {0};
	TrainingWork work;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen that counts */

	work = training_begin(&state->training);
	segment_check(&work.env,
	              seg_gamma_gamma_train(&work.env, work.rows, &model));
	lifetime_warn(fcinfo, &model.fit, seg_gamma_gamma_method.title);
	warn_of_correlation(fcinfo, &model);
	model.fit.rows_skipped = state->training.skipped;
	model.fit.version = training_version();
	PG_RETURN_POINTER(training_model(&work, &seg_gamma_gamma_method, &model));
}

/*
 * (model, frequency, monetary); NULL if the mean is infinite.
 */
Datum
segment_gamma_gamma_expected_spend(PG_FUNCTION_ARGS)
{
	const SegGammaGamma *model =
		model_open(fcinfo, 0, &seg_gamma_gamma_method, NULL);
	double row[SEG_SPEND_COLUMNS];
	double mean;

	lifetime_arguments(fcinfo, 1, SEG_SPEND_COLUMNS, seg_gamma_gamma_check, row);
	if (!seg_gamma_gamma_expected(model, row, &mean))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(mean);
}
