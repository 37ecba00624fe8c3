/*-------------------------------------------------------------------------
 *
 * test_als_solve.c
 *	  Half-steps of alternating least squares, checked by substituting the
 *	  answer into the equations.
 *
 * test/unit/recommend/test_als_solve.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/als_solve.h"
#include "unit.h"

#define MAX_DIM    12
#define MAX_LENGTH 600

static void
draw_row(int i, int dim, double *f, double *rating, double *weight)
{
	for (int j = 0; j < dim; j++)
		f[j] = sin(i * (j + 1.7)) + 0.2 * (j % 2);
	*rating = cos(i * 1.3) * 2 + 1;
	*weight = 0.5 + i % 3;
}

static SegAls
equations(SegEnv *env, double *numbers, int dim, double lambda, bool scaled)
{
	int64_t length;
	SegAls als;

	CHECK(seg_als_length(env, dim, false, &length) == SEG_OK);
	CHECK(length <= MAX_LENGTH);
	memset(numbers, 0, MAX_LENGTH * sizeof(double));
	CHECK(seg_als_begin(env, numbers, dim, lambda, scaled, false, &als) ==
	      SEG_OK);
	return als;
}

static void
add_rows(SegEnv *env, SegAls *als, int from, int to)
{
	double f[MAX_DIM], rating, weight;

	for (int i = from; i < to; i++)
	{
		draw_row(i, (int) als->dim, f, &rating, &weight);
		CHECK(seg_als_add(env, als, f, rating, weight) == SEG_OK);
	}
}

/* The gradient of the loss is zero at the solution. */
static void
solves_the_equations(int dim, int rows, double lambda, bool scaled)
{
	SegEnv env = unit_env();
	double numbers[MAX_LENGTH], x[MAX_DIM], f[MAX_DIM], gradient[MAX_DIM] = {0};
	double rating, weight, total = 0;
	SegAls als = equations(&env, numbers, dim, lambda, scaled);

	add_rows(&env, &als, 0, rows);
	CHECK(seg_als_solve(&env, &als, x) == SEG_OK);
	for (int i = 0; i < rows; i++)
	{
		double error;

		draw_row(i, dim, f, &rating, &weight);
		error = rating;
		for (int j = 0; j < dim; j++)
			error -= f[j] * x[j];
		for (int j = 0; j < dim; j++)
			gradient[j] += weight * error * f[j];
		total += weight;
	}
	for (int j = 0; j < dim; j++)
		CHECK_NEAR(gradient[j],
		           (scaled ? lambda * total : lambda) * x[j],
		           1e-11);
	unit_env_free(&env);
}

/* Merging the parts gives the same bits, however rows are split. */
static void
any_cut_gives_the_same(void)
{
	SegEnv env = unit_env();
	double a[MAX_LENGTH], b[MAX_LENGTH], whole[MAX_DIM], x[MAX_DIM];

	for (int cut = 0; cut <= 60; cut += 6)
	{
		SegAls first = equations(&env, a, 8, 0.01, true);
		SegAls second = equations(&env, b, 8, 0.01, true);

		add_rows(&env, &first, 0, cut);
		add_rows(&env, &second, cut, 60);
		seg_als_merge(&second, &first);
		CHECK(seg_als_solve(&env, &second, x) == SEG_OK);
		if (cut == 0)
			memcpy(whole, x, sizeof(whole));
		for (int j = 0; j < 8; j++)
			CHECK_NEAR(x[j], whole[j], 1e-14);
	}
	unit_env_free(&env);
}

/* A weight of 2 is the same as two rows. */
static void
weights_repeat_rows(void)
{
	SegEnv env = unit_env();
	double a[MAX_LENGTH], b[MAX_LENGTH], x[MAX_DIM], y[MAX_DIM];
	double f[MAX_DIM], rating, weight;

	for (int scaled = 0; scaled < 2; scaled++)
	{
		SegAls once = equations(&env, a, 5, 0.3, scaled);
		SegAls twice = equations(&env, b, 5, 0.3, scaled);

		for (int i = 0; i < 40; i++)
		{
			draw_row(i, 5, f, &rating, &weight);
			weight = 1 + i % 3;
			CHECK(seg_als_add(&env, &once, f, rating, weight) == SEG_OK);
			for (int k = 0; k < weight; k++)
				CHECK(seg_als_add(&env, &twice, f, rating, 1) == SEG_OK);
		}
		CHECK(seg_als_solve(&env, &once, x) == SEG_OK);
		CHECK(seg_als_solve(&env, &twice, y) == SEG_OK);
		for (int j = 0; j < 5; j++)
			CHECK_NEAR(x[j], y[j], 1e-13);
	}
	unit_env_free(&env);
}

