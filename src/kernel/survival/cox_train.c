/*-------------------------------------------------------------------------
 *
 * cox_train.c
 *	  Cox regression: from rows to a model.
 *
 * Newton's method from coefficients of zero, on standardized elements.  Changes
 * of the log-likelihood are small up to tolerance * (1 + |log-likelihood|).  A
 * step that lowers it by more, or to where the information lacks full rank, is
 * halved, MAX_HALVINGS times at most.
 *
 * The climb converges when the next step should raise the log-likelihood by no
 * more than that, and move no coefficient, relative to 1 + |coefficient|, by
 * more than the square root of tolerance; that step is still taken, and as
 * Newton's steps square the error, what is left is rounding.  The second
 * condition matters where an element separates events from others without
 * exception: then the likelihood settles, but the coefficient grows by the same
 * amount in each step, for ever.
 *
 * The climb ends without convergence at max_iterations, when halving a step
 * does not help, or when only rounding is left to gain but the largest move is
 * not below half of the one before.
 *
 * Which elements depend on those before them is decided once, by the
 * information at zero: Cholesky's factor drops their rows.
 *
 * src/kernel/survival/cox_train.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"
#include "kernel/survival/concordance.h"
#include "kernel/survival/cox.h"
#include "kernel/survival/cox_likelihood.h"
#include "kernel/survival/duration.h"

#define DEPENDENT    1e-11 /* share of an element that others do not explain */
#define SETTLED      1e-6  /* share of a log-likelihood that does not matter */
#define MAX_HALVINGS 30

#define COX_TITLE "Cox regression"

/* A place of the climb: coefficients, likelihood, and its factored curvature. */
typedef struct Place
{
	double *coefficients; /* of standardized elements */
	SegCoxFit fit;
	double *factor; /* dim * dim */
} Place;

typedef struct Climb
{
	SegCoxLikelihood *likelihood;
	int64_t dim;
	int64_t rank;
	bool *is_aliased;
	Place here;
	Place next;
	double *step; /* Newton's, from here */
	int64_t iterations;
	bool converged;
	int64_t runaway;
	double null_log_likelihood;
	double score; /* at zero: the statistic */
} Climb;

static SegStatus
make_place(SegEnv *env, int64_t dim, Place *place)
{
	SEG_ALLOC(env, place->coefficients, dim);
	SEG_ALLOC(env, place->factor, dim * dim);
	return seg_cox_fit_create(env, dim, &place->fit);
}

/*
 * Factor the information of a place; false if it lacks full rank, which only
 * rounding can cause after the start.
 */
static bool
factor_place(const Climb *c, Place *place, double tolerance)
{
	int64_t dim = c->dim;

	memcpy(place->factor,
	       place->fit.information,
	       (size_t) (dim * dim) * sizeof(double));
	/* a row of zeros is a dependent one */
	for (int64_t i = 0; i < dim; i++)
	{
		for (int64_t j = 0; j <= i; j++)
		{
			if (c->is_aliased[i] || c->is_aliased[j])
				place->factor[i * dim + j] = 0.0;
		}
	}
	return seg_cholesky(place->factor, dim, tolerance) == c->rank;
}

static SegStatus
begin_climb(SegEnv *env, SegCoxLikelihood *likelihood, Climb *c)
{
	int64_t dim = likelihood->rows->dim;

	*c = (Climb){.likelihood = likelihood, .dim = dim, .rank = dim};
	SEG_ALLOC(env, c->is_aliased, dim);
	SEG_ALLOC(env, c->step, dim);
	SEG_TRY(make_place(env, dim, &c->here));
	SEG_TRY(make_place(env, dim, &c->next));
	SEG_TRY(
		seg_cox_evaluate(env, likelihood, c->here.coefficients, &c->here.fit));
	(void) factor_place(c, &c->here, DEPENDENT);
	for (int64_t j = 0; j < dim; j++)
	{
		c->is_aliased[j] = !seg_cholesky_uses(c->here.factor, dim, j);
		c->rank -= c->is_aliased[j];
	}
	c->null_log_likelihood = c->here.fit.log_likelihood;
	return SEG_OK;
}

/*
 * Newton's step from here, and what it should add to the log-likelihood.
 */
static double
find_step(Climb *c)
{
	memcpy(c->step, c->here.fit.gradient, (size_t) c->dim * sizeof(double));
	seg_cholesky_solve(c->here.factor, c->dim, c->step);
	return 0.5 * seg_dot(c->step, c->here.fit.gradient, c->dim);
}

/*
 * The largest move of a coefficient in the step, relative to its size.
 */
static double
largest_move(const Climb *c, int64_t *element)
{
	double largest = 0.0;

	*element = 0;
	for (int64_t j = 0; j < c->dim; j++)
	{
		double move = fabs(c->step[j]) / (1.0 + fabs(c->here.coefficients[j]));

		if (move <= largest)
			continue;
		largest = move;
		*element = j + 1;
	}
	return largest;
}

/*
 * Go along the step, or less far if that would lose more than allowed; stay if
 * it leads nowhere.
 */
static SegStatus
cox_train_take_step(SegEnv *env, Climb *c, double allowed_loss, bool *moved)
{
	double least = c->here.fit.log_likelihood - allowed_loss;
	double length = 1.0;

	for (int h = 0; h <= MAX_HALVINGS; h++, length /= 2)
	{
		Place place = c->next;

		for (int64_t j = 0; j < c->dim; j++)
			place.coefficients[j] =
				c->here.coefficients[j] + length * c->step[j];
		SEG_TRY(seg_cox_evaluate(env,
		                         c->likelihood,
		                         place.coefficients,
		                         &place.fit));
		/* false if it is not a number */
		*moved =
			place.fit.log_likelihood >= least && factor_place(c, &place, 0.0);
		if (*moved)
		{
			c->next = c->here;
			c->here = place;
			return SEG_OK;
		}
	}
	/* repeat the pass at here: what it leaves behind is used later */
	return seg_cox_evaluate(env,
	                        c->likelihood,
	                        c->here.coefficients,
	                        &c->here.fit);
}

