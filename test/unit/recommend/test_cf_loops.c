/* test_cf_loops.c: kernel/recommend/cf_loops.c, both builds against plain loops */
#include "base/hash.h"
#include "kernel/recommend/cf_loops.h"
#include "unit.h"

void test_cf_loops(void);

#define MAX_WIDTH 72

static double
number(int64_t i)
{
	return seg_random_real(3, 1, (uint64_t) i) - 0.5;
}

static double *
numbers(SegEnv *env, int64_t n, int64_t from)
{
	double *x = env->alloc(env->host, (size_t) (n + 1) * sizeof(double));

	for (int64_t i = 0; i < n; i++)
		x[i] = number(from + i);
	return x;
}

/* An element, read from the upper triangle. */
static double
upper(const double *a, int64_t n, int64_t i, int64_t j)
{
	return i <= j ? a[i * n + j] : a[j * n + i];
}

static void
products_are_products(const SegCfLoops *loops, int64_t width)
{
	SegEnv env = unit_env();
	double *rows = numbers(&env, 5 * width, 0);
	double *x = numbers(&env, width, 1000);
	double out[5];

	loops->products(rows, 5, width, x, out);
	for (int64_t i = 0; i < 5; i++)
	{
		double sum = 0;

		for (int64_t f = 0; f < width; f++)
			sum += rows[i * width + f] * x[f];
		CHECK_NEAR(out[i], sum, 1e-13);
	}
	unit_env_free(&env);
}

static void
gram_is_a_sum_of_squares(const SegCfLoops *loops, int64_t width)
{
	int64_t n = 11;
	SegEnv env = unit_env();
	double *rows = numbers(&env, n * width, 7);
	double *a = numbers(&env, width * width, 99);

	loops->add_gram(a, width, rows, n);
	for (int64_t i = 0; i < width; i++)
	{
		for (int64_t j = i; j < width; j++)
		{
			double sum = number(99 + i * width + j);

			for (int64_t k = 0; k < n; k++)
				sum += rows[k * width + i] * rows[k * width + j];
			CHECK_NEAR(a[i * width + j], sum, 1e-12);
		}
	}
	unit_env_free(&env);
}

static void
solves_what_it_is_given(const SegCfLoops *loops, int64_t width)
{
	SegEnv env = unit_env();
	double *rows = numbers(&env, 2 * width * width, 5);
	double *a =
		env.alloc(env.host, (size_t) (width * width + 1) * sizeof(double));
	double *kept =
		env.alloc(env.host, (size_t) (width * width + 1) * sizeof(double));
	double *b = numbers(&env, width, 3);
	double *scratch = numbers(&env, 2 * width, 0);

	loops->add_gram(a, width, rows, 2 * width);
	/* the part below the diagonal is not read */
	for (int64_t i = 0; i < width; i++)
		for (int64_t j = 0; j < i; j++)
			a[i * width + j] = 1e6;
	memcpy(kept, a, (size_t) (width * width) * sizeof(double));
	loops->solve(a, width, b, scratch);
	for (int64_t i = 0; i < width; i++)
	{
		double sum = 0;

		for (int64_t j = 0; j < width; j++)
			sum += upper(kept, width, i, j) * b[j];
		CHECK_NEAR(sum, number(3 + i), 1e-9);
	}
	unit_env_free(&env);
}

/* Fewer independent equations than unknowns: one solution, no NaN. */
static void
dependent_unknowns_are_zero(const SegCfLoops *loops)
{
	double a[64] = {0};
	double b[8] = {2, 4, 0, 0, 0, 0, 0, 0};
	double scratch[16];

	/* x + y = 2, twice */
	a[0] = a[1] = a[9] = 1;
	b[1] = 2;
	loops->solve(a, 8, b, scratch);
	CHECK_NEAR(b[0], 2, 1e-15);
	for (int i = 1; i < 8; i++)
		CHECK(b[i] == 0);
}

