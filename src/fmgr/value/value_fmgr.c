/*-------------------------------------------------------------------------
 *
 * value_fmgr.c
 *	  SQL face of arpu and ltv.
 *
 * The state over users is a SegRevenue; the state over events is a map of the
 * users, without numbers, and the total.
 *
 * src/fmgr/value/value_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/uuid.h"

#include "base/periods.h"
#include "kernel/value/value.h"
#include "pg/count_state.h"
#include "pg/decimal.h"
#include "pg/float_state.h"
#include "pg/label.h"

PG_FUNCTION_INFO_V1(segment_arpu_trans);
PG_FUNCTION_INFO_V1(segment_arpu_numeric_trans);
PG_FUNCTION_INFO_V1(segment_arpu_final);
PG_FUNCTION_INFO_V1(segment_arpu_bigint_trans);
PG_FUNCTION_INFO_V1(segment_arpu_text_trans);
PG_FUNCTION_INFO_V1(segment_arpu_uuid_trans);
PG_FUNCTION_INFO_V1(segment_arpu_events_combine);
PG_FUNCTION_INFO_V1(segment_arpu_events_final);
PG_FUNCTION_INFO_V1(segment_ltv_trans);
PG_FUNCTION_INFO_V1(segment_ltv_numeric_trans);
PG_FUNCTION_INFO_V1(segment_ltv_final);
PG_FUNCTION_INFO_V1(segment_revenue_combine);
PG_FUNCTION_INFO_V1(segment_ltv);
PG_FUNCTION_INFO_V1(segment_ltv_rate_check);
PG_FUNCTION_INFO_V1(segment_ltv_numeric);

StaticAssertDecl(sizeof(SegRevenue) == 4 * sizeof(float8),
                 "a SegRevenue is four float8");

#define REVENUE_STATE 0x52455645 /* "REVE": of users */
#define EVENTS_STATE  0x4556454e /* "EVEN": of events */
#define EVENTS_WIDTH  0          /* a user is there or not */

#define POWER_DIGITS 60 /* after the point */

/* ---------- one row for each user ---------- */

static FloatState *
value_state_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return float_state_argument(fcinfo,
	                            argno,
	                            REVENUE_STATE,
	                            FLOAT_STATE_LENGTH(SegRevenue),
	                            writable);
}

static SegRevenue *
checked_revenue(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegRevenue *revenue = (SegRevenue *) state->numbers;

	segment_check(&env, seg_revenue_check(&env, revenue));
	return revenue;
}

static inline void
check_revenue(double revenue)
{
	SegEnv env;

	if (likely(revenue - revenue == 0))
		return;
	env = segment_env(CurrentMemoryContext);
	segment_check(&env, seg_check_finite(&env, "revenue", revenue));
}

static inline Datum
add_user(FunctionCallInfo fcinfo, double revenue, bool churned)
{
	FloatState *state = value_state_argument(fcinfo, 0, true);

	check_revenue(revenue);
	seg_revenue_add((SegRevenue *) state->numbers, revenue, churned);
	PG_RETURN_POINTER(state);
}

Datum
segment_arpu_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	return add_user(fcinfo, PG_GETARG_FLOAT8(1), false);
}

Datum
segment_arpu_numeric_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	return add_user(fcinfo, decimal_to_double(PG_GETARG_DATUM(1)), false);
}

Datum
segment_ltv_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	return add_user(fcinfo, PG_GETARG_FLOAT8(1), PG_GETARG_BOOL(2));
}

Datum
segment_ltv_numeric_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	return add_user(fcinfo,
	                decimal_to_double(PG_GETARG_DATUM(1)),
	                PG_GETARG_BOOL(2));
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_revenue_combine(PG_FUNCTION_ARGS)
{
	FloatState *into;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	into = value_state_argument(fcinfo, 0, true);
	seg_revenue_merge(checked_revenue(into),
	                  checked_revenue(value_state_argument(fcinfo, 1, false)));
	PG_RETURN_POINTER(into);
}

#define RETURN_DEFINED(call) \
	do \
	{ \
		SegEnv env = segment_env(CurrentMemoryContext); \
		double result = 0; \
		bool defined; \
		segment_check(&env, call); \
		if (!defined) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(result); \
	} while (0)

