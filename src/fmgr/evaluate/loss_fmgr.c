/*-------------------------------------------------------------------------
 *
 * loss_fmgr.c
 *	  SQL face of mae, rmse, log_loss, brier_score and r2.
 *
 * Each takes an actual value, a prediction and perhaps a weight.  All but r2 are
 * means of a loss, whose state is a SegMeanLoss.
 *
 * src/fmgr/evaluate/loss_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/evaluate/loss.h"
#include "pg/arguments.h"
#include "pg/float_state.h"

PG_FUNCTION_INFO_V1(segment_mean_loss_combine);
PG_FUNCTION_INFO_V1(segment_mean_loss_final);
PG_FUNCTION_INFO_V1(segment_rmse_final);
PG_FUNCTION_INFO_V1(segment_r2_trans);
PG_FUNCTION_INFO_V1(segment_r2_combine);
PG_FUNCTION_INFO_V1(segment_r2_final);

#define LOSS_STATE 0x4c4f5353 /* "LOSS" */
#define R2_STATE   0x52324f46 /* "R2OF" */

/*
 * (state, actual, predicted [, weight]): false if a row is skipped.
 */
static inline bool
loss_row(FunctionCallInfo fcinfo, double *weight)
{
	return !PG_ARGISNULL(1) && !PG_ARGISNULL(2) &&
	       argument_weight(fcinfo, 3, weight);
}

/* ---------- means of a loss ---------- */

static FloatState *
mean_loss_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return float_state_argument(fcinfo,
	                            argno,
	                            LOSS_STATE,
	                            FLOAT_STATE_LENGTH(SegMeanLoss),
	                            writable);
}

static SegMeanLoss *
checked_mean_loss(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegMeanLoss *mean = (SegMeanLoss *) state->numbers;

	segment_check(&env, seg_mean_loss_check(&env, mean));
	return mean;
}

static inline Datum
add_loss(FunctionCallInfo fcinfo, SegLoss loss, bool is_label)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FloatState *state;
	SegWide term;
	double weight;
	double actual;

	if (!loss_row(fcinfo, &weight))
		RETURN_STATE_UNCHANGED();
	actual = is_label ? (PG_GETARG_BOOL(1) ? 1.0 : 0.0) : PG_GETARG_FLOAT8(1);
	segment_check(&env, loss(&env, actual, PG_GETARG_FLOAT8(2), &term));
	state = mean_loss_argument(fcinfo, 0, true);
	seg_mean_loss_add((SegMeanLoss *) state->numbers, term, weight);
	PG_RETURN_POINTER(state);
}

#define LOSS(name, loss, is_label) \
	PG_FUNCTION_INFO_V1(segment_##name##_trans); \
	Datum segment_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return add_loss(fcinfo, loss, is_label); \
	}

LOSS(mae, seg_absolute_error, false)
LOSS(rmse, seg_squared_error, false)
LOSS(log_loss, seg_log_loss, true)
LOSS(brier_score, seg_brier_score, true)

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_mean_loss_combine(PG_FUNCTION_ARGS)
{
	SegMeanLoss *from;
	FloatState *into;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_mean_loss(mean_loss_argument(fcinfo, 1, false));
	into = mean_loss_argument(fcinfo, 0, true);
	if (!PG_ARGISNULL(0))
		(void) checked_mean_loss(into);
	seg_mean_loss_merge((SegMeanLoss *) into->numbers, from);
	PG_RETURN_POINTER(into);
}

static double
mean_of_loss(FunctionCallInfo fcinfo)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double mean;

	segment_check(&env,
	              seg_mean_loss(&env,
	                            checked_mean_loss(
									mean_loss_argument(fcinfo, 0, false)),
	                            &mean));
	return mean;
}

Datum
segment_mean_loss_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(mean_of_loss(fcinfo));
}

Datum
segment_rmse_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(sqrt(mean_of_loss(fcinfo)));
}

/* ---------- r2 ---------- */

static FloatState *
r2_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return float_state_argument(fcinfo,
	                            argno,
	                            R2_STATE,
	                            FLOAT_STATE_LENGTH(SegR2),
	                            writable);
}

static SegR2 *
checked_r2(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegR2 *r2 = (SegR2 *) state->numbers;

	segment_check(&env, seg_r2_check(&env, r2));
	return r2;
}

Datum
segment_r2_trans(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FloatState *state;
	double weight;

	if (!loss_row(fcinfo, &weight))
		RETURN_STATE_UNCHANGED();
	state = r2_argument(fcinfo, 0, true);
	segment_check(&env,
	              seg_r2_add(&env,
	                         (SegR2 *) state->numbers,
	                         PG_GETARG_FLOAT8(1),
	                         PG_GETARG_FLOAT8(2),
	                         weight));
	PG_RETURN_POINTER(state);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_r2_combine(PG_FUNCTION_ARGS)
{
	SegR2 *from;
	FloatState *into;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_r2(r2_argument(fcinfo, 1, false));
	into = r2_argument(fcinfo, 0, true);
	if (PG_ARGISNULL(0))
		*(SegR2 *) into->numbers = *from;
	else
		seg_r2_merge(checked_r2(into), from);
	PG_RETURN_POINTER(into);
}

Datum
segment_r2_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegStatus status;
	double result;

	status = seg_r2(&env, checked_r2(r2_argument(fcinfo, 0, false)), &result);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	segment_check(&env, status);
	PG_RETURN_FLOAT8(result);
}
