/*-------------------------------------------------------------------------
 *
 * linucb_score.c
 *	  A bandit that looks at the user: what an arm is worth in a context, and how
 *	  little is known of that.
 *
 * LinUCB with disjoint models [1]: A = lambda I + sum x x', b = sum r x, and the
 * score of an arm is x' A^-1 b + alpha sqrt(x' A^-1 x). Linear Thompson sampling
 * [2] draws coefficients from a normal distribution with mean A^-1 b and
 * covariance alpha^2 A^-1; what they give for one context is normal with the mean
 * and the width above, so that is what we draw.
 *
 * [1] L. Li, W. Chu, J. Langford, R. E. Schapire, "A Contextual-Bandit Approach
 * to Personalized News Article Recommendation", WWW 2010, algorithm 1.
 *
 * [2] S. Agrawal, N. Goyal, "Thompson Sampling for Contextual Bandits with Linear
 * Payoffs", ICML 2013.
 *
 * src/kernel/policy/linucb_score.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/policy/linucb.h"

#include <float.h>
#include <limits.h>
#include <math.h>

#include "base/exact_sum.h"
#include "base/hash.h"
#include "base/linalg.h"
#include "base/normal.h"

/* Of a context: what is smaller is left as it is. */
#define MIN_EXPONENT (-1000)

/* Of a sum that is 0: below all others. */
#define NO_MAGNITUDE (-100000)

/* A number beyond the range of a double: value times 2^exponent. */
typedef struct Scaled
{
	double value;
	int exponent;
} Scaled;

static Scaled
sum_at(const SegLinucbState *state, int64_t pair)
{
	int exponent;
	SegWide sum = seg_exact_value(state->products + pair * state->digits,
	                              state->digits,
	                              &exponent);

	return (Scaled){sum.hi,
	                exponent + SEG_DIGIT_BITS * (int) state->lowest_digit};
}

/* The exponent of the power of two above a number; far below any for 0. */
static int
magnitude_of(Scaled x)
{
	int own;

	if (x.value == 0.0)
		return NO_MAGNITUDE;
	(void) frexp(x.value, &own);
	return own + x.exponent;
}

/*
 * The lower triangle of A in units of the elements, which make its diagonal
 * lie between 1/4 and 2.
 */
static void
scaled_matrix(const SegLinucbState *state, int *units, double *matrix)
{
	int64_t n = state->dim;

	for (int64_t i = 0; i < n; i++)
	{
		int squares = magnitude_of(sum_at(state, seg_linucb_row(n, i)));
		int lambda = magnitude_of((Scaled){state->lambda, 0});
		int largest = squares > lambda ? squares : lambda;

		units[i] = (largest + (largest > 0)) / 2;
	}
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = i; j < n; j++)
		{
			Scaled sum = sum_at(state, seg_linucb_row(n, i) + j - i);

			matrix[j * n + i] =
				ldexp(sum.value, sum.exponent - units[i] - units[j]);
		}
		matrix[i * n + i] += ldexp(state->lambda, -2 * units[i]);
	}
}

/*
 * b in units of the elements and of the reward, whose largest is about 1.
 */
static void
scaled_rewards(const SegLinucbState *state, const int *units, int *unit,
               double *rewards)
{
	int64_t n = state->dim;
	int largest = INT_MIN;

	for (int64_t i = 0; i < n; i++)
	{
		int own = magnitude_of(sum_at(state, seg_linucb_row(n, i) + n - i));

		largest = own - units[i] > largest ? own - units[i] : largest;
	}
	*unit = largest;
	for (int64_t i = 0; i < n; i++)
	{
		Scaled sum = sum_at(state, seg_linucb_row(n, i) + n - i);

		rewards[i] = ldexp(sum.value, sum.exponent - units[i] - largest);
	}
}

/*
 * Cholesky's factor, in place. A pivot is lambda and a sum of squares. Where
 * rounding leaves less, it is lambda; or as much as rounding may have taken, if
 * that is more, since dividing errors by less would let them grow.
 */
static SegStatus
factorize(SegEnv *env, double *a, int64_t n, double lambda, const int *units)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < n; i++)
	{
		double *row = a + i * n;
		double least =
			fmax(ldexp(lambda, -2 * units[i]), (double) n * DBL_EPSILON);

		for (int64_t j = 0; j < i; j++)
			row[j] = (row[j] - seg_dot(row, a + j * n, j)) / a[j * n + j];
		row[i] = sqrt(fmax(row[i] - seg_dot(row, row, i), least));
		SEG_TRY(seg_count_steps(env, &steps, 1 + i * i / 4));
	}
	return SEG_OK;
}

/*
 * Divide each row by its diagonal element, and keep that as its inverse: solving
 * then multiplies only.
 */
