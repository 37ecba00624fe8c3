/*-------------------------------------------------------------------------
 *
 * ab_state_fmgr.c
 *	  SQL face of the states of experiments: the aggregates ab_state and
 *	  ab_ratio_state.
 *
 * src/fmgr/experiment/ab_state_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/experiment/ab_state.h"
#include "pg/encoding.h"
#include "pg/label.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_ab_state_final);

/* What the columns of a user are called in messages. */
static const char *const state_columns[] = {"outcome", "covariate"};
static const char *const ratio_columns[] = {"numerator", "denominator"};

/*
 * Add a user to a state, or to a first one. Adding changes the arrays in place,
 * or replaces them by larger ones.
 */
static inline ModelValue *
count_user(SegEnv *env, ModelValue *state, const SegMethod *method,
           SegText variant, const double *x, int columns)
{
	SegAbState value;
	const int64 *counts;

	if (state == NULL)
		segment_check(env, seg_ab_state_create(env, columns, &value));
	else if (model_method(state) != method ||
	         !seg_ab_state_view(state->body, state->body_size, &value))
		summary_open(state, method, &value); /* which says what is wrong */
	/* the state may be one of another aggregate */
	if (unlikely(value.columns != columns))
		segment_check(env,
		              seg_fail(env, SEG_UNLIKE, "columns of a user", 0, 0));
	counts = value.counts;
	segment_check(env, seg_ab_state_add(env, &value, variant, x));
	if (state == NULL)
		return summary_make(method, &value);
	if (value.counts != counts)
		return summary_store(state, method, &value);
	seg_ab_state_keep(&value, state->body);
	state->fingerprint = 0;
	return state;
}

/*
 * Transition: (state, variant, first column [, second column]); a row with a NULL
 * is skipped.
 */
static inline Datum
ab_trans(FunctionCallInfo fcinfo, LabelArgument label_type, bool is_boolean,
         const SegMethod *method, const char *const *names)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double x[SEG_AB_MAX_COLUMNS];
	int columns = PG_NARGS() - 2;
	LabelView variant;

	if (PG_ARGISNULL(2) || (columns > 1 && PG_ARGISNULL(3)) ||
	    !label_argument(fcinfo, 1, label_type, &variant))
		RETURN_STATE_UNCHANGED();
	(void) segment_agg_context(fcinfo); /* we change the first argument */
	x[0] = is_boolean ? (double) PG_GETARG_BOOL(2) : PG_GETARG_FLOAT8(2);
	if (columns > 1)
		x[1] = PG_GETARG_FLOAT8(3);
	for (int i = 0; i < columns; i++)
		segment_check(&env, seg_check_finite(&env, names[i], x[i]));
	PG_RETURN_POINTER(count_user(&env,
	                             SUMMARY_ARG_STATE(0),
	                             method,
	                             text_to_utf8(variant.text),
	                             x,
	                             columns));
}

#define AB_TRANSITIONS(name, type) \
	PG_FUNCTION_INFO_V1(segment_ab_state_##name##_trans); \
	PG_FUNCTION_INFO_V1(segment_ab_state_##name##_boolean_trans); \
	PG_FUNCTION_INFO_V1(segment_ab_ratio_state_##name##_trans); \
	Datum segment_ab_state_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return ab_trans(fcinfo, \
		                type, \
		                false, \
		                &seg_ab_state_method, \
		                state_columns); \
	} \
	Datum segment_ab_state_##name##_boolean_trans(PG_FUNCTION_ARGS) \
	{ \
		return ab_trans(fcinfo, \
		                type, \
		                true, \
		                &seg_ab_state_method, \
		                state_columns); \
	} \
	Datum segment_ab_ratio_state_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return ab_trans(fcinfo, \
		                type, \
		                false, \
		                &seg_ab_ratio_state_method, \
		                ratio_columns); \
	}

AB_TRANSITIONS(text, LABEL_IS_TEXT)
AB_TRANSITIONS(bigint, LABEL_IS_BIGINT)
AB_TRANSITIONS(boolean, LABEL_IS_BOOLEAN)

/*
 * Final: the one form that a state of these users has.
 */
Datum
segment_ab_state_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const ModelValue *state = PG_GETARG_MODEL_P(0);
	const SegMethod *method = model_method(state);
	SegAbState value, result;

	if (method != &seg_ab_ratio_state_method)
		method = &seg_ab_state_method; /* or an error */
	summary_open(state, method, &value);
	segment_check(&env, seg_ab_state_copy(&env, &value, &result));
	PG_RETURN_POINTER(summary_final(summary_make(method, &result)));
}