Datum
segment_arpu_final(PG_FUNCTION_ARGS)
{
	SegRevenue *revenue =
		checked_revenue(value_state_argument(fcinfo, 0, false));

	RETURN_DEFINED(seg_revenue_arpu(&env, revenue, &result, &defined));
}

Datum
segment_ltv_final(PG_FUNCTION_ARGS)
{
	SegRevenue *revenue =
		checked_revenue(value_state_argument(fcinfo, 0, false));

	RETURN_DEFINED(seg_revenue_ltv(&env, revenue, &result, &defined));
}

/* ---------- one row for each event ---------- */

static Datum
value_add_event(FunctionCallInfo fcinfo, const void *key, int64 length)
{
	SegWide revenue = {PG_GETARG_FLOAT8(1), 0};
	CountState *state =
		count_state_of_group(fcinfo, EVENTS_STATE, EVENTS_WIDTH);

	check_revenue(revenue.hi);
	(void) count_state_add(&state, key, length);
	state->total = seg_wide_add(state->total, revenue);
	PG_RETURN_POINTER(state);
}

static inline Datum
add_labelled_event(FunctionCallInfo fcinfo, LabelArgument type)
{
	LabelView user;

	if (PG_ARGISNULL(1) || !label_argument(fcinfo, 2, type, &user))
		RETURN_STATE_UNCHANGED();
	return value_add_event(fcinfo, user.text.bytes, user.text.length);
}

Datum
segment_arpu_bigint_trans(PG_FUNCTION_ARGS)
{
	return add_labelled_event(fcinfo, LABEL_IS_BIGINT);
}

Datum
segment_arpu_text_trans(PG_FUNCTION_ARGS)
{
	return add_labelled_event(fcinfo, LABEL_IS_TEXT);
}

Datum
segment_arpu_uuid_trans(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	return value_add_event(fcinfo, PG_GETARG_UUID_P(2)->data, UUID_LEN);
}

Datum
segment_arpu_events_combine(PG_FUNCTION_ARGS)
{
	Datum result = count_state_combine(fcinfo,
	                                   EVENTS_STATE,
	                                   EVENTS_WIDTH,
	                                   count_state_add_counts);

	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
	{
		CountState *into = (CountState *) DatumGetPointer(result);
		CountState *from =
			count_state_argument(fcinfo, 1, EVENTS_STATE, EVENTS_WIDTH, false);

		into->total = seg_wide_add(into->total, from->total);
	}
	return result;
}

Datum
segment_arpu_events_final(PG_FUNCTION_ARGS)
{
	CountState *state =
		count_state_argument(fcinfo, 0, EVENTS_STATE, EVENTS_WIDTH, false);
	SegRevenue revenue = {.users = state->map.n, .sum = state->total};

	RETURN_DEFINED(seg_revenue_arpu(&env, &revenue, &result, &defined));
}

/* ---------- from rates ---------- */

Datum
segment_ltv(PG_FUNCTION_ARGS)
{
	SegLtvTerms terms = {PG_GETARG_FLOAT8(0),
	                     PG_GETARG_FLOAT8(1),
	                     PG_GETARG_FLOAT8(2),
	                     PG_GETARG_FLOAT8(3),
	                     PG_GETARG_FLOAT8(4)};

	RETURN_DEFINED(seg_ltv(&env, &terms, &result, &defined));
}

/*
 * The functions that call this one are inlined: so it sees the argument of ltv.
 */
Datum
segment_ltv_rate_check(PG_FUNCTION_ARGS)
{
	if (!get_fn_expr_arg_stable(fcinfo->flinfo, 0))
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("churn rate must not be an integer column"),
		        errhint("To say of each user whether it was lost, cast the "
		                "flag: ltv(revenue, churned::boolean). To give rates, "
		                "cast them to numeric or float8."));
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

typedef enum NumericRange
{
	ANY_NUMBER,
	NOT_NEGATIVE,
	SHARE
} NumericRange;

static Datum
whole(int64 n)
{
	return NumericGetDatum(int64_to_numeric(n));
}

