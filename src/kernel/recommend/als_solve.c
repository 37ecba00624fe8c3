/*-------------------------------------------------------------------------
 *
 * als_solve.c
 *	  One half-step of alternating least squares for one user or item.
 *
 * With the item factors held fixed, the factors x of a user minimize
 *
 *	sum(w (r - f'x)^2) + lambda x'x
 *
 * over the items rated, so they solve the normal equations [1]
 *
 *	(sum(w f f') + lambda I) x = sum(w r f).
 *
 * Only these sums need be kept: d (d + 1) / 2 + d numbers, which add up over
 * parts.  Zhou et al. [1] multiply lambda by the number of ratings.  For
 * implicit feedback Hu et al. [2] add a constant matrix to all systems, the sum
 * of f f' over all items, computed once.
 *
 * Each term is rounded to a double, but the sums keep what rounding takes from
 * them.  So, to the last bit but for rare ties, neither the equations nor the
 * solution depends on how rows are split among workers.  A rounded term is as
 * exact as the factors are.
 *
 * [1] Y. Zhou, D. Wilkinson, R. Schreiber, R. Pan, "Large-Scale Parallel
 * Collaborative Filtering for the Netflix Prize", AAIM 2008.
 *
 * [2] Y. Hu, Y. Koren, C. Volinsky, "Collaborative Filtering for Implicit
 * Feedback Datasets", ICDM 2008.
 *
 * src/kernel/recommend/als_solve.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/als_solve.h"

#include <float.h>
#include <math.h>

#include "base/linalg.h"

#define HEAD_LENGTH ((int64_t) (sizeof(SegAlsHead) / sizeof(double)))

/*
 * A pivot below this share of its diagonal may be zero plus rounding: the
 * answer would have fewer than five digits.
 */
#define PIVOT_TOLERANCE 1e-11

/* A matrix from elsewhere may differ in its last digits across the diagonal. */
#define SYMMETRY_TOLERANCE 1e-9

static int64_t
triangle_of(int64_t dim)
{
	return dim * (dim + 1) / 2;
}

static int64_t
length_of(int64_t dim, bool has_gram)
{
	return HEAD_LENGTH + 2 * (triangle_of(dim) + dim) +
	       (has_gram ? triangle_of(dim) : 0);
}

SegStatus
seg_als_length(SegEnv *env, int64_t dim, bool has_gram, int64_t *length)
{
	if (dim < 1 || dim > SEG_ALS_MAX_DIM)
		return seg_fail(env,
		                SEG_DIM_LIMIT,
		                "factors",
		                (double) dim,
		                SEG_ALS_MAX_DIM);
	*length = length_of(dim, has_gram);
	return SEG_OK;
}

static void
find_parts(double *numbers, int64_t dim, bool has_gram, SegAls *als)
{
	int64_t triangle = triangle_of(dim);
	double *matrix = numbers + HEAD_LENGTH;

	*als = (SegAls){(SegAlsHead *) numbers,
	                dim,
	                triangle,
	                matrix,
	                matrix + triangle,
	                matrix + 2 * triangle,
	                matrix + 2 * triangle + dim,
	                has_gram ? matrix + 2 * triangle + 2 * dim : NULL};
}

SegStatus
seg_als_begin(SegEnv *env, double *numbers, int64_t dim, double lambda,
              bool lambda_per_weight, bool has_gram, SegAls *als)
{
	SEG_TRY(seg_check_finite(env, "lambda", lambda));
	if (lambda < 0)
		return seg_fail(env, SEG_ARGUMENT_BELOW, "lambda", lambda, 0);
	find_parts(numbers, dim, has_gram, als);
	*als->head = (SegAlsHead){(double) dim,
	                          has_gram ? 1.0 : 0.0,
	                          lambda,
	                          lambda_per_weight ? 1.0 : 0.0};
	return SEG_OK;
}

static bool
is_flag(double x)
{
	return x == 0.0 || x == 1.0;
}

SegStatus
seg_als_open(SegEnv *env, double *numbers, int64_t length, SegAls *als)
{
	const SegAlsHead *head = (const SegAlsHead *) numbers;

	if (length > HEAD_LENGTH && head->dim >= 1 &&
	    head->dim <= SEG_ALS_MAX_DIM && head->dim == floor(head->dim) &&
	    is_flag(head->has_gram) && is_flag(head->lambda_per_weight) &&
	    head->lambda >= 0 && head->lambda <= DBL_MAX &&
	    length == length_of((int64_t) head->dim, head->has_gram != 0.0))
	{
		find_parts(numbers, (int64_t) head->dim, head->has_gram != 0.0, als);
		return SEG_OK;
	}
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
}

/*
 * A symmetric matrix is kept as its lower triangle.
 */
