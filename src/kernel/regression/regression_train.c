/*-------------------------------------------------------------------------
 *
 * regression_train.c
 *	  Generalized linear models: from rows to a model.
 *
 * Newton's method (base/climb.h) on the log-likelihood [1] of elements that are
 * centered and scaled, so that neither a large offset nor units of very
 * different size take digits from the products; without an intercept they are
 * only scaled. A linear model's label is centered and scaled too. Each step is a
 * pass over the rows. The intercept is the last variable.
 *
 * A weight counts a row so many times. Penalties are those of scikit-learn: the
 * sum over rows of minus the log-likelihood, with unit dispersion, plus
 * l1 |b| + l2 b^2 / 2 for each element's coefficient b.
 *
 * [1] P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed., 1989.
 *
 * src/kernel/regression/regression_train.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/missing.h"
#include "base/range.h"
#include "base/special.h"
#include "kernel/regression/regression_covariance.h"

#define TWO_PI         6.28318530717958647692
#define SAMPLE_LEAST   65536     /* rows for which a sample pays */
#define SAMPLE_SHARE   16        /* of the rows, one */
#define SAMPLE_NUMBERS (1 << 22) /* in a sample at most */

/* ---------- the model ---------- */

/*
 * The log-likelihood with its constants, from the deviance and the value of the
 * climb.
 */
static double
log_likelihood(const SegRegressionPass *t, const SegRegression *m, double value)
{
	double n = m->weight;
	double shape;

	switch (t->family)
	{
		case SEG_LINEAR:
			return -0.5 * n * (log(TWO_PI * m->deviance / n) + 1.0);
		case SEG_GAMMA:
			shape = n / m->deviance;
			return n * (shape * log(shape) - seg_log_gamma(shape)) +
			       shape * value + (shape - 1.0) * t->labels.constant;
		default:
			return value + t->labels.constant;
	}
}

static void
fill_statistics(const SegRegressionPass *t, const SegClimb *c,
                double null_value, SegRegression *m)
{
	double unit = t->label_scale * t->label_scale;
	double value = c->here.value;
	double parameters = (double) m->rank + seg_has_dispersion(t->family);

	for (int64_t j = 0; j < t->n; j++)
	{
		value += 0.5 * t->l2[j] * c->here.x[j] * c->here.x[j];
		if (c->slope->l1 != NULL)
			value += c->slope->l1[j] * fabs(c->here.x[j]);
	}
	m->gradient_norm = seg_climb_gradient_norm(c);
	m->deviance = fmax(2.0 * (t->labels.saturated - value), 0.0) * unit;
	m->null_deviance =
		fmax(2.0 * (t->labels.saturated - null_value), 0.0) * unit;
	m->r_squared =
		m->null_deviance > 0.0 ? 1.0 - m->deviance / m->null_deviance : 0.0;
	m->log_likelihood = log_likelihood(t, m, value);
	m->aic = 2.0 * (parameters - m->log_likelihood);
	if (!isfinite(m->log_likelihood))
		m->log_likelihood = m->aic = seg_missing();
}

/*
 * Coefficients in units of the rows.
 */
static SegStatus
rescale_coefficients(SegEnv *env, const SegRegressionPass *t, const SegClimb *c,
                     SegRegression *model)
{
	double *coefficients;
	int64_t *aliased;

	SEG_ALLOC(env, coefficients, t->dim);
	SEG_ALLOC(env, aliased, t->dim);
	model->intercept = t->label_center;
	if (t->params->intercept)
		model->intercept += c->here.x[t->dim] * t->label_scale;
	for (int64_t j = 0; j < t->dim; j++)
	{
		bool is_offset = j + 1 == t->params->offset;

		coefficients[j] =
			is_offset ? 1.0
					  : c->here.x[j] * t->columns.inverse[j] * t->label_scale;
		aliased[j] = c->is_fixed[j] && !is_offset;
		model->intercept -= coefficients[j] * t->columns.center[j];
		if (!isfinite(coefficients[j]))
			return seg_fail(env,
			                SEG_NOT_FINITE,
			                "coefficient",
			                coefficients[j],
			                0);
	}
	model->coefficients = coefficients;
	model->aliased = aliased;
	return seg_check_finite(env, "intercept", model->intercept);
}

/* ---------- training ---------- */

/*
 * The intercept of a model without elements.
 */
static double
null_intercept(const SegRegressionPass *t)
{
	double mean = t->labels.sum / t->labels.weight;

	switch (t->family)
	{
		case SEG_LINEAR:
			return (mean - t->label_center) / t->label_scale;
		case SEG_LOGISTIC:
			return log(mean / (1.0 - mean));
		default:
			return log(mean);
	}
}

/*
 * The log-likelihood of a model without elements, of the families for which the
 * climb may start elsewhere.
 */
