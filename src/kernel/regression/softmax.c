/*-------------------------------------------------------------------------
 *
 * softmax.c
 *	  Softmax regression: options, stored form, and what a model says about a
 *	  row.
 *
 * The chance of a class is exp of its score over the sum of exp of all scores; a
 * score is linear in the elements.
 *
 * src/kernel/regression/softmax.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/regression/softmax.h"

#include <float.h>
#include <math.h>

#include "base/missing.h"
#include "base/tags.h"
#include "kernel/regression/regression_express.h"

#define HUGE_COUNT 9007199254740992.0

#define OPTION(member) offsetof(SegRegressionParams, member)

/* clang-format off */
const SegOption seg_softmax_options[] = {
	{"l1", SEG_OPTION_REAL, OPTION(l1), 0, 0, 1e100, NULL,
		"penalty on the sum of |coefficient|"},
	{"l2", SEG_OPTION_REAL, OPTION(l2), 0, 0, 1e100, NULL,
		"penalty on half the sum of squared coefficients"},
	{"standardize", SEG_OPTION_BOOL, OPTION(standardize), 0, 0, 1, NULL,
		"penalize coefficients of standardized elements"},
	{"intercept", SEG_OPTION_BOOL, OPTION(intercept), 1, 0, 1, NULL,
		"have intercepts"},
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 50, 1, 10000, NULL,
		"steps of Newton's method at most"},
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 1e-12, 1e-14, 0.01, NULL,
		"stop when the log-likelihood would rise by less than this share of itself"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegSoftmax, dim, 1, SEG_REGRESSION_MAX_DIM),
	SEG_INT(SegSoftmax, class_count, 2, SEG_MAX_CLASSES),
	SEG_INT(SegSoftmax, rank, 0, SEG_SOFTMAX_MAX_COEFFICIENTS),
	SEG_INT(SegSoftmax, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegSoftmax, rows_skipped, 0, HUGE_COUNT),
	SEG_REAL(SegSoftmax, weight, 0, DBL_MAX),
	SEG_INT(SegSoftmax, iterations, 0, HUGE_COUNT),
	SEG_BOOL(SegSoftmax, converged),
	SEG_REAL(SegSoftmax, gradient_norm, 0, DBL_MAX),
	SEG_REAL(SegSoftmax, degrees_of_freedom, 0, DBL_MAX),
	SEG_REAL(SegSoftmax, deviance, 0, DBL_MAX),
	SEG_REAL(SegSoftmax, null_deviance, 0, DBL_MAX),
	SEG_REAL(SegSoftmax, log_likelihood, -DBL_MAX, DBL_MAX),
	SEG_REAL(SegSoftmax, aic, -DBL_MAX, DBL_MAX),
	SEG_REAL(SegSoftmax, r_squared, -DBL_MAX, 1),
	SEG_BOOL(SegSoftmax, has_intercept),
	SEG_BOOL(SegSoftmax, has_reference),
	SEG_JSON_FIELD(SegSoftmax, options),
	SEG_TEXT_FIELD(SegSoftmax, version),
	SEG_FEATURE_NAMES_FIELDS(SegSoftmax, SEG_REGRESSION_MAX_DIM),
	SEG_PREPARATION_FIELDS(SegSoftmax, SEG_REGRESSION_MAX_DIM),
	SEG_TRAINING_ROWS_FIELDS(SegSoftmax, SEG_REGRESSION_MAX_DIM),
	SEG_REALS(SegSoftmax, means, dim, -DBL_MAX, DBL_MAX),
	SEG_IDS_FIELD(SegSoftmax, classes, class_count, SEG_FEW),
	SEG_REALS(SegSoftmax, class_weights, class_count, 0, DBL_MAX),
	SEG_REALS(SegSoftmax, intercepts, class_count, -DBL_MAX, DBL_MAX),
	SEG_REAL_MATRIX(SegSoftmax, coefficients, class_count, dim, -DBL_MAX, DBL_MAX),
	SEG_INT_MATRIX(SegSoftmax, aliased, class_count, dim, 0, 1),
	SEG_INT(SegSoftmax, covariance_size, 0, SEG_SOFTMAX_MAX_COEFFICIENTS),
	SEG_REAL_MATRIX(SegSoftmax, covariance, covariance_size, covariance_size, -DBL_MAX, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static bool
classes_differ(const SegTexts *classes)
{
	for (int64_t i = 1; i < classes->count; i++)
	{
		for (int64_t j = 0; j < i; j++)
		{
			if (seg_text_compare(seg_texts_get(classes, i),
			                     seg_texts_get(classes, j)) == 0)
				return false;
		}
	}
	return true;
}

static bool
softmax_is_sound(const void *value)
{
	const SegSoftmax *m = value;
	int64_t size = m->covariance_size;

	if ((m->names != 0 && m->names != m->dim) ||
	    (size != 0 &&
	     (size != (m->class_count - 1) * (m->dim + 1) || !m->has_reference)) ||
	    !classes_differ(&m->classes) ||
	    !seg_preparation_is_sound(&m->preparation, m->dim) ||
	    !seg_training_rows_are_sound(&m->training_rows, m->dim))
		return false;
	for (int64_t i = 0; i < m->class_count * m->dim; i++)
	{
		bool is_zero = m->aliased[i] != 0 || (m->has_reference && i < m->dim);

		if (is_zero && m->coefficients[i] != 0.0)
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

/* ---------- what a model says ---------- */

static int64_t
softmax_dim(const void *model)
{
	return ((const SegSoftmax *) model)->dim;
}

static int64_t
softmax_class_count(const void *model)
{
	return ((const SegSoftmax *) model)->class_count;
}

static SegText
softmax_class_name(const void *model, int64_t i)
{
	return seg_texts_get(&((const SegSoftmax *) model)->classes, i);
}

/*
 * Scores become chances; the largest is subtracted first, so that exp cannot
 * overflow.
 */
static SegStatus
softmax_probabilities(SegEnv *env, const void *model, const double *x,
                      double *result)
{
	const SegSoftmax *m = model;
	double top = -INFINITY;
	double sum = 0.0;

	for (int64_t k = 0; k < m->class_count; k++)
	{
		result[k] = m->intercepts[k];
		for (int64_t j = 0; j < m->dim; j++)
			result[k] += m->coefficients[k * m->dim + j] * x[j];
		if (!isfinite(result[k]))
			return seg_fail(env, SEG_NOT_FINITE, "prediction", result[k], 0);
		top = fmax(top, result[k]);
	}
	for (int64_t k = 0; k < m->class_count; k++)
		sum += result[k] = exp(result[k] - top);
	for (int64_t k = 0; k < m->class_count; k++)
		result[k] /= sum;
	return SEG_OK;
}

/*
 * Of two classes, the chance of the second.
 */
static SegStatus
softmax_predict(SegEnv *env, const void *model, const double *x, double *result)
{
	double chance[2];

	SEG_TRY(softmax_probabilities(env, model, x, chance));
	*result = chance[1];
	return SEG_OK;
}

/*
 * A coefficient of a class beyond the mean over the classes: scores have meaning
 * only against each other.
 */
static double
beyond_mean(const SegSoftmax *m, const double *x, int64_t stride,
            int64_t class_number)
{
	double sum = 0.0;

	for (int64_t k = 0; k < m->class_count; k++)
		sum += x[k * stride];
	return x[class_number * stride] - sum / (double) m->class_count;
}

static SegStatus
softmax_explain(SegEnv *env, const void *model, const double *x,
                int64_t class_number, double *contributions, double *base)
{
	const SegSoftmax *m = model;

	(void) env;
	*base = beyond_mean(m, m->intercepts, 1, class_number);
	for (int64_t j = 0; j < m->dim; j++)
	{
		double b = beyond_mean(m, m->coefficients + j, m->dim, class_number);

		*base += b * m->means[j];
		contributions[j] = b * (x[j] - m->means[j]);
	}
	return SEG_OK;
}

static int64_t
softmax_coefficient_count(const void *model)
{
	const SegSoftmax *m = model;

	return (m->class_count - m->has_reference) * (m->dim + m->has_intercept);
}

/*
 * Class by class, the intercept first; without the class of reference.
 */
static SegCoefficient
softmax_coefficient(const void *model, int64_t i)
{
	const SegSoftmax *m = model;
	int64_t each = m->dim + m->has_intercept;
	int64_t k = i / each + m->has_reference;
	bool is_intercept = m->has_intercept && i % each == 0;
	int64_t at = is_intercept ? m->dim : i % each - m->has_intercept;
	int64_t variable = (k - 1) * (m->dim + 1) + at; /* of the covariance */
	SegCoefficient c = {.number = at + 1,
	                    .of = softmax_class_name(model, k),
	                    .std_error = seg_missing()};

	if (is_intercept)
		c.feature = (SegText){"(intercept)", 11};
	else if (m->names > 0)
		c.feature = seg_texts_get(&m->feature_names, at);
	c.is_aliased = !is_intercept && m->aliased[k * m->dim + at] != 0;
	c.estimate =
		is_intercept ? m->intercepts[k] : m->coefficients[k * m->dim + at];
	if (m->covariance_size > 0)
		c.std_error =
			sqrt(m->covariance[variable * m->covariance_size + variable]);
	return c;
}

static const SegSupervised softmax_supervised =
	{.dim = softmax_dim,
     .predict = softmax_predict,
     .coefficient_count = softmax_coefficient_count,
     .coefficient = softmax_coefficient,
     .class_count = softmax_class_count,
     .class_name = softmax_class_name,
     .probabilities = softmax_probabilities,
     .explain = softmax_explain};

const SegMethod seg_softmax_method = {.tag = SEG_TAG_SOFTMAX,
                                      .format = 1,
                                      .name = "softmax",
                                      .title = "softmax regression model",
                                      .fields = fields,
                                      .size = sizeof(SegSoftmax),
                                      .is_sound = softmax_is_sound,
                                      .expressible = &seg_softmax_expressible,
                                      .supervised = &softmax_supervised};