static void
cox_train_report(SegEnv *env, const Climb *c, int64_t max_iterations)
{
	if (env->progress != NULL)
		env->progress(env->host,
		              "Cox regression",
		              c->iterations,
		              c->here.fit.log_likelihood,
		              (double) c->iterations / (double) max_iterations);
}

static SegStatus
climb(SegEnv *env, Climb *c, const SegCoxParams *params)
{
	double move_before = INFINITY;
	bool moved = true;

	while (c->iterations < params->max_iterations && moved && !c->converged)
	{
		/* the log-likelihood of few events may be near zero */
		double unit = 1.0 + fabs(c->here.fit.log_likelihood);
		double gain = find_step(c);
		double move = largest_move(c, &c->runaway);
		bool is_flat = gain <= params->tolerance * unit;

		if (c->iterations == 0)
			c->score = 2.0 * gain;
		c->converged = is_flat && move <= sqrt(params->tolerance);
		/* in a climb that converges, steps shrink by far more than half */
		if (c->converged || gain > SETTLED * unit || move < move_before / 2)
			c->runaway = 0;
		else if (gain <= DBL_EPSILON * unit)
			return SEG_OK; /* nothing to gain, but still moving */
		move_before = move;
		SEG_TRY(cox_train_take_step(env, c, params->tolerance * unit, &moved));
		c->iterations += moved;
		cox_train_report(env, c, params->max_iterations);
	}
	return SEG_OK;
}

/* ---------- the model ---------- */

/*
 * b' information b, over the elements with a coefficient.
 */
static double
wald_statistic(const Climb *c)
{
	const double *b = c->here.coefficients;
	double sum = 0.0;

	for (int64_t i = 0; i < c->dim; i++)
	{
		const double *row = c->here.fit.information + i * c->dim;

		sum += b[i] * (2.0 * seg_dot(row, b, i) + row[i] * b[i]);
	}
	return sum;
}

static void
fill_tests(const Climb *c, SegCox *model)
{
	double norm = 0.0;

	for (int64_t j = 0; j < c->dim; j++)
		norm += c->is_aliased[j]
		            ? 0.0
		            : c->here.fit.gradient[j] * c->here.fit.gradient[j];
	model->gradient_norm = sqrt(norm);
	model->null_log_likelihood = c->null_log_likelihood;
	model->log_likelihood = c->here.fit.log_likelihood;
	model->likelihood_ratio =
		fmax(2.0 * (model->log_likelihood - c->null_log_likelihood), 0.0);
	/* rounding may leave less than zero */
	model->wald = fmax(wald_statistic(c), 0.0);
	model->score = fmax(c->score, 0.0);
}

/*
 * Coefficients and covariance, back in the units of the rows.
 */
static SegStatus
fill_coefficients(SegEnv *env, const Climb *c, SegCox *model)
{
	const SegCoxRows *rows = c->likelihood->rows;
	int64_t dim = c->dim;
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
		coefficients[i] = c->here.coefficients[i] / rows->scale[i];
		aliased[i] = c->is_aliased[i];
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
fill_hazards(SegEnv *env, const Climb *c, SegCox *model)
{
	const SegCoxRows *rows = c->likelihood->rows;
	int64_t n = rows->event_times;
	double linear = 0.0; /* of the reference */
	double sum = 0.0;
	int64_t at = n;
	double *times, *hazards;

	SEG_ALLOC(env, times, n);
	SEG_ALLOC(env, hazards, n);
	for (int64_t j = 0; j < c->dim; j++)
		linear += (rows->reference[j] - rows->center[j]) / rows->scale[j] *
		          c->here.coefficients[j];
	for (int64_t i = 0; i < rows->n; i++)
	{
		if (rows->is_event[i] && (at == n || times[at] != rows->times[i]))
			times[--at] = rows->times[i];
	}
	for (int64_t i = 0; i < n; i++)
	{
		sum += c->likelihood->hazards[n - 1 - i] * exp(linear);
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
fill_concordance(SegEnv *env, const Climb *c, SegCox *model)
{
	const SegCoxRows *rows = c->likelihood->rows;
	SegConcordance pairs;

	SEG_TRY(seg_concordance(env,
	                        rows->n,
	                        rows->times,
	                        rows->is_event,
	                        c->likelihood->linear,
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
	Climb c;

	SEG_TRY(seg_cox_check(env, rows->dim));
	SEG_TRY(seg_cox_rows(env, rows, params->timefix, &sorted));
	if (sorted.events == 0)
		return seg_fail(env, SEG_NO_EVENTS, COX_TITLE, (double) sorted.n, 0);
	SEG_TRY(seg_cox_likelihood(env,
	                           &sorted,
	                           (SegCoxTies) params->ties,
	                           &likelihood));
	SEG_TRY(begin_climb(env, &likelihood, &c));
	SEG_TRY(climb(env, &c, params));
	model->dim = c.dim;
	model->rank = c.rank;
	model->rows_used = sorted.n;
	model->event_count = sorted.events;
	model->iterations = c.iterations;
	model->converged = c.converged;
	*runaway = c.runaway;
	fill_tests(&c, model);
	SEG_TRY(fill_coefficients(env, &c, model));
	SEG_TRY(fill_hazards(env, &c, model));
	return fill_concordance(env, &c, model);
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
