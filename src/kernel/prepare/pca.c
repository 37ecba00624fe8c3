/*-------------------------------------------------------------------------
 *
 * pca.c
 *	  Principal components: the directions in which rows vary most.
 *
 * They are the eigenvectors of the covariance matrix, which is summed about the
 * means, so nothing cancels. A direction has two signs; we take the one in which
 * its largest element is positive, as scikit-learn does (svd_flip by components).
 *
 * K. Pearson, "On Lines and Planes of Closest Fit to Systems of Points in Space",
 * Philosophical Magazine 2, 1901.
 *
 * src/kernel/prepare/pca.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/pca.h"

#include <float.h>
#include <math.h>

#include "base/linalg.h"
#include "base/tags.h"
#include "kernel/prepare/correlation_matrix.h"
#include "kernel/prepare/eigen.h"

#define MAX_ROWS 9007199254740992.0
#define MAX_DIM  SEG_CORRELATION_MAX_DIM

#define OPTION(member) offsetof(SegPcaParams, member)

/* clang-format off */
static const SegOption options[] = {
	{"whiten", SEG_OPTION_BOOL, OPTION(whiten), 0, 0, 1, NULL,
		"divide each projection by its standard deviation"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegPca, dim, 1, MAX_DIM),
	SEG_INT(SegPca, n_components, 1, MAX_DIM),
	SEG_INT(SegPca, rows_used, 1, MAX_ROWS),
	SEG_INT(SegPca, rows_skipped, 0, MAX_ROWS),
	SEG_BOOL(SegPca, whiten),
	SEG_REAL(SegPca, total_variance, 0, DBL_MAX),
	SEG_JSON_FIELD(SegPca, options),
	SEG_TEXT_FIELD(SegPca, version),
	SEG_FEATURE_NAMES_FIELDS(SegPca, MAX_DIM),
	SEG_TRAINING_ROWS_FIELDS(SegPca, MAX_DIM),
	SEG_REALS(SegPca, means, dim, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegPca, variances, n_components, 0, DBL_MAX),
	SEG_REAL_MATRIX(SegPca, components, n_components, dim, -1.000001, 1.000001),
	SEG_FIELD_END
};
/* clang-format on */

static bool
pca_is_sound(const void *value)
{
	const SegPca *m = value;

	if (m->n_components > m->dim || (m->names != 0 && m->names != m->dim) ||
	    !seg_training_rows_are_sound(&m->training_rows, m->dim))
		return false;
	for (int64_t k = 0; k < m->n_components; k++)
	{
		const double *v = m->components + k * m->dim;

		if ((k > 0 && m->variances[k] > m->variances[k - 1]) ||
		    fabs(seg_dot(v, v, m->dim) - 1.0) > 1e-6)
			return false;
	}
	return true;
}

/* ---------- training ---------- */

static SegStatus
pca_check(SegEnv *env, const void *params)
{
	int64_t n = ((const SegPcaParams *) params)->n_components;

	if (n < 1 || n > MAX_DIM)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "n_components",
		                      (double) n,
		                      1,
		                      MAX_DIM);
	return SEG_OK;
}

static SegStatus
pca_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	int64_t n = ((const SegPcaParams *) params)->n_components;

	if (dim > MAX_DIM)
		return seg_fail(env,
		                SEG_LIMIT,
		                "vector elements for principal components",
		                (double) dim,
		                MAX_DIM);
	if (n > dim)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "n_components",
		                      (double) n,
		                      1,
		                      (double) dim);
	return SEG_OK;
}

static int64_t
pca_model_bytes(const void *params, int64_t dim)
{
	return ((const SegPcaParams *) params)->n_components * dim *
	       (int64_t) sizeof(double);
}

/*
 * The sums of products in units of 2^exponent for all elements, and their trace.
 */
static SegStatus
common_unit(SegEnv *env, const SegCentered *rows, int exponent, double **matrix,
            double *trace)
{
	int64_t dim = rows->dim;
	double *a;

	SEG_ALLOC(env, a, dim * dim);
	*trace = 0.0;
	for (int64_t i = 0; i < dim; i++)
	{
		for (int64_t j = 0; j < dim; j++)
			a[i * dim + j] =
				ldexp(rows->products[i * dim + j],
			          rows->exponent[i] + rows->exponent[j] - 2 * exponent);
		*trace += a[i * dim + i];
	}
	*matrix = a;
	return SEG_OK;
}

