/*-------------------------------------------------------------------------
 *
 * test_linucb.c
 *	  LinUCB: states are exact and subtract, scores are those of the formula.
 *
 * test/unit/experiment/test_linucb.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/policy/linucb.h"

#include <float.h>

#include "base/exact_sum.h"
#include "unit.h"

#define ROWS    120
#define MAX_DIM 6

typedef struct Row
{
	double x[MAX_DIM];
	double reward;
} Row;

/*
 * Rows with numbers of a few digits, or of all magnitudes.
 */
static void
draw_rows(uint64_t *seed, Row *rows, int dim, bool wild)
{
	for (int i = 0; i < ROWS; i++)
	{
		for (int j = 0; j <= dim; j++)
		{
			double v =
				unit_draw(seed, 5) == 0 ? 0.0 : unit_draw(seed, 2001) - 1000;

			v = ldexp(v, wild ? unit_draw(seed, 1900) - 1000 : -9);
			*(j < dim ? &rows[i].x[j] : &rows[i].reward) = v;
		}
	}
}

static SegLinucbState
growing_state(SegEnv *env, const Row *rows, int from, int to, int dim,
              double lambda)
{
	SegLinucbState state;

	CHECK(seg_linucb_create(env, dim, lambda, &state) == SEG_OK);
	for (int i = from; i < to; i++)
		CHECK(seg_linucb_add(env, &state, rows[i].x, rows[i].reward) == SEG_OK);
	return state;
}

static SegLinucbState
state_of_rows(SegEnv *env, const Row *rows, int from, int to, int dim,
              double lambda)
{
	SegLinucbState growing = growing_state(env, rows, from, to, dim, lambda);
	SegLinucbState state;

	CHECK(seg_linucb_copy(env, &growing, &state) == SEG_OK);
	return state;
}

static bool
same_state(SegEnv *env, const SegLinucbState *a, const SegLinucbState *b)
{
	const SegMethod *method = &seg_linucb_state_method;
	size_t size, other;
	char *x, *y;

	CHECK(seg_image_size(env, method, a, &size) == SEG_OK);
	CHECK(seg_image_size(env, method, b, &other) == SEG_OK);
	if (size != other)
		return false;
	x = env->alloc(env->host, size);
	y = env->alloc(env->host, size);
	seg_image_write(method, a, x);
	seg_image_write(method, b, y);
	return memcmp(x, y, size) == 0;
}

static void
shuffle(uint64_t *seed, Row *rows)
{
	for (int i = ROWS - 1; i > 0; i--)
	{
		int j = unit_draw(seed, i + 1);
		Row swap = rows[i];

		rows[i] = rows[j];
		rows[j] = swap;
	}
}

/* ... and a part that is taken out leaves the bytes of the others. */
static void
states_add_up_and_subtract_to_the_bytes(void)
{
	const SegMethod *method = &seg_linucb_state_method;
	uint64_t seed = 5;

	for (int round = 0; round < 60; round++)
	{
		SegEnv env = unit_env();
		int dim = 1 + round % MAX_DIM;
		int cut = unit_draw(&seed, ROWS - 1) + 1;
		Row rows[ROWS];
		SegLinucbState whole, left, right, sum, rest, pending;
		bool is_empty;

		draw_rows(&seed, rows, dim, round % 2 == 1);
		whole = state_of_rows(&env, rows, 0, ROWS, dim, 1);
		left = state_of_rows(&env, rows, 0, cut, dim, 1);
		right = state_of_rows(&env, rows, cut, ROWS, dim, 1);
		CHECK(seg_image_validate(&env, method, &whole) == SEG_OK);
		CHECK(method->merge(&env, &left, &right, &sum) == SEG_OK);
		CHECK(same_state(&env, &whole, &sum));
		CHECK(method->merge(&env, &right, &left, &sum) == SEG_OK);
		CHECK(same_state(&env, &whole, &sum));
		CHECK(method->subtract(&env, &whole, &left, &rest, &is_empty) ==
		      SEG_OK);
		CHECK(!is_empty && same_state(&env, &right, &rest));
		CHECK(method->subtract(&env, &whole, &right, &rest, &is_empty) ==
		      SEG_OK);
		CHECK(!is_empty && same_state(&env, &left, &rest));
		CHECK(method->subtract(&env, &whole, &whole, &rest, &is_empty) ==
		      SEG_OK);
		CHECK(is_empty);
		/* states that still grow are taken too */
		left = growing_state(&env, rows, 0, cut, dim, 1);
		CHECK(seg_image_validate(&env, method, &left) == SEG_OK);
		CHECK(method->merge(&env, &left, &right, &sum) == SEG_OK);
		CHECK(same_state(&env, &whole, &sum));
		/* what was merged may grow on */
		pending = state_of_rows(&env, rows, 0, cut, dim, 1);
		for (int i = cut; i < ROWS; i++)
			CHECK(seg_linucb_add(&env, &pending, rows[i].x, rows[i].reward) ==
			      SEG_OK);
		CHECK(seg_linucb_copy(&env, &pending, &sum) == SEG_OK);
		CHECK(same_state(&env, &whole, &sum));
		shuffle(&seed, rows);
		sum = state_of_rows(&env, rows, 0, ROWS, dim, 1);
		CHECK(same_state(&env, &whole, &sum));
		unit_env_free(&env);
	}
}

