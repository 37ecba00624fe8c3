/*-------------------------------------------------------------------------
 *
 * cox_train.c
 *	  Cox regression: from rows to a model.
 *
 * Newton's method (base/climb.h) from coefficients of zero, on standardized
 * elements.
 *
 * src/kernel/survival/cox_train.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/climb.h"
#include "base/linalg.h"
#include "kernel/survival/concordance.h"
#include "kernel/survival/cox.h"
#include "kernel/survival/cox_likelihood.h"
#include "kernel/survival/duration.h"

#define COX_TITLE "Cox regression"

/* ---------- the model ---------- */

/*
 * b' information b, over the elements with a coefficient.
 */
static double
wald_statistic(const SegClimb *c)
{
	const double *b = c->here.x;
	int64_t dim = c->slope->n;
	double sum = 0.0;

	for (int64_t i = 0; i < dim; i++)
	{
		const double *row = c->here.height.information + i * dim;

		sum += b[i] * (2.0 * seg_dot(row, b, i) + row[i] * b[i]);
	}
	return sum;
}

static void
fill_tests(const SegClimb *c, SegCox *model)
{
	model->gradient_norm = seg_climb_gradient_norm(c);
	model->null_log_likelihood = c->start;
	model->log_likelihood = c->here.value;
	model->likelihood_ratio = fmax(2.0 * (c->here.value - c->start), 0.0);
	/* rounding may leave less than zero */
	model->wald = fmax(wald_statistic(c), 0.0);
	model->score = fmax(c->score, 0.0);
}

/*
 * Coefficients and covariance, back in the units of the rows.
 */
static SegStatus
fill_coefficients(SegEnv *env, const SegClimb *c, const SegCoxRows *rows,
                  SegCox *model)
{
	int64_t dim = c->slope->n;
	double *coefficients, *covariance;
	int64_t *aliased;

	SEG_ALLOC(env, coefficients, dim);
	SEG_ALLOC(env, aliased, dim);
	SEG_ALLOC(env, covariance, dim * dim);
	for (int64_t i = 0; i < dim; i++)
	{
		double *row = covariance + i * dim;

		if (env->stop(env->host))
			return SEG_STOPPED;
		coefficients[i] = c->here.x[i] / rows->scale[i];
		aliased[i] = c->is_fixed[i];
		seg_cholesky_inverse_row(c->here.factor, dim, i, row);
		for (int64_t j = 0; j <= i; j++)
		{
			row[j] /= rows->scale[i] * rows->scale[j];
			if (!isfinite(row[j]))
				return seg_fail(env, SEG_NOT_FINITE, "covariance", row[j], 0);
			/* two solves of one element differ in the last bit */
			covariance[j * dim + i] = row[j];
		}
	}
	model->coefficients = coefficients;
	model->aliased = aliased;
	model->means = rows->reference;
	model->covariance = covariance;
	return SEG_OK;
}

/*
 * The hazard up to each time with events, for the reference.  The likelihood
 * has it for a row of zeros, which is the mean.
 */
static SegStatus
fill_hazards(SegEnv *env, const SegClimb *c, const SegCoxLikelihood *likelihood,
             SegCox *model)
{
	const SegCoxRows *rows = likelihood->rows;
	int64_t n = rows->event_times;
	double linear = 0.0; /* of the reference */
	double sum = 0.0;
	int64_t at = n;
	double *times, *hazards;

	SEG_ALLOC(env, times, n);
	SEG_ALLOC(env, hazards, n);
	for (int64_t j = 0; j < rows->dim; j++)
		linear += (rows->reference[j] - rows->center[j]) / rows->scale[j] *
		          c->here.x[j];
	for (int64_t i = 0; i < rows->n; i++)
	{
		if (rows->is_event[i] && (at == n || times[at] != rows->times[i]))
			times[--at] = rows->times[i];
	}
	for (int64_t i = 0; i < n; i++)
	{
		sum += likelihood->hazards[n - 1 - i] * exp(linear);
		/* coefficients that ran away may take it anywhere */
		hazards[i] = sum <= DBL_MAX ? sum : DBL_MAX;
	}
	model->event_times = n;
	model->times = times;
	model->cumulative_hazards = hazards;
	model->longest_duration = rows->longest;
	return SEG_OK;
}

