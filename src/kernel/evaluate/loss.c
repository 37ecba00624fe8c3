/*-------------------------------------------------------------------------
 *
 * loss.c
 *	  How far predictions are from what happened: means of a loss over rows, and
 *	  the share of the variance that predictions explain.
 *
 * Terms and sums have twice the digits of a double, so that they do not depend
 * on the order of rows, and the variance of values far from zero keeps its
 * digits.  The definitions are scikit-learn's (mean_absolute_error,
 * mean_squared_error, log_loss, brier_score_loss, r2_score).
 *
 * src/kernel/evaluate/loss.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/loss.h"

#include <float.h>
#include <math.h>

#include "base/count.h"

/* ---------- the loss of a row ---------- */

static SegStatus
check_pair(SegEnv *env, double actual, double predicted)
{
	SEG_TRY(seg_check_finite(env, "actual value", actual));
	return seg_check_finite(env, "predicted value", predicted);
}

SegStatus
seg_check_probability(SegEnv *env, double p)
{
	return seg_check_share(env, "probability", p);
}

static SegWide
square(double x)
{
	return seg_wide_product(x, x);
}

SegStatus
seg_absolute_error(SegEnv *env, double actual, double predicted, SegWide *loss)
{
	SegWide error;

	SEG_TRY(check_pair(env, actual, predicted));
	error = seg_wide_sum(actual, -predicted);
	*loss = error.hi < 0 ? (SegWide){-error.hi, -error.lo} : error;
	return SEG_OK;
}

SegStatus
seg_squared_error(SegEnv *env, double actual, double predicted, SegWide *loss)
{
	SegWide error;

	SEG_TRY(check_pair(env, actual, predicted));
	error = seg_wide_sum(actual, -predicted);
	*loss = seg_wide_multiply(error, error);
	return SEG_OK;
}

/*
 * A probability of 0 or 1 counts as one that differs from it by the machine
 * epsilon, so that one wrong row does not make the mean infinite.
 */
SegStatus
seg_log_loss(SegEnv *env, double actual, double predicted, SegWide *loss)
{
	double p = fmin(fmax(predicted, DBL_EPSILON), 1 - DBL_EPSILON);

	SEG_TRY(seg_check_probability(env, predicted));
	*loss = (SegWide){actual != 0 ? -log(p) : -log1p(-p), 0};
	return SEG_OK;
}

SegStatus
seg_brier_score(SegEnv *env, double actual, double predicted, SegWide *loss)
{
	SEG_TRY(seg_check_probability(env, predicted));
	*loss = square(actual - predicted);
	return SEG_OK;
}

/* ---------- means ---------- */

/*
 * Could rows have added up to these numbers?
 */
static SegStatus
check_rows(SegEnv *env, double rows, SegWide weight)
{
	if (!isfinite(weight.hi)) /* twice the digits of infinity are NaN */
		return seg_fail(env, SEG_NOT_FINITE, "sum of the weights", weight.hi, 0);
	if (rows >= 1 && seg_is_count(rows, SEG_HUGE_COUNT) && weight.hi > 0)
		return SEG_OK;
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
}

static SegWide
weighted(SegWide x, double weight)
{
	return weight == 1 ? x : seg_wide_multiply(x, (SegWide){weight, 0});
}

static void
loss_add_to(SegWide *sum, SegWide x)
{
	*sum = seg_wide_add(*sum, x);
}

SegStatus
seg_mean_loss_check(SegEnv *env, const SegMeanLoss *state)
{
	return check_rows(env, state->rows, state->weight);
}

void
seg_mean_loss_add(SegMeanLoss *state, SegWide loss, double weight)
{
	state->rows++;
	loss_add_to(&state->weight, (SegWide){weight, 0});
	loss_add_to(&state->sum, weighted(loss, weight));
}

void
seg_mean_loss_merge(SegMeanLoss *into, const SegMeanLoss *from)
{
	into->rows += from->rows;
	loss_add_to(&into->weight, from->weight);
	loss_add_to(&into->sum, from->sum);
}

SegStatus
seg_mean_loss(SegEnv *env, const SegMeanLoss *state, double *result)
{
	*result = seg_wide_divide(state->sum, state->weight.hi).hi;
	if (!isfinite(*result))
		return seg_fail(env, SEG_NOT_FINITE, "sum of the errors", 0, 0);
	return SEG_OK;
}

/* ---------- r2 ---------- */

SegStatus
seg_r2_check(SegEnv *env, const SegR2 *state)
{
	return check_rows(env, state->rows, state->weight);
}

SegStatus
seg_r2_add(SegEnv *env, SegR2 *state, double actual, double predicted,
           double weight)
{
	SegWide error;

	SEG_TRY(seg_squared_error(env, actual, predicted, &error));
	if (state->rows++ == 0)
		state->lowest = state->highest = actual;
	state->lowest = fmin(state->lowest, actual);
	state->highest = fmax(state->highest, actual);
	loss_add_to(&state->weight, (SegWide){weight, 0});
	loss_add_to(&state->sum, weighted((SegWide){actual, 0}, weight));
	loss_add_to(&state->squares, weighted(square(actual), weight));
	loss_add_to(&state->errors, weighted(error, weight));
	return SEG_OK;
}

void
seg_r2_merge(SegR2 *into, const SegR2 *from)
{
	into->rows += from->rows;
	into->lowest = fmin(into->lowest, from->lowest);
	into->highest = fmax(into->highest, from->highest);
	loss_add_to(&into->weight, from->weight);
	loss_add_to(&into->sum, from->sum);
	loss_add_to(&into->squares, from->squares);
	loss_add_to(&into->errors, from->errors);
}

/*
 * 1 - errors / variation, both times the weight.
 */
SegStatus
seg_r2(SegEnv *env, const SegR2 *state, double *result)
{
	SegWide errors = seg_wide_multiply(state->errors, state->weight);
	SegWide variation =
		seg_wide_subtract(seg_wide_multiply(state->squares, state->weight),
	                      seg_wide_multiply(state->sum, state->sum));

	if (state->lowest == state->highest)
		return SEG_UNDEFINED;
	*result = 1 - errors.hi / variation.hi;
	if (!isfinite(*result) || variation.hi <= 0)
		return seg_fail(env, SEG_NOT_FINITE, "sum of the squares", 0, 0);
	return SEG_OK;
}