/*
 * x' A^-1 b and sqrt(x' A^-1 x) by elimination with pivots in long double.
 */
static void
by_elimination(const Row *rows, int n_rows, int dim, double lambda,
               const double *context, double *mean, double *width)
{
	long double a[MAX_DIM][MAX_DIM + 2] = {{0}};
	long double score = 0, square = 0;

	for (int i = 0; i < dim; i++)
	{
		a[i][i] = lambda;
		a[i][dim + 1] = context[i];
		for (int r = 0; r < n_rows; r++)
		{
			for (int j = 0; j < dim; j++)
				a[i][j] += (long double) rows[r].x[i] * rows[r].x[j];
			a[i][dim] += (long double) rows[r].x[i] * rows[r].reward;
		}
	}
	for (int k = 0; k < dim; k++)
	{
		int best = k;

		for (int i = k + 1; i < dim; i++)
			best = fabsl(a[i][k]) > fabsl(a[best][k]) ? i : best;
		for (int j = 0; j < dim + 2; j++)
		{
			long double swap = a[k][j];

			a[k][j] = a[best][j];
			a[best][j] = swap;
		}
		for (int i = 0; i < dim; i++)
		{
			long double factor = a[i][k] / a[k][k];

			for (int j = k; j < dim + 2 && i != k; j++)
				a[i][j] -= factor * a[k][j];
		}
	}
	for (int k = 0; k < dim; k++)
	{
		score += context[k] * a[k][dim] / a[k][k];
		square += context[k] * a[k][dim + 1] / a[k][k];
	}
	*mean = (double) score;
	*width = (double) sqrtl(square);
}

static void
expect(SegEnv *env, const SegLinucbState *state, const double *context,
       double *mean, double *width)
{
	SegLinucb linucb;

	CHECK(seg_linucb_prepare(env, state, &linucb) == SEG_OK);
	CHECK(seg_linucb_expect(env, &linucb, context, mean, width) == SEG_OK);
}

static void
scores_are_those_of_the_formula(void)
{
	uint64_t seed = 3;

	for (int round = 0; round < 60; round++)
	{
		SegEnv env = unit_env();
		int dim = 1 + round % MAX_DIM;
		int n = round % 4 == 0 ? 2 : ROWS; /* fewer rows than elements, too */
		double lambda = ldexp(1.0, round % 9 - 4);
		double context[MAX_DIM], mean, width, want_mean, want_width, score;
		Row rows[ROWS];
		SegLinucbState state;
		SegLinucb linucb;

		draw_rows(&seed, rows, dim, false);
		for (int j = 0; j < dim; j++)
			context[j] = unit_draw(&seed, 2001) / 100.0 - 10;
		for (int i = 0; round % 3 == 0 && i < ROWS; i++)
		{
			/* an element without numbers, and two that are one */
			rows[i].x[0] = 0;
			rows[i].x[dim - 1] = 2 * rows[i].x[dim / 2];
		}
		state = state_of_rows(&env, rows, 0, n, dim, lambda);
		expect(&env, &state, context, &mean, &width);
		by_elimination(rows, n, dim, lambda, context, &want_mean, &want_width);
		CHECK_NEAR(mean, want_mean, 1e-11);
		CHECK_NEAR(width, want_width, 1e-11);
		CHECK(seg_linucb_prepare(&env, &state, &linucb) == SEG_OK);
		CHECK(seg_linucb_score(&env, &linucb, context, 0.5, &score) == SEG_OK);
		CHECK_NEAR(score, want_mean + 0.5 * want_width, 1e-11);
		unit_env_free(&env);
	}
}

