/*-------------------------------------------------------------------------
 *
 * profile_weighting.c
 *	  How features of a profile are weighed.
 *
 * All features are first brought to 0 (worst) to 1 (best). Then with p the shares of
 * a feature's total that n rows have, its entropy is e = -sum(p log p) / log n, and
 * 1 - e is how much it tells rows apart [1]. CRITIC [2] takes the deviation of a
 * feature times the sum of 1 - r over its correlations r with the others. The first
 * principal component of the correlation matrix has squares of loadings that add up
 * to 1. An outcome tells by the coefficients of a linear regression.
 *
 * [1] C. L. Hwang, K. Yoon, "Multiple Attribute Decision Making", 1981.
 * [2] D. Diakoulaki, G. Mavrotas, L. Papayannakis, "Determining Objective Weights
 * in Multiple Criteria Problems: The CRITIC Method", Computers & Operations Research
 * 22, 1995.
 *
 * src/kernel/prepare/profile_weighting.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/profile_weighting.h"

#include <float.h>
#include <math.h>

#include "base/linalg.h"
#include "base/wide.h"
#include "kernel/prepare/eigen.h"

#define AGREEMENT 1e-12 /* of a correlation with 1: what rounding leaves */
#define DEPENDENT 1e-12 /* of a feature's variance: the others determine it */

/* What a method needs to know of the rows. */
typedef struct Moments
{
	int64_t n;
	SegWide *sums;    /* dim: of z */
	SegWide *logs;    /* dim: of z log z */
	double *products; /* dim * dim: of deviations, both triangles */
	double *outcomes; /* dim: of deviations and the outcome, from 0 to 1 */
	double least;     /* outcome */
	double most;
} Moments;

typedef void (*VisitRow)(const SegProfileWeights *m, const double *z,
                         const double *outcome, Moments *moments);

static void
add_feature_row(const SegProfileWeights *m, const double *z,
                const double *outcome, Moments *moments)
{
	for (int64_t j = 0; j < m->dim; j++)
	{
		moments->sums[j] = seg_wide_add(moments->sums[j], (SegWide){z[j], 0.0});
		if (z[j] > 0.0)
			moments->logs[j] = seg_wide_add(moments->logs[j],
			                                (SegWide){z[j] * log(z[j]), 0.0});
	}
	if (outcome == NULL)
		return;
	moments->least = fmin(moments->least, *outcome);
	moments->most = fmax(moments->most, *outcome);
}

/*
 * z is that of a row less the means; the outcome need not be centered then.
 */
static void
add_feature_products(const SegProfileWeights *m, const double *z,
                     const double *outcome, Moments *moments)
{
	double y = 0.0;

	if (outcome != NULL && moments->least < moments->most)
		y = (*outcome - moments->least) / (moments->most - moments->least);
	for (int64_t i = 0; i < m->dim; i++)
	{
		for (int64_t j = 0; j <= i; j++)
			moments->products[i * m->dim + j] += z[i] * z[j];
		moments->outcomes[i] += z[i] * y;
	}
}

/*
 * Show every row, less the means unless they are NULL.
 */
static SegStatus
visit_rows(SegEnv *env, SegRows *rows, const SegProfileWeights *m,
           const double *means, VisitRow visit, int64_t work, Moments *moments)
{
	int64_t steps = 0;
	SegBlock block;
	double *z;

	SEG_ALLOC(env, z, m->dim);
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			for (int64_t j = 0; j < m->dim; j++)
			{
				z[j] = seg_profile_place(m, j, x[j]);
				if (isnan(z[j]))
					return seg_fail(env,
					                SEG_MISSING,
					                "training of profile weights",
					                (double) j + 1,
					                0);
				z[j] -= means != NULL ? means[j] : 0.0;
			}
			visit(m, z, rows->stride > m->dim ? x + m->dim : NULL, moments);
			SEG_TRY(seg_count_steps(env, &steps, work));
		}
	}
	return SEG_OK;
}

/*
 * Sums over the rows; products only if they are wanted.
 */
static SegStatus
find_moments(SegEnv *env, SegRows *rows, const SegProfileWeights *m,
             bool with_products, Moments *moments)
{
	int64_t dim = m->dim;
	double *means;

	*moments = (Moments){.n = rows->n, .least = INFINITY, .most = -INFINITY};
	SEG_ALLOC(env, moments->sums, dim);
	SEG_ALLOC(env, moments->logs, dim);
	SEG_TRY(visit_rows(env, rows, m, NULL, add_feature_row, 16 * dim, moments));
	if (!with_products)
		return SEG_OK;
	if (moments->most - moments->least > DBL_MAX)
		return seg_fail(env,
		                SEG_NOT_FINITE,
		                "range of the outcome",
		                moments->most,
		                0);
	SEG_ALLOC(env, means, dim);
	SEG_ALLOC(env, moments->products, dim * dim);
	SEG_ALLOC(env, moments->outcomes, dim);
	for (int64_t j = 0; j < dim; j++)
		means[j] = seg_wide_divide(moments->sums[j], (double) moments->n).hi;
	SEG_TRY(visit_rows(env,
	                   rows,
	                   m,
	                   means,
	                   add_feature_products,
	                   8 * dim + dim * dim,
	                   moments));
	for (int64_t i = 0; i < dim; i++)
	{
		for (int64_t j = 0; j < i; j++)
			moments->products[j * dim + i] = moments->products[i * dim + j];
	}
	return SEG_OK;
}

