/*-------------------------------------------------------------------------
 *
 * isolation_fmgr.c
 *	  SQL face of isolation forests: the aggregate isolation_train, and
 *	  outlier_score.
 *
 * src/fmgr/tree/isolation_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/tree/isolation.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(isolation_train, seg_isolation_trainer, trainer_rows);

/*
 * (model, vector)
 */
static inline Datum
outlier_score(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegMethod *method = &seg_isolation_method;
	const SegTree *model = model_open(fcinfo, 0, method, NULL);
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	double score;

	scoring_vector_missing(fcinfo, 1, type, method->title, model->dim, &view);
	segment_check(&env,
	              method->supervised->predict(&env, model, view.x, &score));
	PG_RETURN_FLOAT8(score);
}

SCORING_FUNCTIONS(outlier_score, outlier_score);