/* In other units of elements and rewards, answers are in the other unit. */
static void
units_do_not_matter(void)
{
	const int exponents[] = {-500, -80, 80, 500};
	uint64_t seed = 9;

	for (int e = 0; e < 4; e++)
	{
		SegEnv env = unit_env();
		double context[MAX_DIM], other[MAX_DIM];
		double mean, width, other_mean, other_width;
		Row rows[ROWS], scaled[ROWS];
		SegLinucbState state;

		draw_rows(&seed, rows, MAX_DIM, false);
		for (int j = 0; j < MAX_DIM; j++)
		{
			context[j] = rows[7].x[j] + 1;
			other[j] = ldexp(context[j], exponents[e]);
		}
		for (int i = 0; i < ROWS; i++)
		{
			for (int j = 0; j < MAX_DIM; j++)
				scaled[i].x[j] = ldexp(rows[i].x[j], exponents[e]);
			scaled[i].reward = ldexp(rows[i].reward, -exponents[e]);
		}
		state = state_of_rows(&env, rows, 0, ROWS, MAX_DIM, 1);
		expect(&env, &state, context, &mean, &width);
		state = state_of_rows(&env,
		                      scaled,
		                      0,
		                      ROWS,
		                      MAX_DIM,
		                      ldexp(1.0, 2 * exponents[e]));
		expect(&env, &state, other, &other_mean, &other_width);
		CHECK(other_mean == ldexp(mean, -exponents[e]));
		CHECK(other_width == width);
		unit_env_free(&env);
	}
}

/* Where lambda is lost in the rounding of the squares, and at all extremes. */
static void
extremes_have_scores(void)
{
	const double sizes[] = {DBL_TRUE_MIN, 1e-160, 1, 1e9, 1e160, DBL_MAX};

	for (int s = 0; s < 6; s++)
	{
		for (int l = 0; l < 6; l++)
		{
			SegEnv env = unit_env();
			Row rows[ROWS];
			double context[MAX_DIM], mean, width;
			SegLinucbState state;
			SegLinucb linucb;

			for (int i = 0; i < ROWS; i++)
			{
				double v = sizes[s] / (1 + i % 7);

				rows[i] = (Row){{v, v, -v, v / 2, sizes[s], 0}, 1};
			}
			memcpy(context, rows[3].x, sizeof(context));
			state = state_of_rows(&env, rows, 0, ROWS, MAX_DIM, sizes[l]);
			CHECK(seg_image_validate(&env, &seg_linucb_state_method, &state) ==
			      SEG_OK);
			CHECK(seg_linucb_prepare(&env, &state, &linucb) == SEG_OK);
			CHECK(seg_linucb_expect(&env, &linucb, context, &mean, &width) ==
			      SEG_OK);
			/* all rewards are 1, and contexts were seen often */
			CHECK(mean > -1e-3 && mean < 1.001 && width >= 0 && width < 2.6);
			if (sizes[s] * sizes[s] > 1e6 * sizes[l])
				CHECK_NEAR(mean, 1, 1e-4);
			unit_env_free(&env);
		}
	}
}

static void
nothing_known_is_lambda_alone(void)
{
	SegEnv env = unit_env();
	Row none = {{0}, 3};
	const double context[] = {3, 4};
	const double huge[] = {DBL_MAX, DBL_MAX};
	double mean, width, score;
	SegLinucbState state = state_of_rows(&env, &none, 0, 1, 2, 4);
	SegLinucb linucb;

	expect(&env, &state, context, &mean, &width);
	CHECK(mean == 0 && width == 2.5);
	CHECK(seg_linucb_prepare(&env, &state, &linucb) == SEG_OK);
	CHECK(seg_linucb_score(&env, &linucb, huge, 0.5, &score) == SEG_OK);
	CHECK(seg_linucb_score(&env, &linucb, huge, 9, &score) == SEG_NOT_FINITE);
	CHECK(seg_linucb_score(&env, &linucb, context, -1, &score) ==
	      SEG_ARGUMENT_BELOW);
	CHECK(seg_linucb_score(&env, &linucb, context, NAN, &score) ==
	      SEG_ARGUMENT_BELOW);
	CHECK(seg_linucb_score(&env, &linucb, context, INFINITY, &score) ==
	      SEG_ARGUMENT_BELOW);
	unit_env_free(&env);
}

