/*-------------------------------------------------------------------------
 *
 * softmax_fmgr.c
 *	  SQL face of softmax regression: softmax_train.
 *
 * predict_class(), coefficients() and the like read its models.
 *
 * src/fmgr/regression/softmax_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/regression/softmax.h"
#include "pg/trainer_pg.h"

TRAINER(softmax_train, seg_softmax_trainer, trainer_class_rows);
