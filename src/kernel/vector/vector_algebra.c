/*-------------------------------------------------------------------------
 *
 * vector_algebra.c
 *	  Arithmetic, norms and distances of vectors with missing elements.
 *
 * Norms, distances and products are first computed the plain way.  L2 norm, L2
 * distance and cosine distance are computed again when a sum of squares is
 * outside SQUARES_MIN .. SQUARES_MAX, with the elements brought near 1 by a
 * power of two, which is exact.  So the length of [3e200, 4e200] is 5e200 and
 * that of [3e-200, 4e-200] is 5e-200, and ordinary rows pay nothing for it.  A
 * dot product is computed again only when the plain sum is not finite, an L1
 * distance never.  seg_vector_normalize() always scales.
 *
 * A missing element is a NaN and makes the plain sum NaN.  So missing elements
 * are looked for only when a sum of squares is outside the limits, a dot
 * product is not finite, or an L1 distance is NaN.  seg_vector_normalize()
 * looks first.
 *
 * Plain sums run in four fixed lanes, so the result does not depend on how a
 * compiler vectorizes the loop.
 *
 * src/kernel/vector/vector_algebra.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/vector/vector_algebra.h"

#include <math.h>

#define LANES 4

/*
 * A sum of squares within these limits lost nothing that matters: 16,000
 * squares that underflowed are below 2^-1008.
 */
#define SQUARES_MIN 0x1p-900
#define SQUARES_MAX 0x1p900

/*
 * Position of the first missing element, counted from 1; 0 when there is none.
 */
static int32_t
first_missing(const double *x, int32_t dim)
{
	for (int32_t i = 0; i < dim; i++)
		if (isnan(x[i]))
			return i + 1;
	return 0;
}

/*
 * Fail if either vector has a missing element; y may be NULL.
 */
static SegStatus
check_complete(SegEnv *env, const char *what, const double *x, const double *y,
               int32_t dim)
{
	int32_t at = first_missing(x, dim);

	if (at == 0 && y != NULL)
		at = first_missing(y, dim);
	if (at != 0)
		return seg_fail(env, SEG_MISSING, what, at, 0);
	return SEG_OK;
}

/*
 * The answer, unless it left the range of double.
 */
static SegStatus
finite_or_fail(SegEnv *env, const char *what, double answer, double *result)
{
	if (!isfinite(answer))
		return seg_fail(env, SEG_NOT_FINITE, what, answer, 0);
	*result = answer + 0.0; /* no -0 */
	return SEG_OK;
}

static bool
is_in_range(double squares)
{
	return squares >= SQUARES_MIN && squares <= SQUARES_MAX;
}

