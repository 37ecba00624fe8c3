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

#include <math.h>

#include "base/missing.h"
#include "kernel/experiment/ab_state.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/label.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_ab_state_final);

/* What the columns of a user are called in messages. */
static const char *const state_columns[] = {"outcome", "covariate"};
static const char *const ratio_columns[] = {"numerator", "denominator"};

/* What an aggregate of users takes. */
typedef struct UserArguments
{
	const SegMethod *method;
	const char *const *names;
	LabelArgument variant;
	bool is_boolean; /* the outcome */
	bool is_capped;  /* with a cap behind the outcome */
} UserArguments;

/*
 * Add a user to a state as it is; false: it has to grow, or there is something
 * wrong with it.
 */
static inline bool
count_in_place(ModelValue *state, const SegMethod *method, SegText variant,
               const double *x, int columns, double cap)
{
	SegAbState value;

	if (!model_is(state, method) ||
	    !seg_ab_state_view(state->body, state->body_size, &value) ||
	    value.columns != columns || !seg_ab_state_has_cap(&value, cap) ||
	    !seg_ab_state_add_in_place(&value, variant, x))
		return false;
	seg_ab_state_keep(&value, state->body);
	state->fingerprint = 0;
	return true;
}

/*
 * Add a user to a state, or to a first one, which takes more room.
 */
static ModelValue *
count_and_grow(ModelValue *state, const SegMethod *method, SegText variant,
               const double *x, int columns, double cap)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAbState value;

	if (state == NULL)
		segment_check(&env, seg_ab_state_create(&env, columns, cap, &value));
	else
		summary_open(state, method, &value);
	/* the state may be one of another aggregate */
	if (value.columns != columns)
		segment_check(&env,
		              seg_fail(&env, SEG_UNLIKE, "use of a covariate", 0, 0));
	if (!seg_ab_state_has_cap(&value, cap))
		segment_changed("cap", "GROUP BY it to get one state for each value.");
	segment_check(&env, seg_ab_state_add(&env, &value, variant, x));
	return state == NULL ? summary_make(method, &value)
	                     : summary_store(state, method, &value);
}

static inline double
finite_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	double x = PG_GETARG_FLOAT8(argno);

	if (unlikely(!isfinite(x)))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_check_finite(&env, name, x));
	}
	return x;
}

/*
 * Transition: (state, variant, first column [, cap] [, second column]); a row with
 * a NULL is skipped.
 */
static inline Datum
ab_trans(FunctionCallInfo fcinfo, const UserArguments *takes)
{
	int second = takes->is_capped ? 4 : 3;
	int columns = PG_NARGS() > second ? 2 : 1;
	double x[SEG_AB_MAX_COLUMNS];
	double cap = seg_missing();
	LabelView variant;
	ModelValue *state;

	if (PG_ARGISNULL(2) || (columns > 1 && PG_ARGISNULL(second)) ||
	    !label_argument(fcinfo, 1, takes->variant, &variant))
		RETURN_STATE_UNCHANGED();
	if (unlikely(!segment_is_in_aggregate(fcinfo)))
		(void) segment_agg_context(fcinfo); /* which says what is wrong */
	if (takes->is_capped)
	{
		argument_refuse_null(fcinfo, 3, "cap");
		cap = finite_argument(fcinfo, 3, "cap") + 0.0; /* -0 is 0 */
	}
	x[0] = takes->is_boolean ? (double) PG_GETARG_BOOL(2)
	                         : finite_argument(fcinfo, 2, takes->names[0]);
	if (columns > 1)
		x[1] = finite_argument(fcinfo, second, takes->names[1]);
	variant.text = text_to_utf8(variant.text);
	state = SUMMARY_ARG_STATE(0);
	if (unlikely(state == NULL || !count_in_place(state,
	                                              takes->method,
	                                              variant.text,
	                                              x,
	                                              columns,
	                                              cap)))
		state =
			count_and_grow(state, takes->method, variant.text, x, columns, cap);
	PG_RETURN_POINTER(state);
}

#define AB_TRANSITION(symbol, ...) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) \
	{ \
		static const UserArguments takes = {__VA_ARGS__}; \
\
		return ab_trans(fcinfo, &takes); \
	}

#define AB_TRANSITIONS(name, type) \
	AB_TRANSITION(segment_ab_state_##name##_trans, \
	              .method = &seg_ab_state_method, \
	              .names = state_columns, \
	              .variant = type) \
	AB_TRANSITION(segment_ab_state_##name##_boolean_trans, \
	              .method = &seg_ab_state_method, \
	              .names = state_columns, \
	              .variant = type, \
	              .is_boolean = true) \
	AB_TRANSITION(segment_ab_winsorized_state_##name##_trans, \
	              .method = &seg_ab_state_method, \
	              .names = state_columns, \
	              .variant = type, \
	              .is_capped = true) \
	AB_TRANSITION(segment_ab_ratio_state_##name##_trans, \
	              .method = &seg_ab_ratio_state_method, \
	              .names = ratio_columns, \
	              .variant = type)

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
