/*-------------------------------------------------------------------------
 *
 * regression_covariance.c
 *	  How certain the coefficients of a generalized linear model are.
 *
 * Standard errors are those of the expected information at the maximum, or
 * robust [1]: with A the inverse of that information, A (sum of g^2 x x') A,
 * where g is the derivative of a row's log-likelihood.
 *
 * [1] J. G. MacKinnon, H. White, "Some Heteroskedasticity-Consistent Covariance
 * Matrix Estimators with Improved Finite Sample Properties", Journal of
 * Econometrics 29, 1985.
 *
 * src/kernel/regression/regression_covariance.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/regression/regression_covariance.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"

#define LEAST_REST 1e-10 /* less is rounding */

bool
seg_has_dispersion(SegFamily family)
{
	return family == SEG_LINEAR || family == SEG_GAMMA;
}

/* What the last pass adds up. */
typedef struct Residuals
{
	SegStdErrors errors;
	const double *inverse; /* n * n: of the expected information */
	double least_rest;     /* of 1, after a row's leverage */
	double pearson;        /* sum of squared Pearson residuals */
} Residuals;

/*
 * Derivatives with the curvature that is expected, which only for gamma
 * regression is not the curvature itself; squared Pearson residuals.
 */
static void
visit_expected(SegRegressionPass *t, void *context)
{
	SegTile *tile = &t->tile;
	Residuals *residuals = context;

	t->loops->differentiate[t->family](tile, &t->sums);
	for (int i = 0; i < SEG_TILE_ROWS; i++)
	{
		double gap = tile->y[i] - tile->mean[i];

		if (tile->weight[i] == 0.0)
			continue;
		if (t->family == SEG_GAMMA)
		{
			tile->curvature[i] = tile->weight[i];
			gap /= tile->mean[i];
		}
		residuals->pearson += tile->weight[i] * gap * gap;
	}
	t->loops->add(tile, &t->sums);
}

/*
 * The share of a row's prediction that is its own label. The curvature that is
 * expected of gamma regression is 1.
 */
static double
leverage(const SegRegressionPass *t, const double *inverse, int row)
{
	const double *x = t->tile.x + row;
	double sum = 0.0;

	for (int64_t i = 0; i < t->n; i++)
	{
		double inner = 0.0;

		for (int64_t j = 0; j < t->n; j++)
			inner += inverse[i * t->n + j] * x[j * SEG_TILE_ROWS];
		sum += inner * x[i * SEG_TILE_ROWS];
	}
	return t->family == SEG_GAMMA
	           ? sum
	           : sum * t->tile.curvature[row] / t->tile.weight[row];
}

/*
 * What HC2 and HC3 make of a row's leverage.
 */
static double
squares_divisor(const SegRegressionPass *t, Residuals *residuals, int row)
{
	double rest = 1.0 - leverage(t, residuals->inverse, row);

	residuals->least_rest = fmin(residuals->least_rest, rest);
	return residuals->errors == SEG_ERRORS_HC2 ? rest : rest * rest;
}

/*
 * Squares of the derivatives in place of the curvature.
 */
static void
visit_squares(SegRegressionPass *t, void *context)
{
	SegTile *tile = &t->tile;
	Residuals *residuals = context;

	t->loops->differentiate[t->family](tile, &t->sums);
	for (int i = 0; i < SEG_TILE_ROWS; i++)
	{
		double g = tile->gradient[i];

		tile->gradient[i] = 0.0;
		if (tile->weight[i] == 0.0)
		{
			tile->curvature[i] = 0.0;
			continue;
		}
		g *= g / tile->weight[i];
		if (residuals->errors >= SEG_ERRORS_HC2)
			g /= squares_divisor(t, residuals, i);
		tile->curvature[i] = g;
	}
	t->loops->add(tile, &t->sums);
}

/*
 * inverse * middle * inverse, in place of middle; both symmetric, with all
 * their elements.
 */
static SegStatus
sandwich(SegEnv *env, const double *inverse, double *middle, int64_t n)
{
	double *half;

	SEG_ALLOC(env, half, n * n);
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j < n; j++)
			half[i * n + j] = seg_dot(inverse + i * n, middle + j * n, n);
		if (env->stop(env->host))
			return SEG_STOPPED;
	}
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j <= i; j++)
			middle[i * n + j] = middle[j * n + i] =
				seg_dot(half + i * n, inverse + j * n, n);
	}
	return SEG_OK;
}

/*
 * The covariance of standardized coefficients, into matrix.
 */