static double
sum_lanes(const double *lane)
{
	return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

static double
sum_products(const double *x, const double *y, int32_t dim)
{
	double lane[LANES] = {0};
	int32_t i = 0;

	for (; i + LANES <= dim; i += LANES)
		for (int l = 0; l < LANES; l++)
			lane[l] += x[i + l] * y[i + l];
	for (; i < dim; i++)
		lane[i % LANES] += x[i] * y[i];
	return sum_lanes(lane);
}

static double
sum_squared_differences(const double *x, const double *y, int32_t dim)
{
	double lane[LANES] = {0};
	int32_t i = 0;

	for (; i + LANES <= dim; i += LANES)
		for (int l = 0; l < LANES; l++)
		{
			double d = x[i + l] - y[i + l];

			lane[l] += d * d;
		}
	for (; i < dim; i++)
		lane[i % LANES] += (x[i] - y[i]) * (x[i] - y[i]);
	return sum_lanes(lane);
}

static double
sum_absolute_differences(const double *x, const double *y, int32_t dim)
{
	double lane[LANES] = {0};
	int32_t i = 0;

	for (; i + LANES <= dim; i += LANES)
		for (int l = 0; l < LANES; l++)
			lane[l] += fabs(x[i + l] - y[i + l]);
	for (; i < dim; i++)
		lane[i % LANES] += fabs(x[i] - y[i]);
	return sum_lanes(lane);
}

/*
 * Power of two just above every |x[i] - y[i]|, or above every |x[i]| when y is
 * NULL.
 */
static int
largest_exponent(const double *x, const double *y, int32_t dim)
{
	double largest = 0;
	int exponent;

	for (int32_t i = 0; i < dim; i++)
		largest = fmax(largest, fabs(y == NULL ? x[i] : x[i] - y[i]));
	frexp(largest, &exponent);
	return isfinite(largest) ? exponent : 0;
}

/*
 * Length of x - y, or of x when y is NULL, from elements scaled near 1.
 */
static double
scaled_length(const double *x, const double *y, int32_t dim)
{
	int exponent = largest_exponent(x, y, dim);
	double squares = 0;

	for (int32_t i = 0; i < dim; i++)
	{
		double d = ldexp(y == NULL ? x[i] : x[i] - y[i], -exponent);

		squares += d * d;
	}
	return ldexp(sqrt(squares), exponent);
}

/*
 * Combine two operands element by element.  An element that is missing on
 * either side is missing in the result.
 */
SegStatus
seg_vector_combine(SegEnv *env, SegVectorOp op, SegOperand a, SegOperand b,
                   int32_t dim, double *result, bool *has_missing)
{
	static const char *const what[] = {"sum", "difference", "product"};

	*has_missing = false;
	for (int32_t i = 0; i < dim; i++)
	{
		double x = a.x[i * a.step];
		double y = b.x[i * b.step];
		double z = op == SEG_VECTOR_ADD        ? x + y
		           : op == SEG_VECTOR_SUBTRACT ? x - y
		                                       : x * y;

		if (isnan(x) || isnan(y))
		{
			*has_missing = true;
			result[i] = seg_missing();
		}
		else
			SEG_TRY(finite_or_fail(env, what[op], z, &result[i]));
	}
	return SEG_OK;
}

int32_t
seg_vector_missing_count(const double *x, int32_t dim)
{
	int32_t count = 0;

	for (int32_t i = 0; i < dim; i++)
		count += isnan(x[i]) != 0;
	return count;
}

/*
 * Euclidean length.
 */
SegStatus
seg_vector_norm(SegEnv *env, const double *x, int32_t dim, double *result)
{
	double squares = sum_products(x, x, dim);

	if (is_in_range(squares))
	{
		*result = sqrt(squares);
		return SEG_OK;
	}
	SEG_TRY(check_complete(env, "L2 norm", x, NULL, dim));
	return finite_or_fail(env, "L2 norm", scaled_length(x, NULL, dim), result);
}

/*
 * The vector of length 1 in the direction of x; zero stays zero.
 *
 * We divide elements near 1 by their length, never an element by a length that
 * may be subnormal or beyond the range of double.
 */
SegStatus
seg_vector_normalize(SegEnv *env, const double *x, int32_t dim, double *result)
{
	int exponent;
	double length;

	SEG_TRY(check_complete(env, "L2 norm", x, NULL, dim));
	exponent = largest_exponent(x, NULL, dim);
	for (int32_t i = 0; i < dim; i++)
		result[i] = ldexp(x[i], -exponent);
	length = sqrt(sum_products(result, result, dim));
	for (int32_t i = 0; i < dim && length > 0; i++)
		result[i] = result[i] / length + 0.0;
	return SEG_OK;
}

/*
 * Sum of the products of the elements, under the name that a failure reports.
 */
static SegStatus
dot(SegEnv *env, const char *what, const double *x, const double *y,
    int32_t dim, double *result)
{
	double sum = sum_products(x, y, dim);
	int x_exponent, y_exponent;

	if (!isfinite(sum))
	{
		SEG_TRY(check_complete(env, what, x, y, dim));
		x_exponent = largest_exponent(x, NULL, dim);
		y_exponent = largest_exponent(y, NULL, dim);
		sum = 0;
		for (int32_t i = 0; i < dim; i++)
			sum += ldexp(x[i], -x_exponent) * ldexp(y[i], -y_exponent);
		sum = ldexp(sum, x_exponent + y_exponent);
	}
	return finite_or_fail(env, what, sum, result);
}

SegStatus
seg_vector_dot(SegEnv *env, const double *x, const double *y, int32_t dim,
               double *result)
{
	return dot(env, "dot product", x, y, dim, result);
}

/*
 * The same number with another meaning: the score of a profile under weights.
 */
SegStatus
seg_vector_profile_score(SegEnv *env, const double *weights, const double *x,
                         int32_t dim, double *result)
{
	return dot(env, "profile score", weights, x, dim, result);
}

/*
 * Euclidean distance.
 */
SegStatus
seg_vector_l2_distance(SegEnv *env, const double *x, const double *y,
                       int32_t dim, double *result)
{
	double squares = sum_squared_differences(x, y, dim);

	if (is_in_range(squares))
	{
		*result = sqrt(squares);
		return SEG_OK;
	}
	SEG_TRY(check_complete(env, "L2 distance", x, y, dim));
	return finite_or_fail(env, "L2 distance", scaled_length(x, y, dim), result);
}

/*
 * Sum of the absolute differences (taxicab distance).
 */
SegStatus
seg_vector_l1_distance(SegEnv *env, const double *x, const double *y,
                       int32_t dim, double *result)
{
	double sum = sum_absolute_differences(x, y, dim);

	if (isnan(sum))
		SEG_TRY(check_complete(env, "L1 distance", x, y, dim));
	return finite_or_fail(env, "L1 distance", sum, result);
}

/* A vector scaled to length 1: x / 2^exponent * factor. */
typedef struct Direction
{
	const double *x;
	int exponent; /* 0 unless squares would leave the range of double */
	double factor;
} Direction;

static double
direction_element(const Direction *d, int32_t i)
{
	double x = d->exponent == 0 ? d->x[i] : ldexp(d->x[i], -d->exponent);

	return x * d->factor;
}

/*
 * Direction of x, whose sum of squares is known; false when x is zero.
 */
static bool
direction_of(const double *x, double squares, int32_t dim, Direction *d)
{
	*d = (Direction){x, 0, 1.0};
	if (!is_in_range(squares))
	{
		d->exponent = largest_exponent(x, NULL, dim);
		squares = 0;
		for (int32_t i = 0; i < dim; i++)
			squares += direction_element(d, i) * direction_element(d, i);
	}
	d->factor = 1.0 / sqrt(squares);
	return squares > 0;
}

/*
 * 1 - cosine of the angle between x and y, from 0 to 2.  NaN when one of them
 * is zero and so has no direction.
 *
 * 1 - cosine has no digits left where the cosine is near 1.  There we take half
 * the squared distance between the two directions, which is the same number,
 * keeps its digits, and is exactly 0 for equal vectors.
 */
SegStatus
seg_vector_cosine_distance(SegEnv *env, const double *x, const double *y,
                           int32_t dim, double *result)
{
	double xx = sum_products(x, x, dim);
	double yy = sum_products(y, y, dim);
	double cosine = 0, gap = 0;
	Direction a, b;

	if (!is_in_range(xx) || !is_in_range(yy))
		SEG_TRY(check_complete(env, "cosine distance", x, y, dim));
	*result = seg_missing();
	if (!direction_of(x, xx, dim, &a) || !direction_of(y, yy, dim, &b))
		return SEG_OK;

	if (a.exponent == 0 && b.exponent == 0)
		cosine = sum_products(x, y, dim) * a.factor * b.factor;
	else
		for (int32_t i = 0; i < dim; i++)
			cosine += direction_element(&a, i) * direction_element(&b, i);
	*result = fmin(1 - cosine, 2);
	if (cosine <= 0.5)
		return SEG_OK;

	for (int32_t i = 0; i < dim; i++)
	{
		double d = direction_element(&a, i) - direction_element(&b, i);

		gap += d * d;
	}
	*result = gap / 2;
	return SEG_OK;
}

/*
 * Lexicographic order: missing after every number, a prefix before the longer
 * vector.  Returns a number below, equal to or above zero.
 */
int
seg_vector_compare(const double *x, int32_t x_dim, const double *y,
                   int32_t y_dim)
{
	int32_t dim = x_dim < y_dim ? x_dim : y_dim;

	for (int32_t i = 0; i < dim; i++)
	{
		if (x[i] == y[i])
			continue;
		if (isnan(x[i]) || isnan(y[i]))
		{
			if (isnan(x[i]) && isnan(y[i]))
				continue;
			return isnan(x[i]) ? 1 : -1;
		}
		return x[i] < y[i] ? -1 : 1;
	}
	return (x_dim > y_dim) - (x_dim < y_dim);
}
