/*-------------------------------------------------------------------------
 *
 * regression.c
 *	  Generalized linear models: options, stored form, and what a model says
 *	  about a row.
 *
 * src/kernel/regression/regression.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/regression/regression.h"

#include <float.h>
#include <math.h>

#include "base/missing.h"
#include "base/tags.h"
#include "kernel/regression/regression_express.h"

#define HUGE_COUNT 9007199254740992.0

#define OPTION(member) offsetof(SegRegressionParams, member)

static const char *const std_errors_words[] = {[SEG_ERRORS_MODEL] = "model",
                                               [SEG_ERRORS_HC0] = "hc0",
                                               [SEG_ERRORS_HC1] = "hc1",
                                               [SEG_ERRORS_HC2] = "hc2",
                                               [SEG_ERRORS_HC3] = "hc3",
                                               NULL};

/* clang-format off */
const SegOption seg_regression_options[] = {
	{"l1", SEG_OPTION_REAL, OPTION(l1), 0, 0, 1e100, NULL,
		"penalty on the sum of |coefficient|"},
	{"l2", SEG_OPTION_REAL, OPTION(l2), 0, 0, 1e100, NULL,
		"penalty on half the sum of squared coefficients"},
	{"standardize", SEG_OPTION_BOOL, OPTION(standardize), 0, 0, 1, NULL,
		"penalize coefficients of standardized elements"},
	{"intercept", SEG_OPTION_BOOL, OPTION(intercept), 1, 0, 1, NULL,
		"have an intercept"},
	{"std_errors", SEG_OPTION_ENUM, OPTION(std_errors), SEG_ERRORS_MODEL, 0, 4,
		std_errors_words, "model, hc0, hc1, hc2, hc3"},
	{"offset", SEG_OPTION_ELEMENT, OPTION(offset), 0, 0, SEG_REGRESSION_MAX_DIM, NULL,
		"element whose coefficient is 1; 0: none"},
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 50, 1, 10000, NULL,
		"steps of Newton's method at most"},
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 1e-12, 1e-14, 0.01, NULL,
		"stop when the log-likelihood would rise by less than this share of itself"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegRegression, dim, 1, SEG_REGRESSION_MAX_DIM),
	SEG_INT(SegRegression, rank, 0, SEG_REGRESSION_MAX_DIM + 1),
	SEG_INT(SegRegression, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegRegression, rows_skipped, 0, HUGE_COUNT),
	SEG_REAL(SegRegression, weight, 0, DBL_MAX),
	SEG_INT(SegRegression, iterations, 0, HUGE_COUNT),
	SEG_BOOL(SegRegression, converged),
	SEG_REAL(SegRegression, gradient_norm, 0, DBL_MAX),
	SEG_REAL(SegRegression, degrees_of_freedom, 0, DBL_MAX),
	SEG_REAL(SegRegression, dispersion, 0, DBL_MAX),
	SEG_REAL(SegRegression, deviance, 0, DBL_MAX),
	SEG_REAL(SegRegression, null_deviance, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegRegression, log_likelihood, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REAL(SegRegression, aic, -DBL_MAX, DBL_MAX),
	SEG_REAL(SegRegression, r_squared, -DBL_MAX, 1),
	SEG_BOOL(SegRegression, has_intercept),
	SEG_INT(SegRegression, offset, 0, SEG_REGRESSION_MAX_DIM),
	SEG_REAL(SegRegression, intercept, -DBL_MAX, DBL_MAX),
	SEG_JSON_FIELD(SegRegression, options),
	SEG_TEXT_FIELD(SegRegression, version),
	SEG_FEATURE_NAMES_FIELDS(SegRegression, SEG_REGRESSION_MAX_DIM),
	SEG_PREPARATION_FIELDS(SegRegression, SEG_REGRESSION_MAX_DIM),
	SEG_TRAINING_ROWS_FIELDS(SegRegression, SEG_REGRESSION_MAX_DIM),
	SEG_REALS(SegRegression, means, dim, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegRegression, coefficients, dim, -DBL_MAX, DBL_MAX),
	SEG_BOOLS(SegRegression, aliased, dim),
	SEG_INT(SegRegression, covariance_size, 0, SEG_REGRESSION_MAX_DIM + 1),
	SEG_REAL_MATRIX(SegRegression, covariance, covariance_size, covariance_size, -DBL_MAX, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static bool
regression_is_sound(const void *value)
{
	const SegRegression *m = value;
	int64_t size = m->covariance_size;

	if ((m->names != 0 && m->names != m->dim) || m->offset > m->dim ||
	    (size != 0 && size != m->dim + 1) ||
	    m->rank > m->dim + m->has_intercept ||
	    !seg_preparation_is_sound(&m->preparation, m->dim) ||
	    !seg_training_rows_are_sound(&m->training_rows, m->dim))
		return false;
	for (int64_t i = 0; i < m->dim; i++)
	{
		if (m->aliased[i] != 0 && m->coefficients[i] != 0.0)
			return false;
	}
	for (int64_t i = 0; i < size; i++)
	{
		if (m->covariance[i * size + i] < 0.0)
			return false;
		for (int64_t j = 0; j < i; j++)
		{
			if (m->covariance[i * size + j] != m->covariance[j * size + i])
				return false;
		}
	}
	return true;
}

/*
 * What can be checked once the dimension is known.
 */
SegStatus
seg_regression_check(SegEnv *env, const SegRegressionParams *params,
                     int64_t dim)
{
	if (dim > SEG_REGRESSION_MAX_DIM)
		return seg_fail(env,
		                SEG_LIMIT,
		                "vector elements for a regression",
		                (double) dim,
		                SEG_REGRESSION_MAX_DIM);
	if (params->offset > dim)
		return seg_fail_range(env,
		                      SEG_OPTION_RANGE,
		                      "offset",
		                      (double) params->offset,
		                      0,
		                      (double) dim);
	return SEG_OK;
}

/* ---------- what a model says ---------- */

static double
eta_of(const SegRegression *m, const double *x)
{
	double sum = m->intercept;

	for (int64_t j = 0; j < m->dim; j++)
		sum += m->coefficients[j] * x[j];
	return sum;
}

static SegStatus
finite_prediction(SegEnv *env, double x, double *result)
{
	*result = x;
	return isfinite(x) ? SEG_OK
	                   : seg_fail(env, SEG_NOT_FINITE, "prediction", x, 0);
}

static SegStatus
linear_predict(SegEnv *env, const void *model, const double *x, double *result)
{
	return finite_prediction(env, eta_of(model, x), result);
}

static SegStatus
logistic_predict(SegEnv *env, const void *model, const double *x,
                 double *result)
{
	return finite_prediction(env, 1.0 / (1.0 + exp(-eta_of(model, x))), result);
}

static SegStatus
log_link_predict(SegEnv *env, const void *model, const double *x,
                 double *result)
{
	return finite_prediction(env, exp(eta_of(model, x)), result);
}

static SegStatus
logistic_probabilities(SegEnv *env, const void *model, const double *x,
                       double *result)
{
	double yes;

	SEG_TRY(logistic_predict(env, model, x, &yes));
	seg_yes_no_probabilities(yes, result);
	return SEG_OK;
}

/*
 * An element adds what it does beyond a row of the training means: Shapley's
 * values, if elements are independent.
 */
static SegStatus
regression_explain(SegEnv *env, const void *model, const double *x,
                   int64_t class_number, double *contributions, double *base)
{
	const SegRegression *m = model;

	(void) env;
	(void) class_number;
	*base = m->intercept;
	for (int64_t j = 0; j < m->dim; j++)
	{
		*base += m->coefficients[j] * m->means[j];
		contributions[j] = m->coefficients[j] * (x[j] - m->means[j]);
	}
	return SEG_OK;
}

/*
 * Towards a no, everything is the other way round.
 */
static SegStatus
logistic_explain(SegEnv *env, const void *model, const double *x,
                 int64_t class_number, double *contributions, double *base)
{
	int64_t dim = ((const SegRegression *) model)->dim;

	SEG_TRY(regression_explain(env, model, x, 0, contributions, base));
	if (class_number > 0)
		return SEG_OK;
	*base = -*base;
	for (int64_t j = 0; j < dim; j++)
		contributions[j] = -contributions[j];
	return SEG_OK;
}

static int64_t
regression_dim(const void *model)
{
	return ((const SegRegression *) model)->dim;
}

static int64_t
coefficient_count(const void *model)
{
	const SegRegression *m = model;

	return m->dim + m->has_intercept;
}

/*
 * The intercept comes first.
 */
static SegCoefficient
regression_coefficient(const void *model, int64_t i)
{
	const SegRegression *m = model;
	int64_t size = m->covariance_size;
	bool is_intercept = m->has_intercept && i == 0;
	int64_t at = is_intercept ? m->dim : i - m->has_intercept;
	SegCoefficient c = {.std_error = seg_missing()};

	if (is_intercept)
		c.feature = (SegText){"(intercept)", 11};
	else if (m->names > 0)
		c.feature = seg_texts_get(&m->feature_names, at);
	c.number = at + 1;
	c.is_aliased = !is_intercept && m->aliased[at] != 0;
	c.estimate = is_intercept ? m->intercept : m->coefficients[at];
	if (size > 0 && at + 1 != m->offset)
		c.std_error = sqrt(m->covariance[at * size + at]);
	return c;
}

/*
 * Where the dispersion is estimated, tests are Student's.
 */
static double
student_freedom(const void *model)
{
	return ((const SegRegression *) model)->degrees_of_freedom;
}

#define COEFFICIENTS \
	.coefficient_count = coefficient_count, \
	.coefficient = regression_coefficient

static const SegSupervised linear_supervised = {.dim = regression_dim,
                                                .predict = linear_predict,
                                                COEFFICIENTS,
                                                .is_additive = true,
                                                .degrees_of_freedom =
                                                    student_freedom,
                                                .explain = regression_explain};
static const SegSupervised logistic_supervised = {.dim = regression_dim,
                                                  .predict = logistic_predict,
                                                  COEFFICIENTS,
                                                  .class_count =
                                                      seg_yes_no_count,
                                                  .class_name = seg_yes_no_name,
                                                  .probabilities =
                                                      logistic_probabilities,
                                                  .explain = logistic_explain};
static const SegSupervised poisson_supervised = {.dim = regression_dim,
                                                 .predict = log_link_predict,
                                                 COEFFICIENTS,
                                                 .explain = regression_explain};
static const SegSupervised gamma_supervised = {.dim = regression_dim,
                                               .predict = log_link_predict,
                                               COEFFICIENTS,
                                               .degrees_of_freedom =
                                                   student_freedom,
                                               .explain = regression_explain};

#define METHOD(name_, title_, tag_, expressible_) \
	const SegMethod seg_##name_##_method = {.tag = tag_, \
	                                        .format = 1, \
	                                        .name = #name_, \
	                                        .title = title_, \
	                                        .fields = fields, \
	                                        .size = sizeof(SegRegression), \
	                                        .is_sound = regression_is_sound, \
	                                        .supervised = &name_##_supervised, \
	                                        .expressible = &expressible_}

METHOD(linear, "linear regression model", SEG_TAG_LINEAR,
       seg_linear_expressible);
METHOD(logistic, "logistic regression model", SEG_TAG_LOGISTIC,
       seg_logistic_expressible);
METHOD(poisson, "Poisson regression model", SEG_TAG_POISSON,
       seg_log_link_expressible);
METHOD(gamma, "gamma regression model", SEG_TAG_GAMMA,
       seg_log_link_expressible);