static double
null_height(const SegRegressionPass *t)
{
	double n = t->labels.weight;
	double sum = t->labels.sum;
	double mean = sum / n;
	bool fits = t->params->intercept; /* the mean */

	switch (t->family)
	{
		case SEG_LOGISTIC:
			return fits ? sum * log(mean) + (n - sum) * log(1.0 - mean)
			            : -n * log(2.0);
		case SEG_POISSON:
			return fits ? sum * (log(mean) - 1.0) : -n;
		default:
			return fits ? -n * (1.0 + log(mean)) : -sum;
	}
}

/*
 * Climb with all variables but the intercept held, which an offset makes
 * necessary: the model to compare with, and the start of the real climb.
 */
static SegStatus
climb_null(SegEnv *env, SegRegressionPass *t, SegSlope slope, double *x,
           double *value)
{
	SegClimb c;
	bool *is_held;

	SEG_ALLOC(env, is_held, t->n);
	for (int64_t j = 0; j < t->dim; j++)
		is_held[j] = true;
	slope.is_held = is_held;
	SEG_TRY(seg_climb_create(env, &slope, &c));
	if (t->params->offset > 0)
		c.here.x[t->params->offset - 1] = 1.0 / t->label_scale;
	if (t->params->intercept)
		c.here.x[t->dim] = null_intercept(t);
	SEG_TRY(seg_climb(env, &c));
	memcpy(x, c.here.x, (size_t) t->n * sizeof(double));
	*value = c.here.value;
	return SEG_OK;
}

/*
 * Move the start to the maximum for a sample of the rows, which saves passes
 * over all of them. Every so-manieth row in canonical order is a random one. A
 * sample whose climb does not converge, for example because it separates what all
 * rows do not, says nothing.
 */
static SegStatus
climb_sample(SegEnv *env, const SegRegressionPass *all, SegSlope slope,
             double *x)
{
	SegRegressionPass t = *all;
	int64_t stride = all->rows->stride;
	int64_t m = all->rows->n / SAMPLE_SHARE;
	double share;
	double *rows;
	SegMemoryRows source;
	SegClimb c;

	if (m > SAMPLE_NUMBERS / stride)
		m = SAMPLE_NUMBERS / stride;
	share = (double) m / (double) all->rows->n;
	SEG_ALLOC(env, rows, m * stride);
	SEG_ALLOC(env, t.l2, t.n);
	if (all->l1 != NULL)
		SEG_ALLOC(env, t.l1, t.n);
	for (int64_t j = 0; j < t.n; j++)
	{
		t.l2[j] = all->l2[j] * share;
		if (all->l1 != NULL)
			t.l1[j] = all->l1[j] * share;
	}
	SEG_TRY(seg_rows_sample(env, all->rows, m, rows));
	seg_memory_rows(&source, rows, m, all->rows->dim, (int32_t) stride, m);
	t.rows = &source.rows;
	slope.context = &t;
	slope.l1 = t.l1;
	SEG_TRY(seg_climb_create(env, &slope, &c));
	memcpy(c.here.x, x, (size_t) t.n * sizeof(double));
	SEG_TRY(seg_climb(env, &c));
	if (c.converged)
		memcpy(x, c.here.x, (size_t) t.n * sizeof(double));
	return SEG_OK;
}

/*
 * A linear model needs no better start: one step leads to the maximum.
 */
static SegStatus
improve_start(SegEnv *env, const SegRegressionPass *t, const SegSlope *slope,
              double *x)
{
	SegEnv inner;

	if (t->family == SEG_LINEAR || t->rows->n < SAMPLE_LEAST)
		return SEG_OK;
	inner = seg_enter(env);
	inner.progress = NULL;
	return seg_leave(env, &inner, climb_sample(&inner, t, *slope, x));
}

SegStatus
seg_regression_train(SegEnv *env, SegFamily family, SegRows *rows,
                     const SegRegressionParams *params, SegRegression *model,
                     int64_t *runaway)
{
	SegRegressionPass t = {.family = family,
	                       .params = params,
	                       .rows = rows,
	                       .loops = seg_tile_loops(),
	                       .dim = rows->dim,
	                       .n = rows->dim + params->intercept,
	                       .weight = rows->stride > rows->dim + 1
	                                     ? rows->dim + 1
	                                     : 0};
	SegSlope slope = {.height_at = seg_regression_height,
	                  .context = &t,
	                  .n = t.n,
	                  .max_iterations = params->max_iterations,
	                  .tolerance = params->tolerance,
	                  .name = seg_regression_titles[family]};
	SegClimb climb;
	bool *is_held, *is_nameless;
	double null_value = 0.0;

	SEG_TRY(seg_regression_check(env, params, rows->dim));
	SEG_TRY(seg_regression_look(env, &t));
	SEG_ALLOC(env, is_held, t.n);
	SEG_ALLOC(env, is_nameless, t.n);
	if (params->offset > 0)
		is_held[params->offset - 1] = true;
	if (params->intercept)
		is_nameless[t.dim] = true;
	slope.is_held = is_held;
	slope.is_nameless = is_nameless;
	SEG_TRY(seg_climb_create(env, &slope, &climb));
	if (params->offset > 0)
		SEG_TRY(climb_null(env, &t, slope, climb.here.x, &null_value));
	else if (params->intercept)
		climb.here.x[t.dim] = null_intercept(&t);
	slope.l1 = t.l1;
	SEG_TRY(improve_start(env, &t, &slope, climb.here.x));
	SEG_TRY(seg_climb(env, &climb));
	if (params->offset == 0)
		null_value = family == SEG_LINEAR ? climb.start : null_height(&t);

	model->dim = t.dim;
	model->rank = climb.rank;
	model->rows_used = rows->n;
	model->weight = t.labels.weight;
	model->iterations = climb.iterations;
	model->converged = climb.converged;
	model->dispersion = 1.0;
	model->degrees_of_freedom =
		fmax(t.labels.weight - (double) climb.rank, 0.0);
	model->has_intercept = params->intercept;
	model->offset = params->offset;
	model->means = t.mean;
	*runaway = climb.runaway;
	SEG_TRY(rescale_coefficients(env, &t, &climb, model));
	fill_statistics(&t, &climb, null_value, model);
	return seg_regression_covariance(env, &t, &climb, model);
}

