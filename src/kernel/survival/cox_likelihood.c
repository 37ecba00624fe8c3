/*-------------------------------------------------------------------------
 *
 * cox_likelihood.c
 *	  Partial likelihood of a Cox regression, with its derivatives.
 *
 * At a time with one event, the chance that it hits this user and no other of
 * those at risk is w / sum of w, with w = exp(x' b) [1].  Its logarithm has the
 * gradient x - mean, and the information is the covariance of x among those at
 * risk, weighted by w.  Rows come from the last time to the first, so those at
 * risk only grow: a pass takes O(n p^2), and p^2 more for each time with events.
 *
 * With d events at one time, Efron [2] treats the k-th as drawn when a share
 * f = (k - 1) / d of the tied users is already gone; Breslow draws all from the
 * full set, with f = 0.  The sums over k are sums of scalars, so thousands of
 * ties cost one product of vectors each.
 *
 * We keep the weighted mean and the squares about it [3], not sums of x and of
 * x x': their difference would lose its digits where those at risk have drifted
 * away from the mean of all.  Weights are relative to exp(shift), which rises
 * when a row would exceed it by far: no sum overflows, and none vanishes.
 *
 * [1] D. R. Cox, "Regression Models and Life-Tables", Journal of the Royal
 * Statistical Society B 34, 1972.
 *
 * [2] B. Efron, "The Efficiency of Cox's Likelihood Function for Censored Data",
 * Journal of the American Statistical Association 72, 1977.
 *
 * [3] D. H. D. West, "Updating Mean and Variance Estimates", Communications of
 * the ACM 22(9), 1979.
 *
 * src/kernel/survival/cox_likelihood.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/survival/cox_likelihood.h"

#include <math.h>
#include <string.h>

#define MAX_RISE   100.0 /* of x' b above the shift; e^100 squared is finite */
#define STOP_STEPS 1000000 /* multiplications between checks for a stop */

SegStatus
seg_cox_likelihood(SegEnv *env, const SegCoxRows *rows, SegCoxTies ties,
                   SegCoxLikelihood *result)
{
	int64_t dim = rows->dim;

	*result = (SegCoxLikelihood){.rows = rows, .ties = ties};
	SEG_ALLOC(env, result->linear, rows->n);
	SEG_ALLOC(env, result->hazards, rows->event_times + 1);
	SEG_ALLOC(env, result->mean, dim);
	SEG_ALLOC(env, result->spread, dim * dim);
	SEG_ALLOC(env, result->tied_sum, dim);
	SEG_ALLOC(env, result->tied_spread, dim * dim);
	SEG_ALLOC(env, result->gap, dim);
	return SEG_OK;
}

static const double *
row_at(const SegCoxLikelihood *l, int64_t i)
{
	return l->rows->x + i * l->rows->dim;
}

/*
 * Count more multiplications, and say whether it is time to stop.
 */
static inline bool
cox_likelihood_must_stop(SegEnv *env, SegCoxLikelihood *l, int64_t steps)
{
	l->steps += steps;
	if (l->steps < STOP_STEPS)
		return false;
	l->steps = 0;
	return env->stop(env->host);
}

/*
 * a += factor * x x', lower triangle.
 */
static inline void
add_square(double *restrict a, const double *restrict x, double factor,
           int64_t dim)
{
	for (int64_t i = 0; i < dim; i++)
	{
		double *restrict row = a + i * dim;
		double scaled = factor * x[i];

		for (int64_t j = 0; j <= i; j++)
			row[j] += scaled * x[j];
	}
}

/*
 * Scale the weights down to a higher shift.
 */
static void
raise_shift(SegCoxLikelihood *l, double shift)
{
	double factor = exp(l->shift - shift);
	int64_t dim = l->rows->dim;

	l->weight *= factor;
	for (int64_t i = 0; i < dim * dim; i++)
		l->spread[i] *= factor;
	l->shift = shift;
}

/*
 * Add a row to those at risk.
 */
static void
cox_likelihood_add_row(SegCoxLikelihood *l, const double *coefficients,
                       int64_t i)
{
	const double *x = row_at(l, i);
	int64_t dim = l->rows->dim;
	double before, weight, share;

	l->linear[i] = 0.0;
	for (int64_t j = 0; j < dim; j++)
		l->linear[i] += x[j] * coefficients[j];
	if (i == 0)
		l->shift = l->linear[i];
	else if (l->linear[i] > l->shift + MAX_RISE)
		raise_shift(l, l->linear[i]);
	before = l->weight;
	weight = exp(l->linear[i] - l->shift);
	l->weight += weight;
	share = weight / l->weight;
	for (int64_t j = 0; j < dim; j++)
		l->gap[j] = x[j] - l->mean[j];
	add_square(l->spread, l->gap, weight * (before / l->weight), dim);
	for (int64_t j = 0; j < dim; j++)
		l->mean[j] += share * l->gap[j];
}

/*
 * Rows of one time, from first to end: add what events do to the gradient, and
 * if they are tied, sum up who has them.
 */