static void
descends_as_written(const SegCfLoops *loops, int64_t width)
{
	static const SegRating rating[] = {{0, 0, 1.0},
	                                   {1, 1, -0.5},
	                                   {0, 1, 0.25},
	                                   {1, 0, 2.0},
	                                   {0, 0, -1.0},
	                                   {2, 1, 0.75},
	                                   {2, 0, -2.0},
	                                   {1, 1, 0.5}};
	int64_t n = 8;
	SegEnv env = unit_env();
	double *p = numbers(&env, 3 * width, 0);
	double *q = numbers(&env, 2 * width, 500);
	double *b = numbers(&env, 3, 900);
	double *c = numbers(&env, 2, 950);
	double *p2 = numbers(&env, 3 * width, 0);
	double *q2 = numbers(&env, 2 * width, 500);
	double b2[3] = {b[0], b[1], b[2]};
	double c2[2] = {c[0], c[1]};
	SegDescent d = {width, p, q, b, c, 0.1, 0.3};
	double squares = 0;
	double got = loops->descend(&d, rating, n);

	for (int64_t i = 0; i < n; i++)
	{
		int u = rating[i].user;
		int j = rating[i].item;
		double error = rating[i].value - b2[u] - c2[j];

		for (int64_t f = 0; f < width; f++)
			error -= p2[u * width + f] * q2[j * width + f];
		b2[u] += 0.1 * (error - 0.3 * b2[u]);
		c2[j] += 0.1 * (error - 0.3 * c2[j]);
		for (int64_t f = 0; f < width; f++)
		{
			double x = p2[u * width + f];
			double y = q2[j * width + f];

			p2[u * width + f] += 0.1 * (error * y - 0.3 * x);
			q2[j * width + f] += 0.1 * (error * x - 0.3 * y);
		}
		squares += error * error;
	}
	CHECK_NEAR(got, squares, 1e-12);
	for (int64_t i = 0; i < 3 * width; i++)
		CHECK_NEAR(p[i], p2[i], 1e-12);
	for (int64_t i = 0; i < 2 * width; i++)
		CHECK_NEAR(q[i], q2[i], 1e-12);
	CHECK_NEAR(b[2], b2[2], 1e-12);
	CHECK_NEAR(c[1], c2[1], 1e-12);
	unit_env_free(&env);
}

static double
in_panel(const SegPanels *p, int64_t t, int64_t j)
{
	return p->x[(j / SEG_CF_STRIDE * p->depth + t) * SEG_CF_STRIDE +
	            j % SEG_CF_STRIDE];
}

static void
panels_are_matrices(const SegCfLoops *loops, int64_t n, int64_t depth)
{
	SegEnv env = unit_env();
	double *square = numbers(&env, depth * depth, 10);
	double *a = numbers(&env, n * n, 20);
	SegPanels x = {numbers(&env, n * depth, 30), depth};
	SegPanels y = {numbers(&env, n * depth, 40), depth};

	loops->multiply_panels(square, &x, n, &y);
	for (int64_t t = 0; t < depth; t++)
	{
		for (int64_t j = 0; j < n; j++)
		{
			double sum = 0;

			for (int64_t s = 0; s < depth; s++)
				sum += square[s * depth + t] * in_panel(&x, s, j);
			CHECK_NEAR(in_panel(&y, t, j), sum, 1e-12);
		}
	}
	for (int64_t i = 0; i < n; i += 8)
		loops->subtract_panels(a, n, &x, &y, i, i + 8);
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = i; j < n; j++)
		{
			double sum = number(20 + i * n + j);

			for (int64_t t = 0; t < depth; t++)
				sum -= in_panel(&x, t, i) * in_panel(&y, t, j);
			CHECK_NEAR(a[i * n + j], sum, 1e-11);
		}
	}
	unit_env_free(&env);
}

static void
build_is_right(const SegCfLoops *loops)
{
	for (int64_t width = 0; width <= MAX_WIDTH; width += SEG_CF_STRIDE)
	{
		products_are_products(loops, width);
		gram_is_a_sum_of_squares(loops, width);
		solves_what_it_is_given(loops, width);
		descends_as_written(loops, width);
	}
	dependent_unknowns_are_zero(loops);
	panels_are_matrices(loops, 8, 8);
	panels_are_matrices(loops, 24, 16);
	panels_are_matrices(loops, 144, 8);
}

void
test_cf_loops(void)
{
	build_is_right(seg_cf_loops());
	build_is_right(seg_cf_loops_baseline());
	CHECK(seg_cf_width(0) == 0 && seg_cf_width(1) == 8 &&
	      seg_cf_width(8) == 8 && seg_cf_width(9) == 16);
}
