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
#include "utils/memutils.h"

#include "kernel/survival/cox.h"
#include "kernel/survival/duration.h"
#include "pg/model.h"
#include "pg/options_pg.h"
#include "pg/results.h"
#include "pg/training.h"

PG_FUNCTION_INFO_V1(segment_cox_train_trans);
PG_FUNCTION_INFO_V1(segment_cox_train_array_trans);
PG_FUNCTION_INFO_V1(segment_cox_train_final);
PG_FUNCTION_INFO_V1(segment_cox_tests);
PG_FUNCTION_INFO_V1(segment_cox_survival);
PG_FUNCTION_INFO_V1(segment_cox_survival_array);

#define METHOD "Cox regression"

/* ---------- training: (state, duration, event, vector [, options]) --------- */

typedef struct CoxState
{
	TrainingRows training;
	const SegCoxParams *options;
	int64 most_rows; /* of which the kernel can make its copy */
} CoxState;

/*
 * The first row that counts fixes the dimension, and may break a limit.
 */
static void
cox_start_store(FunctionCallInfo fcinfo, CoxState *state, int dim)
{
	MemoryContext context = segment_agg_context(fcinfo);
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_cox_check(&env, state->options, dim));
	model_check_size((Size) dim * dim * sizeof(double), "Use shorter vectors.");
	state->training.store = rowstore_create(context, dim, SEG_COX_EXTRA, 0);
	state->most_rows =
		(int64) segment_training_memory * 1024 / seg_cox_row_bytes(dim);
}

/*
 * Refuse a row for which there would be no room in the end: sooner is better.
 */
static void
check_room(const CoxState *state)
{
	SegEnv env;

	if (likely(rowstore_count(state->training.store) < state->most_rows))
		return;
	env = segment_env(CurrentMemoryContext);
	segment_check(&env,
	              seg_fail(&env,
	                       SEG_MEMORY_LIMIT,
	                       METHOD,
	                       (double) rowstore_count(state->training.store),
	                       (double) state->most_rows));
}

static inline Datum
cox_train_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	CoxState *state = SEGMENT_ARG_STATE(0, CoxState);
	const SegCoxParams *options =
		training_options(fcinfo, 4, seg_cox_options, sizeof(SegCoxParams));
	SegEnv env = segment_env(CurrentMemoryContext);
	double extra[SEG_COX_EXTRA];
	FeatureVectorView view;

	if (state == NULL)
	{
		state = MemoryContextAllocZero(segment_agg_context(fcinfo),
		                               sizeof(CoxState));
		state->options = options;
	}
	else if (state->options != options)
		training_changed("options");

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) ||
	    !training_argument(fcinfo, 3, type, METHOD, &view))
	{
		state->training.skipped++;
		PG_RETURN_POINTER(state);
	}
	extra[SEG_COX_DURATION] = PG_GETARG_FLOAT8(1);
	extra[SEG_COX_EVENT] = PG_GETARG_BOOL(2) ? 1.0 : 0.0;
	segment_check(&env, seg_check_duration(&env, &extra[SEG_COX_DURATION]));
	if (state->training.store == NULL)
		cox_start_store(fcinfo, state, view.dim);
	check_room(state);
	training_append(&state->training, &view, extra);
	PG_RETURN_POINTER(state);
}

Datum
segment_cox_train_trans(PG_FUNCTION_ARGS)
{
	return cox_train_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_cox_train_array_trans(PG_FUNCTION_ARGS)
{
	return cox_train_trans(fcinfo, VECTOR_IS_ARRAY);
}

static void
cox_warn_unless_converged(const SegCox *model, int64 runaway)
{
	if (model->converged != 0)
		return;
	ereport(WARNING,
	        errmsg_plural("Cox regression did not converge in %lld iteration",
	                      "Cox regression did not converge in %lld iterations",
	                      (unsigned long) model->iterations,
	                      (long long) model->iterations),
	        runaway > 0
	            ? errdetail("The coefficient of element %lld may be infinite: "
	                        "it still grows, but the likelihood does not.",
	                        (long long) runaway)
	            : 0,
	        runaway > 0
	            ? errhint("See whether the element tells those with an event "
	                      "from those without.")
	            : errhint(
					  "Raise the option \"max_iterations\" or \"tolerance\"."));
}

Datum
segment_cox_train_final(PG_FUNCTION_ARGS)
{
	CoxState *state = SEGMENT_ARG_STATE(0, CoxState);
	SegCox model = {0};
	TrainingWork work;
	int64_t runaway;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = training_begin(&state->training);
	segment_check(&work.env,
	              seg_cox_train(&work.env,
	                            work.rows,
	                            state->options,
	                            &model,
	                            &runaway));
	cox_warn_unless_converged(&model, runaway);
	model.rows_skipped = state->training.skipped;
	model.options = options_to_text(seg_cox_options, state->options);
	model.version = training_version();
	model_check_size((Size) model.event_times * 2 * sizeof(double),
	                 "Round the durations, for example to whole days.");
	PG_RETURN_POINTER(training_model(&work, &seg_cox_method, &model));
}

/* ---------- reading ---------- */

/*
 * One row a test: test, statistic, degrees of freedom, p-value.
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
survival(FunctionCallInfo fcinfo, VectorArgument type)
{
	const SegCox *model = model_open(fcinfo, 0, &seg_cox_method, NULL);
	SegEnv env = segment_env(CurrentMemoryContext);
	double time = PG_GETARG_FLOAT8(2);
	double given = PG_NARGS() > 3 ? PG_GETARG_FLOAT8(3) : -INFINITY;
	FeatureVectorView view;
	double hazard, share;

	(void) training_argument(fcinfo, 1, type, METHOD, &view);
	if (unlikely(view.dim != model->dim))
		model_bad_row(view.dim, model->dim);
	if (unlikely(isnan(time) || isnan(given)))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("time is not a number"));
	segment_check(&env, seg_cox_hazard(&env, model, view.x, &hazard));
	if (!seg_cox_survival(model, hazard, given, time, &share))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(share);
}

Datum
segment_cox_survival(PG_FUNCTION_ARGS)
{
	return survival(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_cox_survival_array(PG_FUNCTION_ARGS)
{
	return survival(fcinfo, VECTOR_IS_ARRAY);
}
