/*-------------------------------------------------------------------------
 *
 * profile_weights_fmgr.c
 *	  SQL face of learned weights: the aggregate profile_weights_train,
 *	  profile_score by a model, and profile_weights.
 *
 * src/fmgr/prepare/profile_weights_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "kernel/prepare/profile_weights.h"
#include "pg/results.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(profile_weights_train, seg_profile_weights_trainer, trainer_rows);
TRAINER(profile_weights_regression_train,
        seg_profile_weights_regression_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_profile_weights);

/*
 * (model, vector)
 */
static inline Datum
score_profile(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegProfileWeights *model =
		model_open(fcinfo, 0, &seg_profile_weights_method, NULL);
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	SegStatus status;
	double score;

	scoring_vector_missing(fcinfo, 1, type, "profile_score", model->dim, &view);
	status = seg_profile_score(&env, model, view.x, &score);
	if (unlikely(status != SEG_OK))
		model_raise(PG_GETARG_MODEL_P(0), &env, status);
	PG_RETURN_FLOAT8(score);
}

SCORING_FUNCTIONS(profile_score_by_model, score_profile);

/*
 * One row per feature: feature, weight, direction, minimum, maximum, missing_as,
 * statistic.
 */
Datum
segment_profile_weights(PG_FUNCTION_ARGS)
{
	const SegProfileWeights *m =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_profile_weights_method);

	result_begin(fcinfo);
	for (int64 j = 0; j < m->dim; j++)
	{
		SegText name = {NULL, 0};
		const char *direction = m->less_is_better[j] ? "less" : "more";
		Datum values[7];
		bool nulls[7] = {[3] = isnan(m->minima[j]),
		                 [4] = isnan(m->maxima[j]),
		                 [5] = isnan(m->fills[j]),
		                 [6] = isnan(m->statistics[j])};

		if (m->names > 0)
			name = seg_texts_get(&m->feature_names, j);
		values[0] = result_feature(name, j);
		values[1] = Float8GetDatum(m->weights[j]);
		values[2] = CStringGetTextDatum(direction);
		values[3] = Float8GetDatum(m->minima[j]);
		values[4] = Float8GetDatum(m->maxima[j]);
		values[5] = Float8GetDatum(m->fills[j]);
		values[6] = Float8GetDatum(m->statistics[j]);
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
