/*-------------------------------------------------------------------------
 *
 * calibration_fmgr.c
 *	  SQL face of calibration: the aggregate calibrate_train, and calibrate.
 *
 * src/fmgr/evaluate/calibration_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/evaluate/calibration.h"
#include "pg/trainer_pg.h"

TRAINER(calibrate_train, seg_calibration_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_calibrate);

Datum
segment_calibrate(PG_FUNCTION_ARGS)
{
	const SegCalibration *model =
		model_open(fcinfo, 0, &seg_calibration_method, NULL);
	double score = PG_GETARG_FLOAT8(1);
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_check_finite(&env, "score", score));
	PG_RETURN_FLOAT8(seg_calibrate(model, score));
}