static bool
is_above(Datum a, Datum b)
{
	return DatumGetBool(DirectFunctionCall2(numeric_gt, a, b));
}

static double
to_float8(Datum numeric)
{
	return DatumGetFloat8(
		DirectFunctionCall1(numeric_float8_no_overflow, numeric));
}

/*
 * A finite numeric argument in a range. The kernel refuses what float8 shows to be
 * wrong; what is wrong by less is compared as a decimal.
 */
static Datum
numeric_argument(FunctionCallInfo fcinfo, int argno, const char *what,
                 NumericRange range)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Numeric number = PG_GETARG_NUMERIC(argno);
	Datum datum = NumericGetDatum(number);
	double x = to_float8(datum);

	if (numeric_is_nan(number) || numeric_is_inf(number))
		segment_check(&env, seg_check_finite(&env, what, x));
	if (range == SHARE && (x < 0 || x > 1))
		segment_check(&env, seg_fail_share(&env, what, x));
	if ((range != ANY_NUMBER && is_above(whole(0), datum)) ||
	    (range == SHARE && is_above(datum, whole(1))))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("%s is out of range: %s",
		               what,
		               DatumGetCString(DirectFunctionCall1(numeric_out, datum))),
		        range == SHARE
		            ? errdetail("It must be between 0 and 1.")
		            : errdetail("It must be finite and not below 0."));
	return datum;
}

/*
 * 1 - ((1 - churn_rate) / (1 + discount_rate))^horizon, to so many digits that
 * the difference leaves as many as a quotient of numeric has.
 */
static Datum
share_before_horizon(Datum churn_rate, Datum paid, Datum horizon)
{
	Datum stays = DirectFunctionCall2(numeric_sub, whole(1), churn_rate);
	Datum digits = Int32GetDatum(POWER_DIGITS);
	Datum left;

	stays = DirectFunctionCall2(numeric_round, stays, digits);
	left = DirectFunctionCall2(numeric_div, stays, paid);
	left = DirectFunctionCall2(numeric_round, left, digits);
	left = DirectFunctionCall2(numeric_power, left, horizon);
	return DirectFunctionCall2(numeric_sub, whole(1), left);
}

static Datum
digits_after_point(Datum numeric)
{
	return DirectFunctionCall1(numeric_scale, numeric);
}

/*
 * (arpu, churn_rate, margin, discount_rate, horizon)
 */
Datum
segment_ltv_numeric(PG_FUNCTION_ARGS)
{
	Datum arpu = numeric_argument(fcinfo, 0, "arpu", ANY_NUMBER);
	Datum churn_rate = numeric_argument(fcinfo, 1, "churn_rate", SHARE);
	Datum margin = numeric_argument(fcinfo, 2, "margin", ANY_NUMBER);
	Datum discount = numeric_argument(fcinfo, 3, "discount_rate", NOT_NEGATIVE);
	Datum horizon = PG_GETARG_DATUM(4);
	bool ends = !numeric_is_inf(PG_GETARG_NUMERIC(4));
	SegEnv env = segment_env(CurrentMemoryContext);
	Datum lost = DirectFunctionCall2(numeric_add, discount, churn_rate);
	Datum paid = DirectFunctionCall2(numeric_add, whole(1), discount);
	Datum value = DirectFunctionCall2(numeric_mul, arpu, margin);
	Datum for_ever;

	segment_check(&env, seg_check_horizon(&env, to_float8(horizon)));
	if (!is_above(lost, whole(0)))
	{
		if (!ends)
			PG_RETURN_NULL();
		return DirectFunctionCall2(numeric_mul, value, horizon);
	}
	value = DirectFunctionCall2(numeric_mul, value, paid);
	for_ever = DirectFunctionCall2(numeric_div, value, lost);
	if (!ends)
		return for_ever;
	value =
		DirectFunctionCall2(numeric_mul,
	                        value,
	                        share_before_horizon(churn_rate, paid, horizon));
	value = DirectFunctionCall2(numeric_div, value, lost);
	return DirectFunctionCall2(numeric_round,
	                           value,
	                           digits_after_point(for_ever));
}