/*
 * The largest element of a direction is positive.
 */
static void
fix_sign(double *direction, int64_t dim)
{
	int64_t largest = 0;

	for (int64_t j = 1; j < dim; j++)
	{
		if (fabs(direction[j]) > fabs(direction[largest]))
			largest = j;
	}
	if (direction[largest] >= 0.0)
		return;
	for (int64_t j = 0; j < dim; j++)
		direction[j] = -direction[j] + 0.0;
}

static SegStatus
fill_components(SegEnv *env, const SegCentered *rows, SegPca *model)
{
	double degrees = fmax((double) rows->n - 1.0, 1.0);
	double *components, *variances, trace;
	int exponent = rows->exponent[0];

	for (int64_t j = 1; j < rows->dim; j++)
		exponent = rows->exponent[j] > exponent ? rows->exponent[j] : exponent;
	SEG_ALLOC(env, variances, rows->dim);
	SEG_TRY(common_unit(env, rows, exponent, &components, &trace));
	SEG_TRY(seg_eigen(env, components, rows->dim, variances));
	for (int64_t k = 0; k < model->n_components; k++)
	{
		fix_sign(components + k * rows->dim, rows->dim);
		/* rounding may take the variance of a direction without one below 0 */
		variances[k] = ldexp(fmax(variances[k], 0.0) / degrees, 2 * exponent);
	}
	model->total_variance = ldexp(trace / degrees, 2 * exponent);
	model->variances = variances;
	model->components = components;
	if (!isfinite(model->total_variance) || !isfinite(variances[0]))
		return seg_fail(env,
		                SEG_NOT_FINITE,
		                "variance",
		                model->total_variance,
		                0);
	return SEG_OK;
}

static SegStatus
pca_train(SegEnv *env, void *rows, const void *parameters, void *result)
{
	SegRows *r = rows;
	const SegPcaParams *params = parameters;
	SegPca *model = result;
	SegCentered centered;

	if (r->n < params->n_components)
		return seg_fail(env,
		                SEG_TOO_FEW_ROWS,
		                "components",
		                (double) r->n,
		                (double) params->n_components);
	SEG_TRY(seg_centered_products(env, r, &centered));
	model->dim = r->dim;
	model->n_components = params->n_components;
	model->rows_used = r->n;
	model->whiten = params->whiten;
	model->means = centered.center;
	return fill_components(env, &centered, model);
}

/* ---------- use ---------- */

SegStatus
seg_pca_project(SegEnv *env, const void *model, const double *x, double *result)
{
	const SegPca *m = model;

	for (int64_t k = 0; k < m->n_components; k++)
	{
		const double *v = m->components + k * m->dim;
		double deviation = sqrt(m->variances[k]);
		double sum = 0.0;

		for (int64_t j = 0; j < m->dim; j++)
			sum += v[j] * (x[j] - m->means[j]);
		if (m->whiten)
			sum = deviation > 0.0 ? sum / deviation : 0.0;
		if (!isfinite(sum))
			return seg_fail(env, SEG_NOT_FINITE, "projection", sum, 0);
		result[k] = sum + 0.0; /* no -0 */
	}
	return SEG_OK;
}

/* ---------- tables ---------- */

const SegMethod seg_pca_method = {.tag = SEG_TAG_PCA,
                                  .format = 1,
                                  .name = "pca",
                                  .title = "PCA model",
                                  .fields = fields,
                                  .size = sizeof(SegPca),
                                  .is_sound = pca_is_sound};

const SegTrainer seg_pca_trainer = {.method = &seg_pca_method,
                                    .title = "PCA",
                                    .columns = {{SEG_COLUMN_VECTOR},
                                                {SEG_COLUMN_SETTING,
                                                 "n_components",
                                                 offsetof(SegPcaParams,
                                                          n_components)}},
                                    .options = options,
                                    .params_size = sizeof(SegPcaParams),
                                    .check = pca_check,
                                    .check_dim = pca_check_dim,
                                    .model_bytes = pca_model_bytes,
                                    .smaller = "fewer components",
                                    .train = pca_train};