/* ---------- trainers ---------- */

static SegStatus
regression_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	return seg_regression_check(env, params, dim);
}

/*
 * Labels are as large as elements may be.
 */
static SegStatus
check_label(SegEnv *env, double label, double least)
{
	SEG_TRY(seg_check_finite(env, "label", label));
	if (label >= least && label <= SEG_LARGE_VALUE)
		return SEG_OK;
	return seg_fail_range(env,
	                      SEG_ARGUMENT_RANGE,
	                      "label",
	                      label,
	                      least,
	                      SEG_LARGE_VALUE);
}

static SegStatus
check_number(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	return check_label(env, numbers[0], -SEG_LARGE_VALUE);
}

static SegStatus
check_amount(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	return check_label(env, numbers[0], 0.0);
}

static SegStatus
check_positive(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	if (!(numbers[0] > 0.0 && numbers[0] <= DBL_MAX))
		return seg_fail(env, SEG_NOT_POSITIVE, "label", numbers[0], 0);
	return check_label(env, numbers[0], 0.0);
}

static int64_t
regression_model_bytes(const void *params, int64_t dim)
{
	(void) params;
	return (dim + 1) * (dim + 1) * (int64_t) sizeof(double);
}

void
seg_regression_note(SegEnv *env, SegFamily family, int64_t iterations,
                    int64_t runaway)
{
	seg_note(env,
	         runaway > 0 ? SEG_NOTE_RUNAWAY : SEG_NOTE_UNCONVERGED,
	         (SegDiag){.what = seg_regression_titles[family],
	                   .got = (double) (runaway > 0 ? runaway : iterations),
	                   .want = (double) iterations});
}

static SegStatus
train_family(SegEnv *env, SegFamily family, SegRows *rows,
             const SegRegressionParams *params, SegRegression *model)
{
	int64_t runaway;

	SEG_TRY(seg_regression_train(env, family, rows, params, model, &runaway));
	if (!model->converged)
		seg_regression_note(env, family, model->iterations, runaway);
	return SEG_OK;
}

/*
 * An offset enters as it is.
 */
static SegStatus
check_offset(SegEnv *env, const void *params,
             const SegPreparationParams *preparation)
{
	if (((const SegRegressionParams *) params)->offset == 0 ||
	    (preparation->transform == 0 && preparation->scale == 0))
		return SEG_OK;
	return seg_fail_name(env,
	                     SEG_OPTION_CLASH,
	                     preparation->transform > 0 ? "transform" : "scale",
	                     "\"offset\"");
}

#define REGRESSION(name, family, check) \
	static SegStatus name##_train(SegEnv *env, \
	                              void *rows, \
	                              const void *params, \
	                              void *model) \
	{ \
		return train_family(env, family, rows, params, model); \
	} \
\
	const SegTrainer seg_##name##_trainer = \
		{.method = &seg_##name##_method, \
	     .title = #name " regression", \
	     .columns = {{SEG_COLUMN_NUMBER}, {SEG_COLUMN_VECTOR}}, \
	     .warns_of_leaks = true, \
	     .preparations = SEG_PREPARE_ANYTHING, \
	     .check_preparation = check_offset, \
	     .options = seg_regression_options, \
	     .params_size = sizeof(SegRegressionParams), \
	     .check_dim = regression_check_dim, \
	     .check_row = check, \
	     .model_bytes = regression_model_bytes, \
	     .smaller = "shorter vectors", \
	     .train = name##_train}

REGRESSION(linear, SEG_LINEAR, check_number);
REGRESSION(logistic, SEG_LOGISTIC, check_number);
REGRESSION(poisson, SEG_POISSON, check_amount);
REGRESSION(gamma, SEG_GAMMA, check_positive);