SegStatus
seg_als_keep_gram(SegEnv *env, SegAls *als, const double *gram,
                  bool *is_symmetric)
{
	int64_t at = 0;

	*is_symmetric = true;
	for (int64_t i = 0; i < als->dim; i++)
	{
		for (int64_t j = 0; j <= i; j++)
		{
			double x = gram[i * als->dim + j];
			double gap = x - gram[j * als->dim + i];

			SEG_TRY(seg_check_finite(env, "gram", x));
			if (!(fabs(gap) <= SYMMETRY_TOLERANCE * fabs(x)))
				*is_symmetric = false;
			als->gram[at++] = x;
		}
	}
	return SEG_OK;
}

/*
 * sum += factor * x, n times; a plain loop, so that compilers vectorize it.
 */
static inline void
add_multiple(double *restrict sum, double *restrict rest,
             const double *restrict x, double factor, int64_t n)
{
	for (int64_t j = 0; j < n; j++)
	{
		SegWide s = seg_wide_sum(sum[j], factor * x[j]);

		sum[j] = s.hi;
		rest[j] += s.lo;
	}
}

SegStatus
seg_als_add(SegEnv *env, SegAls *als, const double *factors, double rating,
            double weight)
{
	int64_t row = 0;

	SEG_TRY(seg_check_finite(env, "rating", rating));
	for (int64_t i = 0; i < als->dim; row += ++i)
		add_multiple(als->matrix + row,
		             als->matrix_rest + row,
		             factors,
		             weight * factors[i],
		             i + 1);
	add_multiple(als->right,
	             als->right_rest,
	             factors,
	             weight * rating,
	             als->dim);
	als->head->weight = seg_wide_add(als->head->weight, (SegWide){weight, 0.0});
	return SEG_OK;
}

static void
als_solve_merge_sums(double *sum, double *rest, const double *from,
                     const double *from_rest, int64_t n)
{
	for (int64_t j = 0; j < n; j++)
	{
		SegWide s = seg_wide_sum(sum[j], from[j]);

		sum[j] = s.hi;
		rest[j] += from_rest[j] + s.lo;
	}
}

void
seg_als_merge(SegAls *into, const SegAls *from)
{
	als_solve_merge_sums(into->matrix,
	                     into->matrix_rest,
	                     from->matrix,
	                     from->matrix_rest,
	                     into->triangle);
	als_solve_merge_sums(into->right,
	                     into->right_rest,
	                     from->right,
	                     from->right_rest,
	                     into->dim);
	into->head->weight = seg_wide_add(into->head->weight, from->head->weight);
}

static SegStatus
check_finite_result(SegEnv *env, const char *what, double x)
{
	return isfinite(x) ? SEG_OK : seg_fail(env, SEG_NOT_FINITE, what, x, 0);
}

SegStatus
seg_als_matrix(SegEnv *env, const SegAls *als, double *matrix)
{
	int64_t at = 0;

	for (int64_t i = 0; i < als->dim; i++)
	{
		for (int64_t j = 0; j <= i; j++, at++)
		{
			double x = als->matrix[at] + als->matrix_rest[at];

			SEG_TRY(
				check_finite_result(env, "sum of the factors' products", x));
			matrix[i * als->dim + j] = x;
			matrix[j * als->dim + i] = x;
		}
	}
	return SEG_OK;
}

/*
 * Add the constant matrix and lambda.
 */
static SegStatus
regularize(SegEnv *env, const SegAls *als, double *matrix)
{
	const SegAlsHead *head = als->head;
	double lambda = head->lambda;
	int64_t at = 0;

	if (head->lambda_per_weight != 0.0)
		lambda *= head->weight.hi;
	SEG_TRY(check_finite_result(env, "lambda times the weights", lambda));
	for (int64_t i = 0; i < als->dim; i++)
	{
		double *row = matrix + i * als->dim;

		for (int64_t j = 0; j <= i && als->gram != NULL; j++)
			row[j] += als->gram[at++];
		row[i] += lambda;
		for (int64_t j = 0; j <= i; j++)
			SEG_TRY(check_finite_result(env,
			                            "sum of the factors' products",
			                            row[j]));
	}
	return SEG_OK;
}

SegStatus
seg_als_solve(SegEnv *env, const SegAls *als, double *x)
{
	int64_t dim = als->dim;
	double *matrix;
	int64_t rank;

	SEG_ALLOC(env, matrix, dim * dim);
	SEG_TRY(seg_als_matrix(env, als, matrix));
	SEG_TRY(regularize(env, als, matrix));
	rank = seg_cholesky(matrix, dim, PIVOT_TOLERANCE);
	if (rank < dim)
		return seg_fail_facts(env,
		                      SEG_UNDETERMINED,
		                      (SegDiag){.what = "factors",
		                                .options = "lambda",
		                                .got = (double) rank,
		                                .want = (double) dim});
	for (int64_t j = 0; j < dim; j++)
		x[j] = als->right[j] + als->right_rest[j];
	seg_cholesky_solve(matrix, dim, x);
	for (int64_t j = 0; j < dim; j++)
	{
		SEG_TRY(check_finite_result(env, "solution", x[j]));
		x[j] += 0.0; /* no -0 */
	}
	return SEG_OK;
}