static SegStatus
find_covariance(SegEnv *env, SegRegressionPass *t, const SegClimb *c,
                const SegRegression *model, const double *information,
                double *matrix)
{
	Residuals residuals = {.errors = (SegStdErrors) t->params->std_errors,
	                       .least_rest = 1.0};
	int64_t n = t->n;
	double *factor = c->next.factor; /* no longer needed */
	double *inverse;
	/* of labels as the pass scales them */
	double dispersion = model->dispersion / (t->label_scale * t->label_scale);

	SEG_ALLOC(env, inverse, n * n);
	memcpy(factor, information, (size_t) (n * n) * sizeof(double));
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j <= i; j++)
			factor[i * n + j] *= !c->is_fixed[i] && !c->is_fixed[j];
	}
	(void) seg_cholesky(factor, n, 0.0);
	seg_cholesky_invert(factor, n, inverse);
	if (residuals.errors == SEG_ERRORS_MODEL)
	{
		for (int64_t i = 0; i < n * n; i++)
			matrix[i] = inverse[i] * dispersion;
		return SEG_OK;
	}
	residuals.inverse = inverse;
	SEG_TRY(seg_regression_pass(env, t, c->here.x, visit_squares, &residuals));
	if (residuals.least_rest < LEAST_REST)
		return seg_fail_name(env,
		                     SEG_LEVERAGE,
		                     "std_errors",
		                     residuals.errors == SEG_ERRORS_HC2 ? "hc2"
		                                                        : "hc3");
	seg_regression_information(t, matrix);
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j <= i; j++)
		{
			if (residuals.errors == SEG_ERRORS_HC1)
				matrix[i * n + j] *= model->weight / model->degrees_of_freedom;
			matrix[j * n + i] = matrix[i * n + j];
		}
	}
	return sandwich(env, inverse, matrix, n);
}

/*
 * Scale elements back, then subtract from each intercept what the centers
 * contribute: first in rows, then in columns.
 */
bool
seg_unscale_covariance(const SegRegressionPass *t, int64_t blocks,
                       double *matrix)
{
	int64_t n = t->n;
	int64_t size = blocks * n;

	for (int64_t v = 0; v < size * size; v++)
	{
		int64_t i = v / size % n;
		int64_t j = v % n;

		matrix[v] *= t->label_scale * t->label_scale *
		             (i < t->dim ? t->columns.inverse[i] : 1.0) *
		             (j < t->dim ? t->columns.inverse[j] : 1.0);
	}
	for (int64_t k = 0; t->params->intercept && k < blocks; k++)
	{
		for (int64_t i = 0; i < t->dim; i++)
		{
			for (int64_t j = 0; j < size; j++)
				matrix[(k * n + t->dim) * size + j] -=
					t->columns.center[i] * matrix[(k * n + i) * size + j];
		}
	}
	for (int64_t k = 0; t->params->intercept && k < blocks; k++)
	{
		for (int64_t j = 0; j < size; j++)
		{
			double *row = matrix + j * size + k * n;

			row[t->dim] -= seg_dot(t->columns.center, row, t->dim);
		}
	}
	for (int64_t i = 0; i < size; i++)
	{
		if (matrix[i * size + i] < 0.0)
			return false;
	}
	return true;
}

/*
 * The information that is expected, and the variance of labels about their
 * means. Only of gamma regression is it not that of the climb.
 */
static SegStatus
find_dispersion(SegEnv *env, SegRegressionPass *t, const SegClimb *c,
                SegRegression *model, double *information)
{
	Residuals residuals = {0};

	if (t->family == SEG_GAMMA)
	{
		SEG_TRY(
			seg_regression_pass(env, t, c->here.x, visit_expected, &residuals));
		seg_regression_information(t, information);
	}
	else
		residuals.pearson = model->deviance;
	if (seg_has_dispersion(t->family))
		model->dispersion = model->degrees_of_freedom > 0.0
		                        ? residuals.pearson / model->degrees_of_freedom
		                        : 0.0;
	return SEG_OK;
}

SegStatus
seg_regression_covariance(SegEnv *env, SegRegressionPass *t, const SegClimb *c,
                          SegRegression *model)
{
	int64_t size = t->dim + 1;
	bool needs_freedom = seg_has_dispersion(t->family) ||
	                     t->params->std_errors == SEG_ERRORS_HC1;
	double *information = c->here.height.information;
	double *matrix, *covariance;

	SEG_TRY(find_dispersion(env, t, c, model, information));
	/* biased estimates have no standard errors, nor has a perfect fit */
	if (t->params->l1 > 0.0 || t->params->l2 > 0.0 ||
	    (needs_freedom && model->degrees_of_freedom == 0.0))
		return SEG_OK;
	SEG_ALLOC(env, matrix, t->n * t->n);
	SEG_ALLOC(env, covariance, size * size);
	SEG_TRY(find_covariance(env, t, c, model, information, matrix));
	if (!seg_unscale_covariance(t, 1, matrix))
		return SEG_OK;
	for (int64_t i = 0; i < t->n; i++)
	{
		for (int64_t j = 0; j <= i; j++)
		{
			double x = matrix[i * t->n + j];

			if (!isfinite(x))
				return seg_fail(env, SEG_NOT_FINITE, "covariance", x, 0);
			covariance[i * size + j] = covariance[j * size + i] = x;
		}
	}
	model->covariance_size = size;
	model->covariance = covariance;
	return SEG_OK;
}