/* The Gram matrix of rows is what these rows would add with a rating of 0. */
static void
gram_is_rows_of_rating_zero(void)
{
	SegEnv env = unit_env();
	double a[MAX_LENGTH], b[MAX_LENGTH], x[MAX_DIM], y[MAX_DIM];
	double full[MAX_DIM * MAX_DIM], f[MAX_DIM], rating, weight;
	bool is_symmetric;
	int64_t length;
	SegAls with, without = equations(&env, b, 4, 0.1, false);

	for (int i = 0; i < 30; i++)
	{
		draw_row(i, 4, f, &rating, &weight);
		CHECK(seg_als_add(&env, &without, f, 0, 1) == SEG_OK);
	}
	CHECK(seg_als_matrix(&env, &without, full) == SEG_OK);
	CHECK(seg_als_length(&env, 4, true, &length) == SEG_OK);
	memset(a, 0, sizeof(a));
	CHECK(seg_als_begin(&env, a, 4, 0.1, false, true, &with) == SEG_OK);
	CHECK(seg_als_keep_gram(&env, &with, full, &is_symmetric) == SEG_OK);
	CHECK(is_symmetric);
	add_rows(&env, &with, 5, 9);
	add_rows(&env, &without, 5, 9);
	CHECK(seg_als_open(&env, a, length, &with) == SEG_OK);
	CHECK(seg_als_solve(&env, &with, x) == SEG_OK);
	CHECK(seg_als_solve(&env, &without, y) == SEG_OK);
	for (int j = 0; j < 4; j++)
		CHECK_NEAR(x[j], y[j], 1e-13);
	unit_env_free(&env);
}

/* Of a gram the lower triangle is kept; the upper one must be the same, nearly. */
static void
grams_are_symmetric(void)
{
	SegEnv env = unit_env();
	double numbers[MAX_LENGTH] = {0};
	double full[] = {1, 2, 3, 2, 4, 5, 3, 5, 6};
	bool is_symmetric;
	SegAls als;

	CHECK(seg_als_begin(&env, numbers, 3, 1, false, true, &als) == SEG_OK);
	CHECK(seg_als_keep_gram(&env, &als, full, &is_symmetric) == SEG_OK);
	CHECK(is_symmetric);
	CHECK(memcmp(als.gram, ((double[]){1, 2, 4, 3, 5, 6}), 48) == 0);
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < i; j++)
		{
			double *above = &full[j * 3 + i], kept = *above;

			*above = kept * (1 + 0.9e-9);
			CHECK(seg_als_keep_gram(&env, &als, full, &is_symmetric) == SEG_OK);
			CHECK(is_symmetric);
			*above = kept * (1 - 1.1e-9);
			CHECK(seg_als_keep_gram(&env, &als, full, &is_symmetric) == SEG_OK);
			CHECK(!is_symmetric);
			*above = NAN;
			CHECK(seg_als_keep_gram(&env, &als, full, &is_symmetric) == SEG_OK);
			CHECK(!is_symmetric);
			*above = kept;
		}
	full[7] = INFINITY;
	CHECK(seg_als_keep_gram(&env, &als, full, &is_symmetric) == SEG_INFINITE);
	CHECK(strcmp(env.diag.what, "gram") == 0);
	unit_env_free(&env);
}

