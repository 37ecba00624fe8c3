/*-------------------------------------------------------------------------
 *
 * linucb_fmgr.c
 *	  SQL face of bandits with contexts: the aggregate linucb_state, and
 *	  linucb_score, linear_thompson_sample and linucb_coefficients.
 *
 * src/fmgr/policy/linucb_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "kernel/policy/linucb.h"
#include "pg/label.h"
#include "pg/results.h"
#include "pg/scoring.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_linucb_state_final);
PG_FUNCTION_INFO_V1(segment_linucb_coefficients);

#define METHOD         (&seg_linucb_state_method)
#define TITLE          "LinUCB"
#define DEFAULT_LAMBDA 1.0

/*
 * Transition: (state, context, reward [, lambda]); a row without context or reward
 * is skipped. Adding changes the sums in place, or replaces them by larger ones.
 */
static inline Datum
linucb_trans(FunctionCallInfo fcinfo, VectorArgument type, bool is_flag)
{
	ModelValue *state = SUMMARY_ARG_STATE(0);
	SegEnv env = segment_env(CurrentMemoryContext);
	double lambda = DEFAULT_LAMBDA;
	SegLinucbState value;
	FeatureVectorView view;
	const int64_t *products;
	double reward;

	(void) segment_agg_context(fcinfo); /* we change the first argument */
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		SEGMENT_RETURN_STATE(state);
	(void) argument_vector(fcinfo, 1, type, TITLE, NULL, &view);
	if (PG_NARGS() > 3)
		lambda = argument_float8(fcinfo, 3, "lambda");
	if (state == NULL)
		segment_check(&env, seg_linucb_create(&env, view.dim, lambda, &value));
	else
		summary_open(state, METHOD, &value);
	if (unlikely(value.lambda != lambda))
		segment_changed("lambda", "GROUP BY it to get one state for each.");
	if (unlikely(view.dim != value.dim))
		argument_bad_dim(view.dim, (int) value.dim);
	products = value.products;
	reward = is_flag ? (double) PG_GETARG_BOOL(2) : PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_linucb_add(&env, &value, view.x, reward));
	if (state == NULL)
		state = summary_make(METHOD, &value);
	else if (value.products == products)
		summary_write_slots(state, METHOD, &value);
	else
		state = summary_store(state, METHOD, &value);
	PG_RETURN_POINTER(state);
}

#define LINUCB_TRANSITION(symbol, ...) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) \
	{ \
		return linucb_trans(fcinfo, __VA_ARGS__); \
	}

LINUCB_TRANSITION(segment_linucb_state_trans, VECTOR_IS_FEATURE_VECTOR, false)
LINUCB_TRANSITION(segment_linucb_state_array_trans, VECTOR_IS_ARRAY, false)
LINUCB_TRANSITION(segment_linucb_state_flag_trans, VECTOR_IS_FEATURE_VECTOR,
                  true)
LINUCB_TRANSITION(segment_linucb_state_array_flag_trans, VECTOR_IS_ARRAY, true)

/*
 * Final: the one form that a state of these rows has.
 */
Datum
segment_linucb_state_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegLinucbState value, result;

	summary_open(PG_GETARG_MODEL_P(0), METHOD, &value);
	segment_check(&env, seg_linucb_copy(&env, &value, &result));
	PG_RETURN_POINTER(summary_final(summary_make(METHOD, &result)));
}

/* ---------- scoring ---------- */

static void *
prepare_linucb(const SegEnv *host, const void *state)
{
	SegEnv env = *host;
	SegLinucb *linucb = palloc(sizeof(SegLinucb));

	segment_check(&env, seg_linucb_prepare(&env, state, linucb));
	return linucb;
}

/*
 * The state in argument 0, ready, and the context in argument 1, which fits it.
 */
static inline const SegLinucb *
arm_and_context(FunctionCallInfo fcinfo, VectorArgument type,
                FeatureVectorView *view)
{
	const SegLinucb *linucb = model_open(fcinfo, 0, METHOD, prepare_linucb);

	scoring_vector(fcinfo, 1, type, TITLE, linucb->dim, view);
	return linucb;
}

/*
 * (state, context, alpha)
 */
static inline Datum
linucb_score(FunctionCallInfo fcinfo, VectorArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	const SegLinucb *linucb = arm_and_context(fcinfo, type, &view);
	double score;

	segment_check(&env,
	              seg_linucb_score(&env,
	                               linucb,
	                               view.x,
	                               PG_GETARG_FLOAT8(2),
	                               &score));
	PG_RETURN_FLOAT8(score);
}

SCORING_FUNCTIONS(linucb_score, linucb_score);

/*
 * (state, context, alpha, seed, key)
 */
static inline Datum
linear_thompson_sample(FunctionCallInfo fcinfo, VectorArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	const SegLinucb *linucb = arm_and_context(fcinfo, type, &view);
	LabelView key;
	double sample;

	(void) label_argument(fcinfo, 4, LABEL_IS_TEXT, &key);
	segment_check(&env,
	              seg_linear_thompson_sample(&env,
	                                         linucb,
	                                         view.x,
	                                         PG_GETARG_FLOAT8(2),
	                                         PG_GETARG_INT64(3),
	                                         key.text,
	                                         &sample));
	PG_RETURN_FLOAT8(sample);
}

SCORING_FUNCTIONS(linear_thompson_sample, linear_thompson_sample);

/*
 * (state, feature_names): a row for each element: feature, coefficient, width.
 */
Datum
segment_linucb_coefficients(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegLinucbState value;
	SegLinucb linucb;
	Datum *names;
	double *unit;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	summary_open(PG_GETARG_MODEL_P(0), METHOD, &value);
	names = argument_feature_names(fcinfo, 1, value.dim);
	segment_check(&env, seg_linucb_prepare(&env, &value, &linucb));
	unit = palloc0(value.dim * sizeof(double));
	for (int64 j = 0; j < value.dim; j++)
	{
		double mean, width;
		Datum values[3];
		bool nulls[3] = {false, false, false};

		CHECK_FOR_INTERRUPTS();
		unit[j] = 1.0;
		segment_check(&env,
		              seg_linucb_expect(&env, &linucb, unit, &mean, &width));
		unit[j] = 0.0;
		values[0] =
			names != NULL ? names[j] : result_feature((SegText){NULL, 0}, j);
		values[1] = Float8GetDatum(mean);
		values[2] = Float8GetDatum(width);
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