static SegStatus
add_events(SegEnv *env, SegCoxLikelihood *l, int64_t first, int64_t end,
           bool are_tied, SegHeight *fit)
{
	int64_t dim = l->rows->dim;

	if (are_tied)
	{
		l->tied_weight = 0.0;
		memset(l->tied_sum, 0, (size_t) dim * sizeof(double));
		memset(l->tied_spread, 0, (size_t) (dim * dim) * sizeof(double));
	}
	for (int64_t i = first; i < end; i++)
	{
		const double *x = row_at(l, i);
		double weight;

		if (!l->rows->is_event[i])
			continue;
		if (cox_likelihood_must_stop(env, l, are_tied ? dim * dim : dim))
			return SEG_STOPPED;
		fit->value += l->linear[i] - l->shift;
		for (int64_t j = 0; j < dim; j++)
		{
			l->gap[j] = x[j] - l->mean[j];
			fit->gradient[j] += l->gap[j];
		}
		if (!are_tied)
			continue;
		weight = exp(l->linear[i] - l->shift);
		l->tied_weight += weight;
		for (int64_t j = 0; j < dim; j++)
			l->tied_sum[j] += weight * l->gap[j];
		add_square(l->tied_spread, l->gap, weight, dim);
	}
	return SEG_OK;
}

/* Sums over the events of one time, where a share f = k / d is gone. */
typedef struct TieSums
{
	double ones;    /* of 1 / what is left */
	double shares;  /* of f / what is left */
	double squares; /* of the square of that */
	double logs;    /* of the logarithm of what is left */
} TieSums;

static SegStatus
sum_ties(SegEnv *env, SegCoxLikelihood *l, int64_t d, TieSums *sums)
{
	*sums = (TieSums){0};
	for (int64_t k = 0; k < d; k++)
	{
		double f = (double) k / (double) d;
		double left = l->weight - f * l->tied_weight;

		if (cox_likelihood_must_stop(env, l, 10))
			return SEG_STOPPED;
		sums->ones += 1.0 / left;
		sums->shares += f / left;
		sums->squares += (f / left) * (f / left);
		sums->logs += log(left);
	}
	return SEG_OK;
}

/*
 * A time with d events, of rows from first to end.
 */
static SegStatus
add_event_time(SegEnv *env, SegCoxLikelihood *l, int64_t first, int64_t end,
               int64_t d, SegHeight *fit, double *hazard)
{
	bool are_tied = l->ties == SEG_TIES_EFRON && d > 1;
	int64_t dim = l->rows->dim;
	TieSums sums = {.ones = (double) d / l->weight,
	                .logs = (double) d * log(l->weight)};

	SEG_TRY(add_events(env, l, first, end, are_tied, fit));
	if (are_tied)
		SEG_TRY(sum_ties(env, l, d, &sums));
	fit->value -= sums.logs;
	for (int64_t i = 0; i < dim * dim; i++)
		fit->information[i] += sums.ones * l->spread[i];
	if (are_tied)
	{
		for (int64_t i = 0; i < dim * dim; i++)
			fit->information[i] -= sums.shares * l->tied_spread[i];
		for (int64_t j = 0; j < dim; j++)
			fit->gradient[j] += sums.shares * l->tied_sum[j];
		add_square(fit->information, l->tied_sum, -sums.squares, dim);
	}
	*hazard = sums.ones * exp(-l->shift);
	return SEG_OK;
}

static void
begin_pass(SegCoxLikelihood *l, SegHeight *fit)
{
	size_t vector = (size_t) l->rows->dim * sizeof(double);
	size_t matrix = vector * (size_t) l->rows->dim;

	l->weight = 0.0;
	memset(l->mean, 0, vector);
	memset(l->spread, 0, matrix);
	fit->value = 0.0;
	memset(fit->gradient, 0, vector);
	memset(fit->information, 0, matrix);
}

SegStatus
seg_cox_evaluate(SegEnv *env, void *context, const double *coefficients,
                 SegHeight *fit)
{
	SegCoxLikelihood *likelihood = context;
	const SegCoxRows *rows = likelihood->rows;
	double *hazard = likelihood->hazards;
	int64_t first = 0; /* row of this time */
	int64_t events = 0;

	begin_pass(likelihood, fit);
	for (int64_t i = 0; i < rows->n; i++)
	{
		if (cox_likelihood_must_stop(env,
		                             likelihood,
		                             (rows->dim + 2) * rows->dim))
			return SEG_STOPPED;
		cox_likelihood_add_row(likelihood, coefficients, i);
		events += rows->is_event[i];
		if (i + 1 < rows->n && rows->times[i + 1] == rows->times[i])
			continue;
		if (events > 0)
			SEG_TRY(add_event_time(env,
			                       likelihood,
			                       first,
			                       i + 1,
			                       events,
			                       fit,
			                       hazard++));
		first = i + 1;
		events = 0;
	}
	return SEG_OK;
}