/* Does a feature vary? */
static bool
varies(const SegProfileWeights *m, int64_t j)
{
	return m->minima[j] < m->maxima[j];
}

static double
feature_correlation(const Moments *moments, int64_t dim, int64_t i, int64_t j)
{
	return moments->products[i * dim + j] /
	       sqrt(moments->products[i * dim + i] *
	            moments->products[j * dim + j]);
}

/*
 * The statistics of a method, and weights in proportion to which a feature counts.
 */
typedef SegStatus (*Weigh)(SegEnv *env, const SegProfileWeights *m,
                           const Moments *moments, double *statistics,
                           double *weights);

static SegStatus
weigh_entropy(SegEnv *env, const SegProfileWeights *m, const Moments *moments,
              double *statistics, double *weights)
{
	double n = (double) moments->n;

	(void) env;
	for (int64_t j = 0; j < m->dim; j++)
	{
		double sum = moments->sums[j].hi;

		if (!varies(m, j))
			continue;
		weights[j] = (moments->logs[j].hi / sum - log(sum / n)) / log(n);
		statistics[j] = 1.0 - weights[j];
	}
	return SEG_OK;
}

static SegStatus
weigh_component(SegEnv *env, const SegProfileWeights *m, const Moments *moments,
                double *statistics, double *weights)
{
	int64_t dim = m->dim;
	int64_t largest = 0;
	double *matrix, *values;

	SEG_ALLOC(env, matrix, dim * dim);
	SEG_ALLOC(env, values, dim);
	for (int64_t i = 0; i < dim; i++)
	{
		for (int64_t j = 0; j < dim; j++)
		{
			if (varies(m, i) && varies(m, j))
				matrix[i * dim + j] =
					i == j ? 1.0 : feature_correlation(moments, dim, i, j);
		}
	}
	SEG_TRY(seg_eigen(env, matrix, dim, values));
	for (int64_t j = 1; j < dim; j++)
		largest = fabs(matrix[j]) > fabs(matrix[largest]) ? j : largest;
	for (int64_t j = 0; j < dim; j++)
	{
		if (!varies(m, j))
			continue;
		statistics[j] = copysign(1.0, matrix[largest]) * matrix[j];
		weights[j] = matrix[j] * matrix[j];
	}
	return SEG_OK;
}

static SegStatus
weigh_critic(SegEnv *env, const SegProfileWeights *m, const Moments *moments,
             double *statistics, double *weights)
{
	int64_t dim = m->dim;

	(void) env;
	for (int64_t i = 0; i < dim; i++)
	{
		double conflict = 0.0;

		if (!varies(m, i))
			continue;
		for (int64_t j = 0; j < dim; j++)
		{
			double rest = 0.0;

			if (j != i && varies(m, j))
				rest = 1.0 - feature_correlation(moments, dim, i, j);
			conflict += rest > AGREEMENT ? rest : 0.0;
		}
		statistics[i] = conflict * sqrt(moments->products[i * dim + i] /
		                                (double) (moments->n - 1));
		weights[i] = statistics[i];
	}
	return SEG_OK;
}

static SegStatus
weigh_regression(SegEnv *env, const SegProfileWeights *m,
                 const Moments *moments, double *statistics, double *weights)
{
	double scale = moments->most - moments->least;

	(void) env;
	(void) seg_cholesky(moments->products, m->dim, DEPENDENT);
	seg_cholesky_solve(moments->products, m->dim, moments->outcomes);
	for (int64_t j = 0; j < m->dim; j++)
	{
		if (!varies(m, j))
			continue;
		weights[j] = fabs(moments->outcomes[j]);
		statistics[j] = moments->outcomes[j] * scale;
		if (!isfinite(statistics[j]))
			return seg_fail(env,
			                SEG_NOT_FINITE,
			                "coefficient",
			                statistics[j],
			                0);
	}
	return SEG_OK;
}

static const struct
{
	Weigh weigh;
	bool needs_products;
	const char *lacking; /* what is lacking if all weights are 0 */
} weightings[] =
	{[SEG_WEIGHTS_ENTROPY] = {weigh_entropy, false, "features that vary"},
     [SEG_WEIGHTS_PCA] = {weigh_component, true, "features that vary"},
     [SEG_WEIGHTS_CRITIC] = {weigh_critic, true, "features that disagree"},
     [SEG_WEIGHTS_REGRESSION] = {weigh_regression,
                                 true,
                                 "features that go with the outcome"}};

SegStatus
seg_profile_weigh(SegEnv *env, SegRows *rows, SegWeighting method,
                  const SegProfileWeights *m, double *statistics,
                  double *weights, const char **lacking)
{
	Moments moments;

	*lacking = weightings[method].lacking;
	SEG_TRY(
		find_moments(env, rows, m, weightings[method].needs_products, &moments));
	return weightings[method].weigh(env, m, &moments, statistics, weights);
}