static void
divide_factor_rows(double *factor, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		double *row = factor + i * n;

		row[i] = 1.0 / row[i];
		for (int64_t j = 0; j < i; j++)
			row[j] *= row[i];
	}
}

/*
 * L^-1 times a vector, in place.
 */
static void
solve_lower(const double *factor, int64_t n, double *x)
{
	for (int64_t i = 0; i < n; i++)
		x[i] = x[i] * factor[i * n + i] - seg_dot(factor + i * n, x, i);
}

/*
 * From a state that has carries taken.
 */
static SegStatus
prepare_arm(SegEnv *env, const SegLinucbState *state, SegLinucb *result)
{
	int64_t n = state->dim;
	double *scale, *factor, *solved;
	int *units;

	SEG_ALLOC(env, units, n);
	SEG_ALLOC(env, scale, n);
	SEG_ALLOC(env, factor, n * n);
	SEG_ALLOC(env, solved, n);
	scaled_matrix(state, units, factor);
	SEG_TRY(factorize(env, factor, n, state->lambda, units));
	divide_factor_rows(factor, n);
	scaled_rewards(state, units, &result->reward_exponent, solved);
	solve_lower(factor, n, solved);
	for (int64_t i = 0; i < n; i++)
		scale[i] = ldexp(1.0, -units[i]);
	result->dim = n;
	result->scale = scale;
	result->factor = factor;
	result->solved = solved;
	return SEG_OK;
}

static SegStatus
prepare_carried(SegEnv *env, SegEnv *home, const SegLinucbState *value,
                SegLinucb *result)
{
	SegLinucbState state;

	SEG_TRY(seg_linucb_copy(env, value, &state));
	return prepare_arm(home, &state, result);
}

SegStatus
seg_linucb_prepare(SegEnv *env, const SegLinucbState *value, SegLinucb *result)
{
	SegEnv inner = seg_enter(env);

	return seg_leave(env, &inner, prepare_carried(&inner, env, value, result));
}

static SegStatus
check_in_range(SegEnv *env, double x)
{
	if (x - x == 0)
		return SEG_OK;
	return seg_fail(env, SEG_NOT_FINITE, "score", x, 0);
}

SegStatus
seg_linucb_expect(SegEnv *env, const SegLinucb *linucb, const double *context,
                  double *mean, double *width)
{
	double z[SEG_LINUCB_MAX_DIM];
	double largest = 0.0;
	double unit;
	int exponent;

	for (int64_t j = 0; j < linucb->dim; j++)
	{
		z[j] = context[j] * linucb->scale[j];
		largest = fmax(largest, fabs(z[j]));
	}
	SEG_TRY(check_in_range(env, largest));
	/* about 1 at most, so that no square leaves the range of a double */
	(void) frexp(largest, &exponent);
	exponent = exponent < MIN_EXPONENT ? MIN_EXPONENT : exponent;
	unit = ldexp(1.0, -exponent);
	for (int64_t j = 0; j < linucb->dim; j++)
		z[j] *= unit;
	solve_lower(linucb->factor, linucb->dim, z);
	*mean = ldexp(seg_dot(z, linucb->solved, linucb->dim),
	              exponent + linucb->reward_exponent);
	*width = ldexp(sqrt(seg_dot(z, z, linucb->dim)), exponent);
	SEG_TRY(check_in_range(env, *mean));
	return check_in_range(env, *width);
}

static SegStatus
check_alpha(SegEnv *env, double alpha)
{
	/* also true for NaN */
	if (!(alpha >= 0.0) || isinf(alpha))
		return seg_fail(env, SEG_ARGUMENT_BELOW, "alpha", alpha, 0);
	return SEG_OK;
}

SegStatus
seg_linucb_score(SegEnv *env, const SegLinucb *linucb, const double *context,
                 double alpha, double *score)
{
	double mean, width;

	SEG_TRY(check_alpha(env, alpha));
	SEG_TRY(seg_linucb_expect(env, linucb, context, &mean, &width));
	*score = mean + alpha * width;
	return check_in_range(env, *score);
}

SegStatus
seg_linear_thompson_sample(SegEnv *env, const SegLinucb *linucb,
                           const double *context, double alpha, int64_t seed,
                           SegText key, double *sample)
{
	double mean, width, chance;

	SEG_TRY(check_alpha(env, alpha));
	SEG_TRY(seg_linucb_expect(env, linucb, context, &mean, &width));
	/* above 0 and below 1 */
	chance = seg_random_real((uint64_t) seed,
	                         seg_hash(key.bytes, (size_t) key.length, 0),
	                         0) +
	         0x1p-54;
	*sample = mean + alpha * width * seg_normal_exceeded(chance);
	return check_in_range(env, *sample);
}
