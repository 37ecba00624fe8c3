/*-------------------------------------------------------------------------
 *
 * cf_fmgr.c
 *	  SQL face of training recommenders: the aggregate cf_train.
 *
 * src/fmgr/recommend/cf_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/recommend/rating_store.h"
#include "kernel/recommend/cf.h"

TRAINER(cf_train, seg_cf_trainer, rating_rows);