/* Draws have the mean and the deviation that they should have. */
static void
samples_are_normal(void)
{
	enum
	{
		DRAWS = 20000
	};
	SegEnv env = unit_env();
	uint64_t seed = 1;
	Row rows[ROWS];
	SegLinucbState state;
	SegLinucb linucb;
	double mean, width, sample, again, sum = 0, squares = 0;
	int below = 0;

	draw_rows(&seed, rows, 3, false);
	state = state_of_rows(&env, rows, 0, ROWS, 3, 1);
	CHECK(seg_linucb_prepare(&env, &state, &linucb) == SEG_OK);
	CHECK(seg_linucb_expect(&env, &linucb, rows[0].x, &mean, &width) == SEG_OK);
	for (int i = 0; i < DRAWS; i++)
	{
		double z;

		CHECK(seg_linear_thompson_sample(&env,
		                                 &linucb,
		                                 rows[0].x,
		                                 2,
		                                 i,
		                                 (SegText){"a", 1},
		                                 &sample) == SEG_OK);
		z = (sample - mean) / (2 * width);
		sum += z;
		squares += z * z;
		below += z < -1.6448536269514722;
	}
	CHECK(fabs(sum / DRAWS) < 4 / sqrt(DRAWS));
	CHECK(fabs(squares / DRAWS - 1) < 4 * sqrt(2.0 / DRAWS));
	CHECK(fabs(below / (double) DRAWS - 0.05) < 4 * sqrt(0.0475 / DRAWS));
	CHECK(seg_linear_thompson_sample(&env,
	                                 &linucb,
	                                 rows[0].x,
	                                 2,
	                                 DRAWS - 1,
	                                 (SegText){"b", 1},
	                                 &again) == SEG_OK);
	CHECK(again != sample);
	unit_env_free(&env);
}

static void
bad_states_are_refused(void)
{
	const SegMethod *method = &seg_linucb_state_method;
	SegEnv env = unit_env();
	Row rows[] = {{{1, 2}, 3}, {{4, 5}, 6}, {{1, 2}, 4}};
	SegLinucbState both = state_of_rows(&env, rows, 0, 2, 2, 1);
	SegLinucbState first = state_of_rows(&env, rows, 0, 1, 2, 1);
	SegLinucbState second = state_of_rows(&env, rows, 1, 2, 2, 1);
	SegLinucbState other = state_of_rows(&env, rows, 2, 3, 2, 1);
	SegLinucbState lambda = state_of_rows(&env, rows, 0, 1, 2, 2);
	SegLinucbState dim = state_of_rows(&env, rows, 0, 1, 1, 1);
	SegLinucbState result;
	bool is_empty;

	CHECK(method->merge(&env, &both, &lambda, &result) == SEG_UNLIKE);
	CHECK(method->merge(&env, &both, &dim, &result) == SEG_BAD_DIM);
	CHECK(method->subtract(&env, &both, &lambda, &result, &is_empty) ==
	      SEG_UNLIKE);
	CHECK(method->subtract(&env, &first, &both, &result, &is_empty) ==
	      SEG_ABOVE);
	CHECK(method->subtract(&env, &first, &second, &result, &is_empty) ==
	      SEG_NOT_PART);
	CHECK(method->subtract(&env, &first, &other, &result, &is_empty) ==
	      SEG_NOT_PART);
	CHECK(seg_linucb_create(&env, 2, 0, &result) == SEG_NOT_POSITIVE);
	CHECK(seg_linucb_create(&env, 2, -1, &result) == SEG_NOT_POSITIVE);
	CHECK(seg_linucb_create(&env, 2, NAN, &result) == SEG_NOT_POSITIVE);
	CHECK(seg_linucb_create(&env, 2, INFINITY, &result) == SEG_NOT_POSITIVE);
	CHECK(seg_linucb_create(&env, SEG_LINUCB_MAX_DIM, 1, &result) == SEG_OK);
	CHECK(seg_linucb_create(&env, SEG_LINUCB_MAX_DIM + 1, 1, &result) ==
	      SEG_DIM_LIMIT);
	CHECK(seg_linucb_create(&env, 2, 1, &result) == SEG_OK);
	CHECK(seg_linucb_add(&env, &result, rows[0].x, NAN) == SEG_INFINITE);
	CHECK(seg_linucb_add(&env, &result, rows[0].x, INFINITY) == SEG_INFINITE);
	first.products[0] = -1;
	CHECK(seg_image_validate(&env, method, &first) == SEG_CORRUPT);
	second.pairs = 3;
	CHECK(seg_image_validate(&env, method, &second) == SEG_CORRUPT);
	second.pairs = 5;
	second.lowest_digit = 66;
	CHECK(seg_image_validate(&env, method, &second) == SEG_CORRUPT);
	/* forged ones that no rows have give an error or a number, no NaN */
	both.products[1] = 1000;
	CHECK(seg_image_validate(&env, method, &both) == SEG_OK);
	{
		SegLinucb linucb;
		double mean, width;

		CHECK(seg_linucb_prepare(&env, &both, &linucb) == SEG_OK);
		CHECK(seg_linucb_expect(&env, &linucb, rows[0].x, &mean, &width) ==
		      SEG_OK);
		CHECK(isfinite(mean) && isfinite(width));
	}
	unit_env_free(&env);
}

