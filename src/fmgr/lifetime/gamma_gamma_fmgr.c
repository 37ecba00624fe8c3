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
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(gamma_gamma_train, seg_gamma_gamma_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_gamma_gamma_expected_spend);

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

	scoring_numbers(fcinfo, 1, SEG_SPEND_COLUMNS, seg_gamma_gamma_check, row);
	if (!seg_gamma_gamma_expected(model, row, &mean))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(mean);
}