static SegStatus
fill_concordance(SegEnv *env, const SegCoxLikelihood *likelihood, SegCox *model)
{
	const SegCoxRows *rows = likelihood->rows;
	SegConcordance pairs;

	SEG_TRY(seg_concordance(env,
	                        rows->n,
	                        rows->times,
	                        rows->is_event,
	                        likelihood->linear,
	                        rows->items,
	                        rows->scratch,
	                        &pairs));
	model->concordance = seg_concordance_index(&pairs);
	model->concordant_pairs = pairs.concordant;
	model->discordant_pairs = pairs.discordant;
	model->tied_pairs = pairs.tied;
	return SEG_OK;
}

SegStatus
seg_cox_train(SegEnv *env, SegRows *rows, const SegCoxParams *params,
              SegCox *model, int64_t *runaway)
{
	SegCoxRows sorted;
	SegCoxLikelihood likelihood;
	SegClimb c;
	SegSlope slope = {.height_at = seg_cox_evaluate,
	                  .context = &likelihood,
	                  .n = rows->dim,
	                  .max_iterations = params->max_iterations,
	                  .tolerance = params->tolerance,
	                  .name = COX_TITLE};

	SEG_TRY(seg_cox_check(env, rows->dim));
	SEG_TRY(seg_cox_rows(env, rows, params->timefix, &sorted));
	if (sorted.events == 0)
		return seg_fail(env, SEG_NO_EVENTS, COX_TITLE, (double) sorted.n, 0);
	SEG_TRY(seg_cox_likelihood(env,
	                           &sorted,
	                           (SegCoxTies) params->ties,
	                           &likelihood));
	SEG_TRY(seg_climb_create(env, &slope, &c));
	SEG_TRY(seg_climb(env, &c));
	model->dim = rows->dim;
	model->rank = c.rank;
	model->rows_used = sorted.n;
	model->event_count = sorted.events;
	model->iterations = c.iterations;
	model->converged = c.converged;
	*runaway = c.runaway;
	fill_tests(&c, model);
	SEG_TRY(fill_coefficients(env, &c, &sorted, model));
	SEG_TRY(fill_hazards(env, &c, &likelihood, model));
	return fill_concordance(env, &likelihood, model);
}

/* ---------- the trainer ---------- */

static SegStatus
cox_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	(void) params;
	return seg_cox_check(env, dim);
}

static SegStatus
cox_check_row(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	return seg_check_duration(env, &numbers[SEG_COX_DURATION]);
}

static int64_t
cox_model_bytes(const void *params, int64_t dim)
{
	(void) params;
	return dim * dim * (int64_t) sizeof(double);
}

static SegStatus
cox_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegCox *model = result;
	int64_t runaway;

	SEG_TRY(seg_cox_train(env, rows, params, model, &runaway));
	if (!model->converged)
		seg_note(env,
		         runaway > 0 ? SEG_NOTE_RUNAWAY : SEG_NOTE_UNCONVERGED,
		         (SegDiag){.what = COX_TITLE,
		                   .got = (double) (runaway > 0 ? runaway
		                                                : model->iterations),
		                   .want = (double) model->iterations});
	return SEG_OK;
}

const SegTrainer seg_cox_trainer =
	{.method = &seg_cox_method,
     .title = COX_TITLE,
     .columns = {{SEG_COLUMN_NUMBER}, {SEG_COLUMN_NUMBER}, {SEG_COLUMN_VECTOR}},
     .options = seg_cox_options,
     .params_size = sizeof(SegCoxParams),
     .check_dim = cox_check_dim,
     .check_row = cox_check_row,
     .model_bytes = cox_model_bytes,
     .row_bytes = seg_cox_row_bytes,
     .smaller = "shorter vectors, or durations in whole days or weeks",
     .train = cox_train};