/* Many rows: the carries are taken before digits run over. */
static void
many_rows_are_summed_exactly(void)
{
	SegEnv env = unit_env();
	SegLinucbState state, copy;
	const double x = 0x1.fffffffffffffp0;
	const double largest[] = {x};
	int exponent;
	SegWide sum;

	CHECK(seg_linucb_create(&env, 1, 1, &state) == SEG_OK);
	for (int64_t i = 0; i < 3 * SEG_EXACT_MOST_PENDING / 2; i++)
		(void) seg_linucb_add(&env, &state, largest, -x);
	CHECK(seg_linucb_copy(&env, &state, &copy) == SEG_OK);
	sum = seg_exact_value(copy.products, copy.digits, &exponent);
	exponent += SEG_DIGIT_BITS * (int) copy.lowest_digit;
	/* x^2 has 106 bits: 4 - 2^-50 + 2^-104 */
	CHECK(ldexp(sum.hi, exponent) ==
	      3.0 * SEG_EXACT_MOST_PENDING / 2 * (4 - 0x1p-50));
	CHECK(copy.products[2 * copy.digits - 1] < 0);
	unit_env_free(&env);
}

static void
memory_and_stop(void)
{
	uint64_t seed = 2;
	Row rows[ROWS];

	draw_rows(&seed, rows, MAX_DIM, true);
	for (int n = 0; n < 40; n++)
	{
		SegEnv env = unit_env();
		SegLinucbState state, sum;
		SegLinucb linucb;
		SegStatus status = SEG_OK;

		unit_env_fail_after(&env, n);
		status = seg_linucb_create(&env, MAX_DIM, 1, &state);
		for (int i = 0; i < ROWS && status == SEG_OK; i++)
			status = seg_linucb_add(&env, &state, rows[i].x, rows[i].reward);
		if (status == SEG_OK)
			status = seg_linucb_state_method.merge(&env, &state, &state, &sum);
		if (status == SEG_OK)
			status = seg_linucb_prepare(&env, &state, &linucb);
		CHECK(status == SEG_OK || status == SEG_NO_MEMORY);
		CHECK(n > 0 || status == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	{
		SegEnv env = unit_env();
		SegLinucbState state;
		SegLinucb linucb;

		CHECK(seg_linucb_create(&env, SEG_LINUCB_MAX_DIM, 1, &state) == SEG_OK);
		unit_env_stop_after(&env, 8);
		CHECK(seg_linucb_prepare(&env, &state, &linucb) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_linucb(void)
{
	states_add_up_and_subtract_to_the_bytes();
	scores_are_those_of_the_formula();
	units_do_not_matter();
	extremes_have_scores();
	nothing_known_is_lambda_alone();
	samples_are_normal();
	bad_states_are_refused();
	many_rows_are_summed_exactly();
	memory_and_stop();
}
