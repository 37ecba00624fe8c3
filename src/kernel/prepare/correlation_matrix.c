/*-------------------------------------------------------------------------
 *
 * correlation_matrix.c
 *	  Pearson's correlation of every two elements of vectors.
 *
 * A first pass finds mean and range of each element, a second one sums products
 * of z = (x - mean) / 2^exponent, which are about 1 at most: nothing cancels and
 * nothing overflows.
 *
 * Where elements are missing, a pair is correlated over the rows that have both,
 * with the means and deviations of these rows. For them we also need, for every
 * ordered pair (i, j), the count, the sum of z_i and that of its square over the
 * rows that have i and j. Complete rows have the same sums for every j, so only
 * rows with missing elements add to such a matrix.
 *
 * src/kernel/prepare/correlation_matrix.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/correlation_matrix.h"

#include <float.h>
#include <math.h>

#include "base/missing.h"
#include "kernel/prepare/feature_summary.h"

/* Rounding of sums of squares relative to the sums, with a margin. */
#define ROUNDING 1e-13

typedef struct Products
{
	int64_t dim;
	int64_t complete; /* rows without missing elements */
	double *center;
	int *exponent;
	bool *constant;
	double *z;      /* of the row at hand; 0 where missing */
	double *sum;    /* dim: of z over complete rows */
	double *square; /* dim: of z^2 over complete rows */
	double *cross; /* dim * dim, lower triangle: of z_i z_j over rows with both */

	/* for each ordered pair over incomplete rows with both; NULL: none yet */
	double *pair_n;
	double *pair_sum;
	double *pair_square;
} Products;

/* ---------- center and scale ---------- */

/*
 * The exponent of the largest distance from the center; 2^-exponent and its
 * inverse are finite.
 */
static int
exponent_of(const SegFeatureStatistics *s)
{
	double half = fmax(s->max / 2 - s->mean / 2, s->mean / 2 - s->min / 2);
	int exponent;

	(void) frexp(half, &exponent);
	exponent++;
	return exponent < -1000 ? -1000 : exponent;
}

static SegStatus
find_feature_centers(SegEnv *env, SegRows *rows, Products *p)
{
	SegFeatureSummary summary;

	SEG_TRY(seg_feature_summary_of_rows(env, rows, &summary));
	for (int64_t j = 0; j < p->dim; j++)
	{
		SegFeatureStatistics s = seg_feature_statistics(&summary, j);

		p->constant[j] = s.count == 0 || s.min == s.max;
		p->center[j] = s.count == 0 ? 0.0 : s.mean;
		p->exponent[j] = s.count == 0 ? 0 : exponent_of(&s);
	}
	return SEG_OK;
}

static SegStatus
make_products(SegEnv *env, int64_t dim, Products *p)
{
	*p = (Products){.dim = dim};
	if (dim > SEG_CORRELATION_MAX_DIM)
		return seg_fail(env,
		                SEG_LIMIT,
		                "vector elements for a matrix",
		                (double) dim,
		                SEG_CORRELATION_MAX_DIM);
	SEG_ALLOC(env, p->center, dim);
	SEG_ALLOC(env, p->exponent, dim);
	SEG_ALLOC(env, p->constant, dim);
	SEG_ALLOC(env, p->z, dim);
	SEG_ALLOC(env, p->sum, dim);
	SEG_ALLOC(env, p->square, dim);
	SEG_ALLOC(env, p->cross, dim * dim);
	return SEG_OK;
}

/* ---------- summing ---------- */

/*
 * Scale before subtracting: the difference of two finite numbers may not be one.
 */
static bool
center_row(Products *p, const double *x)
{
	bool complete = true;

	for (int64_t j = 0; j < p->dim; j++)
	{
		double scale = ldexp(1.0, -p->exponent[j]);

		p->z[j] = isnan(x[j]) ? 0.0 : x[j] * scale - p->center[j] * scale;
		complete &= !isnan(x[j]);
	}
	return complete;
}

static void
add_complete(Products *p)
{
	p->complete++;
	for (int64_t i = 0; i < p->dim; i++)
	{
		p->sum[i] += p->z[i];
		p->square[i] += p->z[i] * p->z[i];
	}
}

