/*-------------------------------------------------------------------------
 *
 * regression_fmgr.c
 *	  SQL face of generalized linear models: linear_train, logistic_train,
 *	  poisson_train, gamma_train.
 *
 * predict() and coefficients() read them.
 *
 * src/fmgr/regression/regression_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/regression/regression.h"
#include "pg/trainer_pg.h"

TRAINER(linear_train, seg_linear_trainer, trainer_rows);
TRAINER(logistic_train, seg_logistic_trainer, trainer_rows);
TRAINER(poisson_train, seg_poisson_trainer, trainer_rows);
TRAINER(gamma_train, seg_gamma_trainer, trainer_rows);