static void
rows_that_do_not_determine_it(void)
{
	SegEnv env = unit_env();
	double numbers[MAX_LENGTH], x[MAX_DIM], f[MAX_DIM];
	SegAls als = equations(&env, numbers, 6, 0, false);

	CHECK(seg_als_solve(&env, &als, x) == SEG_UNDETERMINED &&
	      env.diag.got == 0);
	add_rows(&env, &als, 0, 4);
	CHECK(seg_als_solve(&env, &als, x) == SEG_UNDETERMINED);
	CHECK(env.diag.got == 4 && env.diag.want == 6);
	als.head->lambda = 1e-30; /* lost next to the factors */
	CHECK(seg_als_solve(&env, &als, x) == SEG_UNDETERMINED);
	als.head->lambda = 1e-8;
	CHECK(seg_als_solve(&env, &als, x) == SEG_OK);

	als = equations(&env, numbers, 6, 0, false);
	memset(f, 0, sizeof(f));
	CHECK(seg_als_add(&env, &als, f, 3, 1) == SEG_OK);
	CHECK(seg_als_solve(&env, &als, x) == SEG_UNDETERMINED);
	als.head->lambda = 2;
	CHECK(seg_als_solve(&env, &als, x) == SEG_OK);
	for (int j = 0; j < 6; j++)
		CHECK(x[j] == 0 && !signbit(x[j]));
	unit_env_free(&env);
}

static void
limits_are_kept(void)
{
	SegEnv env = unit_env();
	double numbers[MAX_LENGTH], x[MAX_DIM], f[MAX_DIM] = {1e200, 1};
	int64_t length;
	SegAls als = equations(&env, numbers, 2, 1, false);

	CHECK(seg_als_length(&env, 0, false, &length) == SEG_DIM_LIMIT);
	CHECK(seg_als_length(&env, SEG_ALS_MAX_DIM + 1, false, &length) ==
	      SEG_DIM_LIMIT);
	CHECK(seg_als_length(&env, SEG_ALS_MAX_DIM, true, &length) == SEG_OK);
	CHECK(seg_als_begin(&env, numbers, 2, -1, false, false, &als) ==
	      SEG_ARGUMENT_BELOW);
	CHECK(seg_als_begin(&env, numbers, 2, NAN, false, false, &als) ==
	      SEG_INFINITE);
	als = equations(&env, numbers, 2, 1, false);
	CHECK(seg_als_add(&env, &als, f, NAN, 1) == SEG_INFINITE);
	CHECK(als.head->weight.hi == 0);
	CHECK(seg_als_add(&env, &als, f, 1, 1) == SEG_OK);
	CHECK(seg_als_solve(&env, &als, x) == SEG_NOT_FINITE);
	unit_env_fail_after(&env, 0);
	CHECK(seg_als_solve(&env, &als, x) == SEG_NO_MEMORY);
	unit_env_free(&env);
}

/* An untrusted state is refused unless its parts match its head. */
static void
states_are_checked(void)
{
	SegEnv env = unit_env();
	double numbers[MAX_LENGTH];
	int64_t length;
	SegAls als = equations(&env, numbers, 3, 1, false);

	CHECK(seg_als_length(&env, 3, false, &length) == SEG_OK);
	for (int64_t n = 0; n < length + 20; n++)
		CHECK(seg_als_open(&env, numbers, n, &als) ==
		      (n == length ? SEG_OK : SEG_CORRUPT));
	for (int i = 0; i < 4; i++)
	{
		const double bad[] = {NAN, INFINITY, -1, 0.5, 1e300};

		for (int b = 0; b < 5; b++)
		{
			double kept = numbers[i];

			if (i == 2 && bad[b] > 0 && bad[b] < INFINITY)
				continue; /* lambda */
			numbers[i] = bad[b];
			CHECK(seg_als_open(&env, numbers, length, &als) == SEG_CORRUPT);
			numbers[i] = kept;
		}
	}
	unit_env_free(&env);
}

void
test_als_solve(void)
{
	for (int dim = 1; dim <= MAX_DIM; dim++)
	{
		solves_the_equations(dim, 40, 0, false);
		solves_the_equations(dim, 40, 0.7, false);
		solves_the_equations(dim, 3, 0.7, true);
		solves_the_equations(dim, 40, 0.05, true);
	}
	any_cut_gives_the_same();
	weights_repeat_rows();
	gram_is_rows_of_rating_zero();
	grams_are_symmetric();
	rows_that_do_not_determine_it();
	limits_are_kept();
	states_are_checked();
}