static SegStatus
add_incomplete(SegEnv *env, Products *p, const double *x)
{
	if (p->pair_n == NULL)
	{
		SEG_ALLOC(env, p->pair_n, p->dim * p->dim);
		SEG_ALLOC(env, p->pair_sum, p->dim * p->dim);
		SEG_ALLOC(env, p->pair_square, p->dim * p->dim);
	}
	for (int64_t i = 0; i < p->dim; i++)
	{
		double *n = p->pair_n + i * p->dim;
		double *sum = p->pair_sum + i * p->dim;
		double *square = p->pair_square + i * p->dim;

		if (isnan(x[i]))
			continue;
		for (int64_t j = 0; j < p->dim; j++)
		{
			double both = isnan(x[j]) ? 0.0 : 1.0;

			n[j] += both;
			sum[j] += both * p->z[i];
			square[j] += both * p->z[i] * p->z[i];
		}
	}
	return SEG_OK;
}

static void
add_cross(Products *p)
{
	for (int64_t i = 0; i < p->dim; i++)
	{
		double *cross = p->cross + i * p->dim;
		double z = p->z[i];

		for (int64_t j = 0; j <= i; j++)
			cross[j] += z * p->z[j];
	}
}

static SegStatus
sum_standardized(SegEnv *env, SegRows *rows, Products *p)
{
	int64_t steps = 0;
	SegBlock block;

	SEG_TRY(make_products(env, rows->dim, p));
	SEG_TRY(find_feature_centers(env, rows, p));
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			if (center_row(p, x))
				add_complete(p);
			else
				SEG_TRY(add_incomplete(env, p, x));
			add_cross(p);
			SEG_TRY(seg_count_steps(env, &steps, p->dim * p->dim / 4 + 8));
		}
	}
	return SEG_OK;
}

/* ---------- answers ---------- */

/*
 * Sum of squared deviations of element i over the rows that have j too; 0 if
 * only rounding makes them differ.
 */
static double
pair_deviations(const Products *p, int64_t i, int64_t j, double *n, double *sum)
{
	double square = p->square[i];
	double deviations;

	*n = (double) p->complete;
	*sum = p->sum[i];
	if (p->pair_n != NULL)
	{
		*n += p->pair_n[i * p->dim + j];
		*sum += p->pair_sum[i * p->dim + j];
		square += p->pair_square[i * p->dim + j];
	}
	if (*n < 2 || p->constant[i])
		return 0.0;
	deviations = square - *sum * (*sum / *n);
	return deviations > ROUNDING * square ? deviations : 0.0;
}

static double
correlation(const Products *p, int64_t i, int64_t j)
{
	double n, sum_i, sum_j;
	double square_i = pair_deviations(p, i, j, &n, &sum_i);
	double square_j = pair_deviations(p, j, i, &n, &sum_j);
	double product = p->cross[i * p->dim + j] - sum_i * (sum_j / n);
	double r;

	if (square_i == 0.0 || square_j == 0.0)
		return seg_missing();
	if (i == j)
		return 1.0;
	r = product / sqrt(square_i * square_j);
	return fmin(fmax(r, -1.0), 1.0);
}

SegStatus
seg_correlation_matrix(SegEnv *env, SegRows *rows, double *result)
{
	Products p;

	SEG_TRY(sum_standardized(env, rows, &p));
	for (int64_t i = 0; i < p.dim; i++)
	{
		for (int64_t j = 0; j <= i; j++)
			result[i * p.dim + j] = result[j * p.dim + i] =
				correlation(&p, i, j);
	}
	return SEG_OK;
}

SegStatus
seg_centered_products(SegEnv *env, SegRows *rows, SegCentered *result)
{
	Products p;

	SEG_TRY(sum_standardized(env, rows, &p));
	for (int64_t i = 0; i < p.dim; i++)
	{
		for (int64_t j = 0; j <= i; j++)
		{
			double *product = &p.cross[i * p.dim + j];

			*product -= p.sum[i] * (p.sum[j] / (double) p.complete);
			p.cross[j * p.dim + i] = *product;
		}
	}
	*result = (SegCentered){.dim = p.dim,
	                        .n = p.complete,
	                        .center = p.center,
	                        .exponent = p.exponent,
	                        .products = p.cross};
	return SEG_OK;
}
