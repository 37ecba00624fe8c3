/*-------------------------------------------------------------------------
 *
 * cox_fmgr.c
 *	  SQL face of Cox regression: the aggregate cox_train, and cox_survival.
 *
 * src/fmgr/survival/cox_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "kernel/survival/cox.h"
#include "pg/results.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(cox_train, seg_cox_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_cox_tests);

/* ---------- reading ---------- */

/*
 * One row per test: test, statistic, degrees of freedom, p-value.
 */
Datum
segment_cox_tests(PG_FUNCTION_ARGS)
{
	const SegCox *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_cox_method);
	const struct
	{
		const char *name;
		double statistic;
	} tests[] = {{"likelihood ratio", model->likelihood_ratio},
	             {"Wald", model->wald},
	             {"score", model->score}};

	result_begin(fcinfo);
	for (int i = 0; i < lengthof(tests); i++)
	{
		double p_value = seg_cox_p_value(model, tests[i].statistic);
		Datum values[4] = {CStringGetTextDatum(tests[i].name),
		                   Float8GetDatum(tests[i].statistic),
		                   Int32GetDatum((int32) model->rank),
		                   Float8GetDatum(p_value)};

		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}

/* ---------- scoring ---------- */

/*
 * (model, vector, time [, given])
 */
static inline Datum
score_survival(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegCox *model = model_open(fcinfo, 0, &seg_cox_method, NULL);
	SegEnv env = segment_env(CurrentMemoryContext);
	double time = PG_GETARG_FLOAT8(2);
	double given = PG_NARGS() > 3 ? PG_GETARG_FLOAT8(3) : -INFINITY;
	FeatureVectorView view;
	double hazard, share;

	scoring_vector(fcinfo, 1, type, seg_cox_trainer.title, model->dim, &view);
	if (unlikely(isnan(time) || isnan(given)))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("time is not a number"));
	segment_check(&env, seg_cox_hazard(&env, model, view.x, &hazard));
	if (!seg_cox_survival(model, hazard, given, time, &share))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(share);
}

SCORING_FUNCTIONS(cox_survival, score_survival);
